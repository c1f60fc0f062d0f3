"""Series as arrays to draw: decimated to what a screen can show, as steps. numpy, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from concsim.model.folding.history import RoundSummary, Series
from concsim.model.programs.expression import ExpressionError, evaluate

Curve = tuple[np.ndarray, np.ndarray]
NOTHING: Curve = (np.empty(0), np.empty(0))


def arrays_of(series: Series, origin: int) -> Curve:
    """A copy of a series, in seconds since *origin*. (A view would keep the series from growing.)"""
    return (np.array(series.times, dtype=np.int64) - origin) / 1e9, np.array(series.values)


def between(curve: Curve, begin: float, end: float) -> Curve:
    """The part of a curve that says the value from *begin* to *end*."""
    x, y = curve
    first = max(int(np.searchsorted(x, begin, "right")) - 1, 0)
    last = int(np.searchsorted(x, end, "right"))
    return x[first:last], y[first:last]


def decimate(curve: Curve, pixels: int) -> Curve:
    """At most about two points a pixel: the lowest and the highest of each neighbourhood, and both ends."""
    x, y = curve
    if len(x) <= 2 * pixels:
        return curve
    starts = np.linspace(0, len(x), pixels, endpoint=False).astype(int)
    chosen = {0, len(x) - 1}
    for first, last in zip(starts, [*starts[1:], len(x)], strict=True):
        part = y[first:last]
        chosen.update((first + int(part.argmin()), first + int(part.argmax())))
    index = np.array(sorted(chosen))
    return x[index], y[index]


def stepped(curve: Curve, end: float) -> Curve:
    """The corners of a curve that keeps each value until the next, the last one until *end*."""
    x, y = curve
    if not len(x):
        return curve
    corners = np.append(np.repeat(x, 2)[1:], max(end, float(x[-1])))
    return corners, np.repeat(y, 2)


def value_at(curve: Curve, x: np.ndarray) -> np.ndarray:
    """A step curve's values at places; not a number before its first."""
    index = np.searchsorted(curve[0], x, "right") - 1
    return np.where(index >= 0, curve[1][np.maximum(index, 0)], np.nan)


def band_between(one: Curve, other: Curve, end: float) -> Curve:
    """The outline of the area between two step curves, from where both have begun."""
    if not len(one[0]) or not len(other[0]):
        return NOTHING
    x = np.unique(np.concatenate([one[0], other[0]]))
    x = x[x >= max(one[0][0], other[0][0])]
    upper, lower = stepped((x, value_at(one, x)), end), stepped((x, value_at(other, x)), end)
    return np.concatenate([upper[0], lower[0][::-1]]), np.concatenate([upper[1], lower[1][::-1]])


def expected_final(expression: str, parameters: Mapping[str, Any]) -> float | None:
    """What a watched global is expected to be at the end, None if nothing is expected."""
    return _evaluated(expression, tuple(sorted(parameters.items()))) if expression else None


@lru_cache(maxsize=256)
def _evaluated(expression: str, parameters: tuple[tuple[str, Any], ...]) -> float | None:
    try:
        return float(evaluate(expression, dict(parameters)))
    except (ExpressionError, OverflowError, TypeError, ValueError):
        return None


def expected_curve(expression: str, rounds: list[RoundSummary], origin: int) -> Curve:
    """The expected final value of each round, from its beginning on."""
    found = [((one.began - origin) / 1e9, expected_final(expression, one.parameters)) for one in rounds]
    kept = [(x, y) for x, y in found if y is not None]
    return (np.array([x for x, _ in kept]), np.array([y for _, y in kept])) if kept else NOTHING


def medians(x: np.ndarray, y: np.ndarray) -> Curve:
    """The median of the points at each x."""
    places = np.unique(x)
    return places, np.array([np.median(y[x == place]) for place in places])


def number_text(value: float) -> str:
    """A number with thousands separators: whole if it is, else with three figures or so."""
    if value == int(value) if abs(value) < 1e15 else True:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 100 else f"{value:,.3g}"
