"""JSON as a person reads it, which any program's names may go into."""

from __future__ import annotations

import json
from typing import Any


def json_text(value: Any, encoding: str = "utf-8", indent: int | None = None) -> str:
    """A value as JSON, in ASCII alone where *encoding* has no bytes for some of it: half a surrogate pair, say."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent)
    return text
