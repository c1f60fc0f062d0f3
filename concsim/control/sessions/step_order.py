"""How a program is stepped: with which values stepping begins, and the order that a session is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concsim.control.sessions.setting import StepOrder
from concsim.model.orders import Scheduling
from concsim.model.programs.expectation import expected_of
from concsim.model.programs.program import Program


def small_values(program: Program) -> dict[str, Any]:
    """The small values that the program's block names for stepping."""
    return dict(program.block.expect.get("set", {}))


def first_values(program: Program) -> dict[str, Any]:
    """The parameters that stepping begins with: small ones, if the program's block names them."""
    return {**program.defaults(), **small_values(program)}


def step_order(
    program: Program, values: Mapping[str, Any], scheduling: Scheduling | None, model: str, seed: int = 0, limit_steps: int = 0
) -> StepOrder:
    """To step a program with these values, *scheduling* deciding, and to look whether it comes to what it should."""
    expected = {name: expected_of(program, name, dict(values)) for name in program.block.watch}
    return StepOrder(model, scheduling, seed, limit_steps, expected)
