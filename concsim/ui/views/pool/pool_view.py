"""Pools: the tasks that wait, and below them a lane a worker with the tasks it has done."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from concsim.model.folding.history import FINISHED
from concsim.model.folding.parts import Actor, Process, Thing
from concsim.ui.painting.lettering import RIGHT, Lettering
from concsim.ui.painting.state_shapes import StateShapes, vertical_hatch
from concsim.ui.text.actor_words import state_word
from concsim.ui.text.process_words import end_words, ended_badly, joined, pid_words
from concsim.ui.views.pool.pool_tasks import POOL_KINDS, tasks_done
from concsim.ui.views.shared.pixel_runs import Run, TimeScale, pixel_runs, run_at, span_began
from concsim.ui.views.shared.pointed_view import Mark
from concsim.ui.views.shared.round_times import lanes_end
from concsim.ui.views.shared.run_view import faded
from concsim.ui.views.shared.scrolled_view import once
from concsim.ui.views.shared.time_axis import duration_text
from concsim.ui.views.shared.time_rows_view import GAP, TimeRowsView

POOL_ROW, ROW, MOST_ROW = 28, 20, 32
NAMES, NAMES_SHARE = 248, 0.42
TOKEN, TOKEN_GAP, SIGN = 12, 4, 10
STEPS = 1_200
LEAST_TEXT = 10
LEAST_NAME = 24
"""What a name is shortened to before its pid goes."""
MANY_TASKS = 1 << 62
"""Stands for tasks too short to be told apart."""


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
        return [one for _, one in sorted(self.model.state.things.items()) if one.kind in POOL_KINDS]

    @once
    def workers(self) -> list[Actor]:
        """The workers of the round: processes that are made for it, and threads that have had a task."""
        tasks, there = self.model.tasks, self.model.state.actors
        return [
            there.get(number, one)
            for number, one in sorted(self.model.known_actors.items())
            if one.kind == "worker" or number in tasks
        ]

    def process(self, actor: Actor) -> Process | None:
        """The process a worker is, None for a thread."""
        return self.model.state.processes.get(actor.number)

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
        letters, shapes, scale = Lettering(painter, self), StateShapes(self.theme), self.scale_now()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, pool in enumerate(pools):
            self._draw_waiting(letters, pool, self._pool_area(index))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self.draw_axis(letters, scale)
        painter.setClipRect(self.room())
        for index, worker in enumerate(workers):
            area = self.row_area(index)
            if self.is_seen(area):
                self._draw_worker(letters, shapes, worker, area, scale)
        painter.setClipping(False)
        self.draw_moment(letters, scale)
        self._draw_legend(letters)
        return True

    def _empty_word(self) -> str:
        if self.model.state.actors:
            return self.tr("This program has made no pool so far.")
        return self.word_before(self.tr("Press Run to see the pool at work"))

    def _pool_area(self, index: int) -> QRectF:
        height = self.scaled(POOL_ROW)
        return QRectF(GAP, 4 + index * height, self.width() - 2 * GAP, height)

    def _waiting_words(self, count: int) -> str:
        """How many tasks nobody has taken yet, or never will."""
        if count and self.model.state.ended is not None:
            return self.tr("{count} dropped").format(count=count)
        return self.tr("{count} waiting").format(count=count)

    def _draw_waiting(self, letters: Lettering, pool: Thing, area: QRectF) -> None:
        """A pool's name, its waiting tasks as small blocks, and their number."""
        if self.marks.is_thing(pool.number):
            letters.box(area.adjusted(-4, 1, 4, -1), "accent", None, 4, 1.5)
        names = self.names_width() - GAP
        letters.write(QRectF(area.left(), area.top(), names - GAP, area.height()), pool.name, "bold", middle=True)
        count = max(pool.depth, 0)
        text = self._waiting_words(count)
        width = letters.type.width("strong", text) + 1
        side, gap = self.scaled(TOKEN), self.scaled(TOKEN_GAP)
        room = area.width() - names - width - GAP
        shown = min(count, max(int((room - 16) // (side + gap)), 0))
        letters.painter.setBrush(self.theme.colour("raised"))
        letters.painter.setPen(QPen(self.theme.colour("edge"), 1))
        x, y = area.left() + names, round(area.center().y() - side / 2) + 0.5
        for _ in range(shown):
            letters.painter.drawRoundedRect(QRectF(round(x) + 0.5, y, side - 1, side - 1), 2, 2)
            x += side + gap
        if shown < count:
            x += letters.write(QRectF(x, area.top(), 16, area.height()), "…", "small", "muted") + gap
        number = QRectF(x + (gap if shown else 0), area.top(), width, area.height())
        letters.write(number, text, "strong", "text" if count else "muted")

    def _draw_worker(self, letters: Lettering, shapes: StateShapes, worker: Actor, area: QRectF, scale: TimeScale) -> None:
        if self.marks.is_actor(worker.number):
            accent = self.theme.colour("accent")
            letters.painter.fillRect(QRectF(0, area.top(), self.rows_right(), area.height()), faded(accent, 0.12))
            letters.painter.fillRect(QRectF(0, area.top(), 3, area.height()), accent)
        self._draw_name(letters, shapes, worker, QRectF(GAP, area.top(), area.left() - 2 * GAP, area.height()))
        bar = area.adjusted(0, 2, 0, -2)
        letters.painter.save()
        letters.painter.setClipRect(bar, Qt.ClipOperation.IntersectClip)
        self._draw_life(letters, worker, bar, scale)
        for run in self._runs(worker, scale):
            if run.value:
                self._draw_task(letters, worker, run, bar, scale)
        letters.painter.restore()
        process = self.process(worker)
        if process is not None and ended_badly(process):
            self._draw_death(letters, worker, process, bar, scale)

    def _draw_name(self, letters: Lettering, shapes: StateShapes, worker: Actor, area: QRectF) -> None:
        side = self.scaled(SIGN)
        over = worker.state == FINISHED
        shapes.draw(letters.painter, QRectF(area.left(), round(area.center().y() - side / 2), side, side), worker.state)
        text = self.tr("{count} done").format(count=self.done(worker))
        done = letters.write(area, text, "small", "muted", RIGHT)
        name = area.adjusted(side + 6, 0, -done - GAP, 0)
        pid, spare = worker.id, 0.0
        for pid in self._ends(worker):
            spare = letters.type.width("small", pid) + GAP
            if name.width() - spare >= self.scaled(LEAST_NAME):
                break
        letters.write(name, pid, "small", "muted", RIGHT)
        letters.write(name.adjusted(0, 0, -spare, 0), worker.name, "plain", "muted" if over else "text", middle=True)

    def _ends(self, worker: Actor) -> list[str]:
        """What may stand behind a worker's name: its pid, which the program knows it by, rather than its id."""
        process = self.process(worker)
        pid = pid_words(process.pid) if process is not None else ""
        return [one for one in (pid, worker.id) if one]

    def done(self, worker: Actor) -> int:
        """How many tasks a worker has finished at the moment shown."""
        return tasks_done(self.model.tasks.get(worker.number), self.model.moment, bool(worker.task))

    def _end_of(self, worker: Actor) -> int:
        known = self.model.known_actors.get(worker.number, worker)
        return known.ended or worker.ended or lanes_end(self.model)

    def _runs(self, worker: Actor, scale: TimeScale) -> list[Run]:
        track = self.model.tasks.get(worker.number)
        if track is None:
            return []
        steps = max(8, STEPS // max(1, min(self.count(), int(self.room().height() // self.row()) + 1)))
        return pixel_runs(track, scale, self._end_of(worker), steps, merged=MANY_TASKS)

    def _draw_life(self, letters: Lettering, worker: Actor, bar: QRectF, scale: TimeScale) -> None:
        """A line for as long as the worker is there."""
        known = self.model.known_actors.get(worker.number, worker)
        lane = self.model.lanes.get(worker.number)
        began = known.began or (lane.times[0] if lane is not None and lane.times else 0)
        if not began:
            return
        left, right = bar.left() + scale.x(began), bar.left() + scale.x(self._end_of(worker))
        y = round(bar.center().y())
        letters.painter.fillRect(QRectF(left, y, right - left, 1), self.theme.colour("edge"))
        letters.painter.fillRect(QRectF(left, y - 4, 1, 9), self.theme.colour("edge"))
        if known.ended:
            letters.painter.fillRect(QRectF(right - 1, y - 4, 1, 9), self.theme.colour("edge"))

    def _draw_task(self, letters: Lettering, worker: Actor, run: Run, bar: QRectF, scale: TimeScale) -> None:
        part = QRectF(bar.left() + run.left, bar.top(), max(run.right - run.left - 1, 1), bar.height())
        if run.value == MANY_TASKS:
            letters.painter.setBrushOrigin(part.topLeft())
            letters.painter.fillRect(part, self._hatch())
            return
        now = run.value == worker.task and scale.x(self.model.moment) >= run.left
        lost = now and worker.state == FINISHED  # it was at this when it died
        accent = self.theme.colour("danger" if lost else "accent")
        solid = now and not lost
        letters.painter.fillRect(part, self.theme.colour("panel"))
        letters.painter.fillRect(part, accent if solid else faded(accent, 0.22))
        if part.width() > 3 and not solid:
            letters.painter.setPen(QPen(accent, 1))
            letters.painter.setBrush(Qt.BrushStyle.NoBrush)
            letters.painter.drawRect(part.adjusted(0, 0, -1, -1))
        text = str(run.value)
        if part.width() >= LEAST_TEXT and letters.type.width("strong", text) + 4 <= part.width():
            letters.painter.setFont(letters.type.font("strong" if solid else "small"))
            letters.painter.setPen(self.theme.colour("on_accent" if solid else "text"))
            letters.painter.drawText(part, Qt.AlignmentFlag.AlignCenter, text)

    @once
    def _hatch(self) -> QBrush:
        return vertical_hatch(self.theme.colour("accent"))

    def _draw_death(self, letters: Lettering, worker: Actor, process: Process, bar: QRectF, scale: TimeScale) -> None:
        """A ✕ where a worker was killed, and its status beside it."""
        x = bar.left() + scale.x(self._end_of(worker))
        if not bar.left() <= x <= bar.right():
            return
        painter, text, reach = letters.painter, end_words(process), min(bar.height() / 2 - 2, self.scaled(6))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        letters.cross(QPointF(min(x, bar.right() - reach), bar.center().y()), reach, "danger", 2.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        room = QRectF(x + reach + 6, bar.top(), bar.right() - x - reach - 6, bar.height())
        letters.write(room, text, "small", "danger")

    def _draw_legend(self, letters: Lettering) -> None:
        area, accent = self.legend_area(), self.theme.colour("accent")
        x = area.left()
        words = (accent, self.tr("task at work")), (faded(accent, 0.22), self.tr("task done")), (None, self.tr("killed"))
        for ground, text in words:
            width = letters.type.width("small", text)
            if x + 22 + width > area.right():
                return
            sign = QRectF(round(x), round(area.center().y() - 5), 14, 10)
            if ground is None:
                letters.cross(sign.center(), 4, "danger")
            else:
                letters.box(sign, accent, ground, 0)
            letters.write(QRectF(x + 20, area.top(), width + 1, area.height()), text, "small", "muted")
            x += 20 + width + 2 * GAP

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

    def span_of(self, mark: Mark) -> tuple[float, float]:
        """From where to where a marked row is, from the top of all rows."""
        index = self.order().index(mark)
        return index * self.row(), (index + 1) * self.row()

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        for index, pool in enumerate(self.pools()):
            if self._pool_area(index).contains(where):
                return f"{pool.name}\n{self._waiting_words(max(pool.depth, 0))}"
        row = self.row_at(where)
        if row is None:
            return ""
        worker = self.workers()[row]
        process = self.process(worker)
        life = end_words(process) if process is not None and process.ended else state_word(worker.state)
        lines = [joined(worker.name, pid_words(process.pid) if process is not None else worker.id), life]
        lines.append(self.tr("{count} done").format(count=self.done(worker)))
        scale, area = self.scale_now(), self.row_area(row)
        run = run_at(self._runs(worker, scale), where.x() - area.left())
        if run is not None and run.value and run.value != MANY_TASKS:
            since = duration_text(span_began(self.model.tasks[worker.number], scale, run) - self.model.round_began)
            lines.append(self.tr("task {number} since {time}").format(number=run.value, time=since))
        return "\n".join(lines)
