"""Methods of Python classes replaced in place, so that ``isinstance``, subclasses and earlier imports stay true."""

from __future__ import annotations

import functools
from typing import Any, Callable


def patch(owner: Any, name: str, make: Callable[[Any], Any]) -> None:
    """Replace ``owner.name`` by what *make* builds around the original."""
    original = getattr(owner, name)
    setattr(owner, name, functools.wraps(original)(make(original)))


class Proxy:
    """An object, a module say, with some of its attributes replaced for one user of it."""

    def __init__(self, one: Any, **attributes: Any) -> None:
        self._one = one
        self.__dict__.update(attributes)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._one, name)
