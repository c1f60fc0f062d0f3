"""Which lines of the file shown a run is about: where its actors stand, and what is marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from concsim.model.events import unpack_place
from concsim.model.folding.entities import Actor
from concsim.model.folding.history import FINISHED, NEW

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.stage.marks import Marks


def own_file_index(run: RunModel) -> int:
    """The number that the run has for the program's own file."""
    path = str(run.program.path.resolve()) if run.program is not None else ""
    for index, name in run.state.files.items():
        if name == path or Path(name).name == Path(path).name:
            return index
    return 0


def live_pointers(run: RunModel) -> dict[int, list[Actor]]:
    """The actors of a run that is not stepped by the line that they were last seen at."""
    found: dict[int, list[Actor]] = {}
    script = own_file_index(run)
    for actor in run.state.actors.values():
        if actor.place and actor.state != NEW and actor.state != FINISHED and not actor.stands_nowhere:
            file, line = unpack_place(actor.place)
            if line and file == script:
                found.setdefault(line, []).append(actor)
    return found


def marked_line(run: RunModel, marks: Marks) -> int:
    """The line that is marked, or that of the thing or actor that is; 0 for none."""
    state = run.state
    if marks.kind == "line":
        return marks.number
    if marks.kind == "thing" and marks.number in state.things:
        return unpack_place(state.things[marks.number].place)[1]
    if marks.kind == "actor" and marks.number in state.actors:
        return unpack_place(state.actors[marks.number].place)[1]
    return 0
