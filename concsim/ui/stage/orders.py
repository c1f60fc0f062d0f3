"""What a person orders with the bars of a stage: run, stop, sweep, step, another value."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from concsim.bridge.run_model import RunModel
from concsim.bridge.stepper import Stepper
from concsim.control.sessions.step_kind import steps_by_line
from concsim.control.sessions.step_order import first_values
from concsim.model.events import LINES
from concsim.model.orders import Person
from concsim.ui.stage.run_bar import RunBar
from concsim.ui.stage.starter import Starter
from concsim.ui.stage.sweep import sweep_plan
from concsim.ui.stepping.schedules import Schedules
from concsim.ui.stepping.step_controls import StepControls


class Orders(QObject):
    """Does it with the values and choices that the bars have now."""

    begun = Signal(str)
    """A scenario of this id is being run, or stepped."""

    def __init__(
        self, run: RunModel, stepper: Stepper, starter: Starter, bar: RunBar, controls: StepControls, schedules: Schedules,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._run, self._stepper, self._starter = run, stepper, starter
        self._bar, self._controls, self._schedules = bar, controls, schedules
        bar.run_wanted.connect(self.start)
        bar.stop_wanted.connect(self.stop)
        bar.sweep_wanted.connect(self.sweep)
        bar.parameters.value_changed.connect(self._on_value_changed)
        controls.model_chosen.connect(self._on_model_chosen)

    @Slot()
    def start(self) -> None:
        """Run the program with the values set; in Step mode, begin it anew."""
        if self._run.program is not None:
            self.begun.emit(self._run.program.id)
        if self._bar.stepping and self._schedules.waiting is not None:
            self._schedules.replay()
        elif self._bar.stepping:
            self._schedules.forget()
            self._stepper.restart()
        else:
            self._start_live()

    @Slot()
    def sweep(self) -> None:
        """Run one round for each value of the parameter that the sweep chart is drawn over."""
        if self._run.program is not None:
            self._start_live(sweep_plan(self._run.program))

    def _start_live(self, plan: tuple[dict[str, Any], ...] = ()) -> None:
        self._starter.start_live(self._bar.parameters.values, self._bar.repeat_box.isChecked(), plan)
        QTimer.singleShot(0, self.warm)

    def start_stepped(self, person: Person, after: int | None) -> None:
        """Step the program; with *after*, another way of the run on the screen."""
        program = self._run.program
        if program is None:
            return
        values, model = {**first_values(program), **self._bar.parameters.values}, self._controls.model
        if steps_by_line(program):
            model, after = LINES, None
        if after is not None:
            values, model = dict(self._run.last_state.parameters), self._run.last_state.model
        self._starter.start_stepped(values, model, person, after)

    @Slot()
    def warm(self) -> None:
        """Have a lab ready for what is likely to be ordered next."""
        if self._bar.stepping or not self._bar.repeat_box.isChecked():
            self._starter.warm(self._bar.stepping)

    @Slot()
    def stop(self) -> None:
        """End the run; what it did stays."""
        self._stepper.slow_motion.pause()
        self._run.stop()

    @Slot(str, str)
    def press(self, actor: str, until: str) -> None:
        """Let an actor go on, as far as said or as the controls say."""
        self._stepper.slow_motion.pause()
        self._stepper.press(actor, until or self._controls.reach.code)

    @Slot(str)
    def enter(self, text: str) -> None:
        """Give the program a line that it reads."""
        if self._run.session is not None:
            self._run.session.write_input(text)

    @Slot(str)
    def _on_model_chosen(self, _: str) -> None:
        self._begin_again()

    def _begin_again(self) -> None:
        """What stepping begins with has changed: what was begun begins again."""
        if self._run.history.rounds and self._run.session is not None:
            self._stepper.restart()

    @Slot(str, object)
    def _on_value_changed(self, name: str, value: Any) -> None:
        if self._bar.stepping:
            self._begin_again()
        elif self._run.session is not None and self._run.running:
            self._run.session.set_parameter(name, value)
