"""What the window remembers: language, theme, size of type, recent files, its place on the screen."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from concsim.control.sessions.setting import LARGEST_LIMIT, MOST_MB, MOST_PROCESSES, RECORDING_MB
from concsim.model.words.phrases import user_language
from concsim.ui.text.language import LANGUAGES

RECENT = 8
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


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "language": _one_of(*LANGUAGES), "theme": _one_of(*THEMES), "big": _switch, "geometry": _geometry, "recent": _names,
    "visited": _names, "processes": _count(LARGEST_LIMIT), "recording_mb": _count(MOST_MB),
}  # fmt: skip


class Preferences(QObject):
    """Typed access to the stored settings. `not_kept` is said once, when they could not be written."""

    visited_changed = Signal()
    not_kept = Signal()

    def __init__(self, settings: QSettings, kept: bool = True) -> None:
        super().__init__()
        self._settings = settings
        self._kept = kept

    @property
    def wrong(self) -> list[str]:
        """The keys whose values are not what they should be; their defaults hold."""
        return [key for key in _CHECKS if self._settings.contains(key) and self._read(key, None) is None]

    def forget(self, keys: list[str]) -> None:
        """Go back to the defaults of these."""
        for key in keys:
            self._settings.remove(key)

    def _read(self, key: str, default: Any) -> Any:
        """What is stored, if it is of the right kind, else *default*."""
        try:
            stored = self._settings.value(key)
            return default if stored is None else _CHECKS[key](stored)
        except (ValueError, TypeError, KeyError, OverflowError, RuntimeError):
            return default

    def _write(self, key: str, value: Any) -> None:
        self._settings.setValue(key, value)
        if self._kept:
            self._settings.sync()
            self._kept = self._settings.status() == QSettings.Status.NoError
            if not self._kept:
                self.not_kept.emit()

    @property
    def language(self) -> str:
        """The language chosen, else the user's."""
        return str(self._read("language", user_language()))

    @language.setter
    def language(self, code: str) -> None:
        self._write("language", code)

    @property
    def theme(self) -> str:
        """ "system", "light" or "dark"."""
        return str(self._read("theme", "system"))

    @theme.setter
    def theme(self, choice: str) -> None:
        self._write("theme", choice)

    @property
    def big(self) -> bool:
        """Whether type is large."""
        return bool(self._read("big", False))

    @big.setter
    def big(self, on: bool) -> None:
        self._write("big", int(on))

    @property
    def geometry(self) -> QByteArray:
        """The window's size and place as Qt stores them, empty before the first."""
        stored = self._read("geometry", None)
        return stored if isinstance(stored, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, stored: QByteArray) -> None:
        self._write("geometry", stored)

    @property
    def recent(self) -> list[Path]:
        """Scripts opened lately, the newest first, those that still exist."""
        return [Path(name) for name in self._read("recent", []) if os.path.isfile(name)]  # noqa: PTH113 (never raises)

    def remember_script(self, path: Path) -> None:
        """Put a script first among the recent ones."""
        names = [str(path), *(str(one) for one in self.recent if one != path)]
        self._write("recent", names[:RECENT])

    @property
    def visited(self) -> frozenset[str]:
        """The ids of the scenarios that were run."""
        return frozenset(self._read("visited", []))

    def visit(self, id: str) -> None:
        """A scenario was run."""
        if id and id not in self.visited:
            self._write("visited", sorted(self.visited | {id}))
            self.visited_changed.emit()

    @property
    def processes(self) -> int:
        """How many processes a run may have at once."""
        return int(self._read("processes", MOST_PROCESSES))

    @processes.setter
    def processes(self, most: int) -> None:
        self._write("processes", most)

    @property
    def recording_mb(self) -> int:
        """How many megabytes a recording may have before what is older in it is thinned."""
        return int(self._read("recording_mb", RECORDING_MB))

    @recording_mb.setter
    def recording_mb(self, most: int) -> None:
        self._write("recording_mb", most)
