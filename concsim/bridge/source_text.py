"""The text of a line of the program, for words beside an actor."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from concsim.model.events import unpack_place

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel


@lru_cache(maxsize=4)
def _lines(source: str) -> list[str]:
    return source.split("\n")


def line_number(place: int) -> int:
    """A place's line, 0 for nowhere."""
    return unpack_place(place)[1] if place else 0


def line_text(run: RunModel, place: int) -> str:
    """The text of the line at a place of the program's own file; "" elsewhere."""
    file, line = unpack_place(place)
    path = run.state.files.get(file)
    if run.program is None or not line or path is None or path != str(run.program.path):
        return ""
    lines = _lines(run.program.source)
    return lines[line - 1].strip() if line <= len(lines) else ""
