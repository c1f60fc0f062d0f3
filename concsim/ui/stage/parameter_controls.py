"""The sliders, choices and switches of a program's parameters, made from its block."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSlider,
    QSpinBox,
    QWidget,
)

from concsim.model.programs.parameter import Parameter
from concsim.model.programs.program import Program
from concsim.ui.painting.flow_layout import FlowLayout
from concsim.ui.text.language import Language

SLIDER_STEPS = 1000
SETTLE_MS = 150
HUGE = 10**9
WIDEST_SPIN = 2**31 - 1
EXACT = 2**53
OWN_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class OwnKeysSlider(QSlider):
    """A slider that keeps the arrow keys for itself where they are keys of the stage as well."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in OWN_KEYS:
            event.accept()
            return True
        return super().event(event)


class ParameterControl(QWidget):
    """One parameter: its label and the control that fits its type."""

    value_changed = Signal(str, object)

    def __init__(self, parameter: Parameter, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parameter, self._language = parameter, language
        self._value: Any = parameter.default
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.setObjectName(f"settling of {parameter.name}")
        self._settle.timeout.connect(self._on_settled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._label = QLabel()
        row.addWidget(self._label)
        self._slider: QSlider | None = None
        self._editor = self._make_editor(row)
        self._label.setBuddy(self._editor)
        self.retranslate()

    @property
    def value(self) -> Any:
        """The value set."""
        return self._value

    def _make_editor(self, row: QHBoxLayout) -> QWidget:
        one = self.parameter
        if one.choices:
            return self._make_choices(row)
        if isinstance(one.default, bool):
            box = QCheckBox()
            box.setChecked(one.default)
            box.toggled.connect(self._set)
            row.addWidget(box)
            return box
        if isinstance(one.default, str) or abs(one.default) > EXACT:
            line = QLineEdit(str(one.default))
            line.editingFinished.connect(self._on_text_edited)
            row.addWidget(line)
            return line
        return self._make_number(row)

    def _make_choices(self, row: QHBoxLayout) -> QWidget:
        box = QComboBox()
        box.addItems([str(choice) for choice in self.parameter.choices])
        box.setCurrentIndex(self.parameter.choices.index(self.parameter.default))
        box.currentIndexChanged.connect(self._on_chosen)
        row.addWidget(box)
        return box

    def _make_number(self, row: QHBoxLayout) -> QWidget:
        one = self.parameter
        low = min(-HUGE, one.default) if one.min is None else one.min
        high = max(HUGE, one.default) if one.max is None else one.max
        spin: QSpinBox | QDoubleSpinBox
        if isinstance(one.default, int):
            step = int(one.step or 1)
            if max(abs(low), abs(high), step) <= WIDEST_SPIN:
                spin = QSpinBox(minimum=int(low), maximum=int(high), singleStep=step, value=one.default)
            else:
                low, high = max(low, -EXACT), min(high, EXACT)
                spin = QDoubleSpinBox(decimals=0, minimum=low, maximum=high, singleStep=min(step, EXACT))
                spin.setValue(one.default)
            spin.setGroupSeparatorShown(True)
        else:
            decimals = 4 if (one.step or 0.01) < 0.01 else 2
            spin = QDoubleSpinBox(decimals=decimals, minimum=low, maximum=high, singleStep=one.step or 0.1)
            spin.setValue(one.default)
        if one.unit:
            spin.setSuffix(f" {one.unit}")
        if one.min is not None and one.max is not None:
            self._slider = OwnKeysSlider(Qt.Orientation.Horizontal, minimum=0, maximum=SLIDER_STEPS)
            self._slider.setFixedWidth(96)
            self._slider.setValue(self._to_slider(one.default))
            self._slider.valueChanged.connect(self._on_slid)
            row.addWidget(self._slider)
        spin.setKeyboardTracking(False)
        spin.lineEdit().setTextMargins(4, 0, 0, 0)
        spin.valueChanged.connect(self._on_number)
        row.addWidget(spin)
        return spin

    def _to_slider(self, value: float) -> int:
        low, high = self.parameter.min or 0, self.parameter.max or 1
        return round((value - low) / (high - low) * SLIDER_STEPS) if high > low else 0

    @Slot(int)
    def _on_slid(self, position: int) -> None:
        low, high = self.parameter.min or 0, self.parameter.max or 1
        value = low + (high - low) * position / SLIDER_STEPS
        step = self.parameter.step or (1 if isinstance(self.parameter.default, int) else 0)
        if step:
            value = low + round((value - low) / step) * step if value > low + step / 2 else low
        self._editor.setValue(round(value) if isinstance(self.parameter.default, int) else value)  # type: ignore[attr-defined]

    @Slot()
    @Slot(int)
    @Slot(float)
    def _on_number(self, value: float) -> None:
        if self._slider is not None and not self._slider.isSliderDown():
            self._slider.blockSignals(True)
            self._slider.setValue(self._to_slider(value))
            self._slider.blockSignals(False)
        self._set(round(value) if isinstance(self.parameter.default, int) else value)

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self._set(self.parameter.choices[index])

    @Slot()
    def _on_text_edited(self) -> None:
        line: QLineEdit = self._editor  # type: ignore[assignment]
        try:
            self._set(self.parameter.parse(line.text()))
        except ValueError:
            line.setText(str(self._value))

    @Slot(bool)
    def _set(self, value: Any) -> None:
        if value != self._value:
            self._value = value
            self._settle.start()

    @Slot()
    def _on_settled(self) -> None:
        self.value_changed.emit(self.parameter.name, self._value)

    def retranslate(self) -> None:
        """Show the label in the language in force."""
        text = self._language.pick(self.parameter.label) or self.parameter.name
        self._label.setText(text)
        tip = self.tr("{name}: a constant of the program").format(name=self.parameter.name)
        for widget in (self._label, self._editor, self._slider):
            if widget is not None:
                widget.setToolTip(tip)
                widget.setAccessibleName(text)


class ParameterControls(QWidget):
    """All controls of a program, flowing over as many rows as they need."""

    value_changed = Signal(str, object)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._controls: list[ParameterControl] = []
        self._flow = FlowLayout(self, spacing=16)

    def show_program(self, program: Program | None, values: Mapping[str, Any] | None = None) -> None:
        """Make the controls of a program, set to its defaults or to other *values*."""
        for old in self._controls:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._controls = []
        for parameter in program.parameters if program is not None else ():
            start = (values or {}).get(parameter.name, parameter.default)
            control = ParameterControl(dataclasses.replace(parameter, default=start), self._language, self)
            control.value_changed.connect(self.value_changed)
            self._flow.addWidget(control)
            self._controls.append(control)
        self.setVisible(bool(self._controls))

    @property
    def values(self) -> dict[str, Any]:
        """Every parameter's value as set."""
        return {one.parameter.name: one.value for one in self._controls}

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for one in self._controls:
                one.retranslate()
        super().changeEvent(event)


