"""A view of rows over time: axis, zoom, the moment shown. What is in a row is the view's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from concsim.ui.painting.lettering import Lettering
from concsim.ui.views.shared.pixel_runs import TimeScale
from concsim.ui.views.shared.round_times import ticks_of, whole_round
from concsim.ui.views.shared.scrolled_view import ScrolledView, once
from concsim.ui.views.shared.time_hand import TimeHand

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

AXIS, LEGEND, GAP = 24, 24, 8


class TimeRowsView(ScrolledView):
    """Rows between an axis and a legend, names at their left."""

    hand: TimeHand

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        self.hand = TimeHand(self.whole, self.update, self.click)
        super().__init__(run, marks, theme, parent)
        self.setMouseTracking(True)

    def forget(self) -> None:
        """Another run: show all of its time."""
        self.hand.forget()

    # for the views

    def count(self) -> int:
        """How many rows there are."""
        return 0

    def row(self) -> int:
        """How high a row is."""
        return self.scaled(24)

    def names_width(self) -> int:
        """How wide the names at the left are."""
        return self.scaled(96)

    def top_height(self) -> int:
        """What stands above the axis."""
        return 0

    # what is where

    @once
    def room(self) -> QRectF:
        """Where the rows are seen."""
        top = self.top_height() + self.scaled(AXIS)
        return QRectF(0, top, self.width(), max(self.height() - self.scaled(LEGEND) - top, 1))

    @once
    def content_height(self) -> int:
        """How high all rows are together."""
        return self.count() * self.row()

    def row_heights(self) -> int:
        """How far one turn of the wheel goes."""
        return self.row()

    def row_area(self, index: int) -> QRectF:
        """A row's lane, right of its name."""
        left, height = self.names_width(), self.row()
        top = self.room().top() + index * height - self.scrolled
        return QRectF(left, top, max(self.rows_right() - GAP - left, 1), height)

    def is_seen(self, area: QRectF) -> bool:
        """Whether any of a row can be seen."""
        room = self.room()
        return area.bottom() > room.top() and area.top() < room.bottom()

    def row_at(self, where: QPointF) -> int | None:
        """The row at a place."""
        room = self.room()
        index = int(where.y() - room.top() + self.scrolled) // self.row()
        return index if room.contains(where) and 0 <= index < self.count() else None

    @once
    def whole(self) -> TimeScale:
        """All of the round."""
        return whole_round(self.model, round(self.row_area(0).width()))

    @once
    def scale_now(self) -> TimeScale:
        """The part of the round that is shown."""
        return self.hand.scale(self.whole())

    # drawing

    def draw_axis(self, letters: Lettering, scale: TimeScale) -> None:
        """The time axis above the rows, with faint lines down."""
        room, area = self.room(), self.row_area(0)
        for tick in ticks_of(self, scale):
            x = round(area.left() + tick.x)
            letters.painter.fillRect(QRectF(x, room.top() - 4, 1, room.height() + 4), self.theme.colour("line"))
            width = letters.type.width("small", tick.text) + 1
            at = min(max(x - width / 2, area.left()), area.right() - width)
            height = self.scaled(AXIS) - 4
            letters.write(QRectF(at, room.top() - 4 - height, width, height), tick.text, "small", "muted")

    def draw_moment(self, letters: Lettering, scale: TimeScale) -> None:
        """The line of the moment shown, where that is past."""
        if self.model.is_live:
            return
        room, area = self.room(), self.row_area(0)
        x = round(area.left() + scale.x(self.model.moment))
        if area.left() <= x <= area.right():
            accent = self.theme.colour("accent")
            letters.painter.fillRect(QRectF(x - 1, room.top() - 4, 2, room.height() + 4), accent)
            letters.painter.setPen(Qt.PenStyle.NoPen)
            letters.painter.setBrush(accent)
            letters.painter.drawPolygon([QPointF(x - 5, room.top() - 10), QPointF(x + 5, room.top() - 10), QPointF(x, room.top() - 3)])

    def legend_area(self) -> QRectF:
        """The strip below the rows."""
        room = self.room()
        return QRectF(GAP, room.bottom(), self.width() - 2 * GAP, self.height() - room.bottom())

    # Qt

    def wheelEvent(self, event: QWheelEvent) -> None:
        area = self.row_area(0)
        if not self.hand.turn(event, area.left(), area.width()):
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hand.key(event):
            super().keyPressEvent(event)
