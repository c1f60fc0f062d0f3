"""Starts runs of the program on the stage, live and stepped, and lets go of the one before."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from concsim.bridge.run_model import RunModel
from concsim.control.sessions.launcher import Launcher
from concsim.control.sessions.step_order import step_order
from concsim.model.errors import RecordingError
from concsim.model.orders import Person
from concsim.model.programs.program import Program, is_on_disk


class Starter(QObject):
    """Puts runs on the stage. `failed` with a sentence where one cannot be started."""

    failed = Signal(str)

    def __init__(self, run: RunModel, launcher: Launcher, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run, self._launcher = run, launcher

    def start_live(self, values: dict[str, Any], repeat: bool, plan: tuple[dict[str, Any], ...] = ()) -> None:
        """Run the program with these values."""
        program = self._runnable()
        if program is None:
            return
        self.leave_run()
        try:
            session, path = self._launcher.make_session(program, values, repeat, plan)
        except RecordingError as error:
            self._say_not_recorded(error)
            return
        self._run.start(session, path)

    def start_stepped(self, values: dict[str, Any], model: str, person: Person, after: int | None) -> None:
        """Step the program; with *after*, a run that repeats the first steps of the one on the screen."""
        program = self._runnable()
        if program is None:
            return
        order = step_order(program, values, person, model)
        try:
            session, path = self._launcher.make_session(program, values, False, step=order)
        except RecordingError as error:
            self._say_not_recorded(error)
            return
        before = self._run.session
        self._run.start(session, path, after)
        if before is not None:
            self._launcher.discard(before)

    def _runnable(self) -> Program | None:
        program = self._run.program
        if program is not None and not is_on_disk(program):
            why = self.tr("{name} has changed or is gone since it was opened. Open it again to run it.")
            self.failed.emit(why.format(name=program.path.name))
            return None
        return program

    def _say_not_recorded(self, error: RecordingError) -> None:
        self.failed.emit(self.tr("The run cannot be recorded: {why}.").format(why=str(error).rstrip(".")))

    @Slot()
    def warm(self, stepping: bool = False) -> None:
        """Have a lab of the right kind ready."""
        self._launcher.labs.warm("" if stepping else self._launcher.python, stepping)

    def leave_run(self) -> None:
        """End the run on the screen and let its recording go."""
        session = self._run.session
        self._run.close_run()
        if session is not None:
            self._launcher.discard(session)
