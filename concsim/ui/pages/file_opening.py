"""Opens what a person has as a file: a script, a recording, a schedule. Nothing in it is run."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog

from concsim.model.errors import RecordingError
from concsim.model.files.target import SCHEDULE, kind_of
from concsim.model.programs.program import ProgramError, problem_with
from concsim.model.words.phrases import Message
from concsim.ui.pages.main_window import MainWindow
from concsim.ui.text.language import Language

RECORDING_SUFFIX, SCHEDULE_SUFFIX = ".concsim", ".json"


class FileOpening(QObject):
    """Brings files to the stage that they are for, and says at the window's top why one cannot be opened."""

    def __init__(self, window: MainWindow, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._language = window, language

    @Slot(str)
    def open_path(self, name: str) -> None:
        """Open a script, a recording or a schedule."""
        path = Path(name)
        problem = problem_with(path) if path.suffix in (SCHEDULE_SUFFIX, RECORDING_SUFFIX) else None
        if problem is not None:  # a named pipe would be waited for
            self._window.notice.say(self._language.say(problem))
            return
        if path.suffix == SCHEDULE_SUFFIX or is_schedule(path):
            self._open_schedule(path)
            return
        if path.suffix == RECORDING_SUFFIX:
            self.open_recording(name)
        else:
            self._window.show_script(path)

    @Slot(str)
    def open_recording(self, name: str) -> None:
        """Open a recording; of a file that is none that is said, and what is on the stage stays."""
        from concsim.ui.stage.stored_run import open_recording

        path = Path(name)
        try:
            open_recording(self._window, path)
        except (RecordingError, ProgramError) as error:
            message = Message("bad_recording", {"path": path.name, "why": str(error).rstrip(".")})
            self._window.notice.say(self._language.say(message))

    def _open_schedule(self, path: Path) -> None:
        from concsim.ui.stage.stored_run import open_schedule

        try:
            open_schedule(self._window, path)
        except ProgramError as error:
            self._window.notice.say(self._language.say(error.message))

    @Slot()
    def ask_for_recording(self) -> None:
        """Let the person choose a recording."""
        dialog = QFileDialog(self._window, self.tr("Open a recording"))
        dialog.setNameFilter(self.tr("Recordings (*.concsim)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.open_recording)
        dialog.open()


def is_schedule(path: Path) -> bool:
    """Whether a file of another name is a schedule, by how it begins."""
    return kind_of(path) == SCHEDULE
