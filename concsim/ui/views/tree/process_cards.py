"""Draws the rows of a process tree: a card for each process, and in it what it sees of the watched globals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter

from concsim.model.folding.entities import Actor, Process, Watched
from concsim.model.folding.history import FINISHED
from concsim.ui.painting.lettering import RIGHT, Lettering
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.text.process_words import ended_badly, joined, life_words, memory_words, pid_words, started_words
from concsim.ui.text.watched_words import value_text
from concsim.ui.views.shared.run_view import RunView, faded

if TYPE_CHECKING:
    from concsim.ui.views.tree.process_rows import Row

PAD, GAP, INDENT, SIGN = 8, 8, 24, 10
TALL, MIDDLE, LOW = 72, 48, 30
TEXT_SHARE, TEXT_LEAST, TEXT_MOST = 0.42, 148, 320
CELL_LEAST, CELL_MOST, MORE = 104, 264, 32
ABSENT = "–"


@dataclass(frozen=True)
class Columns:
    """Where things are from left to right: texts up to *cells*, then the *names* that fit, each *width* wide."""

    right: int
    cells: float
    width: float
    names: tuple[str, ...]
    hidden: int

    def left_of(self, index: int) -> float:
        """Where a cell begins."""
        return self.cells + index * (self.width + GAP)


def columns_for(right: int, depth: int, names: list[str], scale: float) -> Columns:
    """Room for texts and for as many cells as can be read."""
    left = PAD + depth * INDENT
    text = min(max((right - left) * TEXT_SHARE, TEXT_LEAST * scale), TEXT_MOST * scale)
    room = right - 2 * PAD - left - text - GAP
    count = min(len(names), max(int((room + GAP) // (CELL_LEAST * scale + GAP)), 0))
    if count < len(names):
        room -= MORE * scale
        count = max(int((room + GAP) // (CELL_LEAST * scale + GAP)), 0)
    if not count:
        return Columns(right, right - PAD - (MORE * scale if names else 0), 0.0, (), len(names))
    width = min((room + GAP) / count - GAP, CELL_MOST * scale)
    return Columns(right, left + text + GAP, width, tuple(names[:count]), len(names) - count)


class ProcessCards:
    """Draws them. Made for one painting."""

    def __init__(self, painter: QPainter, view: RunView, columns: Columns, height: int) -> None:
        self._painter, self._view, self._columns = painter, view, columns
        self._letters, self._shapes = Lettering(painter, view), StateShapes(view.theme)
        self._state, self._theme = view.model.state, view.theme
        self._lines = 3 if height >= view.scaled(TALL) else 2 if height >= view.scaled(MIDDLE) else 1

    def card(self, row: Row, area: QRectF) -> QRectF:
        """The card in a row's area."""
        left = PAD + row.depth * INDENT
        return QRectF(left, area.top(), self._columns.right - PAD - left, area.height() - (4 if self._lines == 1 else 8))

    # lines of descent

    def draw_lines(self, row: Row, area: QRectF) -> None:
        """From the parent to this row, and past it to those below."""
        painter, colour = self._painter, self._theme.colour("edge")
        for level, goes_on in enumerate(row.lines[1:]):
            if goes_on:
                painter.fillRect(QRectF(self._line_at(level), area.top(), 1, area.height()), colour)
        if row.depth:
            x, middle = self._line_at(row.depth - 1), round(self.card(row, area).center().y())
            bottom = middle if row.is_last else area.bottom()
            painter.fillRect(QRectF(x, area.top() - GAP, 1, bottom - area.top() + GAP), colour)
            painter.fillRect(QRectF(x, middle, INDENT - (x - self._line_at(row.depth - 1)) - 12, 1), colour)

    def _line_at(self, level: int) -> int:
        return PAD + level * INDENT + 12

    # a process

    def draw_process(self, row: Row, area: QRectF, parent: dict[str, Watched] | None) -> None:
        """A process, its texts at the left and its globals at the right; *parent* is what its parent sees."""
        actor, process, card = self._state.actors[row.number], self._state.processes[row.number], self.card(row, area)
        marked, over = self._view.marks.is_actor(row.number), process.ended
        self._letters.box(card, "accent" if marked else "line" if over else "edge", None if over else "panel", 6, 2 if marked else 1)
        text = QRectF(card.left() + PAD, card.top() + 2, self._columns.cells - GAP - card.left() - PAD, card.height() - 4)
        self._draw_texts(actor, process, text)
        memory = self._state.memory_of(row.number)
        for index, name in enumerate(self._columns.names):
            cell = QRectF(self._columns.left_of(index), card.top() + 4, self._columns.width, card.height() - 8)
            if name in memory:
                self._draw_cell(memory[name], (parent or {}).get(name), cell, over)
        if self._columns.hidden:
            words = QCoreApplication.translate("ProcessCards", "+{count}").format(count=self._columns.hidden)
            self._letters.write(card.adjusted(0, 0, -PAD, 0), words, "small", "muted", RIGHT)

    def _draw_texts(self, actor: Actor, process: Process, area: QRectF) -> None:
        line = QRectF(area.left(), area.top(), area.width(), area.height() / self._lines)
        over = process.ended
        state = FINISHED if over else actor.state
        side = self._view.scaled(SIGN)
        sign = QRectF(area.left(), round(line.center().y() - side / 2), side, side)
        if ended_badly(process):
            self._letters.cross(sign.center(), side / 2 - 1, "danger")
        else:
            self._shapes.draw(self._painter, sign, state)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        name = line.adjusted(side + 6, 0, 0, 0)
        life, colour = life_words(process, actor), "danger" if ended_badly(process) else "muted"
        if self._lines == 1:
            least = min(self._letters.type.width("bold", actor.name), name.width() / 2)
            used = self._letters.write(name.adjusted(least + 8, 0, 0, 0), life, "small", colour, RIGHT)
            self._write_name(actor, name.adjusted(0, 0, -used - 8, 0), joined(actor.id, pid_words(process.pid)), over)
            return
        self._write_name(actor, name, actor.id, over)
        below, origin = line.translated(0, line.height()), started_words(process, actor.kind)
        first = (life, memory_words(process)) if self._lines == 3 else (life, pid_words(process.pid), origin, memory_words(process))
        self._letters.write(below, joined(*first), "small", colour)
        if self._lines == 3:
            self._letters.write(below.translated(0, line.height()), joined(pid_words(process.pid), origin), "small", "muted")

    def _write_name(self, actor: Actor, area: QRectF, end: str, over: bool) -> None:
        """The name and, behind it in small type, what fits of its *end*: all, its id, or nothing."""
        used = self._letters.write(area, actor.name, "bold", "muted" if over else "text", middle=True)
        rest, width = area.adjusted(used + 8, 0, 0, 0), self._letters.type.width
        ends = [one for one in (end, actor.id) if one != actor.name and width("small", one) <= rest.width()]
        if ends:
            self._letters.write(rest, ends[0], "small", "muted")

    # what it sees

    def _draw_cell(self, one: Watched, parents: Watched | None, area: QRectF, over: bool) -> None:
        other = differs(one, parents)
        if other:
            self._letters.box(area, "accent", faded(self._theme.colour("accent"), 0.10), 4, 1.5)
        else:
            self._letters.box(area, "muted" if one.copied else "line", "window", 4, dashed=one.copied)
        inner, tag = area.adjusted(6, 1, -6, -1), self._tag(one, other)
        colour = "muted" if over else "text"
        if self._lines == 1:
            self._write_low(one, tag, inner, other, colour)
            return
        top = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / self._lines)
        used = self._letters.write(top, tag, "small", "accent" if other else "muted", RIGHT)
        self._letters.write(top.adjusted(0, 0, -used - 6 if used else 0, 0), one.name, "small", "muted")
        value = QRectF(inner.left(), top.bottom(), inner.width(), inner.bottom() - top.bottom())
        self._letters.write_over_lines(value, value_text(one) or ABSENT, "code", colour)

    def _write_low(self, one: Watched, tag: str, inner: QRectF, other: bool, colour: str) -> None:
        """On one line the value is what matters: the tag gets what is left, the name stands above all rows."""
        kind = self._letters.type
        value = value_text(one) or ABSENT
        room = inner.width() - min(kind.width("code", value), inner.width() * 0.6) - 8
        tag = next((text for text in (tag, tag[:1] if other else "") if kind.width("small", text) <= room), "")
        used = self._letters.write(inner, tag, "small", "accent" if other else "muted", RIGHT)
        rest = inner.adjusted(0, 0, -used - 6 if used else 0, 0)
        self._letters.write(rest, value, "code", colour)

    def _tag(self, one: Watched, other: bool) -> str:
        if other:
            return QCoreApplication.translate("ProcessCards", "≠ parent")
        return QCoreApplication.translate("ProcessCards", "copied") if one.copied else ""

    # gathered ones

    def draw_gathered(self, row: Row, area: QRectF, words: str, counts: list[tuple[int, str]]) -> None:
        """Many processes as one row: how many there are, and how many of them are in which state."""
        card, side = self.card(row, area), self._view.scaled(SIGN)
        self._letters.box(card, "edge", "raised", 6)
        line = card.adjusted(PAD, 0, -PAD, 0)
        x = line.left() + self._letters.write(line, f"{'▾' if row.is_open else '▸'} {words}", "bold") + 2 * GAP
        for state, text in counts:
            width = self._letters.type.width("small", text)
            if x + side + 6 + width > line.right():
                return
            self._shapes.draw(self._painter, QRectF(round(x), round(line.center().y() - side / 2), side, side), state)
            self._letters.write(QRectF(x + side + 6, line.top(), width + 1, line.height()), text, "small", "muted")
            x += side + 6 + width + 2 * GAP

    def draw_headings(self, area: QRectF) -> None:
        """The names of the globals, above low rows."""
        for index, name in enumerate(self._columns.names):
            cell = QRectF(self._columns.left_of(index) + 6, area.top(), self._columns.width - 12, area.height())
            self._letters.write(cell, name, "small", "muted")

    def draw_legend(self, area: QRectF) -> None:
        """What the looks of the cells mean."""
        translate = QCoreApplication.translate
        x = area.left()
        for dashed, text in (
            (True, translate("ProcessCards", "copied by the fork, unchanged since")),
            (False, translate("ProcessCards", "not what the parent sees")),
        ):
            width = self._letters.type.width("small", text)
            if x + 28 + width > area.right():
                return
            sign = QRectF(round(x), round(area.center().y() - 5), 20, 10)
            if dashed:
                self._letters.box(sign, "muted", "window", 3, dashed=True)
            else:
                self._letters.box(sign, "accent", faded(self._theme.colour("accent"), 0.10), 3, 1.5)
            self._letters.write(QRectF(x + 28, area.top(), width + 1, area.height()), text, "small", "muted")
            x += 28 + width + 2 * GAP


def differs(one: Watched, other: Watched | None) -> bool:
    """Whether a process sees another value than its parent."""
    return other is not None and value_text(one) != value_text(other)
