"""What a lab is told of the run it is to make."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from concsim.control.sessions.setting import StepOrder
from concsim.model.events import LINES
from concsim.model.orders import RunProgram, StepProgram
from concsim.model.programs.nature import wants_generators
from concsim.model.programs.program import Program


def lab_order(
    program: Program, parameters: Mapping[str, Any], handed: Sequence[str], step: StepOrder | None, **more: Any
) -> RunProgram | StepProgram:
    """To run or step a program with its parameters. *handed*: locks that the text hands over; *more* goes into the spec."""
    spec = _spec(program, parameters, handed, step is not None and step.model == LINES) | more
    if step is None:
        return RunProgram(spec)
    return StepProgram(spec, step.model, step.scheduling, step.seed, step.limit_steps, dict(step.expected))


def _spec(program: Program, parameters: Mapping[str, Any], handed: Sequence[str], by_line: bool) -> dict[str, Any]:
    """The program, its parameters and what to watch, as the lab's hosts read it."""
    charts = program.block.charts
    summed = {chart.over for chart in charts if chart.kind == "drift" and chart.over}
    drawn = [name for chart in charts for name in (chart.of, chart.over) if name and name not in parameters]
    return {
        "path": str(program.path.resolve()),
        "module": program.module,
        "arguments": list(program.arguments),
        "directory": program.directory or os.getcwd(),
        "parameters": _changed(program, parameters),
        "watch": {name: name in summed for name in (*program.block.watch, *drawn)},
        "generators": wants_generators(program) or by_line,
        "handed": list(handed),
    }


def _changed(program: Program, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that are to be put in: what is as it stands in the text need not be."""
    defaults = program.defaults()
    return {name: value for name, value in parameters.items() if name not in defaults or value is not defaults[name]}

