"""Zooming and dragging over time by hand: what the mouse and the keys do in every view with a time axis."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from concsim.ui.views.shared.pixel_runs import TimeScale
from concsim.ui.views.shared.time_zoom import TimeZoom

ZOOM_STEP = 1.25
KEY_FACTORS = {int(Qt.Key.Key_Plus): 1 / ZOOM_STEP, int(Qt.Key.Key_Equal): 1 / ZOOM_STEP, int(Qt.Key.Key_Minus): ZOOM_STEP}


def wheel_factor(event: QWheelEvent) -> float | None:
    """How far a turn of the wheel zooms, None without Ctrl."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return None
    return float(ZOOM_STEP ** (-event.angleDelta().y() / 120))


class TimeHand:
    """What a view shows of the *whole*, and how a person changes that. A press becomes a drag of it, or a click.

    Calls *moved* when another part is shown, and *clicked* with the place of a click.
    """

    def __init__(
        self, whole: Callable[[], TimeScale], moved: Callable[[], None], clicked: Callable[[QPointF], None]
    ) -> None:
        self._zoom = TimeZoom()
        self._whole, self._moved, self._clicked = whole, moved, clicked
        self._pressed: QPointF | None = None
        self._dragged: QPointF | None = None

    def forget(self) -> None:
        """Another run: show all of its time."""
        self._zoom.reset()

    def scale(self, whole: TimeScale) -> TimeScale:
        """The part of the *whole* that is shown."""
        return self._zoom.scale(whole)

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Show *factor* times the time shown, around *x* pixels from the left of the time (its middle without)."""
        self._zoom.zoom(factor, x, self._whole())
        self._moved()

    def show_everything(self) -> None:
        """Show all of the round."""
        self._zoom.reset()
        self._moved()

    # events

    def press(self, event: QMouseEvent) -> None:
        """The button goes down."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._dragged = event.position()

    def drag(self, event: QMouseEvent) -> None:
        """The mouse moves, and what is shown with it, if the button is down."""
        if self._pressed is None or self._dragged is None or not self._zoom.is_on:
            return
        far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if not far and self._dragged == self._pressed:
            return
        self._zoom.move(event.position().x() - self._dragged.x(), self._whole())
        self._dragged = event.position()
        self._moved()

    def release(self, event: QMouseEvent) -> None:
        """The button goes up."""
        clicked = self._pressed is not None and self._dragged == self._pressed
        self._pressed = self._dragged = None
        if clicked:
            self._clicked(event.position())

    def press_twice(self) -> None:
        """A double click is neither a drag nor a click: it shows everything."""
        self._pressed = self._dragged = None
        self.show_everything()

    def turn(self, event: QWheelEvent, left: float, width: float) -> bool:
        """The wheel turns over a time from *left* on; says whether that was for the hand."""
        factor = wheel_factor(event)
        if factor is None:
            return False
        self.zoom(factor, min(max(event.position().x() - left, 0), width))
        event.accept()
        return True

    def key(self, event: QKeyEvent) -> bool:
        """A key is pressed; says whether that was for the hand."""
        factor = KEY_FACTORS.get(event.key())
        if factor is not None:
            self.zoom(factor)
        elif event.key() == Qt.Key.Key_0:
            self.show_everything()
        else:
            return False
        return True
