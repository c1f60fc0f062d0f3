"""Cores over time: one row a core, and in it who was on it when."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from concsim.model.folding.entities import Actor
from concsim.ui.painting.actor_colours import ActorColours
from concsim.ui.painting.lettering import Lettering
from concsim.ui.painting.state_shapes import vertical_hatch
from concsim.ui.views.cores.core_blocks import Block, CoreLane, core_lanes, core_numbers, covered
from concsim.ui.views.shared.pixel_runs import TimeScale
from concsim.ui.views.shared.pointed_view import Mark
from concsim.ui.views.shared.run_view import faded
from concsim.ui.views.shared.scrolled_view import once
from concsim.ui.views.shared.time_axis import duration_text
from concsim.ui.views.shared.time_rows_view import GAP, TimeRowsView

ROW, MOST_ROW = 28, 72
PALE = 0.25
NARROW, LEAST_ID = 4, 14


class CoresView(TimeRowsView):
    """Blocks of the actors on each core; where they took turns too quickly to be told apart, a hatch."""

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Cores"))
        self.setAccessibleDescription(
            self.tr(
                "Which process or thread was on which core over time. Up and Down mark one; Ctrl and the wheel, + and - "
                "zoom; dragging moves; a double click or 0 shows everything."
            )
        )

    # what is where

    @once
    def cores(self) -> list[int]:
        """The cores with a row."""
        return core_numbers(self.model)

    def count(self) -> int:
        """How many rows there are."""
        return len(self.cores())

    @once
    def row(self) -> int:
        """As high as lets all be seen, within reason."""
        room, count = self.room().height(), max(self.count(), 1)
        return min(max(int(room // count), self.scaled(ROW)), self.scaled(MOST_ROW))

    def names_width(self) -> int:
        """How wide the names at the left are."""
        return self.scaled(72)

    @once
    def actors(self) -> list[int]:
        """The actors in the order in which the operating system was first asked about them."""
        return [number for number in self.model.os_states if number in self.model.cores]

    def actor(self, number: int) -> Actor | None:
        """What is known of an actor."""
        return self.model.state.actors.get(number) or self.model.known_actors.get(number)

    def until(self) -> int:
        """Where the last blocks end."""
        return max(self.model.round_ended_at, self.model.moment)

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the cores; says whether anybody was on one."""
        cores = self.cores()
        if not cores:
            self.draw_word(painter, self._empty_word())
            return bool(self.model.state.actors)
        letters, scale = Lettering(painter, self), self.scale_now()
        self.draw_axis(letters, scale)
        lanes, colours = core_lanes(self.model, scale, self.until()), ActorColours(self.theme, self.actors())
        room = self.room()
        painter.setClipRect(room)
        for index, core in enumerate(cores):
            area = self.row_area(index)
            if self.is_seen(area):
                name = QRectF(GAP, area.top(), area.left() - 2 * GAP, area.height())
                letters.write(name, self.tr("core {number}").format(number=core))
                self._draw_lane(letters, lanes.get(core, CoreLane()), area, colours)
        painter.setClipping(False)
        self.draw_moment(letters, scale)
        self._draw_legend(letters, colours)
        return True

    def _empty_word(self) -> str:
        if not self.model.state.actors:
            return self.word_before(self.tr("Press Run to see who is on which core"))
        if self.model.state.ended is None and self.model.running:
            return self.tr("Waiting for the operating system's first statistics")
        return self.tr("The operating system said nothing of the cores.")

    def _draw_lane(self, letters: Lettering, lane: CoreLane, area: QRectF, colours: ActorColours) -> None:
        painter, bar = letters.painter, area.adjusted(0, 3, 0, -3)
        painter.fillRect(bar, self.theme.colour("window"))
        painter.save()
        painter.setClipRect(bar, Qt.ClipOperation.IntersectClip)
        self._draw_turns(letters, lane, bar)
        for block in lane.alone:
            self._draw_block(painter, block, bar, colours)
        for block in lane.alone:
            if block.right - block.left >= LEAST_ID:
                self._draw_id(letters, block, bar, colours)
        painter.restore()

    def _draw_turns(self, letters: Lettering, lane: CoreLane, bar: QRectF) -> None:
        hatch = vertical_hatch(self.theme.colour("muted"))
        for left, right in covered(lane.turns):
            part = QRectF(bar.left() + left, bar.top(), right - left, bar.height())
            letters.painter.setBrushOrigin(part.topLeft())
            letters.painter.fillRect(part, hatch)

    def _look(self, block: Block) -> float:
        """How strong: while an actor is marked the others are paler."""
        return PALE if self.marks.kind == "actor" and not self.marks.is_actor(block.actor) else 1.0

    def _draw_block(self, painter: QPainter, block: Block, bar: QRectF, colours: ActorColours) -> None:
        left, right, actor = block
        wide, look = right - left > NARROW, self._look(block)
        if look < 1:
            painter.setOpacity(look)
        x, y, high = int(bar.left()) + left, int(bar.top()), int(bar.height())
        width = right - left - wide  # a hair between neighbours
        if not wide or colours.pattern(actor) == Qt.BrushStyle.SolidPattern:
            painter.fillRect(x, y, width, high, colours.colour(actor))
        else:
            painter.fillRect(x, y, width, high, colours.ground(actor))
            painter.fillRect(x, y, width, high, colours.brush(actor))
        if look < 1:
            painter.setOpacity(1.0)

    def _draw_id(self, letters: Lettering, block: Block, bar: QRectF, colours: ActorColours) -> None:
        actor = self.actor(block.actor)
        if actor is None or self._look(block) < 1:
            return
        width = letters.type.width("small", actor.id)
        if width + 6 > block.right - block.left or letters.type.height("small") > bar.height():
            return
        area = QRectF(bar.left() + block.left, bar.top(), block.right - block.left - 1, bar.height())
        solid = colours.pattern(block.actor) == Qt.BrushStyle.SolidPattern
        if not solid:
            height = letters.type.height("small")
            pill = QRectF(area.center().x() - width / 2 - 3, area.center().y() - height / 2, width + 6, height)
            letters.painter.fillRect(pill, self.theme.colour("panel"))
        letters.painter.setFont(letters.type.font("small"))
        letters.painter.setPen(colours.ink(block.actor) if solid else self.theme.colour("text"))
        letters.painter.drawText(area, Qt.AlignmentFlag.AlignCenter, actor.id)

    def _draw_legend(self, letters: Lettering, colours: ActorColours) -> None:
        area = self.legend_area()
        x = self._draw_turns_sign(letters, area)
        numbers = self.actors()
        for index, number in enumerate(numbers):
            actor = self.actor(number)
            if actor is None:
                continue
            text = actor.id if actor.id == actor.name else f"{actor.id} {actor.name}"
            width = letters.type.width("small", text)
            rest = self.tr("+{count} more").format(count=len(numbers) - index)
            spare = letters.type.width("small", rest) + GAP if index + 1 < len(numbers) else 0
            if x + 16 + width + spare > area.right():
                letters.write(QRectF(x, area.top(), area.right() - x, area.height()), rest, "small", "muted")
                return
            sign = QRectF(round(x), round(area.center().y() - 5), 10, 10)
            letters.painter.fillRect(sign, colours.ground(number))
            letters.painter.fillRect(sign, colours.brush(number))
            if self.marks.is_actor(number):
                letters.painter.setPen(QPen(self.theme.colour("accent"), 2))
                letters.painter.setBrush(Qt.BrushStyle.NoBrush)
                letters.painter.drawRect(sign.adjusted(-2, -2, 2, 2))
            letters.write(QRectF(x + 16, area.top(), width + 1, area.height()), text, "small", "muted")
            x += 16 + width + 2 * GAP

    def _draw_turns_sign(self, letters: Lettering, area: QRectF) -> float:
        text = self.tr("by turns")
        sign = QRectF(area.left(), round(area.center().y() - 5), 10, 10)
        letters.painter.setBrushOrigin(sign.topLeft())
        letters.painter.fillRect(sign, vertical_hatch(faded(self.theme.colour("muted"), 1.0)))
        used = letters.write(area.adjusted(16, 0, 0, 0), text, "small", "muted")
        return area.left() + 16 + used + 2 * GAP

    # the mouse and the keys

    def blocks_at(self, where: QPointF) -> list[Block]:
        """Who was on the core at a place: one, or those that took turns."""
        index = self.row_at(where)
        if index is None:
            return []
        x = where.x() - self.row_area(index).left()
        lane = core_lanes(self.model, self.scale_now(), self.until()).get(self.cores()[index], CoreLane())
        alone = [one for one in lane.alone if one.left <= x < one.right]
        return alone[-1:] or [one for one in lane.turns if one.left <= x < one.right]

    def mark_at(self, where: QPointF) -> Mark | None:
        """What a click there marks."""
        found = self.blocks_at(where)
        return ("actor", found[0].actor) if len(found) == 1 else None

    def order(self) -> list[Mark]:
        """What Up and Down mark, in order."""
        return [("actor", number) for number in self.actors()]

    def span_of(self, mark: Mark) -> tuple[float, float]:
        """From where to where a marked row is: an actor has none of its own, so the first row is shown."""
        return 0.0, 0.0

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        index = self.row_at(where)
        found = self.blocks_at(where)
        if index is None or not found:
            return ""
        core = self.tr("core {number}").format(number=self.cores()[index])
        names = self.tr(", ").join(self._name_of(one.actor) for one in found[:8])
        if len(found) > 1:
            names = self.tr("{names} by turns").format(names=names)
            return f"{core}\n{names}"
        return f"{core}\n{names}\n{self._times(found[0])}"

    def _name_of(self, number: int) -> str:
        actor = self.actor(number)
        if actor is None:
            return "?"
        return actor.name if actor.name == actor.id else f"{actor.name} ({actor.id})"

    def _times(self, block: Block) -> str:
        scale: TimeScale = self.scale_now()
        began, ended = (max(scale.time(x) - self.model.round_began, 0) for x in (block.left, block.right))
        return self.tr("from {began} to {ended}").format(began=duration_text(began), ended=duration_text(ended))
