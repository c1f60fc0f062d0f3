"""A line for a program that reads its input."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget


class InputLine(QWidget):
    """Says that the program asks, takes a line or the end of input. Hidden until `ask`."""

    entered = Signal(str)
    """A line with its end; "" is the end of input."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        self._asks, self._line, self._end = QLabel(), QLineEdit(), QPushButton()
        self._line.returnPressed.connect(self._on_entered)
        self._end.clicked.connect(self._on_end_of_file)
        for widget in (self._asks, self._line, self._end):
            row.addWidget(widget)
        self.hide()
        self._retranslate()

    def ask(self) -> None:
        """The program reads: show the line, with the keyboard in it."""
        self.show()
        self._line.setFocus()

    def has_keyboard(self) -> bool:
        """Whether what is typed goes here."""
        return self._line.hasFocus() or self._end.hasFocus()

    @Slot()
    def _on_entered(self) -> None:
        self.entered.emit(self._line.text() + "\n")
        self._line.clear()

    @Slot()
    def _on_end_of_file(self) -> None:
        self.entered.emit("")

    def _retranslate(self) -> None:
        self._asks.setText(self.tr("The program asks:"))
        self._line.setPlaceholderText(self.tr("type a line and press Enter"))
        self._line.setAccessibleName(self.tr("Input for the program"))
        self._line.setToolTip(self.tr("What the program reads from its input"))
        self._end.setText(self.tr("End of input"))
        self._end.setAccessibleName(self._end.text())
        self._end.setToolTip(self.tr("Tell the program that no more input will come"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
