"""The strip at the left of the code: line numbers, and a pointer for each actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from concsim.model.folding.entities import Actor
from concsim.ui.painting.painter import painting
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.marks import Marks
from concsim.ui.text.actor_words import state_word

if TYPE_CHECKING:
    from concsim.ui.code.code_view import CodeView

MAX_POINTERS = 2


class Gutter(QWidget):
    """Belongs to a code view and asks it for its lines and pointers."""

    def __init__(self, code: CodeView, marks: Marks, theme: Theme) -> None:
        super().__init__(code)
        self._code, self._marks, self._theme = code, marks, theme
        self.has_drawn = False

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(), 0)

    def wanted_width(self) -> int:
        """Room for the line number and the pointers."""
        digits = len(str(max(self._code.blockCount(), 100)))
        return self._code.fontMetrics().horizontalAdvance("9") * digits + MAX_POINTERS * self._chip() + 24

    def _chip(self) -> int:
        return self._code.fontMetrics().height() + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        code = self._code
        with painting(self) as painter:
            painter.setFont(code.font())
            painter.fillRect(event.rect(), self._theme.colour("panel"))
            block = code.firstVisibleBlock()
            top = code.blockBoundingGeometry(block).translated(code.contentOffset()).top()
            while block.isValid() and top <= event.rect().bottom():
                height = code.blockBoundingRect(block).height()
                self._paint_line(painter, block.blockNumber() + 1, round(top), round(height))
                top += height
                block = block.next()

    def _paint_line(self, painter: QPainter, line: int, top: int, height: int) -> None:
        actors = self._code.pointers.get(line, [])
        painter.setPen(self._theme.colour("text" if actors else "muted"))
        numbers = QRect(0, top, self.wanted_width() - MAX_POINTERS * self._chip() - 12, height)
        painter.drawText(numbers, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(line))
        x = numbers.right() + 6
        for index, actor in enumerate(actors[:MAX_POINTERS]):
            more = len(actors) - MAX_POINTERS
            text = f"+{more + 1}" if index == MAX_POINTERS - 1 and more > 0 else self.sign_of(actor)
            self._paint_chip(painter, QRect(x, top + 1, self._chip() - 2, height - 2), actor, text)
            self.has_drawn = True
            x += self._chip()

    def sign_of(self, actor: Actor) -> str:
        """What stands in an actor's pointer: in a stepped run what its button has."""
        return self._code.signs.get(actor.number) or _short(actor)

    def _paint_chip(self, painter: QPainter, rect: QRect, actor: Actor, text: str) -> None:
        colour = self._theme.state_colour(actor.state)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = self._marks.is_actor(actor.number)
        painter.setPen(self._theme.colour("accent" if marked else "line"))
        painter.setBrush(colour)
        painter.drawRoundedRect(rect, 4, 4)
        painter.setPen(QColor("#ffffff" if colour.lightnessF() < 0.45 else "#10151b"))
        font = painter.font()
        small = self._code.font()
        small.setPointSizeF(self._theme.point_size * 0.8)
        painter.setFont(small)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(font)

    def _line_at(self, position: QPoint) -> int:
        return self._code.cursorForPosition(QPoint(0, position.y())).blockNumber() + 1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark the actor whose pointer was pressed, else the line."""
        line = self._line_at(event.position().toPoint())
        actors = self._code.pointers.get(line, [])
        if actors:
            self._marks.mark("actor", actors[0].number)
        else:
            self._marks.mark("line", line)

    def describe(self, position: QPoint) -> str:
        """Who is at the line under the pointer."""
        actors = self._code.pointers.get(self._line_at(position), [])
        return "\n".join(f"{actor.name} ({actor.id}): {state_word(actor.state)}" for actor in actors[:20])

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.describe(event.pos()), self)
            return True
        return super().event(event)


def _short(actor: Actor) -> str:
    last = actor.id.rpartition(".")[2]
    return "m" if last == "main" else last[1:] if last[:1] in "tpgki" else last[:2]
