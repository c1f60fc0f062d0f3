"""Schedules on the stage: saved, copied as a command line, opened without running anything, replayed and compared."""

from __future__ import annotations

import shlex
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from concsim.bridge.stepper import Stepper
from concsim.control.command.step_printer import difference
from concsim.control.leftovers.ledger import file_for_a_time
from concsim.model.files.schedule import Schedule, describe_step, save_schedule
from concsim.model.files.target import SCHEDULE, Target
from concsim.model.programs.program import ProgramError
from concsim.ui.text.language import Language

SUFFIX = ".json"


def command_line(schedule: Schedule) -> str:
    """The command that takes the same steps without a window."""
    words = ["concsim", "step", schedule.program, "--model", schedule.model]
    for name, value in schedule.parameters.items():
        words += ["--set", f"{name}={value}"]
    return shlex.join([*words, "--schedule", " ".join(schedule.choices)])


class Schedules(QObject):
    """Dialogs and the replay. `failed` with a sentence, `differs` with the message of the first step that does."""

    failed = Signal(str)
    differs = Signal(object)
    opened = Signal(str)

    def __init__(self, stepper: Stepper, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._stepper, self._language, self._window = stepper, language, parent
        self.waiting: Schedule | None = None
        """What was opened and not replayed yet."""
        self.replayed: Schedule | None = None
        """What is under way."""
        stepper.run.choice_offered.connect(self._on_choice_offered)
        stepper.run.running_changed.connect(self._on_running_changed)

    def forget(self) -> None:
        """Another program or run."""
        self.waiting = self.replayed = None

    # files

    @Slot()
    def ask_where_to_save(self) -> None:
        """Let the person choose a file for the schedule up to the step shown."""
        dialog = self._dialog(self.tr("Save the schedule"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX[1:])
        dialog.fileSelected.connect(self.save)
        dialog.open()

    @Slot()
    def ask_what_to_open(self) -> None:
        """Let the person choose a schedule."""
        dialog = self._dialog(self.tr("Open a schedule"))
        dialog.fileSelected.connect(self.opened)
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setNameFilter(self.tr("Schedules (*.json)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    @Slot(str)
    def save(self, name: str) -> None:
        """Save the schedule up to the step shown."""
        schedule = self._stepper.schedule()
        if schedule is None:
            return
        program, path = self._stepper.run.program, Path(name)
        kept = [program.path] if program is not None else []
        try:  # the dialog has asked whether what is there may go
            target = Target(path if path.suffix else path.with_suffix(SUFFIX), SCHEDULE, force=bool(path.suffix), kept=kept)
            save_schedule(schedule, target, file_for_a_time)
        except ProgramError as error:
            self.failed.emit(self._language.say(error.message))

    @Slot()
    def copy(self) -> None:
        """Put the command line that takes the same steps on the clipboard."""
        schedule = self._stepper.schedule()
        if schedule is not None:
            QGuiApplication.clipboard().setText(command_line(schedule))

    # replay

    def replay(self) -> None:
        """Take the steps of the schedule that waits."""
        self.replayed, self.waiting = self.waiting, None
        if self.replayed is not None:
            self._stepper.replay(self.replayed.chosen)

    @Slot(object)
    def _on_choice_offered(self, _: object) -> None:
        self._compare()

    @Slot(bool)
    def _on_running_changed(self, running: bool) -> None:
        if not running:
            self._compare()

    def _compare(self) -> None:
        """Tell the first step that was not what the schedule says it was."""
        planned, run = self.replayed, self._stepper.run
        if planned is None or not len(run.steps):
            return
        self.replayed = None
        for step, expected in enumerate(planned.steps[: len(run.steps)], 1):
            found = describe_step(run.last_state, run.steps.row(step))
            if found != expected:
                self.differs.emit(difference(run.last_state, planned, step, found))
                return
