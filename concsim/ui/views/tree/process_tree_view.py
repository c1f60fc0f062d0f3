"""The process tree: who started whom, how each lives or ended, and what each sees of the watched globals."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from concsim.model.folding.entities import Watched
from concsim.model.folding.history import FINISHED
from concsim.ui.text.actor_words import state_word
from concsim.ui.text.process_words import joined, life_words, memory_words, pid_words, started_words
from concsim.ui.text.watched_words import value_text
from concsim.ui.views.shared.pointed_view import Mark
from concsim.ui.views.shared.scrolled_view import ScrolledView, once
from concsim.ui.views.tree.process_cards import LOW, MIDDLE, TALL, Columns, ProcessCards, columns_for, differs
from concsim.ui.views.tree.process_rows import Key, Row, parents_of, rows_of, watched_names

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

MARGIN, LEGEND, HEADINGS = 8, 24, 20
LONGEST_VALUE = 400


class ProcessTreeView(ScrolledView):
    """A card a process, children indented under their parent; the same global is in the same column of each."""

    follows_clock = False

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        self._opened: set[Key] = set()
        super().__init__(run, marks, theme, parent)

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Process tree"))
        self.setAccessibleDescription(
            self.tr(
                "Who started whom, and what each process sees of the watched variables. Up and Down mark a process; "
                "Right opens gathered processes, Left closes them."
            )
        )

    def forget(self) -> None:
        """Another run: nothing is opened."""
        self._opened.clear()

    # what is where

    @once
    def rows(self) -> list[Row]:
        """The rows from top to bottom."""
        return rows_of(self.model.state, self._opened)

    def row_height(self, count: int) -> int:
        """As high as lets all rows be seen, else low."""
        room = self._inside().height()
        return next((self.scaled(one) for one in (TALL, MIDDLE) if self.scaled(one) * count <= room), self.scaled(LOW))

    def row_heights(self) -> int:
        """How far one turn of the wheel goes."""
        return self.row_height(len(self.rows()))

    @once
    def _inside(self) -> QRectF:
        has_legend = len(self.model.state.processes) > 1 and bool(self.model.state.watched)
        return QRectF(self.rect()).adjusted(0, MARGIN, 0, -self.scaled(LEGEND) if has_legend else -MARGIN)

    @once
    def room(self) -> QRectF:
        """Where the rows are seen. Low rows leave the names of the globals to the top."""
        inside = self._inside()
        rows = self.rows()
        if self.row_height(len(rows)) > self.scaled(LOW) or not self._columns_within(self.width(), rows).names:
            return inside
        return inside.adjusted(0, self.scaled(HEADINGS), 0, 0)

    @once
    def content_height(self) -> int:
        """How high all rows are together."""
        count = len(self.rows())
        return count * self.row_height(count)

    def areas(self, rows: list[Row]) -> list[QRectF]:
        """Where each row is, those out of sight as well."""
        height, top = self.row_height(len(rows)), self.room().top() - self.scrolled
        return [QRectF(0, top + index * height, self.rows_right(), height) for index in range(len(rows))]

    def columns(self, rows: list[Row]) -> Columns:
        """Where texts and cells are."""
        return self._columns_within(self.rows_right(), rows)

    def _columns_within(self, right: int, rows: list[Row]) -> Columns:
        deepest = max((row.depth for row in rows), default=0)
        return columns_for(right, deepest, watched_names(self.model.state), self.theme.point_size / 10)

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the tree; says whether there was a process."""
        rows = self.rows()
        if not rows:
            self.draw_word(painter, self._empty_word())
            return bool(self.model.state.actors)
        parents, state = parents_of(self.model.state), self.model.state
        cards = ProcessCards(painter, self, self.columns(rows), self.row_height(len(rows)))
        room = self.room()
        painter.setClipRect(room.adjusted(0, -4, 0, 0))
        for row, area in zip(rows, self.areas(rows), strict=True):
            if area.bottom() + area.height() < room.top() or area.top() > room.bottom():
                continue
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            cards.draw_lines(row, area)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if row.members:
                cards.draw_gathered(row, area, self.gathered_words(row), self._counts(row))
            else:
                parent = parents[row.number]
                cards.draw_process(row, area, state.memory_of(parent) if parent else None)
        painter.setClipping(False)
        if room.top() > MARGIN:
            cards.draw_headings(QRectF(0, MARGIN / 2, self.width(), room.top() - MARGIN / 2))
        if room.bottom() < self.height() - MARGIN:
            cards.draw_legend(QRectF(MARGIN, room.bottom(), self.width() - 2 * MARGIN, self.height() - room.bottom()))
        return True

    def _empty_word(self) -> str:
        if self.model.state.actors:
            return self.tr("Nothing is known of processes here.")
        return self.word_before(self.tr("Press Run to see which processes there are"))

    def gathered_words(self, row: Row) -> str:
        """What gathered processes are called."""
        words = {
            "worker": self.tr("workers ×{count}"), "command": self.tr("commands ×{count}"),
        }  # fmt: skip
        return words.get(row.key[1], self.tr("processes ×{count}")).format(count=len(row.members))

    def _counts(self, row: Row) -> list[tuple[int, str]]:
        state = self.model.state
        found = Counter(FINISHED if state.processes[one].ended else state.actors[one].state for one in row.members)
        text = self.tr("{count} {state}")
        return [(one, text.format(count=count, state=state_word(one))) for one, count in sorted(found.items())]

    # the mouse and the keys

    def row_at(self, where: QPointF) -> Row | None:
        """The row at a place."""
        rows = self.rows()
        if not self.room().contains(where):
            return None
        return next((row for row, area in zip(rows, self.areas(rows), strict=True) if area.contains(where)), None)

    def mark_at(self, where: QPointF) -> Mark | None:
        """What a click there marks."""
        row = self.row_at(where)
        return ("actor", row.number) if row is not None and row.number else None

    def click(self, where: QPointF) -> None:
        """Mark a process, open or close gathered ones."""
        row = self.row_at(where)
        if row is not None and row.members:
            self._opened ^= {row.key}
            self.refresh()
        else:
            super().click(where)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Right:
            self._opened |= {row.key for row in self.rows() if row.members}
        elif event.key() == Qt.Key.Key_Left:
            self._opened.clear()
        else:
            super().keyPressEvent(event)
            return
        self.refresh()

    def order(self) -> list[Mark]:
        """What Up and Down mark, in order."""
        return [("actor", row.number) for row in self.rows() if row.number]

    def span_of(self, mark: Mark) -> tuple[float, float]:
        """From where to where a marked row is, from the top of all rows."""
        rows = self.rows()
        height = self.row_height(len(rows))
        index = next((index for index, row in enumerate(rows) if row.number == mark[1]), 0)
        return index * height, (index + 1) * height

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        row = self.row_at(where)
        if row is None:
            return ""
        if row.members:
            counts = self.tr(", ").join(text for _, text in self._counts(row))
            hint = self.tr("A click opens or closes them.")
            return f"{self.gathered_words(row)}\n{counts}\n{hint}"
        cell = self._cell_at(row, where)
        return self._describe_process(row.number) if cell is None else self._describe_cell(row.number, cell)

    def _cell_at(self, row: Row, where: QPointF) -> Watched | None:
        columns, memory = self.columns(self.rows()), self.model.state.memory_of(row.number)
        for index, name in enumerate(columns.names):
            if 0 <= where.x() - columns.left_of(index) <= columns.width:
                return memory.get(name)
        return None

    def _describe_cell(self, number: int, cell: Watched) -> str:
        lines = [f"{cell.name} = {value_text(cell)[:LONGEST_VALUE]}"]
        parent = parents_of(self.model.state)[number]
        other = self.model.state.memory_of(parent).get(cell.name) if parent else None
        if cell.copied:
            lines.append(self.tr("copied by the fork, unchanged here since"))
        if other is not None and differs(cell, other):
            name, value = self.model.state.name_of(parent), value_text(other)[:LONGEST_VALUE]
            lines.append(self.tr("the parent, {name}, sees {value}").format(name=name, value=value))
        return "\n".join(lines)

    def _describe_process(self, number: int) -> str:
        actor, process = self.model.state.actors[number], self.model.state.processes[number]
        parent = parents_of(self.model.state)[number]
        lines = [actor.name if actor.name == actor.id else f"{actor.name} ({actor.id})", life_words(process, actor)]
        lines.append(joined(pid_words(process.pid), started_words(process, actor.kind)))
        if parent:
            lines.append(self.tr("child of {name}").format(name=self.model.state.name_of(parent)))
        if process.memory:
            lines.append(self.tr("{size} of its own").format(size=memory_words(process)))
        hidden = [self.model.state.memory_of(number).get(name) for name in watched_names(self.model.state)]
        lines += [f"{one.name} = {value_text(one)[:80]}" for one in hidden if one is not None]
        return "\n".join(line for line in lines if line)
