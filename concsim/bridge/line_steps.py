"""The steps of a run that was recorded line by line: where a turn begins and ends, and where the program does something."""

from __future__ import annotations

from concsim.bridge.shown import Shown
from concsim.model.events import SCRIPT
from concsim.model.programs.opening import opening_lines


class LineSteps:
    """Those of the run as it is shown; nothing is kept."""

    def __init__(self, run: Shown) -> None:
        self._run = run

    def after(self, step: int, until: str) -> int:
        """The step to go on to: the next one, that before somebody else has the thread ("change"), the last ("end")."""
        last = len(self._run.steps)
        if until == "end":
            return last
        step += 1
        while until == "change" and step < last and self._is_same_turn(step):
            step += 1
        return step

    def before(self, step: int, until: str) -> int:
        """The step to go back to: the one before, or with "change" the end of the turn before."""
        step -= 1
        while until == "change" and step > 0 and self._is_same_turn(step):
            step -= 1
        return step

    def _is_same_turn(self, step: int) -> bool:
        """Whether who took a step took the next one as well."""
        return self._run.steps.actor_of(step) == self._run.steps.actor_of(step + 1)

    def first_shown(self) -> int | None:
        """How many steps only set the program up; None as long as it has done nothing else."""
        run = self._run
        lines = opening_lines(run.program.source) if run.program is not None else frozenset()
        for step in range(len(run.steps)):
            site = run.last_state.site(run.steps.row(step + 1).site)
            if site is None or site.file != SCRIPT or site.line not in lines:
                return step
        return None
