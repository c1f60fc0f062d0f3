"""Pools: the tasks that wait, and below them a lane a worker with the tasks it has done."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from concsim.model.folding.entities import Actor, Thing
from concsim.ui.painting.lettering import Lettering
from concsim.ui.views.pool.pool_bars import PoolBars
from concsim.ui.views.pool.pool_painter import PoolPainter
from concsim.ui.views.pool.pool_tasks import pools_of, task_runs, workers_of
from concsim.ui.views.pool.pool_words import waiting_words, worker_words
from concsim.ui.views.shared.pixel_runs import Run, TimeScale, run_at
from concsim.ui.views.shared.pointed_view import Mark
from concsim.ui.views.shared.scrolled_view import once
from concsim.ui.views.shared.time_rows_view import GAP, TimeRowsView

POOL_ROW, ROW, MOST_ROW = 28, 20, 32
NAMES, NAMES_SHARE = 248, 0.42


class PoolView(TimeRowsView):
    """A row of waiting tasks for each pool, then a lane a worker."""

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Pool"))
        self.setAccessibleDescription(
            self.tr(
                "The tasks that wait, and which worker did which task when. Up and Down mark a worker; Ctrl and the "
                "wheel, + and - zoom; dragging moves; a double click or 0 shows everything."
            )
        )

    # what is where

    @once
    def pools(self) -> list[Thing]:
        """The pools, by number."""
        return pools_of(self.model.state)

    @once
    def workers(self) -> list[Actor]:
        """The workers of the round."""
        return workers_of(self.model)

    def count(self) -> int:
        """How many rows there are."""
        return len(self.workers())

    def top_height(self) -> int:
        """The pools' rows stand above the axis."""
        return self.scaled(POOL_ROW) * max(len(self.pools()), 1)

    @once
    def row(self) -> int:
        """As high as lets all be seen, within reason."""
        return min(max(int(self.room().height() // max(self.count(), 1)), self.scaled(ROW)), self.scaled(MOST_ROW))

    @once
    def names_width(self) -> int:
        """How wide the names at the left are."""
        return round(min(self.scaled(NAMES), self.width() * NAMES_SHARE))

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the pools; says whether there was a run."""
        pools, workers = self.pools(), self.workers()
        if not pools and not workers:
            self.draw_word(painter, self._empty_word())
            return bool(self.model.state.actors)
        letters, scale = Lettering(painter, self), self.scale_now()
        drawn = PoolPainter(letters, self, self.names_width())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, pool in enumerate(pools):
            drawn.draw_waiting(pool, self._pool_area(index))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self.draw_axis(letters, scale)
        painter.setClipRect(self.room())
        self._draw_workers(drawn, PoolBars(letters, self, scale), scale)
        painter.setClipping(False)
        self.draw_moment(letters, scale)
        drawn.draw_legend(self.legend_area())
        return True

    def _draw_workers(self, drawn: PoolPainter, bars: PoolBars, scale: TimeScale) -> None:
        for index, worker in enumerate(self.workers()):
            area = self.row_area(index)
            if not self.is_seen(area):
                continue
            if self.marks.is_actor(worker.number):
                drawn.draw_mark(area, self.rows_right())
            drawn.draw_name(worker, QRectF(GAP, area.top(), area.left() - 2 * GAP, area.height()))
            bars.draw_bar(worker, self.task_runs(worker, scale), area.adjusted(0, 2, 0, -2))

    def task_runs(self, worker: Actor, scale: TimeScale) -> list[Run]:
        """A worker's tasks in pixels."""
        seen = min(self.count(), int(self.room().height() // self.row()) + 1)
        return task_runs(self.model, worker, scale, seen)

    def _empty_word(self) -> str:
        if self.model.state.actors:
            return self.tr("This program has made no pool so far.")
        return self.word_before(self.tr("Press Run to see the pool at work"))

    def _pool_area(self, index: int) -> QRectF:
        height = self.scaled(POOL_ROW)
        return QRectF(GAP, 4 + index * height, self.width() - 2 * GAP, height)

    # the mouse and the keys

    def mark_at(self, where: QPointF) -> Mark | None:
        """What a click there marks."""
        for index, pool in enumerate(self.pools()):
            if self._pool_area(index).contains(where):
                return "thing", pool.number
        index_there = self.row_at(where)
        return None if index_there is None else ("actor", self.workers()[index_there].number)

    def order(self) -> list[Mark]:
        """What Up and Down mark, in order."""
        return [("actor", one.number) for one in self.workers()]

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        for index, pool in enumerate(self.pools()):
            if self._pool_area(index).contains(where):
                return f"{pool.name}\n{waiting_words(self.model.state, max(pool.depth, 0))}"
        row = self.row_at(where)
        if row is None:
            return ""
        worker, scale, area = self.workers()[row], self.scale_now(), self.row_area(row)
        task = run_at(self.task_runs(worker, scale), where.x() - area.left())
        return worker_words(self.model, worker, task, scale)
