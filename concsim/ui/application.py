"""Builds the window and everything behind it, in order, and hands each part what it needs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from concsim.control.leftovers.own_folder import RECORDINGS, Place
from concsim.control.sessions.launcher import Launcher
from concsim.ui import resources_rc  # noqa: F401  (registers icons and translations with Qt)
from concsim.ui.asked_to_end import AskedToEnd
from concsim.ui.background import Background
from concsim.ui.pages.corner_menu import CornerMenu
from concsim.ui.pages.cut_off_recordings import CutOffRecordings
from concsim.ui.pages.file_opening import FileOpening
from concsim.ui.pages.main_window import MainWindow
from concsim.ui.pages.recording_saving import RecordingSaving
from concsim.ui.pages.shortfalls import Shortfalls
from concsim.ui.painting.style import style_sheet
from concsim.ui.painting.theme import Theme
from concsim.ui.settings.preferences import Preferences
from concsim.ui.settings.settings_file import SettingsFile, open_settings, settings_path
from concsim.ui.text.language import Language

if TYPE_CHECKING:
    from concsim.control.labs.pythons import Python


def make_application(arguments: list[str]) -> QApplication:
    """Qt's application, named, with the look that the style sheet builds on."""
    QCoreApplication.setApplicationName("concsim")
    QCoreApplication.setOrganizationName("concsim")
    application = QApplication.instance() or QApplication(arguments)
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    application.setWindowIcon(QIcon(":/icons/concsim.svg"))
    application.setDesktopFileName("concsim")
    return application


class Application(QObject):
    """The objects of one window and what connects them."""

    pythons_found = Signal(object)
    heavy_imported = Signal()

    def __init__(self, application: QApplication, settings: QSettings | SettingsFile, folder: Path | None = None) -> None:
        super().__init__()
        self._application = application
        file = settings if isinstance(settings, SettingsFile) else SettingsFile(settings, Path(settings.fileName()))
        self.preferences = Preferences(file.settings, file.kept)
        self.theme = Theme(self)
        self.language = Language(self.preferences.language, self)
        self._place = Place(RECORDINGS, folder)
        self._shortfalls = Shortfalls(file, self.preferences, self._place, self)
        self.launcher = Launcher(self._place.folder)
        self._background = Background(self)
        self.theme.choose(self.preferences.theme)
        self.theme.set_big(self.preferences.big)
        self.theme.set_language(self.language.code)
        self.window = MainWindow(self.launcher, self.language, self.theme, self.preferences, self._background)
        self.launcher.processes, self.launcher.recording_mb = self.preferences.processes, self.preferences.recording_mb
        self._opening = FileOpening(self.window, self.language, self)
        self.saving = RecordingSaving(self.window, self.launcher, self._background, self)
        self.cut_off = CutOffRecordings(self.launcher.folder, self.window, self.language, self._background)
        self.menu = CornerMenu(self.language, self.theme, self.preferences.processes, self.preferences.recording_mb)
        self.window.set_corner(self.menu)
        self._dress()
        self._connect()
        if said := self._shortfalls.text():
            self.window.notice.say(said)

    def _connect(self) -> None:
        self.theme.changed.connect(self._dress)
        self.language.changed.connect(self._on_language_changed)
        self.menu.language_chosen.connect(self._on_language)
        self.menu.theme_chosen.connect(self._on_theme)
        self.menu.big_chosen.connect(self._on_big)
        self.menu.python_chosen.connect(self._on_python)
        self.menu.processes_chosen.connect(self._on_processes)
        self.menu.recording_mb_chosen.connect(self._on_recording_mb)
        self.menu.open_wanted.connect(self._opening.ask_for_recording)
        self.menu.save_wanted.connect(self.saving.ask_where_to_save)
        self.window.painted.connect(self._on_painted, Qt.ConnectionType.QueuedConnection)
        self.window.file_dropped.connect(self._opening.open_path)
        self.cut_off.open_wanted.connect(self._opening.open_recording)
        self.pythons_found.connect(self._on_pythons_found)
        self.heavy_imported.connect(self._on_heavy_imported)
        self.preferences.not_kept.connect(self._on_not_kept)

    @Slot()
    def _on_not_kept(self) -> None:
        self.window.notice.say(self._shortfalls.not_kept())

    # after the first paint

    @Slot()
    def _on_painted(self) -> None:
        """The window is on the screen: a spare lab, then what is heavy to import, away from the window's thread."""
        QTimer.singleShot(0, self._after_paint)

    @Slot()
    def _after_paint(self) -> None:
        self._background.call(self.launcher.labs.warm)
        self._background.call(_import_heavy, self.heavy_imported.emit)
        self._background.call(_find_pythons, self.pythons_found.emit)
        self.cut_off.offer()

    @Slot()
    def _on_heavy_imported(self) -> None:
        self.window.let_views_in()

    @Slot(object)
    def _on_pythons_found(self, pythons: list[Python]) -> None:
        self.menu.show_pythons(pythons)

    # what the menu says

    @Slot()
    def _dress(self) -> None:
        self._application.setFont(self.theme.font())
        self._application.setPalette(self.theme.palette())
        self._application.setStyleSheet(style_sheet(self.theme))

    @Slot(str)
    def _on_language(self, code: str) -> None:
        self.preferences.language = code
        self.language.choose(code)

    @Slot()
    def _on_language_changed(self) -> None:
        self.theme.set_language(self.language.code)

    @Slot(str)
    def _on_theme(self, choice: str) -> None:
        self.preferences.theme = choice
        self.theme.choose(choice)

    @Slot(bool)
    def _on_big(self, on: bool) -> None:
        self.preferences.big = on
        self.theme.set_big(on)

    @Slot(str)
    def _on_python(self, path: str) -> None:
        self.launcher.python = path
        self._background.call(lambda: self.launcher.labs.warm(path))

    @Slot(int)
    def _on_processes(self, most: int) -> None:
        self.preferences.processes = self.launcher.processes = most

    @Slot(int)
    def _on_recording_mb(self, most: int) -> None:
        self.preferences.recording_mb = self.launcher.recording_mb = most

    # files

    @Slot(str)
    def open_path(self, name: str) -> None:
        """Open a script, a recording or a schedule. Nothing in it is run."""
        self._opening.open_path(name)

    @Slot(str)
    def save_recording(self, name: str) -> None:
        """Copy the recording in sight to a file."""
        self.saving.save(name)

    def close(self) -> None:
        """Close the window and wait for what works in the background."""
        self.window.close()
        self._background.wait()
        self._place.leave()




def _find_pythons() -> list[Python]:
    from concsim.control.labs.pythons import find_pythons

    return find_pythons()


def _import_heavy() -> None:
    """Numpy and pyqtgraph take longer to import than the window to appear."""
    import pyqtgraph  # noqa: F401


def open_window(path: str) -> int:
    """The window, until it is closed; the exit status."""
    application = make_application(sys.argv[:1])
    built = Application(application, open_settings(settings_path()))
    built.window.show()
    if path:
        built.open_path(path)
    ending = AskedToEnd(application)
    ending.asked.connect(built.window.close)
    status = application.exec()
    built.close()
    ending.close()
    return ending.status or status
