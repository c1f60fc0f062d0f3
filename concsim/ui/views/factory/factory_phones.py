"""Draws the phones that a line has made, on its pallet. Made for one painting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from concsim.ui.views.factory.factory_figures import Line
from concsim.ui.views.factory.factory_places import PHONE_GAP, PHONE_HEIGHT, PHONE_WIDTH, FactoryPlaces

if TYPE_CHECKING:
    from concsim.ui.painting.theme import Theme


class FactoryPhones:
    """Draws phones where there is room for any."""

    def __init__(self, painter: QPainter, theme: Theme, places: FactoryPlaces) -> None:
        self._painter, self._theme, self._places = painter, theme, places

    def draw_pallet(self, line: Line, area: QRectF) -> None:
        """A line's pallet with what it has made."""
        if not self._places.across:
            return
        painter, (left, right) = self._painter, self._places.columns.pallet
        floor = round(area.bottom()) - 10
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        edge = self._theme.colour("edge")
        painter.fillRect(QRectF(left, floor, right - left, 2), edge)
        for foot in (left, (left + right) / 2 - 3, right - 6):
            painter.fillRect(QRectF(round(foot), floor + 2, 6, 3), edge)
        for index in range(min((line.phones or 0) // self._places.each, self._places.across * self._places.rows)):
            x = left + index % self._places.across * (PHONE_WIDTH + PHONE_GAP)
            self.draw_phone(x, floor - 1 - (index // self._places.across + 1) * (PHONE_HEIGHT + PHONE_GAP) + PHONE_GAP)

    def draw_phone(self, left: float, top: float) -> None:
        """A phone: a screen in a frame."""
        self._painter.fillRect(QRectF(round(left), round(top), PHONE_WIDTH, PHONE_HEIGHT), self._theme.colour("accent"))
        self._painter.fillRect(
            QRectF(round(left) + 1, round(top) + 1, PHONE_WIDTH - 2, PHONE_HEIGHT - 4), self._theme.colour("panel")
        )
