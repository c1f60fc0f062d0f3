"""Writes short texts into areas, shortened where they do not fit. Made for one painting."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from concsim.ui.views.shared.run_view import SMALL

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter


class Type:
    """The fonts of a painting, with their measures; each is made once."""

    def __init__(self, view: RunView) -> None:
        self._view = view
        self._made: dict[str, tuple[QFont, QFontMetricsF]] = {}

    def font(self, name: str) -> QFont:
        """The font "plain", "bold", "small", "strong" (small and bold) or "code" (small, of one width)."""
        return self._of(name)[0]

    def height(self, name: str) -> float:
        """The height of a line."""
        return self._of(name)[1].height()

    def width(self, name: str, text: str) -> float:
        """The width of a text."""
        return self._of(name)[1].horizontalAdvance(text)

    def shortened(self, name: str, text: str, width: float, middle: bool = False) -> str:
        """The text, with an ellipsis where it is wider."""
        metrics = self._of(name)[1]
        if metrics.horizontalAdvance(text) <= width:
            return text
        mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        return metrics.elidedText(text, mode, width)

    def fitting(self, name: str, text: str, width: float) -> int:
        """How many characters of a text go into a width; a break at a space is preferred."""
        metrics = self._of(name)[1]
        if metrics.horizontalAdvance(text) <= width:
            return len(text)
        count = bisect_right(range(1, len(text)), width, key=lambda length: metrics.horizontalAdvance(text[:length]))
        space = text.rfind(" ", 0, count + 1)
        return space if space > count // 2 else max(count, 1)

    def _of(self, name: str) -> tuple[QFont, QFontMetricsF]:
        found = self._made.get(name)
        if found is None:
            font = self._font_called(name)
            found = self._made[name] = font, QFontMetricsF(font)
        return found

    def _font_called(self, name: str) -> QFont:
        if name == "code":
            font = self._view.theme.mono()
            font.setPointSizeF(self._view.theme.point_size * 0.95)
            return font
        return self._view.type_of(SMALL if name in ("small", "strong") else 1.0, bold=name in ("bold", "strong"))


class Lettering:
    """Writes in the scheme in force."""

    def __init__(self, painter: QPainter, view: RunView) -> None:
        self.painter, self.theme, self.type = painter, view.theme, Type(view)

    def write(
        self, area: QRectF, text: str, font: str = "plain", colour: str | QColor = "text",
        side: Qt.AlignmentFlag = LEFT, middle: bool = False,
    ) -> float:  # fmt: skip
        """Write a text into an area, in its vertical middle; how wide it came out."""
        if area.width() < 4 or not text:
            return 0.0
        shown = self.type.shortened(font, text, area.width(), middle)
        self.painter.setFont(self.type.font(font))
        self.painter.setPen(self.theme.colour(colour) if isinstance(colour, str) else colour)
        self.painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return self.type.width(font, shown)

    def write_over_lines(self, area: QRectF, text: str, font: str, colour: str | QColor = "text") -> None:
        """Write a text over as many lines as an area has, broken anywhere; the last is shortened."""
        left, rows = text, max(int(area.height() // self.type.height(font)), 1)
        height = area.height() / rows
        for row in range(rows):
            count = len(left) if row + 1 == rows else self.type.fitting(font, left, area.width())
            self.write(QRectF(area.left(), area.top() + row * height, area.width(), height), left[:count], font, colour)
            left = left[count:].lstrip()

    def box(
        self, area: QRectF, edge: str | QColor, ground: str | QColor | None, radius: float = 6.0, wide: float = 1.0,
        dashed: bool = False,
    ) -> None:  # fmt: skip
        """A rounded box, sharp on the pixels."""
        painter = self.painter
        pen = QPen(self.theme.colour(edge) if isinstance(edge, str) else edge, wide)
        if dashed:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        if ground is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setBrush(self.theme.colour(ground) if isinstance(ground, str) else ground)
        half = 0.5 if wide == 1 else wide / 2
        inner = area.adjusted(half, half, -half, -half)
        if radius:
            painter.drawRoundedRect(inner, radius, radius)
        else:
            painter.drawRect(inner)

    def cross(self, centre: QPointF, reach: float, colour: str, wide: float = 2.0) -> None:
        """A ✕: somebody was killed here."""
        self.painter.setPen(QPen(self.theme.colour(colour), wide))
        for turn in (1, -1):
            self.painter.drawLine(centre + QPointF(-reach, -reach * turn), centre + QPointF(reach, reach * turn))

    def arrow(self, tail: QPointF, tip: QPointF, colour: str, wide: float = 1.5) -> None:
        """A straight arrow along one axis."""
        painter, size = self.painter, 6.0
        way = tip - tail
        length = max((way.x() ** 2 + way.y() ** 2) ** 0.5, 1.0)
        along = way / length
        across = QPointF(-along.y(), along.x())
        painter.setPen(QPen(self.theme.colour(colour), wide))
        painter.drawLine(tail, tip - along * size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour(colour))
        back, aside = tip - along * size * 1.4, across * size * 0.7
        painter.drawPolygon([tip, back + aside, back - aside])
