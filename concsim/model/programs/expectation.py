"""What a program says its watched globals should end as."""

from __future__ import annotations

from typing import Any

from concsim.model.programs.expression import ExpressionError, evaluate
from concsim.model.programs.program import Program


def expected_of(program: Program, name: str, parameters: dict[str, Any]) -> Any:
    """What a watched global should end as, None if the program names nothing."""
    text = program.block.watch.get(name, "")
    try:
        return evaluate(text, parameters) if text else None
    except ExpressionError:
        return None
