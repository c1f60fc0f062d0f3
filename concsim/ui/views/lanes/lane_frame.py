"""Draws what is around lanes: the time axis above them, the moment shown, the legend below. Made for one painting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from concsim.model.events import STEP_NS
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.views.lanes.lane_ends import KILLED, draw_cross
from concsim.ui.views.lanes.lane_sheet import GAP
from concsim.ui.views.lanes.step_cells import StepCells
from concsim.ui.views.shared.time_axis import Tick

if TYPE_CHECKING:
    from concsim.ui.views.lanes.lane_sheet import LaneSheet

HOLD = 3
LOST = -2
"""Stands in the legend for a lost update."""
HOLDS = -1
"""Stands in the legend for a lock that is held."""


class LaneFrame:
    """Draws around the lanes of a sheet."""

    def __init__(self, sheet: LaneSheet) -> None:
        self._painter, self._run, self._theme = sheet.painter, sheet.run, sheet.theme
        self._place, self._scale, self._small_font = sheet.place, sheet.scale, sheet.small_font
        self._metrics = QFontMetricsF(sheet.small_font)
        self._shapes = StateShapes(sheet.theme)
        self._cells = StepCells(sheet)

    def draw_axis(self, ticks: list[Tick]) -> None:
        """The time axis above the lanes, with faint lines down; in a stepped run the numbers of steps."""
        if self._run.is_stepped:
            self._cells.draw_axis(ticks)
            return
        painter, place = self._painter, self._place
        painter.setFont(self._small_font)
        for tick in ticks:
            x = place.left + round(tick.x)
            painter.fillRect(QRectF(x, place.top - 4, 1, place.bottom - place.top + 4), self._theme.colour("line"))
            width = self._metrics.horizontalAdvance(tick.text)
            at = min(max(x - width / 2, place.left), place.right - width)
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(QRectF(at, 0, width + 1, place.top - 4), Qt.AlignmentFlag.AlignBottom, tick.text)

    def draw_moment(self) -> None:
        """The line of the moment shown, where that is past; in a stepped run the column of the step shown."""
        if self._run.is_stepped:
            self._cells.draw_step(self._run.moment // STEP_NS)
        elif not self._run.is_live:
            self._draw_cursor(self._run.moment)

    def _draw_cursor(self, moment: int) -> None:
        x = self._place.left + self._scale.x(moment)
        if not self._place.left <= x <= self._place.right:
            return
        accent, top = self._theme.colour("accent"), self._place.top
        self._painter.fillRect(QRectF(round(x) - 1, top - 4, 2, self._place.bottom - top + 4), accent)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(accent)
        self._painter.drawPolygon([QPointF(x - 5, top - 10), QPointF(x + 5, top - 10), QPointF(x, top - 3)])

    def draw_legend(self, entries: list[tuple[int, str]], area: QRectF) -> None:
        """The shapes and their words, as many as there is room for."""
        painter, x = self._painter, area.left()
        painter.setFont(self._small_font)
        for state, word in entries:
            width = self._metrics.horizontalAdvance(word)
            if x + 16 + width > area.right():
                return
            self._draw_sign(state, QRectF(round(x), round(area.center().y() - 5), 10, 10))
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(QRectF(x + 16, area.top(), width + 1, area.height()), Qt.AlignmentFlag.AlignVCenter, word)
            x += 16 + width + 2 * GAP

    def _draw_sign(self, state: int, sign: QRectF) -> None:
        if state == KILLED:
            draw_cross(self._painter, self._theme, sign)
        elif state == LOST:
            self._painter.fillRect(sign, self._theme.colour("danger"))
            self._cells.cross(sign)
        elif state == HOLDS:
            line = QRectF(sign.left(), sign.center().y() - 1, sign.width(), HOLD)
            self._painter.fillRect(line, self._theme.colour("holding"))
        else:
            self._shapes.draw(self._painter, sign, state)
