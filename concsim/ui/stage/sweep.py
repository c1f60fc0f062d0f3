"""A sweep: one round for each value of the parameter that a sweep chart is drawn over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from concsim.model.programs.parameter import Parameter
from concsim.model.programs.program import Program

POINTS = 12


def sweep_values(low: int, high: int) -> list[int]:
    """Up to `POINTS` values from low to high: every one when they are few, else spaced by a constant factor.

    Where there is nothing above 0, they are spaced evenly.
    """
    if high - low < POINTS:
        return list(range(low, high + 1))
    if high < 1:
        return sorted({low + round((high - low) * index / (POINTS - 1)) for index in range(POINTS)})
    first = max(low, 1)
    factor = (high / first) ** (1 / (POINTS - 1))
    return sorted({round(first * factor**index) for index in range(POINTS)} | {low, high})


def sweep_plan(program: Program) -> tuple[dict[str, Any], ...]:
    """The rounds of a program's sweep, () if it has none."""
    chart = next((one for one in program.block.charts if one.kind == "sweep"), None)
    if chart is None:
        return ()
    return tuple({chart.over: value} for value in _values_of(program.parameter(chart.over)))


def _values_of(parameter: Parameter) -> Sequence[int]:
    low, high = parameter.min, parameter.max
    first = int(low) if low is not None else 1 if high is None or high >= 1 else int(high)
    return parameter.choices or sweep_values(first, int(high) if high is not None else max(first, 64))
