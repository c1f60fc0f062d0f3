"""The stage: one program, its controls, its views, its code and lesson, its time line, live or stepped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from concsim.bridge.run_model import RunModel
from concsim.bridge.stepper import Stepper
from concsim.control.sessions.launcher import Launcher
from concsim.control.sessions.step_kind import can_step
from concsim.model.events import RoundStarted
from concsim.model.files.schedule import Schedule
from concsim.model.orders import Person
from concsim.model.programs.program import Program
from concsim.ui.code.code_view import CodeView
from concsim.ui.output.output_view import OutputView
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.fault_buttons import FaultButtons
from concsim.ui.stage.lesson_view import LessonView
from concsim.ui.stage.marks import Marks
from concsim.ui.stage.orders import Orders
from concsim.ui.stage.run_bar import LIVE, STEP, RunBar
from concsim.ui.stage.sentence_bar import SentenceBar
from concsim.ui.stage.stage_middle import StageMiddle
from concsim.ui.stage.stage_views import StageViews
from concsim.ui.stage.starter import Starter
from concsim.ui.stage.text_tabs import TextTabs
from concsim.ui.stage.timeline import Timeline
from concsim.ui.stage.variables_view import VariablesView
from concsim.ui.stepping.choice_bar import ChoiceBar
from concsim.ui.stepping.mode_values import ModeValues
from concsim.ui.stepping.schedules import Schedules
from concsim.ui.stepping.step_controls import StepControls
from concsim.ui.stepping.step_variables import StepVariablesView
from concsim.ui.stepping.steps_view import StepsView
from concsim.ui.text.language import Language


class Stage(QWidget):
    """Where one program is run, or stepped, and watched."""

    failed = Signal(str)
    schedule_opened = Signal(str)
    begun = Signal(str)
    """A scenario of this id is being run, or stepped."""

    def __init__(self, launcher: Launcher, language: Language, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self._language, self._theme = language, theme
        self.run = RunModel(self)
        self.marks = Marks(self)
        self.starter = Starter(self.run, launcher, self)
        self.stepper = Stepper(self.run, self._start_stepped, self)
        self.step_controls = StepControls(self.stepper)
        self.faults = FaultButtons(self.run, self.marks)
        self.run_bar = RunBar(language, self.step_controls, self.faults)
        self.sentence = SentenceBar(self.run, self.stepper, language, theme)
        self.choice_bar = ChoiceBar(self.stepper, self.marks, language, theme)
        self.timeline = Timeline(self.run, self.stepper, self.step_controls)
        self.code = CodeView(self.run, self.stepper, self.marks, theme)
        self.lesson = LessonView(self.run, language, theme)
        self.output = OutputView(self.run, theme)
        self.variables = VariablesView(self.run)
        self.step_variables = StepVariablesView(self.stepper, theme)
        self.steps = StepsView(self.stepper, language, theme)
        self.schedules = Schedules(self.stepper, language, self)
        self._orders = Orders(
            self.run, self.stepper, self.starter, self.run_bar, self.step_controls, self.schedules, self
        )
        self._pictures = StageViews(self.run, self.marks, theme)
        self._mode_values = ModeValues()
        self._views_ready = self.is_running = False
        self._lay_out()
        self._connect()
        self._on_theme()
        self._retranslate()

    def _lay_out(self) -> None:
        self.tabs = TextTabs((self.lesson, self.output, self.variables, self.step_variables, self.steps))
        self._middle = StageMiddle(self._pictures, self.code, self.tabs)
        self._empty = QLabel(objectName="empty", alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._empty, 1)
        for above in (self.run_bar, self.sentence, self.choice_bar):
            column.addWidget(above)
        column.addWidget(self._middle, 1)
        column.addWidget(self.timeline)

    def _connect(self) -> None:
        self.run_bar.mode_chosen.connect(self.show_mode)
        self.step_controls.save_wanted.connect(self.schedules.ask_where_to_save)
        self.step_controls.open_wanted.connect(self.schedules.ask_what_to_open)
        self.step_controls.copy_wanted.connect(self.schedules.copy)
        for part in (self.schedules, self.starter, self.faults):
            part.failed.connect(self.failed)
        self.schedules.differs.connect(self.sentence.say_difference)
        self.schedules.opened.connect(self.schedule_opened)
        self.choice_bar.pressed.connect(self._orders.press)
        self._orders.begun.connect(self.begun)
        self._theme.changed.connect(self._on_theme)
        self.run.running_changed.connect(self.run_bar.show_running)
        self.run.running_changed.connect(self._on_running_changed)
        self.run.failed.connect(self._on_run_failed)
        self.run.input_wanted.connect(self._on_input_wanted)
        self.output.line_entered.connect(self._orders.enter)

    @property
    def program(self) -> Program | None:
        """The program on the stage."""
        return self.run.program

    @property
    def views(self) -> list[QWidget]:
        """The views and charts of the program on the stage."""
        return self._pictures.views

    @property
    def stepping(self) -> bool:
        """Whether the stage is in Step mode."""
        return self.run_bar.stepping

    def show_program(self, program: Program | None) -> None:
        """Put a program on the stage, not running, in the mode of the one before where it has that mode."""
        self._mode_values.forget()
        self._show(program, STEP if self.stepping and can_step(program) else LIVE)

    @Slot(str)
    def show_mode(self, mode: str) -> None:
        """Change to a mode of the stage; what was run leaves it, the values set go along."""
        before = STEP if self.run.stepping else LIVE
        values = self._mode_values.carry(self.program, self.run_bar.parameters.values, before, mode)
        self._show(self.program, mode, values)
        if self._views_ready and self.program is not None:
            QTimer.singleShot(0, self._orders.warm)

    def _show(self, program: Program | None, mode: str, values: Mapping[str, Any] | None = None) -> None:
        self.leave_run()
        self.schedules.forget()
        self.run.stepping = mode == STEP
        self.run_bar.show_program(program, mode, values)
        self.timeline.show_steps(self.stepping)
        self._on_theme()
        self.marks.clear()
        self.run.show_program(program)
        self._make_views()
        self.tabs.show_mode(self.stepping)
        self._empty.setVisible(program is None)
        for widget in (self.run_bar, self.sentence, self._middle, self.timeline):
            widget.setVisible(program is not None)
        self.choice_bar.setVisible(program is not None and self.stepping)

    def show_recording(self, program: Program, path: Path, started: RoundStarted | None = None) -> None:
        """Show a stored run, a stepped one in Step mode. Raises `RecordingError`."""
        order = started if started is not None and started.model else None
        self._mode_values.forget()
        self._show(program, STEP if order else LIVE, order.parameters if order else None)
        if order is not None:
            self.step_controls.show_model(order.model)
            self.run_bar.show_begun(True)
            self.tabs.setCurrentWidget(self.steps)
        self.run.show_recording(program, path)

    def show_schedule(self, program: Program, schedule: Schedule) -> None:
        """Show a schedule's program, in Step mode; nothing is run until the person presses Replay."""
        self._mode_values.forget()
        self._show(program, STEP, schedule.parameters)
        self.step_controls.show_model(schedule.model)
        self.schedules.waiting = schedule
        self.run_bar.show_begun(False, replays=True)
        self.sentence.say_waiting(len(schedule.choices))
        self.run_bar.run_button.setFocus()

    # views

    def let_views_in(self) -> None:
        """Views may be made now: the window is on the screen, and their libraries may be imported."""
        if not self._views_ready:
            self._views_ready = True
            self.code.colour_in()
            self.lesson.open_book()
            if self.program is not None:
                self._make_views()

    def _make_views(self) -> None:
        self._pictures.show_program(self.program if self._views_ready else None, self.stepping)

    # running

    @Slot()
    def start(self) -> None:
        """Run the program with the values set; in Step mode, begin it anew."""
        self._orders.start()

    @Slot()
    def sweep(self) -> None:
        """Run one round for each value of the parameter that the sweep chart is drawn over."""
        self._orders.sweep()

    @Slot()
    def stop(self) -> None:
        """End the run; what it did stays."""
        self._orders.stop()

    def _start_stepped(self, person: Person, after: int | None) -> None:
        self._orders.start_stepped(person, after)

    @Slot()
    def _on_theme(self) -> None:
        """Large type leaves little room for air, and for labels, where stepping has its own row."""
        self.step_controls.show_labels(not self._theme.big)
        for layout in (self.layout(), self.run_bar.layout()):
            assert layout is not None
            layout.setSpacing(4 if self._theme.big and self.stepping else 8)

    @Slot(bool)
    def _on_running_changed(self, running: bool) -> None:
        self.is_running = running
        self.run_bar.show_begun(bool(self.run.session))
        if running and self.program is not None:
            self.tabs.show_begun(self.stepping, own_script=not self.program.id)

    @Slot(str)
    def _on_run_failed(self, why: str) -> None:
        self.failed.emit(self.tr("The recording cannot be read: {why}.").format(why=why.rstrip(".")))

    @Slot(bool)
    def _on_input_wanted(self, wanted: bool) -> None:
        if wanted:
            self.tabs.setCurrentWidget(self.output)

    def leave_run(self) -> None:
        """End the run on the screen: nothing goes on that this stage has started."""
        self.stepper.slow_motion.pause()
        self.starter.leave_run()

    def _retranslate(self) -> None:
        self._empty.setText(self.tr("Open a Python script, or drop one here, to run it and watch its threads."))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
