"""Draws the nodes and arrows of a wait-for graph. Made for one painting."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, copysign, cos, pi, sin
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from concsim.ui.views.shared.wait_edges import HELD_BY, THING

if TYPE_CHECKING:
    from concsim.ui.painting.theme import Theme

BEND = 0.24
HEAD = 9.0


@dataclass(frozen=True)
class EdgeLook:
    """How an arrow looks, and its words, the longest first."""

    kind: str
    colour: QColor
    thick: bool = False
    bent: bool = False
    words: tuple[str, ...] = ()

    def pen(self) -> QPen:
        """Solid for a hold, dashed for a wait."""
        pen = QPen(self.colour, 2.5 if self.thick else 1.5)
        if self.kind != HELD_BY:
            pen.setDashPattern([4, 2.5])
        return pen


class GraphPainter:
    """Draws in the scheme in force."""

    def __init__(self, painter: QPainter, theme: Theme, fonts: tuple[QFont, QFont], share: float = 1.0) -> None:
        self._painter, self._theme = painter, theme
        self._name_font, self._small_font = fonts
        self._names, self._smalls = QFontMetricsF(fonts[0]), QFontMetricsF(fonts[1])
        self._head = HEAD * max(share, 0.4)
        self._labels: list[tuple[QPainterPath, EdgeLook]] = []
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def draw_node(
        self, area: QRectF, what: str, name: str, word: str, colours: tuple[QColor, QColor], marked: bool
    ) -> None:
        """A node with its name and, under it, a word; *colours* are of its outline and its ground."""
        painter = self._painter
        radius = area.height() / 2 if what != THING else 6
        if marked:
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            around = area.adjusted(-4, -4, 4, 4)
            painter.drawRoundedRect(around, radius + 4, radius + 4)
        painter.setPen(QPen(colours[0], 2))
        painter.setBrush(colours[1])
        painter.drawRoundedRect(area, radius, radius)
        self._draw_words(area.adjusted(6, 3, -6, -3), name, word)

    def _draw_words(self, area: QRectF, name: str, word: str) -> None:
        painter = self._painter
        if self._names.height() + self._smalls.height() > area.height() + 6:
            word = ""
        half = area.height() / 2 if word else area.height()
        painter.setFont(self._name_font)
        painter.setPen(self._theme.colour("text"))
        shown = self._names.elidedText(name, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(QRectF(area.left(), area.top(), area.width(), half), Qt.AlignmentFlag.AlignCenter, shown)
        if word:
            painter.setFont(self._small_font)
            painter.setPen(self._theme.colour("muted"))
            below = QRectF(area.left(), area.top() + half, area.width(), half)
            shown = self._smalls.elidedText(word, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, shown)

    def draw_edge(self, start: QRectF, end: QRectF, look: EdgeLook) -> None:
        """An arrow from node to node. Its words come later, when all that must stay free is known."""
        bend = _bend_point(start.center(), end.center(), BEND if look.bent else 0.0)
        first, last = _border(start, bend, 2), _border(end, bend, 4)
        path = QPainterPath(first)
        path.quadTo(bend, last)
        self._painter.setPen(look.pen())
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPath(path)
        self._draw_head(bend, last, look.colour)
        self._labels.append((path, look))

    def _draw_head(self, before: QPointF, tip: QPointF, colour: QColor) -> None:
        angle = atan2(tip.y() - before.y(), tip.x() - before.x())
        turns, size = (-pi / 7, pi / 7), self._head
        sides = [QPointF(tip.x() - size * cos(angle + turn), tip.y() - size * sin(angle + turn)) for turn in turns]
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawPolygon([tip, *sides])

    def draw_labels(self, taken: list[QRectF]) -> None:
        """The words of the arrows, where they cover neither what is *taken* nor each other."""
        self._painter.setFont(self._small_font)
        for path, look in self._labels:
            for text in look.words:
                area = self._free_area(path, text, taken)
                if area is not None:
                    taken.append(area)
                    self._painter.fillRect(area, self._theme.colour("panel"))
                    self._painter.setPen(look.colour if look.thick else self._theme.colour("muted"))
                    self._painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
                    break

    def _free_area(self, path: QPainterPath, text: str, taken: list[QRectF]) -> QRectF | None:
        width, height = self._smalls.horizontalAdvance(text) + 6, self._smalls.height()
        room = path.boundingRect()
        on_line = room.width() >= width + 20 or room.height() >= height + 20
        for aside in (0.0, 1.0, -1.0) if on_line else (1.0, -1.0):
            for share in (0.5, 0.4, 0.6, 0.2, 0.8) if aside else (0.5, 0.4, 0.6):
                area = _beside(path, share, aside, width, height)
                if not any(area.intersects(one) for one in taken):
                    return area
        return None

    def draw_legend(self, area: QRectF, entries: list[tuple[EdgeLook, str]]) -> None:
        """What solid and dashed arrows mean."""
        painter, x, y = self._painter, area.left(), area.center().y()
        painter.setFont(self._small_font)
        for look, word in entries:
            painter.setPen(look.pen())
            painter.drawLine(QPointF(x, y), QPointF(x + 22, y))
            self._draw_head(QPointF(x, y), QPointF(x + 28, y), look.colour)
            width = self._smalls.horizontalAdvance(word)
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(QRectF(x + 34, area.top(), width + 1, area.height()), Qt.AlignmentFlag.AlignVCenter, word)
            x += 34 + width + 16


def _bend_point(first: QPointF, last: QPointF, bend: float) -> QPointF:
    """The control point of a curve that bends to the left of its way, so that there and back lie apart."""
    across = last - first
    return (first + last) / 2 + QPointF(across.y(), -across.x()) * bend


def _beside(path: QPainterPath, share: float, aside: float, width: float, height: float) -> QRectF:
    """An area on a path, or (*aside*) just left of its way."""
    angle = path.angleAtPercent(share) * pi / 180
    x, y = -sin(angle), -cos(angle)
    if abs(x) > 0.5:
        shift = QPointF(copysign(width / 2 + 6, x), y * (height / 2 + 4))
    else:
        shift = QPointF(0, copysign(height / 2 + 4 + abs(x) * width / 2, y))
    centre = path.pointAtPercent(share) + shift * aside
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)


def _border(area: QRectF, toward: QPointF, gap: float) -> QPointF:
    """Where the line from an area's centre to a point leaves it, a little outside."""
    way = toward - area.center()
    sides = (area.width() / 2 + gap, way.x()), (area.height() / 2 + gap, way.y())
    shares = [size / abs(part) for size, part in sides if part]
    return area.center() + way * min([*shares, 1.0])


