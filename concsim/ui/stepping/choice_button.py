"""An actor's button: its digit, name and state, and below that what it does next, or why it cannot be chosen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from concsim.ui.painting.painter import painting
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.marks import Marks
from concsim.ui.views.shared.run_view import SMALL, faded

SIDES, GAP = 8, 8


@dataclass(frozen=True)
class ChoiceWords:
    """What a button shows: `sign` is its digit or the actor's id, `state` a number of `concsim.model.folding.history`."""

    number: int
    id: str
    sign: str
    name: str
    state: int
    word: str
    below: str
    tip: str
    enabled: bool
    bad: bool = False


class ChoiceButton(QPushButton):
    """Paints `ChoiceWords`. Off where the actor cannot be chosen; points at the actor's code while it is looked at.

    Qt takes the keyboard's place from a button that is disabled: one that has it is off, but enabled until it is left.
    """

    def __init__(self, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks, self._theme = marks, theme
        self.words: ChoiceWords | None = None

    def show_words(self, words: ChoiceWords) -> None:
        """Show these."""
        if words == self.words:
            return
        self.words = words
        self.setEnabled(words.enabled or self.has_place)
        self.setAccessibleName(", ".join(part for part in (words.name, words.word, words.below) if part))
        self.setToolTip(words.tip)
        self.update()

    @property
    def has_place(self) -> bool:
        """Whether the keyboard's place is here, or will be when the window is active again."""
        return self.window().focusWidget() is self

    @property
    def is_on(self) -> bool:
        """Whether the actor can be chosen."""
        return self.words is not None and self.words.enabled

    def take_focus(self) -> None:
        """Have the keyboard's place, also where the actor cannot be chosen."""
        self.setEnabled(True)
        self.setFocus()

    def line_height(self) -> float:
        """The height of a line of type."""
        return QFontMetricsF(self.font()).lineSpacing()

    def sizeHint(self) -> QSize:
        return QSize(200, round(self.line_height() * (1 + SMALL) + 12))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.words is None:
            return
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            area = QRectF(self.rect()).adjusted(SIDES, 5, -SIDES, -5)
            first = QRectF(area.left(), area.top(), area.width(), self.line_height())
            self._paint_first_line(painter, first)
            second = QRectF(area.left(), first.bottom() + 1, area.width(), area.bottom() - first.bottom())
            self._paint_below(painter, second)

    def _paint_ground(self, painter: QPainter) -> None:
        colour, on = self._theme.colour, self.is_on
        edge = "accent" if self.hasFocus() or (on and self.underMouse()) else "edge" if on else "line"
        ground = colour("panel" if on else "window")
        if on and self.isDown():
            ground = colour("raised")
        painter.setPen(QPen(colour(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)

    def _paint_first_line(self, painter: QPainter, area: QRectF) -> None:
        words = self.words
        assert words is not None
        colour = self._theme.colour
        x = self._paint_sign(painter, area, words)
        side = round(area.height() * 0.55)
        sign = QRectF(round(x), round(area.center().y() - side / 2), side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        StateShapes(self._theme).draw(painter, sign, words.state)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x += side + 6
        small = self._small()
        width = QFontMetricsF(small).horizontalAdvance(words.word) + 1
        name_room = area.right() - x - width - GAP
        bold = QFont(self.font())
        bold.setBold(True)
        name = QFontMetricsF(bold).elidedText(words.name, Qt.TextElideMode.ElideMiddle, max(name_room, 24))
        painter.setFont(bold)
        painter.setPen(colour("danger" if words.bad else "text" if self.is_on else "muted"))
        painter.drawText(QRectF(x, area.top(), area.right() - x, area.height()), Qt.AlignmentFlag.AlignVCenter, name)
        if name_room >= 24:
            painter.setFont(small)
            painter.setPen(colour("muted"))
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(area, align, words.word)

    def _paint_sign(self, painter: QPainter, area: QRectF, words: ChoiceWords) -> float:
        """The digit as a key cap; gives where the line goes on."""
        small = self._small()
        width = max(QFontMetricsF(small).horizontalAdvance(words.sign) + 8, area.height())
        cap = QRectF(area.left(), area.top() + 0.5, width, area.height() - 1)
        painter.setPen(QPen(self._theme.colour("edge" if self.is_on else "line"), 1))
        painter.setBrush(faded(self._theme.colour("accent"), 0.14) if self.is_on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, 3, 3)
        painter.setFont(small)
        painter.setPen(self._theme.colour("text" if self.is_on else "muted"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, words.sign)
        return cap.right() + 6

    def _paint_below(self, painter: QPainter, area: QRectF) -> None:
        words = self.words
        assert words is not None
        font = self._small()
        painter.setFont(font)
        painter.setPen(self._theme.colour("danger" if words.bad else "text" if self.is_on else "muted"))
        text = QFontMetricsF(font).elidedText(words.below, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(self._theme.point_size * SMALL)
        return font

    def needed_width(self) -> float:
        """The width in which nothing of it is shortened."""
        words = self.words
        if words is None:
            return 0.0
        small, bold = QFontMetricsF(self._small()), QFont(self.font())
        bold.setBold(True)
        height = self.line_height()
        first = max(small.horizontalAdvance(words.sign) + 8, height) + 6 + height * 0.55 + 6
        first += QFontMetricsF(bold).horizontalAdvance(words.name) + GAP + small.horizontalAdvance(words.word) + 1
        return max(first, small.horizontalAdvance(words.below)) + 2 * SIDES + 2

    # pointing

    def enterEvent(self, event: QEnterEvent) -> None:
        self._point()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._marks.point_at(0)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._point()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._marks.point_at(0)
        super().focusOutEvent(event)
        if not self.has_place:
            self.setEnabled(self.is_on)

    def _point(self) -> None:
        if self.words is not None:
            self._marks.point_at(self.words.number)
