"""Lanes: what each actor did over time, one row an actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from concsim.model.folding.history import STATE_BITS, WAITING
from concsim.ui.views.lanes.lane_frame import HOLDS, LaneFrame
from concsim.ui.views.lanes.lane_groups import Group, LaneGroups, Row, Rows
from concsim.ui.views.lanes.lane_keys import LaneKeys
from concsim.ui.views.lanes.lane_names import LaneNames
from concsim.ui.views.lanes.lane_painter import LanePainter, LaneWords
from concsim.ui.views.lanes.lane_picture import LanePicture
from concsim.ui.views.lanes.lane_sheet import (
    AXIS,
    GAP,
    LEGEND,
    SMALL_ROW,
    LaneGeometry,
    LaneSheet,
    lane_fonts,
    lay_lanes,
)
from concsim.ui.views.lanes.lane_words import group_words, lane_words, legend
from concsim.ui.views.shared.pixel_runs import STATE_MASK, Run, TimeScale, pixel_runs, run_at
from concsim.ui.views.shared.pointed_view import Mark, PointedView
from concsim.ui.views.shared.round_times import lanes_end, ticks_of, whole_round
from concsim.ui.views.shared.time_hand import TimeHand

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks


class LanesView(PointedView):
    """One lane an actor: running, waiting, sleeping, and above the bar where it holds a lock."""

    hand: TimeHand

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        self.groups = LaneGroups(run)
        self.hand = TimeHand(self.whole, self.update, self.click)
        self._keys = LaneKeys(self.groups, marks)
        self._picture = LanePicture(self)
        super().__init__(run, marks, theme, parent)
        self.painted_spans = 0
        self.scroll_bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.scroll_bar.valueChanged.connect(self.update)
        self.scroll_bar.hide()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Lanes"))
        self.setAccessibleDescription(
            self.tr(
                "What each thread did over time. Up and Down mark a thread; Right opens a group, Left closes all; "
                "Ctrl and the wheel, + and - zoom; dragging moves; a double click or 0 shows everything."
            )
        )

    def least_size(self) -> tuple[int, int]:
        """The width and the height below which nothing can be told apart."""
        return 0, self.scaled(AXIS + LEGEND + 3 * SMALL_ROW)

    def forget(self) -> None:
        """Another run: show all of its time."""
        for one in (self.hand, self._picture, self.groups, self._keys):
            one.forget()

    # what is where

    def rows(self) -> Rows:
        """The actors with a lane, by number; where there are too many to read, groups of them."""
        return self.groups.rows()

    def geometry_of(self, rows: Rows) -> LaneGeometry:
        """Where rows and columns are."""
        return lay_lanes(self, rows, self.scroll_bar.sizeHint().width(), self.scroll_bar.value())

    def whole(self) -> TimeScale:
        """All of the round."""
        return self._whole_on(self.geometry_of(self.rows()))

    def _whole_on(self, place: LaneGeometry) -> TimeScale:
        return whole_round(self.model, max(place.right - place.left, 1))

    def scale_of(self, place: LaneGeometry) -> TimeScale:
        """The part of the round that is shown."""
        return self.hand.scale(self._whole_on(place))

    def refresh(self) -> None:
        """Draw the state anew."""
        self._fit_scroll_bar()
        self.update()

    def _fit_scroll_bar(self) -> None:
        place = self.geometry_of(self.rows())
        hidden = place.row * place.count - (place.bottom - place.top)
        width = self.scroll_bar.sizeHint().width()
        self.scroll_bar.setGeometry(self.width() - width, place.top, width, place.bottom - place.top)
        self.scroll_bar.setRange(0, max(hidden, 0))
        self.scroll_bar.setPageStep(place.bottom - place.top)
        self.scroll_bar.setSingleStep(place.row)
        self.scroll_bar.setVisible(hidden > 0)

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the lanes; says whether there were any."""
        rows = self.rows()
        if not rows:
            self.draw_word(painter, self.word_before(self.tr("Press Run to see what each thread does")))
            return False
        place = self.geometry_of(rows)
        scale = self.scale_of(place)
        sheet = self._sheet(painter, place, scale)
        frame, names = LaneFrame(sheet), LaneNames(sheet)
        frame.draw_axis(ticks_of(self, scale))
        painter.setClipRect(0, place.top, self.width(), place.bottom - place.top)
        lanes = self._painter_on(sheet)
        if self.model.is_stepped:
            painter.drawPixmap(0, 0, self._picture_of(rows, place, scale))
        for index in place.visible:
            row = rows[index]
            if not self.model.is_stepped or isinstance(row, Group):
                lanes.draw_row(row, index, self.groups)
            names.draw_name(row, index)
        painter.setClipping(False)
        frame.draw_moment()
        strip = QRectF(GAP, place.bottom, place.right - GAP, self.height() - place.bottom)
        frame.draw_legend([*legend(self.model), (HOLDS, self.tr("holds a lock"))], strip)
        self.painted_spans = lanes.spans or self.painted_spans
        return True

    def _picture_of(self, rows: Rows, place: LaneGeometry, scale: TimeScale) -> QPixmap:
        """The lanes of a stepped run."""

        def paint(painter: QPainter) -> None:
            lanes = self._painter_on(self._sheet(painter, place, scale))
            for index in place.visible:
                lanes.draw_row(rows[index], index, self.groups)
            self.painted_spans = lanes.spans

        words = (self._lane_words(), self.model.state.deadlock is not None)
        return self._picture.picture(place, scale, words, paint)

    def _painter_on(self, sheet: LaneSheet) -> LanePainter:
        return LanePainter(sheet, self.marks, self._lane_words())

    def _sheet(self, painter: QPainter, place: LaneGeometry, scale: TimeScale) -> LaneSheet:
        return LaneSheet(painter, self.model, self.theme, place, scale, *lane_fonts(self, place.row))

    def _lane_words(self) -> LaneWords:
        deadlock = self.model.state.deadlock
        certain = deadlock is not None and deadlock.certainty == "certain"
        stuck = self.tr("livelock") if self.model.state.spins else self.tr("deadlock") if certain else self.tr("deadlock?")
        return LaneWords(self.tr("sleep"), stuck)

    # what is under the mouse

    def find(self, where: QPointF) -> tuple[Row, Run | None] | None:
        """The actor or group whose row is there, and the span if one is."""
        rows = self.rows()
        place = self.geometry_of(rows)
        index = place.row_at(where.y())
        if index is None:
            return None
        row = rows[index]
        if isinstance(row, Group) or not place.left <= where.x() < place.right or row.number not in self.model.lanes:
            return row, None
        until = lanes_end(self.model)
        runs = pixel_runs(self.model.lanes[row.number], self.scale_of(place), until)
        return row, run_at(runs, where.x() - place.left)

    def click(self, where: QPointF) -> None:
        """Open or close a group, or mark who is there, or what is waited for."""
        found = self.find(where)
        if found is not None and isinstance(found[0], Group):
            self.groups.toggle(found[0])
            self.refresh()
        else:
            super().click(where)

    def mark_at(self, where: QPointF) -> Mark | None:
        """What a click there marks."""
        found = self.find(where)
        if found is None or isinstance(found[0], Group):
            return None
        actor, run = found
        target = run.value >> STATE_BITS if run is not None and run.value & STATE_MASK == WAITING else 0
        if target in self.model.state.things:
            return "thing", target
        return "actor", target if target in self.model.known_actors else actor.number

    def describe(self, where: QPointF) -> str:
        """What is under the mouse, in words; "" for nothing."""
        found = self.find(where)
        if found is None:
            return ""
        row, span = found
        if isinstance(row, Group):
            return group_words(row, self.groups.crowd(row), self.model.moment)
        return lane_words(self.model, row, span, self.scale_of(self.geometry_of(self.rows())))

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_scroll_bar()

    def wheelEvent(self, event: QWheelEvent) -> None:
        place = self.geometry_of(self.rows())
        if self.hand.turn(event, place.left, place.right - place.left):
            return
        if self.scroll_bar.isVisible():
            QApplication.sendEvent(self.scroll_bar, event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._scroll_to(self._keys.go(1 if event.key() == Qt.Key.Key_Down else -1))
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            (self._keys.open if event.key() == Qt.Key.Key_Right else self._keys.close)()
            self.refresh()
        elif not self.hand.key(event):
            super().keyPressEvent(event)

    def _scroll_to(self, index: int | None) -> None:
        if index is None:
            return
        place = self.geometry_of(self.rows())
        top, bottom = index * place.row, (index + 1) * place.row - (place.bottom - place.top)
        self.scroll_bar.setValue(min(max(self.scroll_bar.value(), bottom), top))
