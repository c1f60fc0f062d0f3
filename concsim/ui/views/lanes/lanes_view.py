"""Lanes: what each actor did over time, one row an actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QScrollBar, QToolTip, QWidget

from concsim.model.events import STEP_NS
from concsim.model.folding.history import STATE_BITS, WAITING
from concsim.ui.views.lanes.lane_groups import Group, LaneGroups, Row, Rows, widest
from concsim.ui.views.lanes.lane_painter import GAP, LaneGeometry, LanePainter, LaneWords
from concsim.ui.views.lanes.lane_words import group_words, lane_words, legend
from concsim.ui.views.shared.pixel_runs import STATE_MASK, Run, TimeScale, pixel_runs, run_at
from concsim.ui.views.shared.run_view import SMALL, RunView
from concsim.ui.views.shared.step_cells import lanes_end
from concsim.ui.views.shared.time_hand import TimeHand, key_factor, ticks_of, wheel_factor, whole_round
from concsim.ui.views.shared.time_zoom import TimeZoom

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

ROW, SMALL_ROW = 28, 14
NAMES, LONGEST_NAMES = 96, 208
AXIS, LEGEND = 24, 24


class LanesView(RunView):
    """One lane an actor: running, waiting, sleeping, and above the bar where it holds a lock."""

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        self._zoom = TimeZoom()
        self._hand = TimeHand(self._zoom)
        self._kept: tuple[object, QPixmap] | None = None
        self.groups = LaneGroups(run)
        self._row_at: int | None = None
        """The row that the keyboard is at."""
        super().__init__(run, marks, theme, parent)
        self.painted_spans = 0
        self.scroll_bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.scroll_bar.valueChanged.connect(self.update)
        self.scroll_bar.hide()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._set_least()

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Lanes"))
        self.setAccessibleDescription(
            self.tr(
                "What each thread did over time. Up and Down mark a thread; Right opens a group, Left closes all; "
                "Ctrl and the wheel, + and - zoom; dragging moves; a double click or 0 shows everything."
            )
        )

    def _set_least(self) -> None:
        self.setMinimumHeight(self.scaled(AXIS + LEGEND + 3 * SMALL_ROW))

    def restyle(self) -> None:
        """The scheme or the type size has changed."""
        self._set_least()
        super().restyle()

    def forget(self) -> None:
        """Another run: show all of its time."""
        self._zoom.reset()
        self._kept = None
        self.groups.forget()
        self._row_at = None

    # what is where

    def rows(self) -> Rows:
        """The actors with a lane, by number; where there are too many to read, groups of them."""
        return self.groups.rows()

    def geometry_of(self, rows: Rows) -> LaneGeometry:
        """Where rows and columns are."""
        top, bottom = self.scaled(AXIS), max(self.height() - self.scaled(LEGEND), self.scaled(AXIS) + 1)
        row = min(max((bottom - top) // max(len(rows), 1), self.scaled(SMALL_ROW)), self.scaled(ROW))
        scrolls = row * len(rows) > bottom - top
        right = self.width() - GAP - (self.scroll_bar.sizeHint().width() if scrolls else 0)
        scrolled = self.scroll_bar.value() if scrolls else 0
        height = QFontMetricsF(self._fonts(row)[1]).height()
        return LaneGeometry(self._names_width(rows), right, top, bottom, row, scrolled, len(rows), height)

    def _fonts(self, row: int) -> tuple[QFont, QFont]:
        """The fonts of names and of words in rows of this height."""
        name_share = 1.0 if row > self.scaled(20) else 0.75
        return self.type_of(name_share), self.type_of(min(SMALL, name_share))

    def _names_width(self, rows: Rows) -> int:
        longest = widest(rows)
        text = f"{longest.name}  {longest.id}" if longest else ""
        wanted = QFontMetricsF(self.type_of()).horizontalAdvance(text) + 36
        return round(min(max(wanted, self.scaled(NAMES)), self.scaled(LONGEST_NAMES), self.width() / 3))

    def whole(self, place: LaneGeometry) -> TimeScale:
        """All of the round."""
        return whole_round(self.model, max(place.right - place.left, 1))

    def scale_of(self, place: LaneGeometry) -> TimeScale:
        """The part of the round that is shown."""
        return self._zoom.scale(self.whole(place))

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
        lanes = self._lane_painter(painter, place, scale)
        (lanes.cells.draw_axis if self.model.is_stepped else lanes.draw_axis)(ticks_of(self, scale))
        painter.setClipRect(0, place.top, self.width(), place.bottom - place.top)
        if self.model.is_stepped:
            painter.drawPixmap(0, 0, self._picture(rows, place, scale))
        for index in place.visible:
            row = rows[index]
            if not self.model.is_stepped or isinstance(row, Group):
                self._draw_row(lanes, row, index)
            lanes.draw_name(row, index)
        painter.setClipping(False)
        if self.model.is_stepped:
            lanes.cells.draw_step(self.model.moment // STEP_NS)
        elif not self.model.is_live:
            lanes.draw_cursor(self.model.moment)
        strip = QRectF(GAP, place.bottom, place.right - GAP, self.height() - place.bottom)
        lanes.draw_legend(legend(self.model), self.tr("holds a lock"), strip)
        self.painted_spans = lanes.spans or self.painted_spans
        return True

    def _draw_row(self, lanes: LanePainter, row: Row, index: int) -> None:
        if isinstance(row, Group):
            lanes.draw_group(row, index, self.groups.crowd(row))
        else:
            lanes.draw_lane(row, index)

    def _picture(self, rows: Rows, place: LaneGeometry, scale: TimeScale) -> QPixmap:
        """The lanes of a stepped run. Going back and forth changes nothing in them, so they are painted once."""
        run, marks = self.model, self.marks
        key = (
            run.history, len(run.steps), run.history.rounds[-1].ended if run.history.rounds else 0, len(rows), place, scale,
            self.theme.colours, self.theme.point_size, marks.kind, marks.number, run.state.deadlock is not None,
            self.devicePixelRatioF(), self.tr("sleep"), self.size(),
        )  # fmt: skip
        if self._kept is None or self._kept[0] != key:
            picture = QPixmap(self.size() * self.devicePixelRatioF())
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            lanes = self._lane_painter(painter, place, scale)
            for index in place.visible:
                self._draw_row(lanes, rows[index], index)
            painter.end()
            self.painted_spans = lanes.spans
            self._kept = key, picture
        return self._kept[1]

    def _lane_painter(self, painter: QPainter, place: LaneGeometry, scale: TimeScale) -> LanePainter:
        deadlock = self.model.state.deadlock
        certain = deadlock is not None and deadlock.certainty == "certain"
        words = LaneWords(self.tr("sleep"), self.tr("deadlock") if certain else self.tr("deadlock?"))
        fonts = self._fonts(place.row)
        return LanePainter(painter, self.model, self.marks, self.theme, place, scale, words, fonts)

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

    def _mark_at(self, where: QPointF) -> None:
        found = self.find(where)
        if found is None:
            return
        actor, run = found
        if isinstance(actor, Group):
            self.groups.toggle(actor)
            self.refresh()
            return
        target = run.value >> STATE_BITS if run is not None and run.value & STATE_MASK == WAITING else 0
        if target in self.model.state.things:
            self.marks.mark("thing", target)
        else:
            self.marks.mark("actor", target if target in self.model.known_actors else actor.number)

    def describe(self, where: QPointF) -> str:
        """What is under the mouse, in words; "" for nothing."""
        found = self.find(where)
        if found is None:
            return ""
        row, span = found
        if isinstance(row, Group):
            return group_words(row, self.groups.crowd(row), self.model.moment)
        return lane_words(self.model, row, span, self.scale_of(self.geometry_of(self.rows())))

    # zoom

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Show *factor* times the time shown, around *x* pixels from the lanes' left (their middle without)."""
        self._zoom.zoom(factor, x, self.whole(self.geometry_of(self.rows())))
        self.update()

    def show_everything(self) -> None:
        """Show all of the round."""
        self._zoom.reset()
        self.update()

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_scroll_bar()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            text = self.describe(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        factor = wheel_factor(event)
        if factor is not None:
            place = self.geometry_of(self.rows())
            self.zoom(factor, min(max(event.position().x() - place.left, 0), place.right - place.left))
            event.accept()
        elif self.scroll_bar.isVisible():
            QApplication.sendEvent(self.scroll_bar, event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._hand.drag(event, self.whole(self.geometry_of(self.rows()))):
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._hand.release():
            self._mark_at(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._hand.let_go()
        self.show_everything()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key, factor = Qt.Key(event.key()), key_factor(event)
        if key in steps:
            self._mark_next(steps[key])
        elif factor is not None:
            self.zoom(factor)
        elif key == Qt.Key.Key_0:
            self.show_everything()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self._open_or_close(key == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def _open_or_close(self, opens: bool) -> None:
        """Open the group that the keyboard is at, or the first one that is closed; gather all again."""
        rows = self.rows()
        row = rows[self._row_at] if self._row_at is not None and self._row_at < len(rows) else None
        if opens and isinstance(row, Group) and not row.opened:
            self.groups.toggle(row)
        elif opens:
            self.groups.open_next()
        else:
            self.groups.close_all()
        self.refresh()

    def _mark_next(self, step: int) -> None:
        rows = self.rows()
        if not rows:
            return
        marked = rows.index_of(self.marks.number) if self.marks.kind == "actor" else None
        at = self._row_at if marked is None else marked
        index = min(max(at + step, 0), len(rows) - 1) if at is not None else (0 if step > 0 else len(rows) - 1)
        self._row_at, row = index, rows[index]
        if isinstance(row, Group):
            self.marks.clear()
        elif not self.marks.is_actor(row.number):
            self.marks.mark("actor", row.number)
        self._scroll_to(index)

    def _scroll_to(self, index: int) -> None:
        place = self.geometry_of(self.rows())
        top, bottom = index * place.row, (index + 1) * place.row - (place.bottom - place.top)
        self.scroll_bar.setValue(min(max(self.scroll_bar.value(), bottom), top))
