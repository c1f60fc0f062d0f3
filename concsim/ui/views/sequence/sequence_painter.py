"""Draws a sequence diagram: heads, life lines, who had the thread, arrows. Made for one painting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from concsim.model.folding.entities import Actor
from concsim.model.folding.history import RUNNING
from concsim.ui.painting.lettering import CENTRE, LEFT, RIGHT, Lettering
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.views.sequence.sequence_places import GAP, SequencePlaces
from concsim.ui.views.sequence.sequence_rows import END, Diagram, SequenceRow, is_call
from concsim.ui.views.shared.run_view import faded

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

BAR, TIP = 8.0, 8.0
LABEL = 4


class SequencePainter:
    """Draws what can be seen of a diagram."""

    def __init__(self, painter: QPainter, view: RunView, diagram: Diagram, places: SequencePlaces) -> None:
        self._painter, self._view, self._diagram, self._places = painter, view, diagram, places
        self._letters, self._shapes, self._theme = Lettering(painter, view), StateShapes(view.theme), view.theme
        self._column_of = {number: index for index, number in enumerate(diagram.columns)}
        self._rows = places.rows(len(diagram.rows))
        self.painted_rows = 0

    # heads

    def draw_head(self, actor: Actor, index: int) -> None:
        """An actor's name, id and state above its life line."""
        places, letters = self._places, self._letters
        width = min(places.column - GAP, self._view.scaled(200))
        area = QRectF(round(places.x(index) - width / 2), places.room.top() - places.head, round(width), places.head - 4)
        marked = self._view.marks.is_actor(actor.number)
        letters.box(area, "accent" if marked else "edge", "window", 6, 2 if marked else 1)
        side = float(self._view.scaled(10))
        edge = 6 if area.width() > self._view.scaled(64) else 1
        inner = area.adjusted(edge, 2, -edge, -2)
        two = inner.height() > 1.8 * self._letters.type.height("small")
        line = inner.height() / (2 if two else 1)
        if inner.width() > side * 5:
            sign = QRectF(round(inner.left()), round(inner.top() + (line - side) / 2), side, side)
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._shapes.draw(self._painter, sign, actor.state)
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            inner.setLeft(inner.left() + side + 6)
        name = QRectF(inner.left(), inner.top(), inner.width(), line)
        narrow = self._letters.type.width("strong", actor.name) > name.width() and not two
        letters.write(name, actor.id if narrow else actor.name, "strong", side=LEFT if two else CENTRE, middle=True)
        if two and actor.id != actor.name:
            letters.write(name.translated(0, line), actor.id, "small", "muted", LEFT)

    # life lines

    def draw_life(self, actor: Actor, index: int) -> None:
        """A life line down to its end, and where the actor had the thread."""
        places, number = self._places, actor.number
        x = places.x(index)
        bottom = places.y(self._diagram.ends[number]) if number in self._diagram.ends else places.top(len(self._diagram.rows) + 1)
        accent = self._view.marks.is_actor(number)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._painter.setPen(QPen(self._theme.colour("accent" if accent else "edge"), 1, Qt.PenStyle.DashLine))
        bottom = min(bottom, places.room.bottom())
        if bottom > places.room.top():
            self._painter.drawLine(QPointF(x, places.room.top()), QPointF(x, bottom))
        for span in self._diagram.spans[number]:
            if span[1] >= self._rows.start and span[0] < self._rows.stop:
                self._draw_span(x, span, actor.state)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _draw_span(self, x: float, span: tuple[int, int], state: int) -> None:
        """From one arrow to the next; the last one in the colour of what the actor does with the thread now."""
        places, now = self._places, span[1] == len(self._diagram.rows)
        top = places.y(span[0]) if span[0] >= 0 else places.top(0)
        bottom = places.top(span[1] + 1) - 4 if now else places.y(span[1])
        area = QRectF(x - BAR / 2 - 0.5, round(top), BAR, round(bottom) - round(top))
        colour = self._theme.state_colour(state if now else RUNNING)
        self._painter.fillRect(area, self._theme.colour("panel"))
        self._painter.fillRect(area, colour if now else faded(colour, 0.55))

    # rows

    def draw_row(self, index: int, label: str, is_value: bool, time: str) -> None:
        """An arrow with its label, or an end."""
        row = self._diagram.rows[index]
        newest = index == len(self._diagram.rows) - 1
        places = self._places
        at = QRectF(0, places.top(index) + places.row / 4, places.room.left() - GAP, places.row)
        self._letters.write(at, time, "small", "text" if newest else "muted", RIGHT)
        marked = self._view.marks.is_actor(row.source) or (bool(row.target) and self._view.marks.is_actor(row.target))
        colour = "accent" if newest or marked else "text"
        source = self._column_of.get(row.source)
        if row.kind == END:
            if source is not None:
                self._draw_end(QPointF(places.x(source), places.y(index)), label)
        elif source is not None and row.target in self._column_of:
            self._draw_arrow(row, index, colour, 2.5 if newest else 1.5)
            self._draw_label(row, index, label, is_value)
        self.painted_rows += 1

    def _draw_end(self, where: QPointF, label: str) -> None:
        self._letters.cross(where, 5, "muted", 2)
        low = self._letters.type.height("small")
        area = QRectF(where.x() + 12, where.y() - low / 2, self._places.column - 20, low)
        area.setRight(min(area.right(), self._places.room.right() - 4))  # behind the last column is less room
        self._write_on_ground(area, label, "small", "muted", LEFT)

    def _draw_arrow(self, row: SequenceRow, index: int, colour: str, wide: float) -> None:
        painter, places = self._painter, self._places
        start, end, y = places.x(self._column_of[row.source]), places.x(self._column_of[row.target]), places.y(index)
        way = 1 if end >= start else -1
        tail, tip = start + way * BAR / 2, end - way * BAR / 2
        pen = QPen(self._theme.colour(colour), wide)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if not is_call(row.kind):
            pen.setDashPattern([4 * 1.5 / wide, 3 * 1.5 / wide])
        painter.setPen(pen)
        painter.drawLine(QPointF(tail, y), QPointF(tip - way * (TIP - 1), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(colour))
        painter.drawPolygon([QPointF(tip, y), QPointF(tip - way * TIP, y - 4.5), QPointF(tip - way * TIP, y + 4.5)])

    def _draw_label(self, row: SequenceRow, index: int, label: str, is_value: bool) -> None:
        places = self._places
        ends = sorted((places.x(self._column_of[row.source]), places.x(self._column_of[row.target])))
        left, right = max(ends[0] + BAR, places.room.left()), min(ends[1] - BAR, places.room.right())
        font = "code" if is_value else "small"
        low = self._letters.type.height(font)
        area = QRectF(left, places.y(index) - low - 2, right - left, low)
        self._write_on_ground(area, label, font, "text" if is_value else "muted", CENTRE)

    def _write_on_ground(self, area: QRectF, text: str, font: str, colour: str, side: Qt.AlignmentFlag) -> None:
        """Write where life lines may pass behind."""
        if not text or area.width() < 4:
            return
        shown = self._letters.type.shortened(font, text, area.width())
        width = self._letters.type.width(font, shown) + LABEL
        left = area.left() if side == LEFT else area.center().x() - width / 2
        self._painter.fillRect(QRectF(left - LABEL / 2, area.top(), width, area.height()), self._theme.colour("panel"))
        self._letters.write(area, shown, font, colour, side)

    # below

    def draw_legend(self, area: QRectF, words: list[tuple[str, str]]) -> None:
        """The signs and their words, as many as there is room for."""
        x, y, painter = area.left(), round(area.center().y()) + 0.5, self._painter
        for sign, word in words:
            width = self._letters.type.width("small", word)
            if x + 36 + width > area.right():
                return
            self._draw_sign(sign, x, y)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._letters.write(QRectF(x + 32, area.top(), width + 2, area.height()), word, "small", "muted")
            x += 32 + width + 2 * GAP

    def _draw_sign(self, sign: str, x: float, y: float) -> None:
        painter = self._painter
        if sign == "thread":
            painter.fillRect(QRectF(x + 14, y - 6, BAR, 12), self._theme.state_colour(RUNNING))
        elif not sign:
            self._letters.write(QRectF(x, y - 8, 26, 16), "…", "small", "muted", CENTRE)
        elif sign == "end":
            self._letters.cross(QPointF(x + 18, y), 4, "muted", 2)
        else:
            pen = QPen(self._theme.colour("text"), 1.5)
            if sign == "back":
                pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.drawLine(QPointF(x, y), QPointF(x + 22, y))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("text"))
            painter.drawPolygon([QPointF(x + 26, y), QPointF(x + 19, y - 4), QPointF(x + 19, y + 4)])
