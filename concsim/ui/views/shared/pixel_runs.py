"""From spans of time to runs of pixels, at a cost of pixels and not of spans. No Qt."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from concsim.model.folding.history import MIXED, Track

STATE_MASK = 15
SPARSE = 64


class Run(NamedTuple):
    """Pixels *left* to *right* (not included) have one value."""

    left: int
    right: int
    value: int


@dataclass(frozen=True)
class TimeScale:
    """The times *begin* to *end* across *width* pixels."""

    begin: int
    end: int
    width: int

    def x(self, time: float) -> float:
        """Where a time is."""
        return (time - self.begin) * self.width / (self.end - self.begin)

    def time(self, x: float) -> int:
        """The time at a place."""
        return int(self.begin + x * (self.end - self.begin) / self.width)


def grain_of(track: Track, scale: TimeScale, steps: int) -> int:
    """The pixels below which spans are merged so that a track takes about *steps* steps: 1 for a sparse one."""
    inside = bisect_right(track.times, scale.end) - bisect_right(track.times, scale.begin)
    return 1 if inside <= max(SPARSE, steps) else max(1, scale.width // max(steps, 1))


def pixel_runs(track: Track, scale: TimeScale, until: int, steps: int = 1 << 20, merged: int = MIXED) -> list[Run]:
    """A track's runs of pixels; the last span goes on to the time *until*.

    Spans narrower than the grain become one run of the value *merged*; one that is alone in its grain keeps its value.
    """
    times, values = track.times, track.values
    last = min(scale.width, -int(-scale.x(until) // 1))
    grain = grain_of(track, scale, steps)
    index = max(bisect_right(times, scale.begin) - 1, 0)
    x = max(0, int(scale.x(times[index]))) if times else last
    runs: list[Run] = []
    while x < last and index < len(times):
        right = int(scale.x(times[index + 1])) if index + 1 < len(times) else last
        if right - x >= grain:
            _add(runs, x, min(right, last), values[index])
            x, index = right, index + 1
        else:
            following = bisect_right(times, scale.time(x + grain), index) - 1
            value = values[index] if following <= index + 1 else merged
            _add(runs, x, min(x + grain, last), value)
            x, index = x + grain, max(following, index)
    return runs


def _add(runs: list[Run], left: int, right: int, value: int) -> None:
    if runs and runs[-1].value == value and runs[-1].right == left:
        left = runs.pop().left
    runs.append(Run(left, right, value))


def run_at(runs: list[Run], x: float) -> Run | None:
    """The run over a place."""
    for one in runs:
        if one.left <= x < one.right:
            return one
    return None


def span_began(track: Track, scale: TimeScale, run: Run) -> int:
    """When the span of a run of pixels began; of merged ones, when the first pixel does."""
    index = bisect_right(track.times, scale.time(run.left + 1)) - 1
    alone = index >= 0 and track.values[index] == run.value
    return track.times[index] if alone else scale.time(run.left)
