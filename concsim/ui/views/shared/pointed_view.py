"""A view that says what is under the mouse, and marks it at a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from concsim.ui.views.shared.run_view import RunView

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks
    from concsim.ui.views.shared.time_hand import TimeHand

Mark = tuple[str, int]
"""What a click marks: "actor" or "thing", and its number."""


class PointedView(RunView):
    """A view that is no smaller than what it draws can be told apart in, and that answers the mouse."""

    hand: TimeHand | None = None
    """What turns the time that a view shows, if it shows any: it has the mouse, and says what is a click."""

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(run, marks, theme, parent)
        self._set_least()

    # for the views

    def least_size(self) -> tuple[int, int]:
        """The width and the height below which nothing can be told apart."""
        return 0, 0

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        return ""

    def mark_at(self, where: QPointF) -> Mark | None:
        """What a click there marks."""
        return None

    def click(self, where: QPointF) -> None:
        """What a click does."""
        mark = self.mark_at(where)
        if mark is not None:
            self.marks.mark(*mark)

    def restyle(self) -> None:
        """The scheme or the type size has changed."""
        self._set_least()
        super().restyle()

    def _set_least(self) -> None:
        self.setMinimumSize(*self.least_size())

    # Qt

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.describe(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.hand is not None:
            self.hand.press(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.click(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.hand is not None:
            self.hand.drag(event)
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.hand is not None:
            self.hand.release(event)
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.hand is not None:
            self.hand.press_twice()
        else:
            super().mouseDoubleClickEvent(event)
