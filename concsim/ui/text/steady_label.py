"""A label whose text changes with every frame."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel


class SteadyLabel(QLabel):
    """Keeps its size and grows when it must: a label that asks for room has the whole window laid out and painted again."""

    _sample = ""

    def reserve(self, sample: str) -> None:
        """Be as wide as this text needs from now on."""
        self._sample = sample
        self.setFixedSize(0, 0)
        self.show_text(self.text())

    def show_text(self, text: str) -> None:
        """Show it."""
        type_ = self.fontMetrics()
        wide = max(type_.horizontalAdvance(text), type_.horizontalAdvance(self._sample), self.minimumWidth())
        if (wide, type_.height()) != (self.minimumWidth(), self.minimumHeight()):
            self.setFixedSize(wide, type_.height())
        if text != self.text():
            self.setText(text)
