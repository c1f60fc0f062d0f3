"""Zooming and dragging over time by hand: what the mouse and the keys do in every view with a time axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from concsim.model.events import STEP_NS
from concsim.ui.views.shared.pixel_runs import TimeScale
from concsim.ui.views.shared.time_axis import Tick, step_ticks, ticks
from concsim.ui.views.shared.time_zoom import TimeZoom

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.views.shared.run_view import RunView

ZOOM_STEP = 1.25
LEAST_CELLS = 12
TICKS_APART, STEP_TICKS_APART = 88, 40
KEY_FACTORS = {int(Qt.Key.Key_Plus): 1 / ZOOM_STEP, int(Qt.Key.Key_Equal): 1 / ZOOM_STEP, int(Qt.Key.Key_Minus): ZOOM_STEP}


def whole_round(run: RunModel, width: int) -> TimeScale:
    """All of the round on *width* pixels; of a stepped run, a cell for each step and some to come."""
    began = run.round_began
    if run.is_stepped:
        return TimeScale(began + STEP_NS, (max(len(run.steps), LEAST_CELLS) + 1) * STEP_NS, width)
    return TimeScale(began, max(run.round_ended_at, run.moment, began + 1), width)


def ticks_of(view: RunView, scale: TimeScale) -> list[Tick]:
    """The axis' ticks, as far apart as the view's type needs."""
    if view.model.is_stepped:
        return step_ticks(scale, view.scaled(STEP_TICKS_APART))
    return ticks(scale, view.model.round_began, view.scaled(TICKS_APART))


def key_factor(event: QKeyEvent) -> float | None:
    """How far a key zooms, None if it does not."""
    return KEY_FACTORS.get(event.key())


def wheel_factor(event: QWheelEvent) -> float | None:
    """How far a turn of the wheel zooms, None without Ctrl."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return None
    return float(ZOOM_STEP ** (-event.angleDelta().y() / 120))


class TimeHand:
    """A press that becomes a drag of what is shown, or a click."""

    def __init__(self, zoom: TimeZoom) -> None:
        self._zoom = zoom
        self._pressed: QPointF | None = None
        self._dragged: QPointF | None = None

    def press(self, event: QMouseEvent) -> None:
        """The button goes down."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._dragged = event.position()

    def drag(self, event: QMouseEvent, whole: TimeScale) -> bool:
        """The mouse moves; says whether what is shown of the *whole* has moved with it."""
        if self._pressed is None or self._dragged is None or not self._zoom.is_on:
            return False
        far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if not far and self._dragged == self._pressed:
            return False
        self._zoom.move(event.position().x() - self._dragged.x(), whole)
        self._dragged = event.position()
        return True

    def release(self) -> bool:
        """The button goes up; says whether that was a click."""
        clicked = self._pressed is not None and self._dragged == self._pressed
        self.let_go()
        return clicked

    def let_go(self) -> None:
        """What was pressed is neither: a double click."""
        self._pressed = self._dragged = None
