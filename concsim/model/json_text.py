"""JSON as a person reads it, which any program's names may go into."""

from __future__ import annotations

import json
import re
from typing import Any

_TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"', re.S)


def check_parts(text: str, most: int) -> None:
    """Raise `ValueError` for JSON with more lists and tables than *most*: read, each takes a hundred times its text."""
    bare = _TEXTS.sub("", text)
    if bare.count("[") + bare.count("{") > most:
        raise ValueError(f"it has more than {most} lists and tables")


def json_text(value: Any, encoding: str = "utf-8", indent: int | None = None) -> str:
    """A value as JSON, in ASCII alone where *encoding* has no bytes for some of it: half a surrogate pair, say."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent)
    return text
