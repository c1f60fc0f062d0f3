"""Whether, and in which of two ways, a program is stepped."""

from __future__ import annotations

from concsim.control.catalogue import LINE_TOPICS, STEPPED_TOPICS, topic_of
from concsim.model.programs.nature import is_stepped_by_line
from concsim.model.programs.program import Program


def can_step(program: Program | None) -> bool:
    """Whether the window offers to step a program: a person's own, or one of a topic made for it."""
    return program is not None and (not program.id or topic_of(program) in (*STEPPED_TOPICS, *LINE_TOPICS))


def steps_by_line(program: Program | None) -> bool:
    """Whether stepping the program is going through a recording of its lines."""
    if program is None or not can_step(program):
        return False
    return topic_of(program) in LINE_TOPICS if program.id else is_stepped_by_line(program)
