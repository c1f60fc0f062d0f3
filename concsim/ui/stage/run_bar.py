"""The controls of a run: live or step, Run, Stop, again and again, the sweep, stepping's own, the parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from concsim.control.sessions.step_kind import can_step, steps_by_line
from concsim.control.sessions.step_order import first_values
from concsim.model.programs.program import Program
from concsim.ui.painting.flow_layout import FlowLayout
from concsim.ui.painting.segments import Segments
from concsim.ui.stage.fault_buttons import FaultButtons
from concsim.ui.stage.parameter_controls import ParameterControls
from concsim.ui.stepping.step_controls import StepControls, first_model
from concsim.ui.text.language import Language

LIVE, STEP = "live", "step"


class RunBar(QWidget):
    """Says what the person wants; the stage does it."""

    run_wanted = Signal()
    stop_wanted = Signal()
    sweep_wanted = Signal()
    mode_chosen = Signal(str)

    def __init__(
        self, language: Language, step_controls: StepControls, faults: FaultButtons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._program: Program | None = None
        self._begun = self._replays = False
        self.mode = Segments((LIVE, STEP))
        self.run_button = QPushButton(objectName="primary")
        self.stop_button = QPushButton()
        self.sweep_button = QPushButton()
        self.repeat_box = QCheckBox()
        self.step_controls = step_controls
        self.faults = faults
        step_controls.setParent(self)
        self.parameters = ParameterControls(language)
        top = QWidget()
        buttons = FlowLayout(top, spacing=8)
        for widget in (self.mode, self.run_button, self.stop_button, self.sweep_button, self.repeat_box, faults, *step_controls.groups):
            buttons.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(top)
        column.addWidget(self.parameters)
        self.mode.chosen.connect(self.mode_chosen)
        self.run_button.clicked.connect(self.run_wanted)
        self.stop_button.clicked.connect(self.stop_wanted)
        self.sweep_button.clicked.connect(self.sweep_wanted)
        for key, choose in (("F2", self.mode.choose_next), ("F8", step_controls.reach.choose_next)):
            QShortcut(QKeySequence(key), self).activated.connect(choose)
        self.show_program(None, LIVE)

    @property
    def stepping(self) -> bool:
        """Whether the stage is in Step mode."""
        return self.mode.code == STEP

    def show_program(self, program: Program | None, mode: str, values: Mapping[str, Any] | None = None) -> None:
        """The controls for a program in a mode of the stage, set to *values* where they are given."""
        self._program = program
        step = mode == STEP and program is not None
        self.mode.buttons[STEP].setEnabled(can_step(program))
        self.mode.show_code(STEP if step else LIVE)
        first = first_values(program) if step and program is not None else {}
        self.parameters.show_program(program, {**first, **(values or {})})
        self.step_controls.show_model(first_model(program))
        has_sweep = program is not None and any(chart.kind == "sweep" for chart in program.block.charts)
        self.repeat_box.setChecked(program is not None and program.block.repeat)
        self.sweep_button.setVisible(has_sweep and not step)
        self.repeat_box.setVisible(not step)
        self.faults.show_program(program, step)
        for group in self.step_controls.groups:
            group.setVisible(step and not (steps_by_line(program) and group in self.step_controls.choosers))
        self.step_controls.show_by_line(steps_by_line(program))
        self._begun = self._replays = False
        self.show_running(False)
        self.run_button.setEnabled(program is not None)
        self._retranslate()

    @Slot(bool)
    def show_running(self, running: bool) -> None:
        """Which buttons answer now. The keyboard's place goes from Run to Stop and back; Restart always answers."""
        before, after = (self.run_button, self.stop_button) if running else (self.stop_button, self.run_button)
        after.setEnabled(True)
        if self.window().focusWidget() is before and not self.stepping:
            after.setFocus()
        self.run_button.setEnabled(self.stepping or not running)
        if self.stepping and not running and self.stop_button.hasFocus():
            self.run_button.setFocus()
        self.stop_button.setEnabled(running)
        self.sweep_button.setEnabled(not running)

    def show_begun(self, begun: bool, replays: bool = False) -> None:
        """Whether Start begins, begins again, or replays a schedule."""
        if (begun, replays) != (self._begun, self._replays):
            self._begun, self._replays = begun, replays
            self._retranslate()

    def _run_words(self) -> tuple[str, str]:
        if not self.stepping:
            return self.tr("▶ Run"), self.tr("Run the program for real and watch it")
        if self._replays:
            return self.tr("▶ Replay"), self.tr("Take the steps of the schedule")
        if self._begun:
            return self.tr("↻ Restart"), self.tr("Begin again from the first choice")
        if steps_by_line(self._program):
            return self.tr("▶ Start"), self.tr("Record the program line by line, then go through it forwards and back")
        return self.tr("▶ Start"), self.tr("Start the program and stop where there is a choice who goes next")

    def _retranslate(self) -> None:
        run, run_tip = self._run_words()
        for button, text, tip, key in (
            (self.run_button, run, run_tip, "F5"),
            (self.stop_button, self.tr("■ Stop"), self.tr("End the run and everything it started"), "Shift+F5"),
            (self.sweep_button, self.tr("Sweep"), self.tr("Run one round for each value of the swept slider"), "F6"),
        ):
            button.setText(text)
            button.setToolTip(f"{tip} ({key})")
            button.setAccessibleName(text)
            button.setShortcut(key)
        self.repeat_box.setText(self.tr("again and again"))
        self.repeat_box.setToolTip(self.tr("Start the next round when one ends (F7)"))
        self.repeat_box.setShortcut("F7")
        self.repeat_box.setAccessibleName(self.repeat_box.text())
        self.mode.name(LIVE, self.tr("Live"), self.tr("Real threads, watched while they run (F2)"))
        why = self.tr("You decide which thread goes next, step by step, forwards and back (F2)")
        if steps_by_line(self._program):
            why = self.tr("Line by line, forwards and back, with every frame's local variables (F2)")
        if self._program is not None and not can_step(self._program):
            why = self.tr("The programs of this topic run live only: stepping controls threads, locks, conditions and queues")
        self.mode.name(STEP, self.tr("Step"), why)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
