"""What lanes have in a stepped run: a cell for each step, the sign of a lost update, the column of the step shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from concsim.model.events import STEP_NS
from concsim.model.folding.entities import Actor
from concsim.model.folding.history import RUNNING
from concsim.ui.views.shared.round_times import lanes_end
from concsim.ui.views.shared.run_view import faded
from concsim.ui.views.shared.time_axis import Tick

if TYPE_CHECKING:
    from concsim.ui.views.lanes.lane_sheet import LaneSheet

LEAST_CELL = 5


class StepCells:
    """Draws them beside a lane painter's spans. Made for one painting."""

    def __init__(self, sheet: LaneSheet) -> None:
        self._painter, self._run, self._theme = sheet.painter, sheet.run, sheet.theme
        self._place, self._scale, self._small_font = sheet.place, sheet.scale, sheet.small_font
        self._metrics = QFontMetricsF(sheet.small_font)

    def draw_cells(self, actor: Actor, bar: QRectF) -> None:
        """The actor's own steps, wherever cells are wide enough to be told apart: each column has one."""
        if self._scale.x(2 * STEP_NS) - self._scale.x(STEP_NS) < LEAST_CELL:
            return
        first, last = self._scale.begin // STEP_NS, min(self._scale.end, lanes_end(self._run)) // STEP_NS
        edges = [round(bar.left() + self._scale.x(step * STEP_NS)) for step in range(first, last + 2)]
        overs, running, danger = self._run.history.overs, self._theme.state_colour(RUNNING), self._theme.colour("danger")
        for step in self._run.steps.steps_of(actor.number, first, last):
            left, right = edges[step - first], edges[step - first + 1]
            lost = step in overs and overs[step].lost
            cell = QRectF(left, bar.top(), right - left, bar.height())
            self._painter.fillRect(cell, danger if lost else running)
            if lost:
                self.cross(cell)
        ground = self._theme.colour("panel")
        for x in edges:
            self._painter.fillRect(QRectF(x, bar.top(), 1, bar.height()), ground)

    def cross(self, cell: QRectF) -> None:
        """The sign of a lost update."""
        side = min(cell.width(), cell.height(), 12.0) * 0.5
        sign = QRectF(cell.center().x() - side / 2, cell.center().y() - side / 2, side, side)
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(QPen(self._theme.colour("panel"), 1.6))
        self._painter.drawLine(sign.topLeft(), sign.bottomRight())
        self._painter.drawLine(sign.topRight(), sign.bottomLeft())
        self._painter.restore()

    def draw_axis(self, ticks: list[Tick]) -> None:
        """The numbers of steps above the lanes."""
        painter, place = self._painter, self._place
        painter.setFont(self._small_font)
        painter.setPen(self._theme.colour("muted"))
        for tick in ticks:
            width = self._metrics.horizontalAdvance(tick.text)
            at = min(max(place.left + tick.x - width / 2, place.left), place.right - width)
            painter.drawText(QRectF(at, 0, width + 1, place.top - 6), Qt.AlignmentFlag.AlignBottom, tick.text)

    def draw_step(self, step: int) -> None:
        """The column of the step shown; what was recorded after it is paler."""
        place, accent = self._place, self._theme.colour("accent")
        left = place.left + self._scale.x(step * STEP_NS)
        right = place.left + self._scale.x((step + 1) * STEP_NS)
        later = max(right, place.left)
        if later < place.right:
            veil = QRectF(later, place.top, place.right - later, place.bottom - place.top)
            self._painter.fillRect(veil, faded(self._theme.colour("panel"), 0.6))
        if not step or right <= place.left or left >= place.right:
            return
        left, right = max(left, place.left), min(max(right, left + 2), place.right)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._painter.fillRect(QRectF(round(left), place.top - 4, max(round(right - left), 2), 4), accent)
        self._painter.setPen(QPen(accent, 1))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(QRectF(round(left), place.top, max(round(right - left) - 1, 1), place.bottom - place.top - 1))
