"""The text of a Python file, and the file behind a module. Runs on Python 3.9 and later."""

from __future__ import annotations

import io
import tokenize
from typing import Any


def decode_source(data: bytes) -> str:
    """The text, by the encoding that it names, with plain line ends. Raises SyntaxError, LookupError or ValueError."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def source_behind(spec: Any) -> str:
    """The file that a module comes from, "" for none. Some of the standard library is frozen (3.11), and has one."""
    frozen = getattr(getattr(spec, "loader_state", None), "filename", None)
    return frozen or spec.origin or ""
