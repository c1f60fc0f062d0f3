"""The shape of each state, beside its colour: solid, hollow, hatched, a band, a tick, an outline, a dense hatch."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from concsim.model.folding.history import BLOCKED, FINISHED, MIXED, NEW, READY, RUNNING, SLEEPING, WAITING
from concsim.ui.painting.theme import Theme
from concsim.ui.views.shared.run_view import faded

TILE = 8
NARROW = 3


def diagonal_hatch(colour: QColor) -> QBrush:
    """Diagonal stripes over a light ground."""
    tile = QPixmap(TILE, TILE)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.fillRect(tile.rect(), faded(colour, 0.25))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2.4))
    for shift in (-TILE, 0, TILE):
        painter.drawLine(QPointF(shift - 1, TILE + 1), QPointF(shift + TILE + 1, -1))
    painter.end()
    return QBrush(tile)


def vertical_hatch(colour: QColor) -> QBrush:
    """Thin upright stripes over a light ground."""
    tile = QPixmap(4, 4)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.fillRect(tile.rect(), faded(colour, 0.35))
    painter.fillRect(0, 0, 2, 4, colour)
    painter.end()
    return QBrush(tile)


class StateShapes:
    """Draws states in the scheme in force. Made for one painting."""

    def __init__(self, theme: Theme) -> None:
        colour = theme.state_colour
        self._running, self._ready = colour(RUNNING), colour(READY)
        self._waiting, self._sleeping = colour(WAITING), colour(SLEEPING)
        self._outline, self._blocked = theme.colour("muted"), colour(BLOCKED)
        self._waiting_brush = diagonal_hatch(self._waiting)
        self._mixed_brush = vertical_hatch(colour(MIXED))
        self._narrow = faded(self._running, 0.5)
        self._draw = {
            NEW: self._draw_new, RUNNING: self._draw_running, WAITING: self._draw_waiting,
            SLEEPING: self._draw_sleeping, FINISHED: self._draw_finished, MIXED: self._draw_mixed,
            READY: self._draw_ready, BLOCKED: self._draw_blocked,
        }  # fmt: skip

    def draw(self, painter: QPainter, area: QRectF, state: int) -> None:
        """A span or a sign of this state."""
        self._draw[state](painter, area)

    def _draw_new(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(self._outline, 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))

    def _draw_running(self, painter: QPainter, area: QRectF) -> None:
        painter.fillRect(area, self._running)

    def _draw_ready(self, painter: QPainter, area: QRectF) -> None:
        if area.width() <= NARROW:
            painter.fillRect(area, self._ready)
            return
        painter.fillRect(area, faded(self._ready, 0.22))
        painter.setPen(QPen(self._ready, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(1, 1, -1, -1))

    def _draw_blocked(self, painter: QPainter, area: QRectF) -> None:
        painter.fillRect(area, self._blocked if area.width() <= NARROW else faded(self._blocked, 0.3))
        if area.width() > NARROW:
            painter.setPen(QPen(self._blocked, 2))
            painter.drawLine(area.topLeft() + QPointF(1, 1), area.bottomRight() - QPointF(1, 1))
            painter.drawLine(area.bottomLeft() + QPointF(1, -1), area.topRight() + QPointF(-1, 1))

    def _draw_waiting(self, painter: QPainter, area: QRectF) -> None:
        if area.width() <= NARROW:
            painter.fillRect(area, self._waiting)
            return
        painter.setBrushOrigin(area.topLeft())
        painter.fillRect(area, self._waiting_brush)
        painter.setPen(self._waiting)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))

    def _draw_sleeping(self, painter: QPainter, area: QRectF) -> None:
        thick = max(3.0, area.height() / 3)
        painter.fillRect(QRectF(area.left(), area.center().y() - thick / 2, area.width(), thick), self._sleeping)

    def _draw_finished(self, painter: QPainter, area: QRectF) -> None:
        painter.fillRect(QRectF(area.left(), area.top(), 2, area.height()), self._outline)

    def _draw_mixed(self, painter: QPainter, area: QRectF) -> None:
        painter.setBrushOrigin(area.topLeft())
        painter.fillRect(area, self._narrow if area.width() <= NARROW else self._mixed_brush)
