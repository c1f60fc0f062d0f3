"""The times of a round as views with a time axis show them: all of it, the axis' ticks, where lanes end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concsim.model.events import STEP_NS
from concsim.ui.views.shared.pixel_runs import TimeScale
from concsim.ui.views.shared.time_axis import Tick, step_ticks, ticks

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.views.shared.run_view import RunView

LEAST_CELLS = 12
TICKS_APART, STEP_TICKS_APART = 88, 40


def whole_round(run: RunModel, width: int) -> TimeScale:
    """All of the round on *width* pixels; of a stepped run, a cell for each step and some to come."""
    began = run.round_began
    if run.is_stepped:
        return TimeScale(began + STEP_NS, (max(len(run.steps), LEAST_CELLS) + 1) * STEP_NS, width)
    return TimeScale(began, max(run.round_ended_at, run.moment, began + 1), width)


def lanes_end(run: RunModel) -> int:
    """Where the last span of each lane ends: a stepped run's last step has a cell of its own."""
    if run.is_stepped:
        return (len(run.steps) + 1) * STEP_NS
    return max(run.round_ended_at, run.moment)


def ticks_of(view: RunView, scale: TimeScale) -> list[Tick]:
    """The axis' ticks, as far apart as the view's type needs."""
    if view.model.is_stepped:
        return step_ticks(scale, view.scaled(STEP_TICKS_APART))
    return ticks(scale, view.model.round_began, view.scaled(TICKS_APART))
