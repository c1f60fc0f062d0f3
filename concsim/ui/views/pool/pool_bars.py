"""Draws a worker's bar in a pool: how long it was there, its tasks, and that it was killed. Made for one painting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from concsim.model.folding.entities import Actor, Process
from concsim.model.folding.history import FINISHED
from concsim.ui.painting.lettering import Lettering
from concsim.ui.painting.state_shapes import vertical_hatch
from concsim.ui.text.process_words import end_words, ended_badly
from concsim.ui.views.pool.pool_tasks import MANY_TASKS, end_of
from concsim.ui.views.shared.pixel_runs import Run, TimeScale
from concsim.ui.views.shared.run_view import faded

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

LEAST_TEXT = 10


class PoolBars:
    """Draws bars over time."""

    def __init__(self, letters: Lettering, view: RunView, scale: TimeScale) -> None:
        self._letters, self._painter, self._theme = letters, letters.painter, letters.theme
        self._view, self._run, self._scale = view, view.model, scale
        self._hatch = vertical_hatch(self._theme.colour("accent"))

    def draw_bar(self, worker: Actor, tasks: list[Run], bar: QRectF) -> None:
        """A worker's life with these tasks."""
        self._painter.save()
        self._painter.setClipRect(bar, Qt.ClipOperation.IntersectClip)
        self._draw_life(worker, bar)
        for run in tasks:
            if run.value:
                self._draw_task(worker, run, bar)
        self._painter.restore()
        process = self._run.state.processes.get(worker.number)
        if process is not None and ended_badly(process):
            self._draw_death(worker, process, bar)

    def _draw_life(self, worker: Actor, bar: QRectF) -> None:
        """A line for as long as the worker is there."""
        known = self._run.known_actors.get(worker.number, worker)
        lane = self._run.lanes.get(worker.number)
        began = known.began or (lane.times[0] if lane is not None and lane.times else 0)
        if not began:
            return
        left, right = bar.left() + self._scale.x(began), bar.left() + self._scale.x(end_of(self._run, worker))
        y = round(bar.center().y())
        self._painter.fillRect(QRectF(left, y, right - left, 1), self._theme.colour("edge"))
        self._painter.fillRect(QRectF(left, y - 4, 1, 9), self._theme.colour("edge"))
        if known.ended:
            self._painter.fillRect(QRectF(right - 1, y - 4, 1, 9), self._theme.colour("edge"))

    def _draw_task(self, worker: Actor, run: Run, bar: QRectF) -> None:
        part = QRectF(bar.left() + run.left, bar.top(), max(run.right - run.left - 1, 1), bar.height())
        if run.value == MANY_TASKS:
            self._painter.setBrushOrigin(part.topLeft())
            self._painter.fillRect(part, self._hatch)
            return
        now = run.value == worker.task and self._scale.x(self._run.moment) >= run.left
        lost = now and worker.state == FINISHED  # it was at this when it died
        accent = self._theme.colour("danger" if lost else "accent")
        solid = now and not lost
        self._draw_box(part, accent, solid)
        self._draw_number(part, str(run.value), solid)

    def _draw_box(self, part: QRectF, accent: QColor, solid: bool) -> None:
        self._painter.fillRect(part, self._theme.colour("panel"))
        self._painter.fillRect(part, accent if solid else faded(accent, 0.22))
        if part.width() > 3 and not solid:
            self._painter.setPen(QPen(accent, 1))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRect(part.adjusted(0, 0, -1, -1))

    def _draw_number(self, part: QRectF, text: str, solid: bool) -> None:
        if part.width() >= LEAST_TEXT and self._letters.type.width("strong", text) + 4 <= part.width():
            self._painter.setFont(self._letters.type.font("strong" if solid else "small"))
            self._painter.setPen(self._theme.colour("on_accent" if solid else "text"))
            self._painter.drawText(part, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_death(self, worker: Actor, process: Process, bar: QRectF) -> None:
        """A ✕ where a worker was killed, and its status beside it."""
        x = bar.left() + self._scale.x(end_of(self._run, worker))
        if not bar.left() <= x <= bar.right():
            return
        painter, text, reach = self._painter, end_words(process), min(bar.height() / 2 - 2, self._view.scaled(6))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._letters.cross(QPointF(min(x, bar.right() - reach), bar.center().y()), reach, "danger", 2.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        room = QRectF(x + reach + 6, bar.top(), bar.right() - x - reach - 6, bar.height())
        self._letters.write(room, text, "small", "danger")
