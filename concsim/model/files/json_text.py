"""JSON as a person and any program reads it, which any program's names and numbers may go into."""

from __future__ import annotations

import json
import math
from typing import Any


def json_text(value: Any, encoding: str = "utf-8", indent: int | None = None) -> str:
    """A value as JSON, in ASCII alone where *encoding* has no bytes for some of it: half a surrogate pair, say.

    JSON has no infinity and no "not a number": they are the texts "inf", "-inf" and "nan".
    """
    try:
        text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    except ValueError:
        value = _finite(value)
        text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent)
    return text


def _finite(value: Any) -> Any:
    """The value with texts in place of numbers that JSON has not."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {_finite(key): _finite(one) for key, one in value.items()}
    return [_finite(one) for one in value] if isinstance(value, (list, tuple)) else value
