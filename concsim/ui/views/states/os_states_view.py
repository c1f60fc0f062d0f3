"""Ready, running, waiting: where the operating system has each process now, and how its time was split so far."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from concsim.model.folding.entities import Actor
from concsim.ui.painting.lettering import Lettering
from concsim.ui.views.cores.core_blocks import core_numbers
from concsim.ui.views.shared.pointed_view import Mark
from concsim.ui.views.shared.scrolled_view import ScrolledView, once
from concsim.ui.views.shared.time_axis import duration_text
from concsim.ui.views.states.os_diagram import (
    ORDER,
    OS_ENDED,
    OS_READY,
    OS_RUNNING,
    OS_STOPPED,
    OS_WAITING,
    ArrowWords,
    Chip,
    OsDiagram,
)  # fmt: skip
from concsim.ui.views.states.os_rows import MARGIN, OsRows
from concsim.ui.views.states.os_shares import shares_of, shares_text, state_of

ROW = 24
DIAGRAM_LEAST, DIAGRAM_MOST, DIAGRAM_SHARE = 104, 264, 0.45
LEAST_HEIGHT, MOST_LEAST_HEIGHT = 144, 184


class OsStatesView(ScrolledView):
    """The diagram, and below it a bar a process."""

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Ready, running, waiting"))
        self.setAccessibleDescription(
            self.tr("In which state the operating system has each process, and how its time was split. Up and Down mark a process.")
        )

    def least_size(self) -> tuple[int, int]:
        """The width and the height below which nothing can be told apart."""
        return min(self.scaled(280), 344), min(self.scaled(LEAST_HEIGHT), MOST_LEAST_HEIGHT)

    # what is where

    @once
    def actors(self) -> list[Actor]:
        """Those of which the operating system has said something, by number."""
        return [one for number, one in sorted(self.model.state.actors.items()) if one.os_state >= 0]

    @once
    def content_height(self) -> int:
        """How high all rows are together."""
        return self.scaled(ROW) * len(self.actors())

    def row_heights(self) -> int:
        """How far one turn of the wheel goes."""
        return self.scaled(ROW)

    @once
    def diagram_area(self) -> QRectF:
        """Where the diagram is: it takes what the rows leave."""
        inside = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        least = max(self.scaled(DIAGRAM_LEAST), inside.height() * DIAGRAM_SHARE)
        spare = inside.height() - self.content_height() - MARGIN
        high = min(max(least, spare), max(self.scaled(DIAGRAM_MOST), least), inside.height())
        return QRectF(inside.left(), inside.top(), inside.width(), round(high))

    @once
    def room(self) -> QRectF:
        """Where the rows are seen."""
        top = self.diagram_area().bottom() + MARGIN
        return QRectF(0, top, self.width(), max(self.height() - MARGIN - top, 1))

    def _diagram(self, painter: QPainter | None) -> OsDiagram:
        words = ArrowWords(
            self.tr("gets a core"), self.tr("its time is up"), self.tr("waits"), self.tr("what it waited for is there")
        )
        return OsDiagram(painter, self, self.diagram_area(), words)

    def chips(self, state: int) -> list[Chip]:
        """Who is in a state of the diagram."""
        there = (OS_WAITING, OS_STOPPED) if state == OS_WAITING else (state,)
        here = [one for one in self.actors() if state_of(one) in there]
        return [Chip(one.number, one.name, one.id, self._note(one)) for one in here]

    def _note(self, actor: Actor) -> str:
        state = state_of(actor)
        if state == OS_RUNNING and actor.core >= 0:
            return self.tr("core {number}").format(number=actor.core)
        return self.tr("stopped") if state == OS_STOPPED else ""

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw both; says whether there was anybody."""
        actors = self.actors()
        if not actors:
            self.draw_word(painter, self._empty_word())
            return bool(self.model.state.actors)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        diagram = self._diagram(painter)
        diagram.draw_arrows()
        for state in ORDER:
            chips = self.chips(state)
            counts = self._count(state, len(chips)), str(len(chips))
            diagram.draw_region(state, self.state_words()[state], counts, chips, self.tr("+{count}"))
        self._draw_rows(painter, actors)
        return True

    def _count(self, state: int, count: int) -> str:
        cores = len(core_numbers(self.model))
        if state != OS_RUNNING or not cores:
            return str(count)
        return self.tr("{count} on {cores} cores").format(count=count, cores=cores)

    def state_words(self) -> dict[int, str]:
        """The states' names."""
        return {
            OS_READY: self.tr("ready"), OS_RUNNING: self.tr("running"), OS_WAITING: self.tr("waiting"),
            OS_STOPPED: self.tr("stopped"), OS_ENDED: self.tr("ended"),
        }  # fmt: skip

    def _empty_word(self) -> str:
        if not self.model.state.actors:
            return self.word_before(self.tr("Press Run to see which processes run, are ready or wait"))
        if self.model.state.ended is None and self.model.running:
            return self.tr("Waiting for the operating system's first statistics")
        return self.tr("The operating system said nothing of this run's processes.")

    def _draw_rows(self, painter: QPainter, actors: list[Actor]) -> None:
        room, height = self.room(), self.scaled(ROW)
        rows = OsRows(Lettering(painter, self), self)
        painter.setClipRect(room)
        for index, actor in enumerate(actors):
            area = QRectF(MARGIN, room.top() + index * height - self.scrolled, self.rows_right() - 2 * MARGIN, height)
            if area.bottom() > room.top() and area.top() < room.bottom():
                rows.draw_row(actor, area)
        painter.setClipping(False)

    # the mouse and the keys

    def find(self, where: QPointF) -> Actor | None:
        """Whose chip or row is at a place."""
        state, diagram, room = self.model.state, self._diagram(None), self.room()
        if room.contains(where):
            index, actors = int(where.y() - room.top() + self.scrolled) // self.scaled(ROW), self.actors()
            return actors[index] if index < len(actors) else None
        for region in ORDER:
            for number, area in diagram.place(diagram.regions[region], self.chips(region)).places.items():
                if area.contains(where):
                    return state.actors[number]
        return None

    def mark_at(self, where: QPointF) -> Mark | None:
        """What a click there marks."""
        actor = self.find(where)
        return None if actor is None else ("actor", actor.number)

    def order(self) -> list[Mark]:
        """What Up and Down mark, in order."""
        return [("actor", one.number) for one in self.actors()]

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        actor = self.find(where)
        if actor is None:
            return self._describe_region(where)
        name = actor.name if actor.name == actor.id else f"{actor.name} ({actor.id})"
        lines = [name, self.tr(", ").join(one for one in (self.state_words()[state_of(actor)], self._note(actor)) if one)]
        shares = shares_of(actor, self.model.moment)
        if shares is not None:
            lines.append(shares_text(shares))
            times = self.tr("on a core for {ran}, ready without one for {delayed}")
            lines.append(times.format(ran=duration_text(actor.ran), delayed=duration_text(actor.delayed)))
        return "\n".join(lines)

    def _describe_region(self, where: QPointF) -> str:
        words = {
            OS_READY: self.tr("ready: could go on, and no core is free for it"),
            OS_RUNNING: self.tr("running: is on a core"),
            OS_WAITING: self.tr("waiting: could not go on if it had a core; it sleeps, or waits for somebody or for data"),
        }  # fmt: skip
        regions = self._diagram(None).regions if self.actors() else {}
        return next((words[state] for state, area in regions.items() if area.contains(where)), "")
