"""Flow: the queues and pipes between threads or processes, what is in them, and who waits at which end."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from concsim.model.folding.entities import Actor, Thing
from concsim.ui.painting.lettering import CENTRE, RIGHT, Lettering
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.views.flow.queue_items import flows_of, items_in, waiters_of
from concsim.ui.views.shared.pointed_view import Mark
from concsim.ui.views.shared.run_view import faded
from concsim.ui.views.shared.scrolled_view import ScrolledView, once

MARGIN, GAP, SIGN = 8, 8, 10
HEAD, SLOTS, UNDER, MOST_SLOTS = 24, 36, 20, 56
END_SHARE, END_LEAST, END_MOST = 0.2, 76, 184
SLOT_LEAST, SLOT_MOST, SLOT_GAP, TEXT_LEAST, NARROW_SLOT = 10, 96, 4, 28, 24


class FlowView(ScrolledView):
    """A row a queue: what goes in at the left, the slots with the oldest item at the right, what comes out."""

    follows_clock = False

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Flow"))
        self.setAccessibleDescription(
            self.tr("The queues and pipes, what is in them and who waits for them. Up and Down mark a queue.")
        )

    # what is where

    @once
    def flows(self) -> list[Thing]:
        """The queues and pipes."""
        return flows_of(self.model.state)

    @once
    def room(self) -> QRectF:
        """Where the rows are seen."""
        return QRectF(self.rect()).adjusted(0, MARGIN / 2, 0, -MARGIN / 2)

    @once
    def row_heights(self) -> int:
        """As high as lets all be seen, within reason."""
        least = self.scaled(HEAD + SLOTS + UNDER) + GAP
        most = least + self.scaled(MOST_SLOTS - SLOTS)
        return min(max(int(self.room().height()) // max(len(self.flows()), 1), least), most)

    @once
    def content_height(self) -> int:
        """How high all rows are together."""
        return self.row_heights() * len(self.flows())

    def area_of(self, index: int) -> QRectF:
        """Where a queue is."""
        height, room = self.row_heights(), self.room()
        top = room.top() + index * height - self.scrolled
        return QRectF(MARGIN, top, self.rows_right() - 2 * MARGIN, height - GAP)

    def parts_of(self, area: QRectF) -> tuple[QRectF, QRectF, QRectF]:
        """The way in, the slots, the way out."""
        end = min(max(area.width() * END_SHARE, self.scaled(END_LEAST)), self.scaled(END_MOST))
        top, height = area.top() + self.scaled(HEAD), area.height() - self.scaled(HEAD + UNDER)
        slots = QRectF(area.left() + end, top, area.width() - 2 * end, height)
        return (
            QRectF(area.left() + MARGIN, top, end - MARGIN - GAP, height), slots,
            QRectF(slots.right() + GAP, top, end - MARGIN - GAP, height),
        )  # fmt: skip

    def slots(self, thing: Thing, room: QRectF) -> list[QRectF]:
        """The places for items, the exit first; none if there are too many to be told apart."""
        depth = max(thing.depth, 0)
        count = max(thing.capacity, depth) if thing.capacity else depth + 1
        gap = SLOT_GAP if room.width() / max(count, 1) > SLOT_LEAST + SLOT_GAP else 1
        width = (room.width() + gap) / max(count, 1) - gap
        if width < SLOT_LEAST / 2:
            return []
        width = min(width, self.scaled(SLOT_MOST))
        left = room.right() - (room.width() - count * (width + gap) + gap) / 2 if thing.capacity else room.right()
        return [QRectF(left - (index + 1) * width - index * gap, room.top(), width, room.height()) for index in range(count)]

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the queues; says whether there was a run."""
        flows = self.flows()
        if not flows:
            self.draw_word(painter, self._empty_word())
            return bool(self.model.state.actors)
        letters, shapes, room = Lettering(painter, self), StateShapes(self.theme), self.room()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(room)
        for index, thing in enumerate(flows):
            area = self.area_of(index)
            if area.bottom() > room.top() and area.top() < room.bottom():
                self._draw_flow(letters, shapes, thing, area)
        painter.setClipping(False)
        return True

    def _empty_word(self) -> str:
        if self.model.state.actors:
            return self.tr("This program has made no queue or pipe so far.")
        return self.word_before(self.tr("Press Run to see what goes through the queues"))

    def kind_word(self, thing: Thing) -> str:
        """What a queue is."""
        words = {
            "queue": self.tr("queue"), "simple queue": self.tr("simple queue"), "joinable queue": self.tr("joinable queue"),
            "manager queue": self.tr("manager's queue"), "pipe": self.tr("pipe"),
        }  # fmt: skip
        return words.get(thing.kind, thing.kind)

    def depth_words(self, thing: Thing) -> str:
        """How full it is."""
        if thing.capacity:
            text = self.tr("{depth} of {capacity}").format(depth=max(thing.depth, 0), capacity=thing.capacity)
            return self.tr("{depth}, full").format(depth=text) if self._is_full(thing) else text
        return self.tr("{depth} inside").format(depth=max(thing.depth, 0))

    def _is_full(self, thing: Thing) -> bool:
        return bool(thing.capacity) and thing.depth >= thing.capacity

    def _draw_flow(self, letters: Lettering, shapes: StateShapes, thing: Thing, area: QRectF) -> None:
        marked = self.marks.is_thing(thing.number)
        letters.box(area, "accent" if marked else "line", "window", 8, 2 if marked else 1)
        entry, middle, leaving = self.parts_of(area)
        self._draw_head(letters, thing, QRectF(area.left() + MARGIN, area.top(), area.width() - 2 * MARGIN, self.scaled(HEAD)))
        self._draw_slots(letters, thing, middle)
        self._draw_end(letters, entry, self.tr("{count} put in").format(count=thing.put))
        self._draw_end(letters, leaving, self.tr("{count} taken out").format(count=thing.got))
        self._draw_waiters(letters, shapes, thing, area)

    def _draw_head(self, letters: Lettering, thing: Thing, area: QRectF) -> None:
        depth = letters.write(area, self.depth_words(thing), "strong", "danger" if self._is_full(thing) else "text", RIGHT)
        room = area.adjusted(0, 0, -depth - GAP, 0)
        kind = self.kind_word(thing)
        used = letters.write(room.adjusted(0, 0, -letters.type.width("small", kind) - GAP, 0), thing.name, "bold", middle=True)
        letters.write(room.adjusted(used + GAP, 0, 0, 0), kind, "small", "muted")

    def _draw_end(self, letters: Lettering, area: QRectF, text: str) -> None:
        """An arrow along the way in or out, and above it how many have gone it."""
        y = round(area.center().y() + letters.type.height("small") / 2) + 0.5
        letters.arrow(QPointF(area.left(), y), QPointF(area.right(), y), "muted")
        line = letters.type.height("small")
        letters.write(QRectF(area.left(), y - line - 4, area.width(), line), text, "small", "muted", CENTRE)

    def _draw_slots(self, letters: Lettering, thing: Thing, room: QRectF) -> None:
        places, depth = self.slots(thing, room), max(thing.depth, 0)
        if not places:
            self._draw_gauge(letters, thing, room)
            return
        items = items_in(self.model.state, thing)
        accent = self.theme.colour("accent")
        narrow = places[0].width() < NARROW_SLOT  # many of them: square ones cost a tenth
        radius = 0 if narrow else 4
        letters.painter.setRenderHint(QPainter.RenderHint.Antialiasing, not narrow)
        for index, place in enumerate(places):
            if index >= depth:
                edge, ground = "line" if narrow else "edge", "panel" if thing.capacity else None
                letters.box(place, edge, ground, radius, dashed=not narrow)
                continue
            letters.box(place, accent, faded(accent, 0.22), radius)
            text = items[index] if index < len(items) else ""
            if place.width() >= self.scaled(TEXT_LEAST):
                letters.write(place.adjusted(4, 0, -4, 0), text, "code", "text", CENTRE)
        letters.painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _draw_gauge(self, letters: Lettering, thing: Thing, room: QRectF) -> None:
        """Too many slots to be told apart: a bar, filled from the exit."""
        share = min(max(thing.depth, 0) / thing.capacity, 1.0) if thing.capacity else 1.0
        accent = self.theme.colour("accent")
        letters.box(room, "edge", "panel", 4, dashed=True)
        if share:
            letters.box(room.adjusted(room.width() * (1 - share), 0, 0, 0), accent, faded(accent, 0.22), 4)

    def _draw_waiters(self, letters: Lettering, shapes: StateShapes, thing: Thing, area: QRectF) -> None:
        """Under the end at which somebody waits, who that is."""
        who = waiters_of(self.model.state, thing)
        line = QRectF(area.left() + MARGIN, area.bottom() - self.scaled(UNDER), area.width() - 2 * MARGIN, self.scaled(UNDER) - 2)
        for actors, words, side in (
            (who.to_put, self.tr("waits for room: {names}"), 0.0), (who.to_take, self.tr("waits for an item: {names}"), 1.0),
            (who.either, self.tr("waits: {names}"), 0.5),
        ):  # fmt: skip
            if actors:
                self._draw_names(letters, shapes, words.format(names=self._names(actors)), line, side, actors[0])

    def _names(self, actors: tuple[Actor, ...]) -> str:
        names = [one.name for one in actors[:3]]
        text = self.tr(", ").join(names)
        return self.tr("{names} and {count} more").format(names=text, count=len(actors) - 3) if len(actors) > 3 else text

    def _draw_names(
        self, letters: Lettering, shapes: StateShapes, text: str, area: QRectF, side: float, first: Actor
    ) -> None:  # fmt: skip
        """Who waits, behind the sign of that; *side* is 0 at the left, 1 at the right."""
        sign = self.scaled(SIGN)
        width = min(letters.type.width("small", text), area.width() - sign - 6)
        left = area.left() + side * (area.width() - width - sign - 6)
        shapes.draw(letters.painter, QRectF(round(left), round(area.center().y() - sign / 2), sign, sign), first.state)
        letters.write(QRectF(left + sign + 6, area.top(), width + 1, area.height()), text, "small", "text")

    # the mouse and the keys

    def index_at(self, where: QPointF) -> int | None:
        """The queue at a place."""
        flows = self.flows()
        return next((index for index in range(len(flows)) if self.area_of(index).contains(where)), None)

    def mark_at(self, where: QPointF) -> Mark | None:
        """What a click there marks."""
        index = self.index_at(where)
        return None if index is None else ("thing", self.flows()[index].number)

    def order(self) -> list[Mark]:
        """What Up and Down mark, in order."""
        return [("thing", one.number) for one in self.flows()]

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        index = self.index_at(where)
        if index is None:
            return ""
        thing = self.flows()[index]
        _, middle, _ = self.parts_of(self.area_of(index))
        items = items_in(self.model.state, thing)
        at = next((n for n, place in enumerate(self.slots(thing, middle)) if place.contains(where)), None)
        if at is not None and at < len(items):
            return items[at]
        counts = [self.tr("{count} put in").format(count=thing.put), self.tr("{count} taken out").format(count=thing.got)]
        lines = [f"{thing.name} · {self.kind_word(thing)}", self.depth_words(thing), self.tr(", ").join(counts)]
        waiting = self.model.state.waiters(thing.number)
        if waiting:
            lines.append(self.tr("waits: {names}").format(names=self.tr(", ").join(one.name for one in waiting[:20])))
        return "\n".join(lines)
