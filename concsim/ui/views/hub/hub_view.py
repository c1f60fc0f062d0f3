"""gevent's hub or asyncio's loop: what it does now, and the queue of those it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from concsim.bridge.source_text import line_number, line_text
from concsim.model.events import LINES
from concsim.model.folding.history import BLOCKED, FINISHED, READY, RUNNING, SLEEPING, WAITING
from concsim.model.folding.parts import Actor
from concsim.ui.text.actor_words import state_word
from concsim.ui.text.kind_words import kind_word
from concsim.ui.views.hub.hub_painter import HubPainter, RowWords
from concsim.ui.views.hub.hub_rows import HubRow, holder_of, hub_of, hubs_of, rows_of
from concsim.ui.views.shared.pointed_view import Mark
from concsim.ui.views.shared.scrolled_view import ScrolledView, once

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

MARGIN, ROW = 8, 28
SIDE, RING, LOW_RING = 216, 96, 40
BESIDE = 480
LATE = 0.02


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
        drawn.draw_words(hub, words, self._name_of(hub), self._hub_words(hub), beside)
        holder = holder_of(self.model.state, hub, rows)
        painter.setClipRect(room.adjusted(ring.right() - room.left() if beside else 0, 0, 0, 0))
        self._draw_rows(drawn, holder)
        painter.setClipping(False)
        return True

    def _draw_rows(self, drawn: HubPainter, holder: Actor | None) -> None:
        hub, rows, high, room = self.hub(), self.rows(), self.row_heights(), self.room()
        first = int(self.scrolled // high)
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
            drawn.draw_row(row.actor, area, self.words(row, longest), held, names)
            if has_it and hub is not None and self._is_beside():
                drawn.draw_link(hub, self.ring(), area)
            self.painted_rows += 1

    def _empty_word(self) -> str:
        if self.model.state.actors:
            return self.tr("There is no hub and no event loop yet.")
        return self.word_before(self.tr("Press Run to see what the hub does"))

    # words

    def _name_of(self, hub: Actor) -> str:
        others = len(hubs_of(self.model.state)) - 1
        name = hub.name if hub.name == hub.id else f"{hub.name} · {hub.id}"
        return self.tr("{name} (one of {count}; mark an actor to see its own)").format(name=name, count=others + 1) if others else name

    def _hub_words(self, hub: Actor) -> list[tuple[str, str, str]]:
        holder = holder_of(self.model.state, hub, self.rows())
        if hub.state == BLOCKED:
            return self._blocked_words(hub, holder)
        if hub.state == WAITING:
            return [(self.tr("idle: waits for the next timer or event"), "bold", "text"), (self._next_words(), "small", "muted")]
        if hub.state == RUNNING:
            return [(self.tr("runs a callback, or chooses who goes next"), "bold", "text")]
        if hub.state == FINISHED:
            return [(self.tr("finished"), "bold", "muted")]
        if holder is not None:
            text = self.tr("{kind} {name} has the thread").format(kind=kind_word(holder.kind), name=holder.name)
            return [(text, "bold", "text"), (self._goes_on_words(hub), "small", "muted")]
        return [(state_word(hub.state), "bold", "text")]

    def _goes_on_words(self, hub: Actor) -> str:
        if hub.kind == "loop":
            return self.tr("the event loop goes on when it gives the thread back")
        return self.tr("the hub goes on when it gives the thread back")

    def _blocked_words(self, hub: Actor, holder: Actor | None) -> list[tuple[str, str, str]]:
        name = holder.name if holder is not None and holder is not hub else self.tr("a callback of its own")
        if self.model.is_stepped:
            text = self.tr("BLOCKED by {name}").format(name=name)
        else:
            time = f"{max(self.model.moment - (hub.kept_since or hub.since), 0) / 1e9:,.2f}\u00a0s"
            text = self.tr("BLOCKED by {name} for {time}").format(name=name, time=time)
        words = [(text, "bold", "danger")]
        if holder is not None and holder.place:
            line, _ = self._line_words(holder, self.tr("it keeps the thread at line {line}"))
            words.append((line, "small", "text"))
        return words

    def _next_words(self) -> str:
        wakes = [row.wakes for row in self.rows() if row.wakes >= 0]
        if not wakes or self.model.is_stepped:
            return ""
        left = f"{max(min(wakes) - self.model.moment, 0) / 1e9:,.2f}\u00a0s"
        return self.tr("the next timer rings in {time}").format(time=left)

    def _line_words(self, actor: Actor, text: str) -> tuple[str, str]:
        """A text about an actor's line, with the line's own text and without."""
        source = line_text(self.model, actor.place)
        words = text.format(line=line_number(actor.place))
        colon = self.tr(": ")
        return (f"{words}{colon}{source}" if source else words), words

    def words(self, row: HubRow, longest: float) -> RowWords:
        """What a row says."""
        actor, id = row.actor, row.actor.id if row.actor.id != row.actor.name else ""
        if row.wakes < 0 or self.model.is_stepped:
            return RowWords(actor.name, id, *self._state_words(actor))
        left = (row.wakes - self.model.moment) / 1e9
        until = f"+{max(row.wakes - self.model.round_began, 0) / 1e9:,.2f} s"
        short = self.tr("until {time}").format(time=until)
        if self._keeps_thread(actor):
            return RowWords(actor.name, id, *self._line_words(actor, self.tr("keeps the thread at line {line}")), is_bad=True)
        if left < -LATE:
            late = self.tr("{time} late").format(time=f"{-left:,.2f} s")
            return RowWords(actor.name, id, self.tr("was to wake at {time}").format(time=until), short, 0.0, late, True, until)
        text = self.tr("sleeps until {time}") if actor.state == SLEEPING else self.tr("waits until {time} at the latest")
        share, left_words = max(left, 0) / max(longest, 1e-9), f"{max(left, 0):,.2f} s"
        return RowWords(actor.name, id, text.format(time=until), short, share, left_words, least=until)

    def _keeps_thread(self, actor: Actor) -> bool:
        hub = self.hub()
        return hub is not None and hub.state == BLOCKED and hub.blocked_by == actor.number

    def _state_words(self, actor: Actor) -> tuple[str, str]:
        """What an actor without a timer does, at length and in short."""
        if actor.state == SLEEPING:
            text = self.tr("asleep for {time}").format(time=f"{actor.timeout:g} s")
            return text, f"{actor.timeout:g} s"
        word = state_word(actor.state)
        if actor.state == FINISHED:
            text = self.model.state.texts.get(actor.result, "") if actor.result else ""
            return (self.tr("finished, returned {value}").format(value=text) if text else word), word
        if actor.state == WAITING and actor.place:
            text = self.tr("awaits at line {line}") if actor.kind == "task" else self.tr("waits at line {line}")
            return self._line_words(actor, text)
        if actor.state == RUNNING and actor.place:
            by_line = self.model.state.model == LINES
            return self._line_words(actor, self.tr("next: line {line}") if by_line else self.tr("runs line {line}"))
        return (self.tr("ready: its turn comes") if actor.state == READY else word), word

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
            words = self.words(row, row.actor.timeout)
            return "\n".join((f"{words.name} {words.id}".strip(), words.words, words.left_words)).strip()
        if hub is None or row is not None or self.room().contains(where):
            return ""
        return "\n".join([self._name_of(hub), *(text for text, _, _ in self._hub_words(hub) if text)])
