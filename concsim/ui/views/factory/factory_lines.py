"""Draws a line of the phone factory: its name, its workers over the belt, and the phones on its pallet."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from concsim.model.folding.history import FINISHED, NEW, RUNNING, SLEEPING, WAITING
from concsim.ui.painting.lettering import RIGHT, Lettering
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.text.actor_words import state_word
from concsim.ui.text.process_words import pid_words
from concsim.ui.views.factory.factory_figures import Line, Worker, phones_each

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

PAD, GAP, SIGN = 16, 8, 10
NAME_MOST, BELT_LEAST, PALLET_MOST = 112, 72, 136
BELT, ROLLER, PITCH = 10, 6, 14
BOX_LEAST, BOX_MOST, BOX_GAP = 60, 120, 6
CELL_MOST, CELL_LEAST = 18.0, 5.0
PHONE_WIDTH, PHONE_HEIGHT, PHONE_GAP = 5, 8, 2


class Columns(NamedTuple):
    """Where a line's parts are: the name, the belt, the pallet, and the number at its right."""

    name: tuple[float, float]
    belt: tuple[float, float]
    pallet: tuple[float, float]
    number: tuple[float, float]


def work_word(state: int) -> str:
    """What a worker does, in the factory's words."""
    if state == RUNNING:
        return QCoreApplication.translate("FactoryLines", "computing")
    if state in (WAITING, SLEEPING):
        return QCoreApplication.translate("FactoryLines", "waiting")
    return state_word(state)


def counts_words(states: list[int]) -> str:
    """How many do what, as "2 computing, 6 waiting"."""
    translate = QCoreApplication.translate
    counts = Counter(WAITING if state == SLEEPING else state for state in states)
    text = translate("FactoryLines", "{count} {state}")
    order = sorted(counts, key=lambda one: (one != RUNNING, one != WAITING, one))
    return translate("FactoryLines", ", ").join(text.format(count=counts[one], state=work_word(one)) for one in order)


def states_of(line: Line) -> list[int]:
    """The states of all hands of a line, or of its workers where they have only their own two."""
    return [state for worker in line.workers for state in worker_states(worker)]


def worker_states(worker: Worker) -> list[int]:
    """The states of a worker's greenlets, or its own."""
    return [one.state for one in worker.hands] or [worker.state]


class FactoryLines:
    """Draws them between *left* and *right*, each *height* high. Made for one painting."""

    def __init__(self, painter: QPainter, view: RunView, lines: list[Line], right: float, height: float) -> None:
        self._painter, self._view, self._theme = painter, view, view.theme
        self._letters, self._shapes = Lettering(painter, view), StateShapes(view.theme)
        self._height = height
        self._is_low = height < view.scaled(48)
        self.columns = self._columns(lines, right)
        most = max((line.phones or 0 for line in lines), default=0)
        self._rows = max(int((height - 20) // (PHONE_HEIGHT + PHONE_GAP)), 1)
        self._across = max(int((self.columns.pallet[1] - self.columns.pallet[0]) // (PHONE_WIDTH + PHONE_GAP)), 0)
        self.each = phones_each(most, self._rows * self._across)

    def _columns(self, lines: list[Line], right: float) -> Columns:
        kind, scaled = self._letters.type, self._view.scaled
        texts = [("bold", line.name) for line in lines] + [("small", pid_words(line.pid)) for line in lines]
        name = min(max(kind.width(font, text) for font, text in texts), scaled(NAME_MOST)) + GAP
        number = max(kind.width("bold", self._count(line)) for line in lines) + 2
        right -= PAD
        between = right - PAD - name - number - 4 * GAP
        pallet = min(between - scaled(BELT_LEAST), between * 0.32, scaled(PALLET_MOST))
        pallet = pallet if pallet >= 3 * (PHONE_WIDTH + PHONE_GAP) else 0.0
        end = right - number - (GAP + pallet if pallet else 0)
        return Columns(
            (PAD, PAD + name), (PAD + name + GAP, end - 2 * GAP), (end, end + pallet), (right - number, right)
        )

    def _count(self, line: Line) -> str:
        return "–" if line.phones is None else f"{line.phones:,}"

    # a line

    def draw_line(self, line: Line, area: QRectF) -> None:
        """A line in its area."""
        self._draw_name(line, area)
        self._draw_belt(line, area)
        for worker, box in self.boxes(line, area).items():
            self._draw_worker(next(one for one in line.workers if one.number == worker), box)
        self._draw_phones(line, area)
        number = QRectF(
            self.columns.number[0], area.top(), self.columns.number[1] - self.columns.number[0], area.height() - 6
        )
        self._letters.write(number, self._count(line), "bold", "text", RIGHT)

    def _draw_name(self, line: Line, area: QRectF) -> None:
        left, right = self.columns.name
        texts = [(line.name, "bold", "accent" if self._view.marks.is_actor(line.number) else "text")]
        if not self._is_low:
            under = state_word(FINISHED) if line.is_over else pid_words(line.pid)
            texts.append((under, "small", "muted"))
        high = sum(self._letters.type.height(font) for _, font, _ in texts)
        top = area.top() + (area.height() - 6 - high) / 2
        for text, font, colour in texts:
            row = self._letters.type.height(font)
            self._letters.write(QRectF(left, top, right - left, row), text, font, colour)
            top += row

    def belt_area(self, area: QRectF) -> QRectF:
        """Where a line's belt is."""
        high = 4 if self._is_low else BELT
        return QRectF(self.columns.belt[0], area.bottom() - 6 - high, self.columns.belt[1] - self.columns.belt[0], high)

    def _draw_belt(self, line: Line, area: QRectF) -> None:
        painter, belt = self._painter, self.belt_area(area)
        colour = self._theme.colour("line" if line.is_over else "edge")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._letters.box(belt, colour, "raised", belt.height() / 2)
        if self._is_low:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        top = belt.center().y() - ROLLER / 2
        for index in range(int((belt.width() - 4) // PITCH)):
            painter.drawEllipse(QRectF(belt.left() + 4 + index * PITCH, top, ROLLER, ROLLER))

    # workers

    def boxes(self, line: Line, area: QRectF) -> dict[int, QRectF]:
        """Where each worker is: in a row of boxes over the belt, or as small cells when they are many."""
        belt, count = self.belt_area(area), len(line.workers)
        room = QRectF(belt.left(), area.top() + 2, belt.width(), belt.top() - area.top() - 4)
        if not count or room.height() < CELL_LEAST:
            return {}
        width = min((room.width() + BOX_GAP) / count - BOX_GAP, self._view.scaled(BOX_MOST))
        if width >= self._view.scaled(BOX_LEAST) and room.height() >= self._letters.type.height("small") + 2:
            step = width + BOX_GAP
            return {
                one.number: QRectF(round(room.left() + index * step), room.top(), round(width), room.height())
                for index, one in enumerate(line.workers)
            }
        return self._cells(line, room)

    def _cells(self, line: Line, room: QRectF) -> dict[int, QRectF]:
        count, side = len(line.workers), min(CELL_MOST, room.height())
        while side > CELL_LEAST and int(room.width() // (side + 3)) * int((room.height() + 3) // (side + 3)) < count:
            side -= 1
        across = max(int(room.width() // (side + 3)), 1)
        rows = -(-count // across)
        top = max(room.bottom() - rows * (side + 3) + 3, room.top())
        return {
            one.number: QRectF(
                round(room.left() + index % across * (side + 3)), round(top + index // across * (side + 3)), side, side
            )
            for index, one in enumerate(line.workers)
        }

    def _draw_worker(self, worker: Worker, box: QRectF) -> None:
        if box.width() <= CELL_MOST:
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._shapes.draw(self._painter, box, worker.state)
            return
        over, marked = worker.state == FINISHED, self._view.marks.is_actor(worker.number)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, ground = ("accent" if marked else "line" if over else "edge"), ("window" if over else "panel")
        self._letters.box(box, edge, ground, 5, 2.0 if marked else 1.0)
        inner, row = box.adjusted(7, 2, -5, -2), self._letters.type.height("small")
        colour = "muted" if over else "text"
        if inner.height() < 2 * row:
            self._draw_state(worker, inner, self.name_of(worker), colour)
            return
        high = inner.height() / 2
        self._letters.write(
            QRectF(inner.left(), inner.top(), inner.width(), high), self.name_of(worker), "small", colour
        )
        text = counts_words([one.state for one in worker.hands]) if worker.hands else work_word(worker.state)
        self._draw_state(worker, QRectF(inner.left(), inner.top() + high, inner.width(), high), text, "muted")

    def _draw_state(self, worker: Worker, area: QRectF, text: str, colour: str) -> None:
        """The shapes of a worker's state or of its hands, and a text behind them if there is room for all of it."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        left, top = round(area.left()), round(area.center().y() - SIGN / 2)
        states = worker_states(worker)
        fits = max(int((area.width() + 2) // (SIGN + 2)), 1)
        for state in states[:fits]:
            self._shapes.draw(self._painter, QRectF(left, top, SIGN, SIGN), state)
            left += SIGN + 2
        rest = QRectF(left + 3, area.top(), area.right() - left - 3, area.height())
        if not worker.hands or self._letters.type.width("small", text) <= rest.width():
            self._letters.write(rest, text, "small", colour)

    def name_of(self, worker: Worker) -> str:
        """A worker's name; where only the greenlets are known, what they are."""
        if worker.name:
            return worker.name
        return QCoreApplication.translate("FactoryLines", "{count} in hand").format(count=len(worker.hands))

    # phones

    def _draw_phones(self, line: Line, area: QRectF) -> None:
        if not self._across:
            return
        painter, (left, right) = self._painter, self.columns.pallet
        floor = round(area.bottom()) - 10
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        edge = self._theme.colour("edge")
        painter.fillRect(QRectF(left, floor, right - left, 2), edge)
        for foot in (left, (left + right) / 2 - 3, right - 6):
            painter.fillRect(QRectF(round(foot), floor + 2, 6, 3), edge)
        for index in range(min((line.phones or 0) // self.each, self._across * self._rows)):
            x = left + index % self._across * (PHONE_WIDTH + PHONE_GAP)
            self.draw_phone(x, floor - 1 - (index // self._across + 1) * (PHONE_HEIGHT + PHONE_GAP) + PHONE_GAP)

    def draw_phone(self, left: float, top: float) -> None:
        """A phone: a screen in a frame."""
        self._painter.fillRect(QRectF(round(left), round(top), PHONE_WIDTH, PHONE_HEIGHT), self._theme.colour("accent"))
        self._painter.fillRect(
            QRectF(round(left) + 1, round(top) + 1, PHONE_WIDTH - 2, PHONE_HEIGHT - 4), self._theme.colour("panel")
        )

    # the legend

    def draw_legend(self, area: QRectF, words: str) -> None:
        """What the shapes mean: a phone first, then the states that are seen."""
        left, middle = area.left(), area.center().y()
        if self._across:
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self.draw_phone(left, middle - PHONE_HEIGHT / 2)
            left = self._legend_word(left + PHONE_WIDTH + 5, area, words)
        for states in ((RUNNING,), (SLEEPING, WAITING), (FINISHED,), (NEW,)):
            word = work_word(states[0])
            if left + len(states) * (SIGN + 4) + self._letters.type.width("small", word) > area.right():
                break
            for state in states:
                self._shapes.draw(self._painter, QRectF(round(left), round(middle - SIGN / 2), SIGN, SIGN), state)
                left += SIGN + 4
            left = self._legend_word(left, area, word)

    def _legend_word(self, left: float, area: QRectF, word: str) -> float:
        used = self._letters.write(QRectF(left, area.top(), area.right() - left, area.height()), word, "small", "muted")
        return left + used + 2 * GAP


def draw_figure(letters: Lettering, view: RunView, area: QRectF, number: str, words: str) -> None:
    """A big number with small words below it; where that is too low, a smaller one with the words beside it."""
    painter, is_low = letters.painter, area.height() < 2 * letters.type.height("small")
    high = area.height() if is_low else area.height() * 0.64
    font = view.type_of(1.3 if is_low else 2.0, bold=True)
    painter.setFont(font)
    painter.setPen(view.theme.colour("text"))
    side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(area.left(), area.top(), area.width(), high), side, number)
    rest = area.adjusted(QFontMetricsF(font).horizontalAdvance(number) + GAP, 0, 0, 0) if is_low else area.adjusted(0, high, 0, 0)
    letters.write(rest, words, "small", "muted")
