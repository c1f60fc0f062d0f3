"""Where the selftest's pictures go: a file for each, none of which is written over unasked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from concsim.control.catalogue import read_catalogue
from concsim.control.sessions.step_kind import can_step, steps_by_line
from concsim.model.files.target import PICTURE, Target
from concsim.model.programs.program import Program, ProgramError
from concsim.model.words.phrases import Message

OWN_SCRIPT = "my script"
_ODD = re.compile(r"[^a-z0-9._]")


def stepped_name(program: Program) -> str:
    """What the picture of the scenario's stepped run is called, "" where it is not stepped."""
    if steps_by_line(program):
        return f"{program.id}-by-line"
    return f"{program.id}-stepped" if can_step(program) else ""


def picture_names() -> Iterator[str]:
    """Every picture that the selftest takes."""
    for program in read_catalogue():
        yield program.id
        if name := stepped_name(program):
            yield name
    yield OWN_SCRIPT


def picture_targets(folder: Path, force: bool) -> dict[str, Target]:
    """Where each picture is to be written. Raises `ProgramError` if one of them may not, before any is taken."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:  # a ValueError: a name that no folder can have
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise ProgramError(Message("cannot_save", {"path": str(folder), "why": why})) from None
    return {name: Target(folder / f"{_ODD.sub('-', name)}.png", PICTURE, force=force) for name in picture_names()}
