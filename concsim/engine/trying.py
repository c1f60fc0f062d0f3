"""One execution under one schedule, for whoever tries many; here, in this process.

An execution that leaves something in a library or the process (a handler of `logging`, an environment variable, a file) would
not let the next begin as it did. As long as none does, all run in one process; from the first that did, each has one of its own (`apart`).
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from concsim.engine.execution import Ended, Engine
from concsim.engine.libraries.holdings import LIBRARY_HOLDINGS
from concsim.engine.libraries.locks import LIBRARY_LOCKS
from concsim.engine.schedulers.every import EverySchedule
from concsim.engine.watching import Watching
from concsim.model.programs.verdict import DEADLOCK, FAILS, LIVELOCK, verdict_of


@dataclass(frozen=True)
class Tried:
    """What came of an execution. `left` names what it has left, `refused` why it was ended, `unseen` what was not seen into,
    `early` how many waits were let time out while others could have gone on.
    """

    outcome: str
    fails: bool = False
    cut: bool = False
    left: str = ""
    refused: dict[str, Any] = field(default_factory=dict)
    unseen: dict[str, str] = field(default_factory=dict)
    early: int = 0


class Executor(Protocol):
    """Executes the schedule that *every* is at, and lets it know which choices there were."""

    def execute(self, every: EverySchedule) -> Tried:
        """Once."""


class Here:
    """In this process."""

    def __init__(self, engine: Engine, watching: Watching, expected: Mapping[str, Any]) -> None:
        self.engine, self._watching, self._expected = engine, watching, expected
        self._before = _surroundings()
        look_around()

    def execute(self, every: EverySchedule) -> Tried:
        """Once."""
        world = self.engine.world
        world.left.clear()
        LIBRARY_HOLDINGS.begin()
        ended = self.engine.execute(every)
        refused = ended.halt if ended.halt is not None and ended.halt.why == "not_controlled" else None
        outcome, fails = self._judge(ended)
        if ended.outcome != "finished":
            self.engine.abandon()
        if _surroundings() != self._before:
            world.left.setdefault("the environment", 0)
        changed, line = LIBRARY_HOLDINGS.end()
        if changed:
            world.left.setdefault(changed, line)
        unseen = {f"{Path(path).name}:{line}": what for (path, line), what in world.unseen.items()}
        left = next((f"{what}:{line}" for what, line in world.left.items()), "")
        values = {} if refused is None else {"why": refused.why, **refused.values}
        return Tried(outcome, fails, ended.outcome == "limit", left, values, unseen, world.early)

    def _judge(self, ended: Ended) -> tuple[str, bool]:
        """An execution's outcome in words, and whether it is a failure."""
        if ended.outcome == "failed":
            return f"failed: {ended.error or ended.status}", True
        if ended.outcome != "finished":
            return ended.outcome, ended.outcome in (DEADLOCK, LIVELOCK)
        finals = self._watching.finals()
        watched = {name: {"expected": value, "final": finals.get(name)} for name, value in self._expected.items()}
        words = ", ".join(f"{name}={value}" for name, value in finals.items()) or "finished"
        return words, verdict_of("finished", watched) == FAILS


def look_around() -> None:
    """Look into all modules that are there: before forks of this process are made, each of which would look for itself."""
    LIBRARY_HOLDINGS.look()
    LIBRARY_LOCKS.look()


def _surroundings() -> tuple[Any, ...]:
    """What of the process a program may have changed by way of plain containers, or of calls that nobody hears of."""
    try:
        folder = os.getcwd()
    except OSError:
        folder = ""
    variables = dict(getattr(os.environ, "_data", ()))  # as it is kept: to decode it takes longer than an execution
    return folder, list(sys.path), list(sys.argv), variables, len(warnings.filters), sys.getrecursionlimit(), sys.getswitchinterval()
