"""What a program measured of its costs, read from its watched global, and scales and texts for it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from concsim.ui.views.shared.drawn_numbers import can_be_drawn

MEASURES = ("create", "switch", "memory")
KINDS = ("process", "thread", "greenlet", "generator")
TIMES = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))
SIZES = ((1024.0**3, "GiB"), (1024.0**2, "MiB"), (1024.0, "KiB"), (1.0, "B"))
LEAST_TIME, LEAST_SIZE = 1e-9, 1.0
HEADROOM = 1.5


class Cost(NamedTuple):
    """One measurement: the median, lowest and highest of so many repeats, in seconds or bytes."""

    median: float
    low: float
    high: float
    repeats: int


def read_cost(value: Any) -> Cost | None:
    """A cost from its JSON; None for what is not one."""
    if not isinstance(value, dict):
        return None
    median, low, high = parts = tuple(value.get(name) for name in ("median", "low", "high"))
    if not all(map(can_be_drawn, parts)):
        return None
    repeats = value.get("repeats")
    return Cost(float(median or 0), float(low or 0), float(high or 0), repeats if isinstance(repeats, int) else 0)


def read_costs(value: Any) -> dict[str, dict[str, Cost | None]]:
    """Kind to measure to cost. A measure that was tried and told nothing is None; one not tried is missing."""
    if not isinstance(value, dict):
        return {}
    return {
        str(kind): {measure: read_cost(parts[measure]) for measure in MEASURES if measure in parts}
        for kind, parts in value.items()
        if isinstance(parts, dict)
    }


def digits(number: float) -> str:
    """A number from 1 on with three digits, or all there are before the point."""
    return f"{number:.2f}" if number < 9.995 else f"{number:.1f}" if number < 99.95 else f"{number:,.0f}"


def amount(value: float, is_memory: bool) -> str:
    """A time or a size in readable units."""
    units = SIZES if is_memory else TIMES
    shown = next(
        ((value / unit, word) for unit, word in units if abs(value) >= unit), (value / units[-1][0], units[-1][1])
    )
    number = f"{shown[0]:,.0f}" if shown[1] == "B" else digits(shown[0])
    return f"{number} {shown[1]}"


def ratio(value: float, least: float) -> str:
    """How many times the least a value is."""
    times = value / least
    return "×1" if times < 1.005 else f"×{times:,.1f}" if times < 9.95 else f"×{times:,.0f}"


def ticks(is_memory: bool) -> Iterator[float]:
    """The ticks of a scale from its least: ten times the one before, at round numbers of the unit."""
    if not is_memory:
        yield from (10.0**power for power in range(-9, 6))
        return
    for unit in (1.0, 1024.0, 1024.0**2, 1024.0**3):
        yield from (unit * step for step in (1, 10, 100))


class LogScale(NamedTuple):
    """A logarithmic scale between two ticks."""

    low: float
    high: float
    is_memory: bool

    def share(self, value: float) -> float:
        """Where a value is, 0 at the low end and 1 at the high one; what is beyond is at the end."""
        if value <= self.low:
            return 0.0
        return min(math.log(value / self.low) / math.log(self.high / self.low), 1.0)

    def ticks(self) -> list[float]:
        """The ticks, both ends with them."""
        return [one for one in ticks(self.is_memory) if self.low <= one <= self.high]


def scale_for(costs: list[Cost], is_memory: bool) -> LogScale:
    """A scale on which the cheapest still has a bar that can be seen."""
    marks = list(ticks(is_memory))
    medians = [one.median for one in costs if one.median > 0]
    least = min(medians, default=marks[3]) / HEADROOM
    most = max([one.high for one in costs] + medians, default=marks[6])
    low = max((one for one in marks if one <= least), default=marks[0])
    high = min((one for one in marks if one >= most and one > low), default=marks[-1])
    return LogScale(low, max(high, marks[min(marks.index(low) + 2, len(marks) - 1)]), is_memory)
