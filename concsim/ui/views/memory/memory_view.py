"""What the actors share: the watched globals of the process, and which actors can reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from concsim.control.sessions.step_kind import steps_by_line
from concsim.model.folding.entities import Actor, Watched
from concsim.model.folding.history import FINISHED
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.text.watched_words import PLAIN_NUMBERS, lines_of, value_text
from concsim.ui.views.memory.memory_boxes import LINE, LOW_BOX, place_boxes
from concsim.ui.views.shared.pointed_view import Mark, PointedView
from concsim.ui.views.shared.run_view import SMALL, faded

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

PAD, GAP = 16, 16
TITLE = 28
CHIP_WIDTH, CHIP_HEIGHT, CHIP_GAP = 112, 24, 8
ARROWS = 56


class MemoryView(PointedView):
    """Boxes of the watched globals inside the process, and below them the actors with arrows to what they reach."""

    follows_clock = False

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        self._painted: dict[str, str] = {}
        super().__init__(run, marks, theme, parent)

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Memory"))
        self.setAccessibleDescription(self.tr("The shared variables of the process, and which threads can reach them"))

    def least_size(self) -> tuple[int, int]:
        """The width and the height below which nothing can be told apart."""
        return 240, self._least_height()

    def _least_height(self) -> int:
        """Room for the title, a row of boxes, the arrows and a row of chips."""
        return 2 * PAD + 2 * GAP + self.scaled(TITLE + LOW_BOX + CHIP_HEIGHT)

    def forget(self) -> None:
        """Another run: nothing of it has been painted."""
        self._painted = {}

    # what is where

    def boxes(self) -> dict[str, QRectF]:
        """Where each watched global is drawn."""
        top = PAD + self.scaled(TITLE)
        below = self._least_height() - top - self.scaled(LOW_BOX)
        area = QRectF(2 * PAD, top, self.width() - 4 * PAD, max(self.height() - top - below, 0))
        return place_boxes(self.model.state.watched.values(), area, self.theme.point_size / 10)

    def chips(self) -> tuple[dict[int, QRectF], int]:
        """Where each actor that reaches a global is drawn, and how many there is no room for."""
        actors = [one for number, one in sorted(self.model.state.actors.items()) if self._reached(one)]
        width, height = self.scaled(CHIP_WIDTH), self.scaled(CHIP_HEIGHT)
        columns = max(1, (self.width() - 4 * PAD + CHIP_GAP) // (width + CHIP_GAP))
        top = self._boxes_bottom() + min(self.scaled(ARROWS), max(GAP * 2, self.height() // 6))
        rows = max(1, int(self.height() - PAD - top + CHIP_GAP) // (height + CHIP_GAP))
        shown = actors[: rows * columns]
        columns = min(columns, max(len(shown), 1))
        left = (self.width() - columns * (width + CHIP_GAP) + CHIP_GAP) / 2
        places = {
            one.number: QRectF(
                left + i % columns * (width + CHIP_GAP), top + i // columns * (height + CHIP_GAP), width, height
            )
            for i, one in enumerate(shown)
        }
        return places, len(actors) - len(shown)

    def _reached(self, actor: Actor) -> list[str]:
        return [name for name in actor.reaches if name in self.model.state.watched]

    def _boxes_bottom(self) -> float:
        return max((area.bottom() for area in self.boxes().values()), default=0.0)

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the memory; says whether there was anything in it."""
        state = self.model.state
        if not state.watched:
            self.draw_word(painter, self._empty_word())
            return False
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_process(painter)
        boxes = self.boxes()
        chips, hidden = self.chips()
        self._draw_arrows(painter, boxes, chips)
        for name, area in boxes.items():
            self._draw_box(painter, state.watched[name], area)
        shapes = StateShapes(self.theme)
        for number, area in chips.items():
            self._draw_chip(painter, state.actors[number], area, shapes)
        self._draw_hidden(painter, hidden)
        self._painted = {name: value_text(one) for name, one in state.watched.items()}
        return True

    def _empty_word(self) -> str:
        program = self.model.program
        if program is not None and not program.block.watch:
            return self.tr("This program names no variables to watch")
        if steps_by_line(program):  # it has no threads
            return self.word_before(self.tr("Press Run to see what the program's variables hold"))
        return self.word_before(self.tr("Press Run to see what the threads share"))

    def _draw_process(self, painter: QPainter) -> None:
        frame = QRectF(self.rect()).adjusted(8.5, 8.5, -8.5, -8.5)
        painter.setPen(QPen(self.theme.colour("line"), 1))
        painter.setBrush(self.theme.colour("window"))
        painter.drawRoundedRect(frame, 8, 8)
        painter.setFont(self.type_of(SMALL))
        painter.setPen(self.theme.colour("muted"))
        title = QRectF(frame.left() + PAD, frame.top(), frame.width() - 2 * PAD, self.scaled(TITLE))
        program = self.model.program
        name = program.path.name if program is not None else ""
        text = self.tr("process: {name}").format(name=name) if name else self.tr("process")
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_box(self, painter: QPainter, watched: Watched, area: QRectF) -> None:
        changed = self._painted.get(watched.name, value_text(watched)) != value_text(watched)
        painter.setPen(QPen(self.theme.colour("accent" if changed else "line"), 2 if changed else 1))
        painter.setBrush(self.theme.colour("panel"))
        painter.drawRoundedRect(area, 6, 6)
        inner = area.adjusted(12, 4, -12, -4)
        third = min(inner.height() / 3, self.scaled(26))
        value = inner.adjusted(0, third, 0, -third)
        self._write(painter, QRectF(inner.left(), inner.top(), inner.width(), third), watched.name, self.type_of(bold=True), "text")
        self._draw_value(painter, watched, value)
        foot = QRectF(inner.left(), value.bottom(), inner.width(), third)
        identity = self.tr("id …{end}").format(end=f"{watched.identity:x}"[-4:]) if watched.identity else ""
        small = self.type_of(SMALL)
        self._write(painter, foot, self._type_word(watched), small, "muted")
        self._write(painter, foot, identity, small, "muted", Qt.AlignmentFlag.AlignRight)

    def _draw_value(self, painter: QPainter, watched: Watched, area: QRectF) -> None:
        """On one line; a dict's items on a line each, as many as there is room for."""
        font = self.theme.mono()
        lines, room = lines_of(watched), int(area.height() // self.scaled(LINE))
        if not lines or room < 2:
            font.setPointSizeF(self.theme.point_size * 1.1)
            self._write(painter, area, value_text(watched), font, "text")
            return
        font.setPointSizeF(self.theme.point_size * SMALL)
        if len(lines) > room:
            lines = [*lines[: room - 1], self.tr("… and {count} more").format(count=len(lines) - room + 1)]
        height = area.height() / max(len(lines), 1)
        for index, line in enumerate(lines):
            self._write(painter, QRectF(area.left(), area.top() + index * height, area.width(), height), line, font, "text")

    def _type_word(self, watched: Watched) -> str:
        if watched.number is None or watched.type in (*PLAIN_NUMBERS, "bool"):
            return watched.type
        return self.tr("{type}, length {count}").format(type=watched.type, count=f"{watched.number:,.0f}")

    def _write(
        self, painter: QPainter, area: QRectF, text: str, font: QFont, colour: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:  # fmt: skip
        painter.setFont(font)
        painter.setPen(self.theme.colour(colour))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _draw_chip(self, painter: QPainter, actor: Actor, area: QRectF, shapes: StateShapes) -> None:
        over = actor.state == FINISHED
        marked = self.marks.is_actor(actor.number)
        painter.setPen(QPen(self.theme.colour("accent" if marked else "line" if over else "muted"), 2 if marked else 1))
        painter.setBrush(self.theme.colour("window" if over else "panel"))
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        side = 8.0
        shapes.draw(painter, QRectF(area.left() + 10, area.center().y() - side / 2, side, side), actor.state)
        self._write(painter, area.adjusted(24, 0, -8, 0), actor.name, self.type_of(SMALL), "muted" if over else "text")

    def _draw_arrows(self, painter: QPainter, boxes: dict[str, QRectF], chips: dict[int, QRectF]) -> None:
        for number, chip in chips.items():
            actor = self.model.state.actors[number]
            for name in self._reached(actor):
                self._draw_arrow(painter, actor, chip, boxes[name])

    def _draw_arrow(self, painter: QPainter, actor: Actor, chip: QRectF, box: QRectF) -> None:
        strong = actor.state != FINISHED
        colour = self.theme.colour("accent" if self.marks.is_actor(actor.number) else "muted")
        share = (chip.center().x() - PAD) / max(self.width() - 2 * PAD, 1)
        tip = QPointF(box.left() + box.width() * (0.15 + 0.7 * min(max(share, 0.0), 1.0)), box.bottom() + 2)
        painter.setPen(QPen(faded(colour, 0.9 if strong else 0.3), 1.2))
        painter.drawLine(QPointF(chip.center().x(), chip.top()), tip + QPointF(0, 6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(colour, 0.9 if strong else 0.3))
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-4, 8), tip + QPointF(4, 8)]))

    def _draw_hidden(self, painter: QPainter, hidden: int) -> None:
        if hidden:
            area = QRectF(2 * PAD, self.height() - 2 * PAD, self.width() - 4 * PAD, PAD + 4)
            text = self.tr("… and {count} more").format(count=hidden)
            self._write(painter, area, text, self.type_of(SMALL), "muted", Qt.AlignmentFlag.AlignRight)

    # the mouse

    def find(self, where: QPointF) -> Actor | None:
        """The actor whose chip is at a place."""
        found = next((number for number, area in self.chips()[0].items() if area.contains(where)), None)
        return None if found is None else self.model.state.actors[found]

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        actor = self.find(where)
        if actor is not None:
            things = self.tr(", ").join(self._reached(actor))
            return self.tr("{name} can reach {things}").format(name=actor.name, things=things)
        name = next((name for name, area in self.boxes().items() if area.contains(where)), None)
        return "" if name is None else f"{name} = {value_text(self.model.state.watched[name])[:400]}"

    def mark_at(self, where: QPointF) -> Mark | None:
        """What a click there marks."""
        actor = self.find(where)
        return ("actor", actor.number) if actor is not None else None
