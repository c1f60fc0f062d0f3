"""gevent's hub or asyncio's loop: what it does now, and the queue of those it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from concsim.model.folding.entities import Actor
from concsim.model.folding.history import BLOCKED
from concsim.ui.views.hub.hub_painter import HubPainter
from concsim.ui.views.hub.hub_row_words import HubRowWords
from concsim.ui.views.hub.hub_rows import HubRow, holder_of, hub_of, rows_of
from concsim.ui.views.hub.hub_words import HubWords
from concsim.ui.views.shared.pointed_view import Mark
from concsim.ui.views.shared.scrolled_view import ScrolledView, once

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

MARGIN, ROW = 8, 28
SIDE, RING, LOW_RING = 216, 96, 40
BESIDE = 480


class HubView(ScrolledView):
    """The hub at the left, or above where it is narrow; a row a greenlet or task, sleepers by when they wake."""

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        self.painted_rows = 0
        super().__init__(run, marks, theme, parent)

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Hub"))
        self.setAccessibleDescription(
            self.tr("What the hub or event loop does, and the queue of greenlets or tasks it serves. Up and Down mark one.")
        )

    # what is where

    @once
    def hub(self) -> Actor | None:
        """The hub shown."""
        return hub_of(self.model.state, self.marks.number if self.marks.kind == "actor" else 0)

    @once
    def rows(self) -> list[HubRow]:
        """The queue."""
        hub = self.hub()
        return rows_of(self.model.state, hub) if hub is not None else []

    def _is_beside(self) -> bool:
        return self.width() >= self.scaled(BESIDE) and self.height() >= self.scaled(RING) + self.scaled(72)

    def ring(self) -> QRectF:
        """Where the hub is drawn."""
        if not self._is_beside():
            return QRectF(MARGIN, MARGIN, self.scaled(LOW_RING), self.scaled(LOW_RING))
        size = self.scaled(RING)
        top = max(min((self.height() - size - self.scaled(96)) / 2, self.scaled(64)), MARGIN)
        return QRectF(round((self.scaled(SIDE) - size) / 2), round(top), size, size)

    @once
    def room(self) -> QRectF:
        """Where the rows are seen."""
        area = QRectF(self.rect()).adjusted(0, MARGIN, 0, -MARGIN)
        if self._is_beside():
            area.setLeft(self.scaled(SIDE) + 2 * MARGIN)
        else:
            area.setTop(self.ring().bottom() + MARGIN)
        return area

    @once
    def content_height(self) -> int:
        """How high all rows are together."""
        return len(self.rows()) * self.row_heights()

    def row_heights(self) -> int:
        """How far one turn of the wheel goes."""
        return self.scaled(ROW)

    def area_of(self, index: int) -> QRectF:
        """Where a row is."""
        room, high = self.room(), self.row_heights()
        left = room.left() if room.left() else MARGIN
        return QRectF(left, room.top() + index * high - self.scrolled, self.rows_right() - left - MARGIN, high)

    def _fit_scroll_bar(self) -> None:
        self._kept = {}
        super()._fit_scroll_bar()
        self._kept = None

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the hub and its queue; says whether there was one."""
        hub, rows = self.hub(), self.rows()
        if hub is None:
            self.draw_word(painter, self._empty_word())
            return bool(self.model.state.actors)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawn, ring, room = HubPainter(painter, self), self.ring(), self.room()
        drawn.draw_ring(hub, ring)
        beside = self._is_beside()
        if beside:
            words = QRectF(MARGIN, ring.bottom() + MARGIN, self.scaled(SIDE) - 2 * MARGIN, self.height() - ring.bottom() - 2 * MARGIN)
        else:
            words = QRectF(ring.right() + 2 * MARGIN, MARGIN, self.width() - ring.right() - 3 * MARGIN, room.top() - MARGIN)
        said = HubWords(self.model, hub, rows)
        drawn.draw_words(hub, words, said.name(), said.sentences(), beside)
        holder = holder_of(self.model.state, hub, rows)
        painter.setClipRect(room.adjusted(ring.right() - room.left() if beside else 0, 0, 0, 0))
        self._draw_rows(drawn, holder)
        painter.setClipping(False)
        return True

    def _draw_rows(self, drawn: HubPainter, holder: Actor | None) -> None:
        hub, rows, high, room = self.hub(), self.rows(), self.row_heights(), self.room()
        first, words = int(self.scrolled // high), HubRowWords(self.model, hub)
        longest = max((row.actor.timeout for row in rows if row.wakes >= 0), default=0.0)
        visible = range(first, min(len(rows), first + int(room.height() // high) + 2))
        names = drawn.names_width([(rows[index].actor.name, f" {rows[index].actor.id}") for index in visible], room.width())
        self.painted_rows = 0
        for index in visible:
            row, area = rows[index], self.area_of(index)
            if row.more:
                drawn.draw_more(area, self.tr("… and {count} more").format(count=f"{row.more:,}"))
                continue
            has_it = row.actor is holder
            held = ("danger" if hub is not None and hub.state == BLOCKED else "running") if has_it else ""
            drawn.draw_row(row.actor, area, words.of(row, longest), held, names)
            if has_it and hub is not None and self._is_beside():
                drawn.draw_link(hub, self.ring(), area)
            self.painted_rows += 1

    def _empty_word(self) -> str:
        if self.model.state.actors:
            return self.tr("There is no hub and no event loop yet.")
        return self.word_before(self.tr("Press Run to see what the hub does"))

    # the mouse and the keys

    def row_at(self, where: QPointF) -> HubRow | None:
        """The row at a place."""
        if not self.room().contains(where):
            return None
        index = int((where.y() - self.room().top() + self.scrolled) // self.row_heights())
        return self.rows()[index] if index < len(self.rows()) else None

    def mark_at(self, where: QPointF) -> Mark | None:
        """What a click there marks."""
        row, hub = self.row_at(where), self.hub()
        if row is not None and not row.more:
            return "actor", row.actor.number
        return ("actor", hub.number) if hub is not None and self.ring().contains(where) else None

    def order(self) -> list[Mark]:
        """What Up and Down mark, in order."""
        return [("actor", row.actor.number) for row in self.rows() if not row.more]

    def span_of(self, mark: Mark) -> tuple[float, float]:
        """From where to where a marked row is, from the top of all rows."""
        index = next(index for index, row in enumerate(self.rows()) if row.actor.number == mark[1])
        return index * self.row_heights(), (index + 1) * self.row_heights()

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        row, hub = self.row_at(where), self.hub()
        if row is not None and not row.more:
            words = HubRowWords(self.model, hub).of(row, row.actor.timeout)
            return "\n".join((f"{words.name} {words.id}".strip(), words.words, words.left_words)).strip()
        if hub is None or row is not None or self.room().contains(where):
            return ""
        said = HubWords(self.model, hub, self.rows())
        return "\n".join([said.name(), *(text for text, _, _ in said.sentences() if text)])
