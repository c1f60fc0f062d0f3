"""Methods of Python classes replaced in place, so that ``isinstance``, subclasses and earlier imports stay true."""

from __future__ import annotations

import functools
from typing import Any, Callable


def patch(owner: Any, name: str, make: Callable[[Any], Any]) -> None:
    """Replace ``owner.name`` by what *make* builds around the original."""
    original = getattr(owner, name)
    setattr(owner, name, functools.wraps(original)(make(original)))
