"""Saves the recording in sight to a file that a person names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog

from concsim.control.sessions.launcher import Launcher
from concsim.ui.background import Background
from concsim.ui.pages.file_opening import RECORDING_SUFFIX
from concsim.ui.pages.main_window import MainWindow


class RecordingSaving(QObject):
    """Copies it away from the window's thread."""

    def __init__(
        self, window: MainWindow, launcher: Launcher, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window, self._launcher, self._background = window, launcher, background

    @Slot()
    def ask_where_to_save(self) -> None:
        """Let the person name a file."""
        if self._window.stage.run.recording_path is None:
            self._window.notice.say(self.tr("There is no recording yet: run the program first."))
            return
        dialog = QFileDialog(self._window, self.tr("Save the recording"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(RECORDING_SUFFIX[1:])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save)
        dialog.open()

    @Slot(str)
    def save(self, name: str) -> None:
        """Copy the recording in sight, of a run or opened, to a file, away from the window's thread."""
        source = self._window.stage.run.recording_path
        if source is not None:
            self._window.stage.run.flush()
            program = self._window.stage.run.program
            kept = [program.path] if program is not None else []
            let_go = self._launcher.hold(source)
            self._background.call(lambda: _copy(source, Path(name), kept, let_go), failed=self.on_not_saved)

    def on_not_saved(self, why: str) -> None:
        """Say why it could not be saved."""
        self._window.notice.say(self.tr("The recording could not be saved: {why}.").format(why=why.rstrip(".")))


def _copy(source: Path, target: Path, kept: list[Path], let_go: Callable[[], None]) -> None:
    """Raises what writing it raises. The dialog has asked whether what is there may go."""
    from concsim.control.leftovers.ledger import file_for_a_time
    from concsim.model.files.target import RECORDING, Target
    from concsim.model.recordings.recording import copy_recording

    try:
        if target.exists() and target.samefile(source):
            return
        with Target(target, RECORDING, force=True, kept=kept).written(file_for_a_time) as aside:
            copy_recording(source, aside)
    finally:
        let_go()
