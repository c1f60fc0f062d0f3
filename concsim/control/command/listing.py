"""``concsim list``: every scenario, for people and as JSON."""

from __future__ import annotations

from typing import Any

from concsim.control.catalogue import STEPPED_TOPICS, read_catalogue, topic_of
from concsim.model.programs.parameter import Parameter
from concsim.model.programs.program import Program


def _parameter(one: Parameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": dict(one.label),
        "default": one.default,
        "min": one.min,
        "max": one.max,
        "step": one.step,
        "choices": list(one.choices) or None,
        "unit": one.unit or None,
        "live": one.live,
    }


def can_be_stepped(program: Program) -> bool:
    """Whether the program's topic is one that is stepped."""
    return topic_of(program) in STEPPED_TOPICS


def as_data() -> list[dict[str, Any]]:
    """Every scenario as JSON values."""
    return [
        {
            "id": one.id,
            "topic": topic_of(one),
            "title": dict(one.block.title),
            "parameters": [_parameter(parameter) for parameter in one.parameters],
            "step": can_be_stepped(one),
        }
        for one in read_catalogue()
    ]


def _range(one: Parameter) -> str:
    if one.choices:
        return f"{one.name}={one.default} ({', '.join(map(str, one.choices))})"
    if one.min is not None and one.max is not None:
        return f"{one.name}={one.default} ({one.min:g}–{one.max:g})"
    return f"{one.name}={one.default}"


def as_text(language: str) -> str:
    """Every scenario, a line each with its parameters below."""
    lines = []
    for one in read_catalogue():
        lines.append(f"{one.id:32}{one.title(language)}")
        if one.parameters:
            lines.append(" " * 6 + ", ".join(_range(parameter) for parameter in one.parameters))
    return "\n".join(lines)
