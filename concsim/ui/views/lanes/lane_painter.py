"""Draws what actors did in their lanes: one row an actor, its states over time. Made for one painting.

The cost is in visible pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPen

from concsim.model.folding.crowds import Crowd
from concsim.model.folding.entities import Actor
from concsim.model.folding.history import FINISHED, SLEEPING, STATE_BITS, WAITING, Track
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.views.lanes.lane_band import draw_band
from concsim.ui.views.lanes.lane_ends import REACH, bad_end, draw_cross
from concsim.ui.views.lanes.lane_frame import HOLD
from concsim.ui.views.lanes.lane_groups import Group, LaneGroups, Row
from concsim.ui.views.lanes.lane_sheet import GAP
from concsim.ui.views.lanes.step_cells import StepCells
from concsim.ui.views.shared.pixel_runs import STATE_MASK, Run, pixel_runs
from concsim.ui.views.shared.round_times import lanes_end
from concsim.ui.views.shared.run_view import faded

if TYPE_CHECKING:
    from concsim.ui.stage.marks import Marks
    from concsim.ui.views.lanes.lane_sheet import LaneSheet

STEPS = 2400


@dataclass(frozen=True)
class LaneWords:
    """The words in lanes, in the person's language."""

    sleep: str
    stuck: str


class LanePainter:
    """Draws rows of lanes."""

    def __init__(self, sheet: LaneSheet, marks: Marks, words: LaneWords) -> None:
        self._sheet, self._marks, self._words = sheet, marks, words
        self._painter, self._run, self._theme = sheet.painter, sheet.run, sheet.theme
        self._place, self._scale = sheet.place, sheet.scale
        self._metrics = QFontMetricsF(sheet.small_font)
        self._shapes, self._cells = StateShapes(sheet.theme), StepCells(sheet)
        self._until = lanes_end(sheet.run)
        self._steps = max(8, STEPS // max(1, 2 * len(sheet.place.visible)))
        self.spans = 0

    def draw_row(self, row: Row, index: int, groups: LaneGroups) -> None:
        """A row, but its name."""
        if isinstance(row, Group):
            self._draw_group(row, index, groups.crowd(row))
        else:
            self._draw_lane(row, index)

    def _draw_lane(self, actor: Actor, index: int) -> None:
        y = self._place.y_of(index)
        if self._marks.is_actor(actor.number):
            self._draw_mark(y)
        bar = self._bar(y)
        self._painter.save()
        row = QRectF(bar.left(), y, bar.width(), self._place.row)
        self._painter.setClipRect(row, Qt.ClipOperation.IntersectClip)
        if actor.number in self._run.lanes:  # one that was declared and has done nothing yet has none
            self._draw_spans(actor, self._run.lanes[actor.number], bar)
        self._draw_holding(self._run.holding.get(actor.number), bar)
        self._draw_tasks(self._run.tasks.get(actor.number), bar)
        if actor.number in self._sheet.stuck and actor.state != FINISHED:
            self._draw_stuck(actor, bar)
        self._painter.restore()
        if bad_end(self._run, actor.number) is not None:
            self._draw_bad_end(actor, bar)

    def _draw_group(self, group: Group, index: int, crowds: list[Crowd]) -> None:
        draw_band(self._painter, self._theme, crowds, self._scale, self._until, self._bar(self._place.y_of(index)), group.count)
        self.spans += 1

    def _bar(self, y: int) -> QRectF:
        spare = 3 if self._place.roomy else 1
        top = y + spare + HOLD + (1 if self._place.roomy else 0)
        return QRectF(self._place.left, top, self._place.right - self._place.left, y + self._place.row - spare - top)

    def _draw_mark(self, y: int) -> None:
        accent = self._theme.colour("accent")
        self._painter.fillRect(QRectF(0, y, self._place.right, self._place.row), faded(accent, 0.12))
        self._painter.fillRect(QRectF(0, y, 3, self._place.row), accent)

    # spans

    def _draw_spans(self, actor: Actor, track: Track, bar: QRectF) -> None:
        runs = pixel_runs(track, self._scale, self._until, self._steps)
        # beside a word there is room for the number of the task that begins there
        numbered = self._metrics.horizontalAdvance("00") + 8 if actor.number in self._run.tasks else 0.0
        for run in runs:
            state = run.value & STATE_MASK
            area = QRectF(bar.left() + run.left, bar.top(), run.right - run.left, bar.height())
            self._shapes.draw(self._painter, area, state)
            self.spans += 1
        if self._run.is_stepped:
            self._cells.draw_cells(actor, bar)
        for run in runs:
            state = run.value & STATE_MASK
            area = QRectF(bar.left() + run.left, bar.top(), run.right - run.left, bar.height())
            stuck = run is runs[-1] and actor.number in self._sheet.stuck
            if self._place.roomy and state in (WAITING, SLEEPING) and not stuck:
                self._draw_inside(area.adjusted(numbered, 0, -numbered, 0), run)
            target = run.value >> STATE_BITS
            if target and state == WAITING and self._marks.is_thing(target):
                self._outline(area, self._theme.colour("accent"))

    def _draw_inside(self, area: QRectF, run: Run) -> None:
        if area.width() < 24:
            return
        waiting = run.value & STATE_MASK == WAITING
        text = self._run.state.name_of(run.value >> STATE_BITS) if waiting else self._words.sleep
        if text and text != "?":
            self._pill(area, text, self._theme.colour("text"))

    def _pill(self, area: QRectF, text: str, colour: QColor, at_end: bool = False) -> None:
        width = self._metrics.horizontalAdvance(text) + GAP
        if width + 4 > area.width():
            return
        left = area.right() - width - 4 if at_end else area.center().x() - width / 2
        height = min(area.height() - 2, self._metrics.height())
        pill = QRectF(round(left), area.center().y() - height / 2, width, height)
        self._painter.fillRect(pill, self._theme.colour("panel"))
        self._painter.setFont(self._sheet.small_font)
        self._painter.setPen(colour)
        self._painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _outline(self, area: QRectF, colour: QColor) -> None:
        self._painter.setPen(QPen(colour, 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(area.adjusted(1, 1, -1, -1))

    def _draw_holding(self, track: Track | None, bar: QRectF) -> None:
        if track is None:
            return
        colour, top = self._theme.colour("holding"), bar.top() - HOLD - (1 if self._place.roomy else 0)
        for run in pixel_runs(track, self._scale, self._until, self._steps, merged=1):
            if run.value:
                self._painter.fillRect(QRectF(bar.left() + run.left, top, run.right - run.left, HOLD), colour)

    def _draw_tasks(self, track: Track | None, bar: QRectF) -> None:
        if track is None:
            return
        self._painter.setFont(self._sheet.small_font)
        for run in pixel_runs(track, self._scale, self._until, self._steps, merged=0):
            if run.value:
                self._draw_task(run, bar)

    def _draw_task(self, run: Run, bar: QRectF) -> None:
        self._painter.fillRect(QRectF(bar.left() + run.left, bar.top(), 2, bar.height()), self._theme.colour("panel"))
        text = str(run.value)
        width = self._metrics.horizontalAdvance(text) + 4
        if self._place.roomy and width + 4 <= run.right - run.left:
            label = QRectF(bar.left() + run.left + 2, bar.top() + 1, width, bar.height() - 2)
            self._painter.fillRect(label, self._theme.colour("panel"))
            self._painter.setPen(self._theme.colour("text"))
            self._painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_stuck(self, actor: Actor, bar: QRectF) -> None:
        danger = self._theme.colour("danger")
        left = max(0.0, self._scale.x(actor.since))
        right = min(float(self._scale.width), self._scale.x(self._until))
        area = QRectF(bar.left() + left, bar.top(), right - left, bar.height())
        self._outline(area, danger)
        words = area if area.width() > 80 else QRectF(bar.left(), bar.top(), right, bar.height())
        self._pill(words, self._words.stuck, danger, at_end=True)

    def _draw_bad_end(self, actor: Actor, bar: QRectF) -> None:
        """A ✗ where a process was killed, or ended badly."""
        ended = self._run.known_actors.get(actor.number, actor).ended
        x = self._scale.x(ended)
        if ended and 0 <= x <= bar.width():
            middle = min(max(bar.left() + x, bar.left() + REACH), bar.right() - REACH)
            draw_cross(self._painter, self._theme, QRectF(middle - REACH, bar.top(), 2 * REACH, bar.height()))
