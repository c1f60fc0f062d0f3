"""A group's band: how many of its actors were in which state over time, counted, in words and drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from concsim.model.folding.crowds import STATES, Crowd
from concsim.model.folding.history import BLOCKED, FINISHED, MIXED, NEW, READY, RUNNING, SLEEPING, WAITING
from concsim.ui.views.shared.pixel_runs import TimeScale
from concsim.ui.views.shared.run_view import faded

if TYPE_CHECKING:
    from concsim.ui.painting.theme import Theme

COLUMN = 3
"""A band is sampled every so many pixels."""
STACK = (BLOCKED, RUNNING, MIXED, READY, WAITING, SLEEPING, NEW)
"""From the bottom of a band to its top; the finished are what is left empty."""


def counts_at(crowds: list[Crowd], time: int) -> list[int]:
    """How many are in each state at a time."""
    total = [0] * STATES
    for crowd in crowds:
        for state, count in enumerate(crowd.at(time)):
            total[state] += count
    return total


def states_in_words(counts: list[int], word: Callable[[int], str]) -> str:
    """ "3 running, 40 waiting": what there is of each state."""
    order = (RUNNING, BLOCKED, READY, WAITING, SLEEPING, NEW, FINISHED)
    return ", ".join(f"{counts[state]:,} {word(state)}" for state in order if counts[state])


def draw_band(
    painter: QPainter, theme: Theme, crowds: list[Crowd], scale: TimeScale, until: int, area: QRectF, count: int
) -> None:  # fmt: skip
    """How many were in which state over time, stacked; the cost is in pixels."""
    last = min(scale.width, int(scale.x(until)))
    column = COLUMN if len(crowds) == 1 else COLUMN * 8
    colours = {state: theme.state_colour(state) for state in STACK}
    colours[NEW] = faded(theme.colour("muted"), 0.35)
    x, before, began = 0, None, 0
    while x <= last:
        now = counts_at(crowds, scale.time(x)) if x < last else None
        if now != before:
            if before is not None:
                _draw_column(painter, colours, before, QRectF(area.left() + began, area.top(), x - began, area.height()), count)
            before, began = now, x
        x = x + column if x + column < last or x >= last else last
    if before is not None and began < last:
        _draw_column(painter, colours, before, QRectF(area.left() + began, area.top(), last - began, area.height()), count)


def _draw_column(painter: QPainter, colours: dict[int, QColor], counts: list[int], area: QRectF, count: int) -> None:
    bottom = area.bottom()
    for state in STACK:
        if counts[state]:
            height = area.height() * counts[state] / max(count, 1)
            painter.fillRect(QRectF(area.left(), bottom - height, area.width(), height), colours[state])
            bottom -= height
