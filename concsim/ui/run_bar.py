"""The controls of a run: Run, Stop, again and again, the sweep, and the program's parameters."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from concsim.model.program import Program
from concsim.ui.language import Language
from concsim.ui.parameter_controls import ParameterControls


class RunBar(QWidget):
    """Says what the person wants; the stage does it."""

    run_wanted = Signal()
    stop_wanted = Signal()
    sweep_wanted = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_sweep = False
        self.run_button = QPushButton(objectName="primary")
        self.stop_button = QPushButton()
        self.sweep_button = QPushButton()
        self.repeat_box = QCheckBox()
        self.parameters = ParameterControls(language)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for widget in (self.run_button, self.stop_button, self.sweep_button, self.repeat_box):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(buttons)
        column.addWidget(self.parameters)
        self.run_button.clicked.connect(self.run_wanted)
        self.stop_button.clicked.connect(self.stop_wanted)
        self.sweep_button.clicked.connect(self.sweep_wanted)
        self.show_program(None)
        self._retranslate()

    def show_program(self, program: Program | None) -> None:
        """The controls for a program."""
        self.parameters.show_program(program)
        self._has_sweep = program is not None and any(chart.kind == "sweep" for chart in program.block.charts)
        self.repeat_box.setChecked(program is not None and program.block.repeat)
        self.sweep_button.setVisible(self._has_sweep)
        self.show_running(False)
        self.run_button.setEnabled(program is not None)

    @Slot(bool)
    def show_running(self, running: bool) -> None:
        """Which buttons answer now. The keyboard's place goes from Run to Stop and back."""
        before, after = (self.run_button, self.stop_button) if running else (self.stop_button, self.run_button)
        after.setEnabled(True)
        if self.window().focusWidget() is before:
            after.setFocus()
        self.run_button.setEnabled(not running)
        self.stop_button.setEnabled(running)
        self.sweep_button.setEnabled(not running)

    def _retranslate(self) -> None:
        for button, text, tip, key in (
            (self.run_button, self.tr("▶ Run"), self.tr("Run the program for real and watch it"), "F5"),
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

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
