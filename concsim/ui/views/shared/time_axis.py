"""Times as words, and where an axis has its ticks. No Qt."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import NamedTuple

from concsim.model.events import STEP_NS
from concsim.ui.views.shared.pixel_runs import TimeScale

UNITS = ((1e9, "s"), (1e6, "ms"), (1e3, "µs"))


class Tick(NamedTuple):
    """A label at a place."""

    x: float
    text: str


def nice_step(length: float, count: int) -> float:
    """A step of 1, 2 or 5 times a power of ten that cuts *length* into at most *count* parts."""
    rough = length / max(count, 1)
    power = 10.0 ** floor(log10(rough)) if rough > 0 else 1.0
    for factor in (1, 2, 5):
        if factor * power >= rough * 0.999999:
            return factor * power
    return 10 * power


def _unit_for(nanoseconds: float) -> tuple[float, str]:
    for size, name in UNITS:
        if nanoseconds >= size:
            return size, name
    return UNITS[-1]


def duration_text(nanoseconds: float) -> str:
    """A length of time with three or four figures: "1.204 s", "35.2 ms"."""
    size, name = _unit_for(abs(nanoseconds))
    value = nanoseconds / size
    digits = max(0, 3 - len(str(int(abs(value)))) + (size == 1e9))
    return f"{value:,.{digits}f} {name}"


def ticks(scale: TimeScale, origin: int, apart: int) -> list[Tick]:
    """Labelled ticks at least *apart* pixels from each other, in time since *origin*."""
    begin, end = scale.begin - origin, scale.end - origin
    step = max(nice_step(end - begin, scale.width // max(apart, 1)), 1.0)
    size, name = _unit_for(end)
    digits = max(0, -floor(log10(step / size) + 1e-9))
    first, last = ceil(begin / step), floor(end / step)
    words = {index: f"{index * step / size:,.{digits}f}" if index else "0" for index in range(first, last + 1)}
    return [Tick(scale.x(round(origin + index * step)), f"{word} {name}") for index, word in words.items()]


def step_ticks(scale: TimeScale, apart: int) -> list[Tick]:
    """Ticks in the middle of the cells of whole steps, at least *apart* pixels from each other."""
    first, last = ceil(scale.begin / STEP_NS), floor((scale.end - 1) / STEP_NS)
    step = max(round(nice_step(max(last - first, 1), scale.width // max(apart, 1))), 1)
    numbers = range(max(first, 1) + (-max(first, 1)) % step if step > 1 else max(first, 1), last + 1, step)
    return [Tick(scale.x(number * STEP_NS + STEP_NS // 2), f"{number:,}") for number in numbers]
