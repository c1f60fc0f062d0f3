"""What the command line prints: nothing in it may be more than the output can take."""

from __future__ import annotations

import sys
from typing import Any

from concsim.model.files.json_text import json_text


def escape_what_cannot_be_shown() -> None:
    """From now on: a program's names and what it prints may be what the terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def json_line(value: Any, indent: int | None = None) -> str:
    """A value as a line of JSON for standard output, or as several."""
    return json_text(value, sys.stdout.encoding or "utf-8", indent)
