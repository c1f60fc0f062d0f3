"""What the window came up without, said at its top: settings that were wrong or cannot be kept, no place for recordings."""

from __future__ import annotations

from PySide6.QtCore import QObject

from concsim.control.leftovers.own_folder import Place
from concsim.ui.settings.damaged_file import keep_copy
from concsim.ui.settings.preferences import Preferences
from concsim.ui.settings.settings_file import SettingsFile


class Shortfalls(QObject):
    """Finds them once, when the window is made, and puts wrong settings back to their defaults."""

    def __init__(self, file: SettingsFile, preferences: Preferences, place: Place, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file, self._place = file, place
        self._preferences = preferences
        self._wrong = preferences.wrong
        self._copy = keep_copy(file.path) if self._wrong and file.kept else None
        preferences.forget(self._wrong)

    def text(self) -> str:
        """The sentences, "" where nothing is wrong."""
        return " ".join(one for one in (self._about_settings(), self._about_recordings()) if one)

    def not_kept(self) -> str:
        """That settings cannot be written."""
        return self.tr("The settings cannot be written to {path}: they last until the window is closed.").format(path=self._file.path)

    def _about_settings(self) -> str:
        file, names = self._file, ", ".join(self._wrong)
        if file.damaged and file.aside is not None:
            return self.tr("The settings could not be read and begin anew; what was there is now {path}.").format(path=file.aside)
        if file.damaged:
            return self.tr("The settings in {path} cannot be read: the window has its defaults.").format(path=file.path)
        if self._copy is not None:
            said = self.tr("Settings that were wrong have their defaults: {names}. The file as it was is kept as {path}.")
            return said.format(names=names, path=self._copy)
        if names:
            return self.tr("Settings that were wrong have their defaults until the window is closed: {names}.").format(names=names)
        return "" if file.kept else self.not_kept()

    def _about_recordings(self) -> str:
        if self._place.usual:
            return ""
        return self.tr("Recordings cannot be kept at their usual place: they go when the window is closed, unless they are saved.")
