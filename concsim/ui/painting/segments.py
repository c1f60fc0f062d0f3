"""A switch with a few segments, one of them on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QToolButton, QWidget


class Segments(QWidget):
    """Buttons side by side that look like one; `chosen` when the person presses another."""

    chosen = Signal(str)

    def __init__(self, codes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, QToolButton] = {}
        self._said = codes[0]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, code in enumerate(codes):
            button = QToolButton(checkable=True, checked=not index)
            button.setProperty("segment", "first" if not index else "last" if index + 1 == len(codes) else "middle")
            self._group.addButton(button)
            self.buttons[code] = button
            row.addWidget(button)
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def code(self) -> str:
        """The segment that is on."""
        return next(code for code, button in self.buttons.items() if button.isChecked())

    def show_code(self, code: str) -> None:
        """Put a segment on, without saying so."""
        self.buttons[code].setChecked(True)
        self._said = code

    def choose_next(self) -> None:
        """Put the next segment on that answers, as if it had been pressed."""
        codes = list(self.buttons)
        after = codes.index(self.code) + 1
        for code in [*codes[after:], *codes[:after]]:
            if self.buttons[code].isEnabled():
                if not self.buttons[code].isChecked():
                    self.buttons[code].click()
                return

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        code = next(code for code, one in self.buttons.items() if one is button)
        if code != self._said:
            self._said = code
            self.chosen.emit(code)

    def name(self, code: str, text: str, tip: str) -> None:
        """A segment's text and tooltip."""
        button = self.buttons[code]
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(tip)
