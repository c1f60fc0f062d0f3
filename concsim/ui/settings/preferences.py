"""What the window remembers: language, theme, size of type, recent files, its place on the screen."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from concsim.control.sessions.setting import MOST_PROCESSES, RECORDING_MB
from concsim.model.words.phrases import user_language
from concsim.ui.settings.stored_values import CHECKS, WRONG

RECENT = 8
T = TypeVar("T")


class Setting(Generic[T]):
    """A setting of `Preferences`, read and written as it is; *default* holds while nothing of its kind is stored."""

    def __init__(self, key: str, default: Callable[[], T], stored_as: Callable[[T], Any] | None = None) -> None:
        self._key, self._default, self._stored_as = key, default, stored_as

    def __get__(self, owner: Preferences, kind: type[Preferences]) -> T:
        found: T | None = owner.read(self._key)
        return self._default() if found is None else found

    def __set__(self, owner: Preferences, value: T) -> None:
        owner.write(self._key, value if self._stored_as is None else self._stored_as(value))


class Preferences(QObject):
    """Typed access to the stored settings. `not_kept` is said once, when they could not be written."""

    visited_changed = Signal()
    not_kept = Signal()

    language = Setting("language", user_language)
    """The language chosen, else the user's."""
    theme = Setting("theme", lambda: "system")
    """ "system", "light" or "dark"."""
    big = Setting("big", lambda: False, stored_as=int)
    """Whether type is large."""
    geometry = Setting("geometry", QByteArray)
    """The window's size and place as Qt stores them, empty before the first."""
    processes = Setting("processes", lambda: MOST_PROCESSES)
    """How many processes a run may have at once."""
    recording_mb = Setting("recording_mb", lambda: RECORDING_MB)
    """How many megabytes a recording may have before what is older in it is thinned."""

    def __init__(self, settings: QSettings, kept: bool = True) -> None:
        super().__init__()
        self._settings = settings
        self._kept = kept

    @property
    def wrong(self) -> list[str]:
        """The keys whose values are not what they should be; their defaults hold."""
        return [key for key in CHECKS if self._settings.contains(key) and self.read(key) is None]

    def forget(self, keys: list[str]) -> None:
        """Go back to the defaults of these."""
        for key in keys:
            self._settings.remove(key)

    def read(self, key: str) -> Any:
        """What is stored, if it is of the right kind, else None."""
        try:
            stored = self._settings.value(key)
            return None if stored is None else CHECKS[key](stored)
        except WRONG:
            return None

    def write(self, key: str, value: Any) -> None:
        """Store a value."""
        self._settings.setValue(key, value)
        if self._kept:
            self._settings.sync()
            self._kept = self._settings.status() == QSettings.Status.NoError
            if not self._kept:
                self.not_kept.emit()

    @property
    def recent(self) -> list[Path]:
        """Scripts opened lately, the newest first, those that still exist."""
        return [Path(name) for name in self.read("recent") or [] if os.path.isfile(name)]  # noqa: PTH113 (never raises)

    def remember_script(self, path: Path) -> None:
        """Put a script first among the recent ones."""
        names = [str(path), *(str(one) for one in self.recent if one != path)]
        self.write("recent", names[:RECENT])

    @property
    def visited(self) -> frozenset[str]:
        """The ids of the scenarios that were run."""
        return frozenset(self.read("visited") or [])

    def visit(self, id: str) -> None:
        """A scenario was run."""
        if id and id not in self.visited:
            self.write("visited", sorted(self.visited | {id}))
            self.visited_changed.emit()
