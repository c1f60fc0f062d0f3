"""What the window remembers: language, theme, size of type, recent files, its place on the screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from concsim.control.setting import MOST_PROCESSES
from concsim.model.phrases import user_language

RECENT = 8


class Preferences(QObject):
    """Typed access to the stored settings."""

    visited_changed = Signal()

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings

    @property
    def language(self) -> str:
        """The language chosen, else the user's."""
        return str(self._settings.value("language", user_language()))

    @language.setter
    def language(self, code: str) -> None:
        self._settings.setValue("language", code)

    @property
    def theme(self) -> str:
        """ "system", "light" or "dark"."""
        return str(self._settings.value("theme", "system"))

    @theme.setter
    def theme(self, choice: str) -> None:
        self._settings.setValue("theme", choice)

    @property
    def big(self) -> bool:
        """Whether type is large."""
        return bool(int(self._settings.value("big", 0)))

    @big.setter
    def big(self, on: bool) -> None:
        self._settings.setValue("big", int(on))

    @property
    def geometry(self) -> QByteArray:
        """The window's size and place as Qt stores them, empty before the first."""
        stored = self._settings.value("geometry")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, stored: QByteArray) -> None:
        self._settings.setValue("geometry", stored)

    @property
    def recent(self) -> list[Path]:
        """Scripts opened lately, the newest first, those that still exist."""
        stored = self._settings.value("recent", [])
        names = [stored] if isinstance(stored, str) else list(stored or [])
        return [Path(name) for name in names if Path(name).is_file()]

    def remember_script(self, path: Path) -> None:
        """Put a script first among the recent ones."""
        names = [str(path), *(str(one) for one in self.recent if one != path)]
        self._settings.setValue("recent", names[:RECENT])

    @property
    def visited(self) -> frozenset[str]:
        """The ids of the scenarios that were run."""
        stored = self._settings.value("visited", [])
        return frozenset([stored] if isinstance(stored, str) else stored or [])

    def visit(self, id: str) -> None:
        """A scenario was run."""
        if id and id not in self.visited:
            self._settings.setValue("visited", sorted(self.visited | {id}))
            self.visited_changed.emit()

    @property
    def processes(self) -> int:
        """How many processes a run may have at once."""
        return int(self._settings.value("processes", MOST_PROCESSES))

    @processes.setter
    def processes(self, most: int) -> None:
        self._settings.setValue("processes", most)
