"""Draws a line of the phone factory: its name, its workers over the belt, and the phones on its pallet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from concsim.model.folding.history import FINISHED, NEW, RUNNING, SLEEPING, WAITING
from concsim.ui.painting.lettering import RIGHT, Lettering
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.text.actor_words import state_word
from concsim.ui.text.process_words import pid_words
from concsim.ui.views.factory.factory_figures import Line, Worker
from concsim.ui.views.factory.factory_phones import FactoryPhones
from concsim.ui.views.factory.factory_places import CELL_MOST, GAP, PHONE_HEIGHT, PHONE_WIDTH, FactoryPlaces
from concsim.ui.views.factory.factory_words import counts_words, made_text, work_word, worker_name, worker_states

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

ROLLER, PITCH, SIGN = 6, 14, 10


class FactoryLines:
    """Draws lines where they are. Made for one painting."""

    def __init__(self, painter: QPainter, view: RunView, places: FactoryPlaces) -> None:
        self._painter, self._view, self._theme, self._places = painter, view, view.theme, places
        self._letters, self._shapes = Lettering(painter, view), StateShapes(view.theme)
        self._phones = FactoryPhones(painter, view.theme, places)

    def draw_line(self, line: Line, area: QRectF) -> None:
        """A line in its area."""
        self._draw_name(line, area)
        self._draw_belt(line, area)
        for worker, box in self._places.boxes(line, area).items():
            self._draw_worker(next(one for one in line.workers if one.number == worker), box)
        self._phones.draw_pallet(line, area)
        number = QRectF(
            self._places.columns.number[0], area.top(), self._places.columns.number[1] - self._places.columns.number[0], area.height() - 6
        )
        self._letters.write(number, made_text(line), "bold", "text", RIGHT)

    def _draw_name(self, line: Line, area: QRectF) -> None:
        left, right = self._places.columns.name
        texts = [(line.name, "bold", "accent" if self._view.marks.is_actor(line.number) else "text")]
        if not self._places.is_low:
            under = state_word(FINISHED) if line.is_over else pid_words(line.pid)
            texts.append((under, "small", "muted"))
        high = sum(self._letters.type.height(font) for _, font, _ in texts)
        top = area.top() + (area.height() - 6 - high) / 2
        for text, font, colour in texts:
            row = self._letters.type.height(font)
            self._letters.write(QRectF(left, top, right - left, row), text, font, colour)
            top += row

    def _draw_belt(self, line: Line, area: QRectF) -> None:
        painter, belt = self._painter, self._places.belt_area(area)
        colour = self._theme.colour("line" if line.is_over else "edge")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._letters.box(belt, colour, "raised", belt.height() / 2)
        if self._places.is_low:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        top = belt.center().y() - ROLLER / 2
        for index in range(int((belt.width() - 4) // PITCH)):
            painter.drawEllipse(QRectF(belt.left() + 4 + index * PITCH, top, ROLLER, ROLLER))

    # workers

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
            self._draw_state(worker, inner, worker_name(worker), colour)
            return
        high = inner.height() / 2
        self._letters.write(
            QRectF(inner.left(), inner.top(), inner.width(), high), worker_name(worker), "small", colour
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

    # the legend

    def draw_legend(self, area: QRectF, words: str) -> None:
        """What the shapes mean: a phone first, then the states that are seen."""
        left, middle = area.left(), area.center().y()
        if self._places.across:
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._phones.draw_phone(left, middle - PHONE_HEIGHT / 2)
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
