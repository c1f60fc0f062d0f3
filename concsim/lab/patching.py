"""Methods of Python classes replaced in place, so that ``isinstance``, subclasses and earlier imports stay true."""

from __future__ import annotations

import functools
from typing import Any, Callable, List, Tuple

_done: List[Tuple[Any, str, Any, Any]] = []


def patch(owner: Any, name: str, make: Callable[[Any], Any]) -> None:
    """Replace ``owner.name`` by what *make* builds around the original."""
    original = getattr(owner, name)
    replacement = functools.wraps(original)(make(original))
    _done.append((owner, name, original, replacement))
    setattr(owner, name, replacement)


def apply_again() -> None:
    """Put back what somebody (a library's own patching) has taken out, where the original stands again."""
    for owner, name, original, replacement in _done:
        if getattr(owner, name, None) is original:
            setattr(owner, name, replacement)
