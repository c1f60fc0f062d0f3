"""A schedule as a person types it: ``t1 t1 t2``."""

from __future__ import annotations

from collections.abc import Sequence

from concsim.engine.actor import Actor, Halt
from concsim.engine.schedulers.replay import Replay

NAME, ARGUMENTS, HELP = "names", "NAMES", "who takes each step: main, t1, t2 …; main may be left out"


class ByNames(Replay):
    """Follows the names one by one. Where the schedule never names main, main goes on by itself whenever it can."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(names)
        self._main_by_itself = "main" not in names
        self._step = -1

    def choose(self, ready: list[Actor], current: Actor | None) -> Actor | Halt:
        """Main where it goes by itself, else the next name."""
        world = self._world
        if self._main_by_itself:
            main: Actor | None = next((one for one in (*ready, *(world.late if not ready else ())) if one.id == "main"), None)
            if main is not None:
                return main
        if self._step != world.time:
            self._step = world.time
            self._at += 1
        if self._at > len(self._choices):
            return Halt("schedule_ended")
        return self._find(self._choices[self._at - 1], ready)


def make(arguments: str) -> ByNames:
    """With the names in a row, blanks between them."""
    return ByNames(arguments.split())
