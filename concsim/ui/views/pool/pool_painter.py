"""Draws what is around the bars of a pool: the tasks that wait, the workers' names, the legend. Made for one painting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPen

from concsim.model.folding.entities import Actor, Thing
from concsim.model.folding.history import FINISHED
from concsim.ui.painting.lettering import RIGHT, Lettering
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.text.process_words import pid_words
from concsim.ui.views.pool.pool_words import done_words, waiting_words
from concsim.ui.views.shared.run_view import faded
from concsim.ui.views.shared.time_rows_view import GAP

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

TOKEN, TOKEN_GAP, SIGN = 12, 4, 10
LEAST_NAME = 24
"""What a name is shortened to before its pid goes."""


class PoolPainter:
    """Draws beside and above bars that begin at the right of *names*."""

    def __init__(self, letters: Lettering, view: RunView, names: float) -> None:
        self._letters, self._painter, self._theme = letters, letters.painter, letters.theme
        self._view, self._names = view, names
        self._shapes = StateShapes(letters.theme)

    def draw_waiting(self, pool: Thing, area: QRectF) -> None:
        """A pool's name, its waiting tasks as small blocks, and their number."""
        if self._view.marks.is_thing(pool.number):
            self._letters.box(area.adjusted(-4, 1, 4, -1), "accent", None, 4, 1.5)
        names = self._names - GAP
        self._letters.write(QRectF(area.left(), area.top(), names - GAP, area.height()), pool.name, "bold", middle=True)
        count = max(pool.depth, 0)
        text = waiting_words(self._view.model.state, count)
        width = self._letters.type.width("strong", text) + 1
        side, gap = self._view.scaled(TOKEN), self._view.scaled(TOKEN_GAP)
        room = area.width() - names - width - GAP
        shown = min(count, max(int((room - 16) // (side + gap)), 0))
        self._painter.setBrush(self._theme.colour("raised"))
        self._painter.setPen(QPen(self._theme.colour("edge"), 1))
        x, y = area.left() + names, round(area.center().y() - side / 2) + 0.5
        for _ in range(shown):
            self._painter.drawRoundedRect(QRectF(round(x) + 0.5, y, side - 1, side - 1), 2, 2)
            x += side + gap
        if shown < count:
            x += self._letters.write(QRectF(x, area.top(), 16, area.height()), "…", "small", "muted") + gap
        number = QRectF(x + (gap if shown else 0), area.top(), width, area.height())
        self._letters.write(number, text, "strong", "text" if count else "muted")

    def draw_mark(self, area: QRectF, right: float) -> None:
        """A worker's row, marked, up to the right end of all rows."""
        accent = self._theme.colour("accent")
        self._painter.fillRect(QRectF(0, area.top(), right, area.height()), faded(accent, 0.12))
        self._painter.fillRect(QRectF(0, area.top(), 3, area.height()), accent)

    def draw_name(self, worker: Actor, area: QRectF) -> None:
        """A worker's state, its name, and how many tasks it has done."""
        side = self._view.scaled(SIGN)
        over = worker.state == FINISHED
        self._shapes.draw(self._painter, QRectF(area.left(), round(area.center().y() - side / 2), side, side), worker.state)
        done = self._letters.write(area, done_words(self._view.model, worker), "small", "muted", RIGHT)
        name = area.adjusted(side + 6, 0, -done - GAP, 0)
        pid, spare = worker.id, 0.0
        for pid in self._ends(worker):
            spare = self._letters.type.width("small", pid) + GAP
            if name.width() - spare >= self._view.scaled(LEAST_NAME):
                break
        self._letters.write(name, pid, "small", "muted", RIGHT)
        self._letters.write(name.adjusted(0, 0, -spare, 0), worker.name, "plain", "muted" if over else "text", middle=True)

    def _ends(self, worker: Actor) -> list[str]:
        """What may stand behind a worker's name: its pid, which the program knows it by, rather than its id."""
        process = self._view.model.state.processes.get(worker.number)
        pid = pid_words(process.pid) if process is not None else ""
        return [one for one in (pid, worker.id) if one]

    def draw_legend(self, area: QRectF) -> None:
        """What the boxes mean."""
        accent = self._theme.colour("accent")
        x = area.left()
        translate = QCoreApplication.translate
        words = (
            (accent, translate("PoolWords", "task at work")), (faded(accent, 0.22), translate("PoolWords", "task done")),
            (None, translate("PoolWords", "killed")),
        )  # fmt: skip
        for ground, text in words:
            width = self._letters.type.width("small", text)
            if x + 22 + width > area.right():
                return
            sign = QRectF(round(x), round(area.center().y() - 5), 14, 10)
            if ground is None:
                self._letters.cross(sign.center(), 4, "danger")
            else:
                self._letters.box(sign, accent, ground, 0)
            self._letters.write(QRectF(x + 20, area.top(), width + 1, area.height()), text, "small", "muted")
            x += 20 + width + 2 * GAP
