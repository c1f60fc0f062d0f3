"""The slider over a recording; a dotted line beneath it where only some moments are kept."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

from concsim.ui.painting.painter import painting

BELOW = 7
"""Pixels from the groove's middle to the dots."""


class MomentSlider(QSlider):
    """A slider of the whole recording."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._thinned = 0.0

    @property
    def thinned(self) -> float:
        """The share of the recording, from its beginning, of which only some moments are kept."""
        return self._thinned

    def show_thinned(self, share: float) -> None:
        """Show how much of it has been thinned."""
        share = min(max(share, 0.0), 1.0)
        if share != self._thinned:
            self._thinned = share
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._thinned:
            with painting(self) as painter:
                self._draw_dots(painter)

    def _draw_dots(self, painter: QPainter) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        style, control = self.style(), QStyle.ComplexControl.CC_Slider
        handle = style.subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, self).width()
        groove = style.subControlRect(control, option, QStyle.SubControl.SC_SliderGroove, self)
        left = groove.left() + handle / 2
        right = left + (groove.width() - handle) * self._thinned
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.palette().color(QPalette.ColorRole.WindowText), 2)
        pen.setDashPattern([1, 2])
        painter.setPen(pen)
        height = groove.center().y() + BELOW
        painter.drawLine(QPointF(left, height), QPointF(right, height))
