"""Frames: what generators keep between their turns, each in a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from concsim.bridge.source_text import line_number, line_text
from concsim.model.events import LINES
from concsim.model.folding.entities import Actor, Frame
from concsim.model.folding.history import FINISHED, NEW, READY, RUNNING, SLEEPING, WAITING
from concsim.ui.text.kind_words import kind_word
from concsim.ui.views.frames.frame_cards import HEAD, LINE, MOST_VALUES, FrameCards, FrameWords, card_lines
from concsim.ui.views.frames.frame_changes import FrameChanges
from concsim.ui.views.shared.pointed_view import Mark
from concsim.ui.views.shared.scrolled_view import ScrolledView, once

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

MARGIN, GAP = 8, 8
CARD, WIDEST_CARD = 248, 440
AS_IT_ENDS = 50_000_000


class FramesView(ScrolledView):
    """A card a frame: main's first, then the others in the order in which they were made."""

    follows_clock = False

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        self._changes = FrameChanges()
        self.painted_cards = 0
        super().__init__(run, marks, theme, parent)

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Frames"))
        self.setAccessibleDescription(
            self.tr("Where each function kept between its turns is suspended, and its local variables. Up and Down mark one.")
        )

    def forget(self) -> None:
        """Another run: nothing of it has been seen."""
        self._changes.clear()

    # what is where

    @once
    def frames(self) -> list[Frame]:
        """The frames in the order of their actors."""
        state = self.model.state
        return [frame for number, frame in sorted(state.frames.items()) if number in state.actors]

    @once
    def areas(self) -> list[QRectF]:
        """Where each card is, from the top of all rows."""
        room, frames = self.width() - 2 * MARGIN - self.scroll_bar.sizeHint().width(), self.frames()
        count = max(1, min(len(frames), int((room + GAP) // (self.scaled(CARD) + GAP))))
        width = min((room - GAP * (count - 1)) / count, float(self.scaled(WIDEST_CARD)))
        made, top = [], float(MARGIN)
        for start in range(0, len(frames), count):
            row = frames[start : start + count]
            height = max(self._card_height(one) for one in row)
            made += [QRectF(round(MARGIN + index * (width + GAP)), top, round(width), height) for index in range(len(row))]
            top += height + GAP
        return made

    def _card_height(self, frame: Frame) -> int:
        return self.scaled(HEAD) + self.scaled(LINE) * card_lines(len(frame.values)) + 16

    @once
    def content_height(self) -> int:
        """How high all rows are together."""
        areas = self.areas()
        return round(areas[-1].bottom()) + MARGIN if areas else 0

    def row_heights(self) -> int:
        """How far one turn of the wheel goes."""
        return self.scaled(3 * LINE)

    def _fit_scroll_bar(self) -> None:
        self._kept = {}
        super()._fit_scroll_bar()
        self._kept = None

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the cards; says whether there were any."""
        frames = self.frames()
        if not frames:
            self.draw_word(painter, self._empty_word())
            return bool(self.model.state.actors)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cards, scrolled, self.painted_cards = FrameCards(painter, self), self.scrolled, 0
        for frame, area in zip(frames, self.areas(), strict=True):
            if scrolled - area.height() <= area.top() <= scrolled + self.height():
                cards.draw(self.words(frame), area.translated(0, -scrolled))
                self.painted_cards += 1
        return True

    def _empty_word(self) -> str:
        if self.model.is_stepped and self.model.running:
            return ""
        return self.tr("Frames of generators appear here when they are first suspended")

    def words(self, frame: Frame) -> FrameWords:
        """What a frame's card says."""
        actor = self.model.state.actors[frame.actor]
        changed = self._changes.changed(frame, self.model.round_began)
        values = tuple((name, value, name in changed) for name, value in list(frame.values.items())[:MOST_VALUES])
        function = frame.function if frame.function.startswith("<") else f"{frame.function}()"
        name = "" if actor.name in (actor.id, actor.kind) else f"{actor.name} · "
        who = f"{name}{actor.id} · {kind_word(actor.kind)}"
        hidden = len(frame.values) - len(values)
        place = self._place(frame, actor)
        doing, source = self._doing(actor, place), line_text(self.model, place)
        if self._may_be_old(frame, actor):
            doing = self.tr("as last recorded: {doing}").format(doing=doing)
        return FrameWords(frame.actor, actor.state, function, who, doing, source, values, hidden)

    def _place(self, frame: Frame, actor: Actor) -> int:
        """Where it stands: at its yield, and in a live run at what was seen of it since; an iterator nowhere between two calls."""
        if actor.state == FINISHED or actor.stands_nowhere:
            return 0
        seen_since = actor.state in (RUNNING, SLEEPING, WAITING) and actor.since >= frame.time
        return actor.place if seen_since and actor.place and not self.model.is_stepped else frame.place

    def _may_be_old(self, frame: Frame, actor: Actor) -> bool:
        """Whether turns of it may have been counted only. What it left when it ended is said as it ends."""
        left = actor.state == FINISHED and 0 < actor.ended < frame.time + AS_IT_ENDS
        return frame.time < self.model.state.counted_until and not left

    def _doing(self, actor: Actor, place: int) -> str:
        """What the function does, and at which line."""
        if actor.state == FINISHED:
            text = self.model.state.texts.get(actor.result, "") if actor.result else ""
            if text:
                return self.tr("finished, returned {value}").format(value=text)
            return self.tr("finished")
        if not place and actor.state == READY:
            return self.tr("between two calls")
        words = {
            NEW: self.tr("not started"), READY: self.tr("suspended at line {line}"),
            RUNNING: self.tr("next: line {line}") if self.model.state.model == LINES else self.tr("runs line {line}"),
            WAITING: self.tr("waits at line {line}"), SLEEPING: self.tr("sleeps at line {line}"),
        }  # fmt: skip
        waits = actor.state == WAITING and actor.waits_for in self.model.state.actors
        text = self.tr("waits at line {line} for {name}") if waits else words.get(actor.state, self.tr("at line {line}"))
        return text.format(line=line_number(place), name=self.model.state.name_of(actor.waits_for))

    # the mouse and the keys

    def frame_at(self, where: QPointF) -> Frame | None:
        """The frame whose card is at a place."""
        at = where + QPointF(0, self.scrolled)
        return next((frame for frame, area in zip(self.frames(), self.areas(), strict=True) if area.contains(at)), None)

    def mark_at(self, where: QPointF) -> Mark | None:
        """What a click there marks."""
        frame = self.frame_at(where)
        return ("actor", frame.actor) if frame is not None else None

    def order(self) -> list[Mark]:
        """What Up and Down mark, in order."""
        return [("actor", frame.actor) for frame in self.frames()]

    def span_of(self, mark: Mark) -> tuple[float, float]:
        """From where to where a marked card is, from the top of all rows."""
        index = self.order().index(mark)
        area = self.areas()[index]
        return area.top() - MARGIN, area.bottom() + MARGIN

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        frame = self.frame_at(where)
        if frame is None:
            return ""
        words = self.words(frame)
        lines = [f"{words.function}  {words.who}", words.doing, words.source]
        lines += [f"{name} = {value}" for name, value in frame.values.items()]
        return "\n".join(line for line in lines if line)
