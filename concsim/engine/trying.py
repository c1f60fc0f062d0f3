"""One execution under one schedule, for whoever tries many: in this process, or in a fork of it as it was before the first.

An execution that leaves something in a library or the process (a handler of `logging`, an environment variable, a file) would
not let the next begin as it did. As long as none does, all run in one process; from the first that did, each has one of its own.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from concsim.engine.execution import Ended, Engine
from concsim.engine.libraries.holdings import LIBRARY_HOLDINGS
from concsim.engine.schedulers.every import EverySchedule
from concsim.engine.watching import Watching
from concsim.model.programs.verdict import DEADLOCK, FAILS, LIVELOCK, verdict_of

DIED = "died"
"""The outcome of an execution whose process ended in the middle of it."""


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
        LIBRARY_HOLDINGS.look()  # before forks of this process are made, each of which would look for itself

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


class Apart:
    """In a fork of this process as it is now, which is made at once and waits: each execution is in a fork of that."""

    def __init__(self, here: Here) -> None:
        self._here = here
        request, self._requests = os.pipe()
        self._answers, answer = os.pipe()
        self._pid = _fork()
        if not self._pid:
            os.close(self._requests)
            os.close(self._answers)
            self._serve(request, answer)
        os.close(request)
        os.close(answer)
        self._read = os.fdopen(self._answers, "rb")

    def execute(self, every: EverySchedule) -> Tried:
        """Once."""
        self._here.engine.executions += 1
        os.write(self._requests, json.dumps(every.state).encode() + b"\n")
        words = json.loads(self._read.readline() or b"{}")
        if not words:
            return Tried(DIED, fails=True)
        every.state = words.pop("state")
        return Tried(**words)

    def close(self) -> None:
        """No more."""
        os.close(self._requests)
        self._read.close()
        os.waitpid(self._pid, 0)

    def _serve(self, request: int, answer: int) -> None:
        """The fork's whole life."""
        try:
            gc.freeze()  # what is there stays, and is not to be copied for the collector's marks
            with os.fdopen(request, "rb") as requests:
                for line in requests:
                    self._serve_one(json.loads(line), answer)
        finally:
            os._exit(0)

    def _serve_one(self, state: Any, answer: int) -> None:
        pid = _fork()
        if pid:
            _, status = os.waitpid(pid, 0)
            if status:
                _write(answer, {"outcome": DIED, "fails": True, "state": state})
            return
        every = EverySchedule()
        every.state = state
        tried = self._here.execute(every)
        _write(answer, {**asdict(tried), "state": every.state})
        os._exit(0)


def _write(descriptor: int, words: dict[str, Any]) -> None:
    data = json.dumps(words).encode() + b"\n"
    while data:
        data = data[os.write(descriptor, data) :]


def _fork() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that there are threads beside is known: they do nothing that a fork would miss
        return os.fork()


def _surroundings() -> tuple[Any, ...]:
    """What of the process a program may have changed by way of plain containers, or of calls that nobody hears of."""
    try:
        folder = os.getcwd()
    except OSError:
        folder = ""
    variables = dict(getattr(os.environ, "_data", ()))  # as it is kept: to decode it takes longer than an execution
    return folder, list(sys.path), list(sys.argv), variables, len(warnings.filters), sys.getrecursionlimit(), sys.getswitchinterval()
