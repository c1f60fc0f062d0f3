"""A pyqtgraph plot in the window's scheme: quiet axes, thousands separators, ranges that are set and not guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from concsim.ui.views.charts.curves import Curve
from concsim.ui.views.shared.time_axis import nice_step

if TYPE_CHECKING:
    from concsim.ui.painting.theme import Theme


MOST_TICKS = 10


class NumberAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis whose numbers are readable; *whole* for one that counts, with a unit behind each number."""

    whole = False
    unit = ""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        digits = max(0, -int(np.floor(np.log10(spacing * scale) + 1e-9))) if spacing > 0 else 0
        return [f"{value * scale:,.{digits}f}{self.unit}" for value in values]

    def tickSpacing(self, minimum: float, maximum: float, size: float) -> list[tuple[float, float]]:
        """One step, so wide that no two numbers touch."""
        length = maximum - minimum
        if not length > 0 or not np.isfinite(length) or size < 1:
            return [(1, 0)]
        step = nice_step(length, MOST_TICKS)
        while True:
            step = max(nice_step(step, 1), 1.0) if self.whole else nice_step(step, 1)
            if step >= length or step / length * size >= self._needed(minimum, maximum, step):
                return [(step, 0)]
            step *= 1.01

    def _needed(self, minimum: float, maximum: float, step: float) -> float:
        """The pixels that a number needs along the axis."""
        metrics = QFontMetricsF(self.style["tickFont"] or self.font())
        if self.orientation in ("left", "right"):
            return metrics.height() * 1.4
        ends = [float(np.floor(end / step)) * step for end in (minimum, maximum)]
        return max(metrics.horizontalAdvance(text) for text in self.tickStrings(ends, 1.0, step)) + 16


class ChartArea(pg.PlotWidget):  # type: ignore[misc]
    """The plot. It shows what it is told to until a person zooms or pans; a double click goes back."""

    double_clicked = Signal()
    resized = Signal()
    """The area itself has another size: what it has room for may be more, or less."""

    def __init__(self, parent: QWidget | None = None) -> None:
        axes = {side: NumberAxis(side) for side in ("left", "bottom")}
        super().__init__(parent, axisItems=axes)
        self.bottom, self.left_axis = axes["bottom"], axes["left"]
        self.item = self.getPlotItem()
        self.item.setMenuEnabled(False)
        self.item.hideButtons()
        self.item.layout.setContentsMargins(0, 4, 16, 0)
        self.item.getViewBox().disableAutoRange()
        self.item.getViewBox().sigRangeChangedManually.connect(self._on_moved)
        for axis in axes.values():
            axis.enableAutoSIPrefix(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.is_free = False
        self._theme: Theme | None = None

    def restyle(self, theme: Theme, font: QFont) -> None:
        """The scheme or the type size has changed."""
        self._theme = theme
        self.setBackground(theme.colour("panel"))
        for axis in (self.bottom, self.left_axis):
            axis.setPen(pg.mkPen(theme.colour("line")))
            axis.setTextPen(pg.mkPen(theme.colour("muted")))
            axis.setStyle(tickFont=font, tickLength=4, hideOverlappingLabels=False)
            axis.label.setFont(font)

    def label(self, bottom: str, left: str, unit: str = "") -> None:
        """What the axes say, and the unit behind each number of the bottom one."""
        self.bottom.unit = unit
        for axis, text in ((self.bottom, bottom), (self.left_axis, left)):
            if axis.labelText != text:
                axis.setLabel(text)
                axis.showLabel(bool(text))

    def count_steps(self, on: bool) -> None:
        """The bottom axis counts the steps of a stepped run, whose clock gives each a millisecond."""
        if self.bottom.whole != on:
            self.bottom.whole = on
            self.bottom.setScale(1000.0 if on else 1.0)

    def show_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Show this, unless a person has chosen what to see."""
        if not self.is_free:
            self.item.getViewBox().setRange(xRange=x, yRange=y, padding=0, disableAutoRange=True)

    def zoom(self, factor: float) -> None:
        """Show *factor* times as much."""
        self.is_free = True
        self.item.getViewBox().scaleBy((factor, factor))

    def show_all(self) -> None:
        """Follow the run again."""
        self.is_free = False

    def pen(self, colour: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """A pen in one of the scheme's colours."""
        assert self._theme is not None
        made: QPen = pg.mkPen(self._theme.colour(colour), width=width, style=style)
        return made

    def _on_moved(self, *_: object) -> None:
        self.is_free = True

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.show_all()
        self.double_clicked.emit()
        event.accept()


class Band(QGraphicsPathItem):
    """An area of one light colour."""

    def set_outline(self, outline: Curve) -> None:
        """The area's corners."""
        self.setPath(pg.arrayToQPath(*outline) if len(outline[0]) else pg.QtGui.QPainterPath())
