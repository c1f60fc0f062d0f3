"""Draws lanes: one row an actor, its states over time. Made for one painting; the cost is in visible pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from concsim.model.folding.crowds import Crowd
from concsim.model.folding.history import FINISHED, SLEEPING, STATE_BITS, WAITING, Track
from concsim.model.folding.parts import Actor
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.views.lanes.lane_ends import KILLED, REACH, bad_end, draw_cross, has_ended_badly
from concsim.ui.views.lanes.lane_groups import Group, Row, draw_band
from concsim.ui.views.shared.pixel_runs import STATE_MASK, Run, TimeScale, pixel_runs
from concsim.ui.views.shared.run_view import faded
from concsim.ui.views.shared.step_cells import StepCells, lanes_end
from concsim.ui.views.shared.time_axis import Tick

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

HOLD = 3
GAP = 8
LEAST_NAME = 0.7
"""A name that has less than this share of its column drops the id."""
STEPS = 2400
SPARE = 8
LOST = -2
"""Stands in the legend for a lost update."""


@dataclass(frozen=True)
class LaneGeometry:
    """Where things are: names from 0 to *left*, lanes from there to *right*, rows from *top* to *bottom*."""

    left: int
    right: int
    top: int
    bottom: int
    row: int
    scroll: int
    count: int
    type_height: float = 14.0

    @property
    def visible(self) -> range:
        """The rows that can be seen."""
        first = self.scroll // self.row
        return range(first, min(self.count, -(-(self.scroll + self.bottom - self.top) // self.row)))

    def y_of(self, index: int) -> int:
        """The top of a row."""
        return self.top + index * self.row - self.scroll

    def row_at(self, y: float) -> int | None:
        """The row at a height."""
        index = int(y - self.top + self.scroll) // self.row
        return index if self.top <= y < self.bottom and 0 <= index < self.count else None

    @property
    def roomy(self) -> bool:
        """Whether words fit into the bars."""
        return self.row >= self.type_height + SPARE


@dataclass(frozen=True)
class LaneWords:
    """The words in lanes, in the person's language."""

    sleep: str
    stuck: str


class LanePainter:
    """Draws rows of lanes."""

    def __init__(
        self, painter: QPainter, run: RunModel, marks: Marks, theme: Theme, place: LaneGeometry, scale: TimeScale,
        words: LaneWords, fonts: tuple[QFont, QFont],
    ) -> None:  # fmt: skip
        self._painter, self._run, self._marks, self._theme = painter, run, marks, theme
        self._place, self._scale, self._words = place, scale, words
        self._name_font, self._small_font = fonts
        self._name_metrics, self._metrics = QFontMetricsF(fonts[0]), QFontMetricsF(fonts[1])
        self._shapes = StateShapes(theme)
        self.cells = StepCells(painter, run, theme, place, scale, fonts[1])
        self._until = lanes_end(run)
        self._steps = max(8, STEPS // max(1, 2 * len(place.visible)))
        self._stuck = {one.actor for one in run.state.deadlock.stuck} if run.state.deadlock else set()
        self.spans = 0

    # one lane

    def draw_lane(self, actor: Actor, index: int) -> None:
        """An actor's row, but its name."""
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
        if actor.number in self._stuck and actor.state != FINISHED:
            self._draw_stuck(actor, bar)
        self._painter.restore()
        if bad_end(self._run, actor.number) is not None:
            self._draw_bad_end(actor, bar)

    def draw_group(self, group: Group, index: int, crowds: list[Crowd]) -> None:
        """A group's row, but its name: how many were in which state."""
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

    def draw_name(self, actor: Row, index: int) -> None:
        """An actor's name and the sign of its state at the moment shown; a group's name alone."""
        y, painter, height = self._place.y_of(index), self._painter, self._place.row
        if isinstance(actor, Group):
            painter.setFont(self._name_font)
            painter.setPen(self._theme.colour("text"))
            area = QRectF(GAP, y, self._place.left - 2 * GAP, height)
            shown = self._name_metrics.elidedText(actor.name, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
            return
        side = round(max(10.0, 0.44 * height))
        sign = QRectF(GAP, round(y + (height - side) / 2), side, side)
        if has_ended_badly(self._run, actor):
            draw_cross(painter, self._theme, sign)
        else:
            self._shapes.draw(painter, sign, actor.state)
        left = 2 * GAP + side
        id_width = self._metrics.horizontalAdvance(actor.id) if actor.id != actor.name else 0.0
        right = self._place.left - GAP
        if self._name_metrics.horizontalAdvance(actor.name) > right - left - id_width - GAP < self._place.left * LEAST_NAME:
            id_width = 0.0  # the name is what people know
        area = QRectF(left, y, right - left - (id_width + GAP if id_width else 0), height)
        painter.setFont(self._name_font)
        painter.setPen(self._theme.colour("danger" if actor.number in self._stuck else "text"))
        name = self._name_metrics.elidedText(actor.name, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, name)
        if id_width:
            painter.setFont(self._small_font)
            painter.setPen(self._theme.colour("muted"))
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(left, y, right - left, height), align, actor.id)

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
            self.cells.draw_cells(actor, bar)
        for run in runs:
            state = run.value & STATE_MASK
            area = QRectF(bar.left() + run.left, bar.top(), run.right - run.left, bar.height())
            stuck = run is runs[-1] and actor.number in self._stuck
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
        self._painter.setFont(self._small_font)
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
        self._painter.setFont(self._small_font)
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

    # around the lanes

    def draw_axis(self, ticks: list[Tick]) -> None:
        """The time axis above the lanes, with faint lines down."""
        painter, place = self._painter, self._place
        painter.setFont(self._small_font)
        for tick in ticks:
            x = place.left + round(tick.x)
            painter.fillRect(QRectF(x, place.top - 4, 1, place.bottom - place.top + 4), self._theme.colour("line"))
            width = self._metrics.horizontalAdvance(tick.text)
            at = min(max(x - width / 2, place.left), place.right - width)
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(QRectF(at, 0, width + 1, place.top - 4), Qt.AlignmentFlag.AlignBottom, tick.text)

    def draw_cursor(self, moment: int) -> None:
        """The line of the moment shown."""
        x = self._place.left + self._scale.x(moment)
        if not self._place.left <= x <= self._place.right:
            return
        accent, top = self._theme.colour("accent"), self._place.top
        self._painter.fillRect(QRectF(round(x) - 1, top - 4, 2, self._place.bottom - top + 4), accent)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(accent)
        self._painter.drawPolygon([QPointF(x - 5, top - 10), QPointF(x + 5, top - 10), QPointF(x, top - 3)])

    def draw_legend(self, entries: list[tuple[int, str]], holds: str, area: QRectF) -> None:
        """The shapes and their words, as many as there is room for."""
        painter, x = self._painter, area.left()
        painter.setFont(self._small_font)
        for state, word in [*entries, (-1, holds)]:
            width = self._metrics.horizontalAdvance(word)
            if x + 16 + width > area.right():
                return
            sign = QRectF(round(x), round(area.center().y() - 5), 10, 10)
            if state == KILLED:
                draw_cross(painter, self._theme, sign)
            elif state >= 0:
                self._shapes.draw(painter, sign, state)
            elif state == LOST:
                painter.fillRect(sign, self._theme.colour("danger"))
                self.cells.cross(sign)
            else:
                painter.fillRect(QRectF(sign.left(), sign.center().y() - 1, 10, HOLD), self._theme.colour("holding"))
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(QRectF(x + 16, area.top(), width + 1, area.height()), Qt.AlignmentFlag.AlignVCenter, word)
            x += 16 + width + 2 * GAP
