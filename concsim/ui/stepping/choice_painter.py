"""Paints an actor's button: its digit as a key cap, its state and name, and below that what it does next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.views.shared.run_view import SMALL, faded

if TYPE_CHECKING:
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stepping.choice_words import ChoiceWords

SIDES, GAP = 8, 8
LEAST_NAME = 24


class ChoiceType:
    """The fonts of a button."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.plain, self.bold, self.small = font, QFont(font), QFont(font)
        self.bold.setBold(True)
        self.small.setPointSizeF(theme.point_size * SMALL)

    @property
    def line(self) -> float:
        """The height of a line."""
        return QFontMetricsF(self.plain).lineSpacing()

    def needed_width(self, words: ChoiceWords) -> float:
        """The width in which nothing is shortened."""
        small, height = QFontMetricsF(self.small), self.line
        first = max(small.horizontalAdvance(words.sign) + 8, height) + 6 + height * 0.55 + 6
        first += QFontMetricsF(self.bold).horizontalAdvance(words.name) + GAP + small.horizontalAdvance(words.word) + 1
        second = small.horizontalAdvance(words.below) + (GAP + small.horizontalAdvance(words.locals) + 1 if words.locals else 0)
        return max(first, second) + 2 * SIDES + 2


class ChoicePainter:
    """Paints words into a button's area. Made for one painting."""

    def __init__(self, painter: QPainter, theme: Theme, type: ChoiceType, words: ChoiceWords) -> None:
        self._painter, self._theme, self._type, self._words = painter, theme, type, words
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint_ground(self, area: QRectF, focused: bool, over: bool, down: bool) -> None:
        """The button itself; *focused*: it has the keyboard's place, *over*: the mouse is, *down*: it is pressed."""
        colour, on = self._theme.colour, self._words.enabled
        edge = "accent" if focused or (on and over) else "edge" if on else "line"
        ground = "raised" if on and down else "panel" if on else "window"
        self._painter.setPen(QPen(colour(edge), 2 if focused else 1))
        self._painter.setBrush(colour(ground))
        self._painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 5, 5)

    def paint_words(self, area: QRectF) -> None:
        """Both lines."""
        inside = area.adjusted(SIDES, 5, -SIDES, -5)
        first = QRectF(inside.left(), inside.top(), inside.width(), self._type.line)
        rest = first.adjusted(self._paint_cap(first), 0, 0, 0)
        self._paint_name(rest.adjusted(self._paint_state(rest), 0, 0, 0))
        below = QRectF(inside.left(), first.bottom() + 1, inside.width(), inside.bottom() - first.bottom())
        self._paint_below(below)

    def _paint_below(self, area: QRectF) -> None:
        """What it does next, and after it, paler, what it holds in its local variables."""
        metrics, words = QFontMetricsF(self._type.small), self._words
        text = metrics.elidedText(words.below, Qt.TextElideMode.ElideRight, area.width())
        self._write(area, text, self._type.small, self._said_colour())
        rest = area.adjusted(metrics.horizontalAdvance(text) + GAP, 0, 0, 0)
        if words.locals and rest.width() > LEAST_NAME:
            held = metrics.elidedText(words.locals, Qt.TextElideMode.ElideRight, rest.width())
            self._write(rest, held, self._type.small, self._theme.colour("muted"), Qt.AlignmentFlag.AlignRight)

    def _said_colour(self) -> QColor:
        return self._theme.colour("danger" if self._words.bad else "text" if self._words.enabled else "muted")

    def _paint_cap(self, area: QRectF) -> float:
        """The digit as a key cap; how much room it took."""
        painter, on, small = self._painter, self._words.enabled, self._type.small
        width = max(QFontMetricsF(small).horizontalAdvance(self._words.sign) + 8, area.height())
        cap = QRectF(area.left(), area.top() + 0.5, width, area.height() - 1)
        painter.setPen(QPen(self._theme.colour("edge" if on else "line"), 1))
        painter.setBrush(faded(self._theme.colour("accent"), 0.14) if on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, 3, 3)
        self._write(cap, self._words.sign, small, self._theme.colour("text" if on else "muted"), Qt.AlignmentFlag.AlignCenter)
        return width + 6

    def _paint_state(self, area: QRectF) -> float:
        """The sign of the state; how much room it took."""
        side = round(area.height() * 0.55)
        sign = QRectF(round(area.left()), round(area.center().y() - side / 2), side, side)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        StateShapes(self._theme).draw(self._painter, sign, self._words.state)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return side + 6

    def _paint_name(self, area: QRectF) -> None:
        """The name, and at the right the state's word where there is room for both."""
        words, bold = self._words, self._type.bold
        room = area.width() - (QFontMetricsF(self._type.small).horizontalAdvance(words.word) + 1) - GAP
        name = QFontMetricsF(bold).elidedText(words.name, Qt.TextElideMode.ElideMiddle, max(room, LEAST_NAME))
        self._write(area, name, bold, self._said_colour())
        if room >= LEAST_NAME:
            self._write(area, words.word, self._type.small, self._theme.colour("muted"), Qt.AlignmentFlag.AlignRight)

    def _write(
        self, area: QRectF, text: str, font: QFont, colour: QColor, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        self._painter.setFont(font)
        self._painter.setPen(colour)
        self._painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, text)
