"""A view of rows that scrolls when they are more than fit, with marks by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from concsim.model.errors import DAMAGE
from concsim.ui.views.shared.pointed_view import Mark, PointedView

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

LEAST_HEIGHT, MOST_LEAST_HEIGHT, LEAST_WIDTH = 128, 136, 240
HIGHEST = 1 << 30
View = TypeVar("View", bound="ScrolledView")
Result = TypeVar("Result")


def once(method: Callable[[View], Result]) -> Callable[[View], Result]:
    """While the view is painted, what does not change meanwhile is worked out once."""

    @wraps(method)
    def work_out(self: View) -> Result:
        kept = self._kept
        if kept is None:
            return method(self)
        if method.__qualname__ not in kept:
            kept[method.__qualname__] = method(self)
        found: Result = kept[method.__qualname__]
        return found

    return work_out


class ScrolledView(PointedView):
    """Rows in an area between what stays at the top and what stays at the bottom."""

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        self._kept: dict[str, Any] | None = None
        super().__init__(run, marks, theme, parent)
        self.scroll_bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.scroll_bar.valueChanged.connect(self.update)
        self.scroll_bar.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # for the views

    def room(self) -> QRectF:
        """Where the rows are seen."""
        return QRectF(self.rect())

    def content_height(self) -> int:
        """How high all rows are together."""
        return 0

    def row_heights(self) -> int:
        """How far one turn of the wheel goes."""
        return self.scaled(24)

    def order(self) -> list[Mark]:
        """What Up and Down mark, in order."""
        return []

    def span_of(self, mark: Mark) -> tuple[float, float]:
        """From where to where a marked row is, from the top of all rows."""
        index = self.order().index(mark)
        return index * self.row_heights(), (index + 1) * self.row_heights()

    # scrolling

    @property
    @once
    def scrolled(self) -> int:
        """How far the rows are scrolled."""
        return self.scroll_bar.value() if self.overflows else 0

    @property
    @once
    def overflows(self) -> bool:
        """Whether the rows are more than fit."""
        return self.content_height() > self.room().height()

    @once
    def rows_right(self) -> int:
        """Where rows end: before the scroll bar, if there is one."""
        return self.width() - (self.scroll_bar.sizeHint().width() if self.overflows else 0)

    def _fit_scroll_bar(self) -> None:
        room, width = self.room(), self.scroll_bar.sizeHint().width()
        hidden = min(round(self._least_height() - room.height()), HIGHEST)
        self.scroll_bar.setGeometry(self.width() - width, round(room.top()), width, max(round(room.height()), 1))
        self.scroll_bar.setRange(0, max(hidden, 0))
        self.scroll_bar.setPageStep(max(round(room.height()), 1))
        self.scroll_bar.setSingleStep(self.row_heights())
        self.scroll_bar.setVisible(hidden > 0)

    def _least_height(self) -> float:
        """The height of all rows; none of a recording that somebody has changed, where it cannot be told."""
        try:
            return self.content_height()
        except DAMAGE:
            if self.model.session is not None:
                raise
            return 0.0

    def refresh(self) -> None:
        """Draw the state anew."""
        self._fit_scroll_bar()
        self.update()

    def least_size(self) -> tuple[int, int]:
        """The width and the height below which nothing can be told apart."""
        return LEAST_WIDTH, min(self.scaled(LEAST_HEIGHT), MOST_LEAST_HEIGHT)

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_scroll_bar()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._kept = {}
        super().paintEvent(event)
        self._kept = None

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QHelpEvent):
            return super().event(event)
        self._kept = {}
        answered = super().event(event)
        self._kept = None
        return answered

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.scroll_bar.isVisible():
            QApplication.sendEvent(self.scroll_bar, event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}
        if event.key() in steps:
            self._mark_next(steps[event.key()])
        else:
            super().keyPressEvent(event)

    def _mark_next(self, step: int) -> None:
        order = self.order()
        if not order:
            return
        marked = (self.marks.kind, self.marks.number)
        if marked in order:
            index = min(max(order.index(marked) + step, 0), len(order) - 1)
        else:
            index = 0 if step > 0 else len(order) - 1
        if order[index] != marked:
            self.marks.mark(*order[index])
        top, bottom = self.span_of(order[index])
        low, high = round(bottom - self.room().height()), round(top)
        self.scroll_bar.setValue(min(max(self.scroll_bar.value(), low), high))
