"""Draws the names at the left of lanes, each with the sign of its actor's state. Made for one painting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from concsim.model.folding.entities import Actor
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.views.lanes.lane_ends import draw_cross, has_ended_badly
from concsim.ui.views.lanes.lane_groups import Group, Row
from concsim.ui.views.lanes.lane_sheet import GAP

if TYPE_CHECKING:
    from concsim.ui.views.lanes.lane_sheet import LaneSheet

LEAST_NAME = 0.7
"""A name that has less than this share of its column drops the id."""


class LaneNames:
    """Writes names, as long as there is room."""

    def __init__(self, sheet: LaneSheet) -> None:
        self._sheet, self._painter, self._place, self._theme = sheet, sheet.painter, sheet.place, sheet.theme
        self._metrics, self._small_metrics = QFontMetricsF(sheet.name_font), QFontMetricsF(sheet.small_font)
        self._shapes = StateShapes(sheet.theme)

    def draw_name(self, row: Row, index: int) -> None:
        """An actor's name and the sign of its state at the moment shown; a group's name alone."""
        y, left, right = self._place.y_of(index), GAP, self._place.left - GAP
        area = QRectF(left, y, right - left, self._place.row)
        if isinstance(row, Group):
            self._write(row.name, area, "text", Qt.TextElideMode.ElideRight)
            return
        side = round(max(10.0, 0.44 * area.height()))
        self._draw_sign(row, QRectF(left, round(y + (area.height() - side) / 2), side, side))
        area.setLeft(2 * GAP + side)
        used = self._draw_id(row, area)
        area.setRight(right - (used + GAP if used else 0))
        colour = "danger" if row.number in self._sheet.stuck else "text"
        self._write(row.name, area, colour, Qt.TextElideMode.ElideMiddle)

    def _draw_sign(self, actor: Actor, area: QRectF) -> None:
        if has_ended_badly(self._sheet.run, actor):
            draw_cross(self._painter, self._theme, area)
        else:
            self._shapes.draw(self._painter, area, actor.state)

    def _draw_id(self, actor: Actor, area: QRectF) -> float:
        """The id at the right, where the name has room beside it: the name is what people know. How wide it came out."""
        width = self._small_metrics.horizontalAdvance(actor.id) if actor.id != actor.name else 0.0
        if self._metrics.horizontalAdvance(actor.name) > area.width() - width - GAP < self._place.left * LEAST_NAME:
            return 0.0
        if width:
            self._painter.setFont(self._sheet.small_font)
            self._painter.setPen(self._theme.colour("muted"))
            self._painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, actor.id)
        return width

    def _write(self, name: str, area: QRectF, colour: str, elide: Qt.TextElideMode) -> None:
        self._painter.setFont(self._sheet.name_font)
        self._painter.setPen(self._theme.colour(colour))
        shown = self._metrics.elidedText(name, elide, area.width())
        self._painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
