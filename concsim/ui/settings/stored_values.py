"""What may be stored of each setting: a file of settings is the person's, and may hold anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QByteArray

from concsim.control.sessions.setting import LARGEST_LIMIT, MOST_MB
from concsim.ui.text.language import LANGUAGES

THEMES = ("system", "light", "dark")
GEOMETRY_BEGINS = b"\x01\xd9\xd0\xcb"
"""How every geometry that Qt stores begins."""


def _one_of(*allowed: str) -> Callable[[Any], str]:
    def check(stored: Any) -> str:
        if stored not in allowed:
            raise ValueError
        return str(stored)

    return check


def _switch(stored: Any) -> bool:
    return {"0": False, "1": True, "false": False, "true": True}[str(stored)]


def _count(most: int) -> Callable[[Any], int]:
    def check(stored: Any) -> int:
        if not 0 < int(stored) <= most:
            raise ValueError
        return int(stored)

    return check


def _names(stored: Any) -> list[str]:
    names = [stored] if isinstance(stored, str) else list(stored or [])
    if not all(isinstance(name, str) and "\0" not in name for name in names):
        raise ValueError
    return names


def _geometry(stored: Any) -> QByteArray:
    if not isinstance(stored, QByteArray) or not (stored.isEmpty() or bytes(stored.data()).startswith(GEOMETRY_BEGINS)):
        raise ValueError
    return stored


CHECKS: dict[str, Callable[[Any], Any]] = {
    "language": _one_of(*LANGUAGES), "theme": _one_of(*THEMES), "big": _switch, "geometry": _geometry, "recent": _names,
    "visited": _names, "processes": _count(LARGEST_LIMIT), "recording_mb": _count(MOST_MB),
}  # fmt: skip
"""By key, what makes a value of what is stored; it raises one of `WRONG` where that is of another kind."""
WRONG = (ValueError, TypeError, KeyError, OverflowError, RuntimeError)
