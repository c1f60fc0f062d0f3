"""The three states of the operating system as a diagram: where its regions, arrows and chips are, and how they look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from concsim.model.events import OS_STATES
from concsim.model.folding.history import READY, RUNNING, WAITING
from concsim.ui.painting.lettering import CENTRE, RIGHT, Lettering, Type
from concsim.ui.painting.state_shapes import StateShapes

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

OS_RUNNING, OS_READY, OS_WAITING, OS_STOPPED, OS_ENDED = range(len(OS_STATES))
SHAPE_OF = {OS_READY: READY, OS_RUNNING: RUNNING, OS_WAITING: WAITING, OS_STOPPED: WAITING}
ORDER = (OS_READY, OS_RUNNING, OS_WAITING)
PAD, HEAD, CHIP, CHIP_GAP, UNDER, SIGN = 8, 24, 20, 4, 32, 10
LEAST_REGION, BARE_GAP = 112, 28


class ArrowWords(NamedTuple):
    """What leads from one state to the next."""

    chosen: str
    time_up: str
    waits: str
    came: str


class Chip(NamedTuple):
    """A process or thread in a region."""

    number: int
    name: str
    id: str
    note: str = ""


@dataclass(frozen=True)
class Placed:
    """The chips of a region: where each is, whether by its id alone, how many have no room, and where that is said."""

    places: dict[int, QRectF]
    by_id: bool
    hidden: int
    rest: QRectF


class OsDiagram:
    """Its geometry and its drawing. Made for one painting, or one look under the mouse."""

    def __init__(self, painter: QPainter | None, view: RunView, area: QRectF, words: ArrowWords) -> None:
        self._view, self._words = view, words
        self._letters = Lettering(painter, view) if painter is not None else None
        self._type = Type(view)
        self._area = area
        self.regions = self._regions()

    # what is where

    def _regions(self) -> dict[int, QRectF]:
        area, scaled = self._area, self._view.scaled
        words = self._words
        wanted = max(self._type.width("small", one) for one in (words.chosen, words.time_up, words.waits)) + 24
        self.has_words = area.width() - 2 * wanted >= 3 * scaled(LEAST_REGION)
        gap = wanted if self.has_words else BARE_GAP
        width = (area.width() - 2 * gap) / 3
        height = area.height() - scaled(UNDER)
        return {
            state: QRectF(round(area.left() + index * (width + gap)), area.top(), round(width), round(height))
            for index, state in enumerate(ORDER)
        }

    def place(self, region: QRectF, chips: list[Chip]) -> Placed:
        """The chips in a region: with their names if all fit, else by id."""
        room = region.adjusted(PAD, self._view.scaled(HEAD), -PAD, -PAD / 2)
        for by_id in (False, True):
            widths = [self._chip_width(one, by_id) for one in chips]
            wide = min(max(widths, default=0.0), room.width())
            placed = self._grid(room, chips, wide, by_id)
            if not placed.hidden:
                break
        return placed

    def _chip_width(self, chip: Chip, by_id: bool) -> float:
        if by_id:
            return self._type.width("small", chip.id) + 16
        note = self._type.width("small", chip.note) + 8 if chip.note else 0.0
        return self._type.width("small", chip.name) + note + 20

    def _grid(self, room: QRectF, chips: list[Chip], wide: float, by_id: bool) -> Placed:
        high = self._view.scaled(CHIP)
        columns = max(1, int((room.width() + CHIP_GAP) // (wide + CHIP_GAP)))
        rows = max(1, int((room.height() + CHIP_GAP) // (high + CHIP_GAP)))
        fit = rows * columns
        shown = chips if len(chips) <= fit else chips[: max(fit - 1, 0)]

        def area(index: int) -> QRectF:
            x, y = index % columns * (wide + CHIP_GAP), index // columns * (high + CHIP_GAP)
            return QRectF(room.left() + x, room.top() + y, wide, high)

        rest = area(len(shown))
        rest.setWidth(max(wide, self._view.scaled(32)))
        places = {one.number: area(index) for index, one in enumerate(shown)}
        return Placed(places, by_id, len(chips) - len(shown), rest)

    # drawing

    def draw_region(self, state: int, title: str, counts: tuple[str, str], chips: list[Chip], more: str) -> None:
        """A state with those that are in it; of *counts* the longer one if there is room."""
        assert self._letters is not None
        letters, region = self._letters, self.regions[state]
        letters.box(region, "edge", "window", 8)
        side = self._view.scaled(SIGN)
        head = QRectF(region.left() + PAD, region.top(), region.width() - 2 * PAD, self._view.scaled(HEAD))
        room, font = head.adjusted(side + 6, 0, 0, 0), "bold"
        if letters.type.width(font, title) <= room.width():
            sign = QRectF(round(head.left()), round(head.center().y() - side / 2), side, side)
            StateShapes(self._view.theme).draw(letters.painter, sign, SHAPE_OF[state])
        else:  # the word matters more
            room, font = head, "strong"
        used = letters.write(room, title, font)
        room = room.adjusted(used + 8, 0, 0, 0)
        count = next((one for one in counts if self._type.width("small", one) <= room.width()), counts[-1])
        if self._type.width("small", count) <= room.width():
            letters.write(room, count, "small", "muted", RIGHT)
        placed = self.place(region, chips)
        for one in chips:
            if one.number in placed.places:
                self._draw_chip(one, placed.places[one.number], placed.by_id)
        if placed.hidden:
            letters.write(placed.rest, more.format(count=placed.hidden), "small", "muted")

    def _draw_chip(self, chip: Chip, area: QRectF, by_id: bool) -> None:
        assert self._letters is not None
        letters, marked = self._letters, self._view.marks.is_actor(chip.number)
        letters.box(area, "accent" if marked else "edge", "panel", area.height() / 2 - 1, 2 if marked else 1)
        inner = area.adjusted(8, 0, -8, 0)
        if by_id:
            letters.write(inner, chip.id, "small", side=CENTRE)
            return
        used = letters.write(inner, chip.note, "small", "muted", RIGHT)
        letters.write(inner.adjusted(0, 0, -used - 6 if used else 0, 0), chip.name, "small", middle=True)

    def draw_arrows(self) -> None:
        """What leads from state to state."""
        assert self._letters is not None
        letters, words = self._letters, self._words
        ready, running, waiting = (self.regions[one] for one in ORDER)
        high = ready.height()
        for share, left, right, back, text in (
            (0.36, ready, running, False, words.chosen), (0.72, ready, running, True, words.time_up),
            (0.54, running, waiting, False, words.waits),
        ):  # fmt: skip
            y = round(ready.top() + share * high) + 0.5
            ends = QPointF(left.right() + 4, y), QPointF(right.left() - 4, y)
            letters.arrow(ends[back], ends[not back], colour="muted")
            if self.has_words:
                line = self._type.height("small")
                above = QRectF(left.right() + 4, y - line - 3, right.left() - left.right() - 8, line)
                letters.write(above, text, "small", "muted", CENTRE)
        self._draw_way_back(ready, waiting)

    def _draw_way_back(self, ready: QRectF, waiting: QRectF) -> None:
        """Below all of them, from waiting to ready."""
        assert self._letters is not None
        letters, y = self._letters, round(ready.bottom() + self._view.scaled(UNDER) * 0.6) + 0.5
        start, end = round(waiting.center().x()) + 0.5, round(ready.center().x()) + 0.5
        letters.painter.setPen(QPen(self._view.theme.colour("muted"), 1.5))
        letters.painter.drawLine(QPointF(start, waiting.bottom() + 2), QPointF(start, y))
        letters.painter.drawLine(QPointF(start, y), QPointF(end, y))
        letters.arrow(QPointF(end, y), QPointF(end, ready.bottom() + 3), "muted")
        width = min(self._type.width("small", self._words.came) + 16, start - end - 24)
        label = QRectF((start + end) / 2 - width / 2, y - self._type.height("small") / 2, width, self._type.height("small"))
        letters.painter.fillRect(label, self._view.theme.colour("panel"))
        letters.write(label, self._words.came, "small", "muted", CENTRE)
