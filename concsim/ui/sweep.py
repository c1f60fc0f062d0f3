"""A sweep: one round for each value of the parameter that a sweep chart is drawn over."""

from __future__ import annotations

from typing import Any

from concsim.model.program import Program

POINTS = 12


def sweep_values(low: int, high: int) -> list[int]:
    """Up to `POINTS` values from low to high: every one when they are few, else spaced by a constant factor."""
    if high - low < POINTS:
        return list(range(low, high + 1))
    first = max(low, 1)
    factor = (high / first) ** (1 / (POINTS - 1))
    return sorted({round(first * factor**index) for index in range(POINTS)} | {low, high})


def sweep_plan(program: Program) -> tuple[dict[str, Any], ...]:
    """The rounds of a program's sweep, () if it has none."""
    chart = next((one for one in program.block.charts if one.kind == "sweep"), None)
    if chart is None:
        return ()
    parameter = program.parameter(chart.over)
    return tuple({chart.over: value} for value in sweep_values(int(parameter.min or 1), int(parameter.max or 64)))
