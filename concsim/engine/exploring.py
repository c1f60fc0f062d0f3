"""Trying every schedule of a small program, and counting how its executions end."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from concsim.engine.actor import Halt
from concsim.engine.apart import Apart
from concsim.engine.execution import Engine
from concsim.engine.schedulers.every import EverySchedule
from concsim.engine.trying import Executor, Here, Tried
from concsim.engine.watching import Watching
from concsim.model.events import Explored, Record, Remark
from concsim.model.orders import Every

SAY_EVERY = 0.25
MOST_OUTCOMES = 200
MOST_UNSEEN = 20


class Exploring:
    """Executes a program under one schedule after another. *expected* maps watched globals to what they should be."""

    def __init__(self, engine: Engine, watching: Watching, expected: Mapping[str, Any], asked: Every) -> None:
        self._engine = engine
        self._here = Here(engine, watching, expected)
        self._limit = asked.limit
        self._every = EverySchedule(held=asked.held, prefix=asked.prefix)
        self._unseen: dict[str, str] = {}
        self.executions = 0
        self.outcomes: dict[str, int] = {}
        self.first_failure: tuple[str, ...] = ()
        """The first of those that need the fewest waits to time out while others could have gone on."""
        self._early = 0
        self.complete = False
        self.refused: Halt | None = None
        """Why the program cannot be tried: an execution came to what the engine does not control."""
        self._cut = False

    def run(self, say: Callable[[Record], None]) -> None:
        """Try schedules until none is left, the limit is reached or one is refused, saying now and then how far it is."""
        self._engine.recorder.on = False
        apart = Apart(self._here)  # as the process is now, if it should be needed
        try:
            self._run(say, apart)
        finally:
            apart.close()

    def _run(self, say: Callable[[Record], None], apart: Apart) -> None:
        executor: Executor = self._here
        said = began = time.monotonic()
        left, before = "", 0
        while True:
            tried = executor.execute(self._every)
            self._count(tried)
            if self.refused is not None:
                return
            if tried.left and not left:
                apart.prepare()
                executor, left, began, before = apart, tried.left, time.monotonic(), self.executions
            if self._is_over():
                break
            if time.monotonic() - said > SAY_EVERY:
                said = time.monotonic()
                say(self._result())
        if left and self.executions > before:
            say(_isolated(left, (self.executions - before) / max(time.monotonic() - began, 1e-9)))
        say(self._result())

    def _is_over(self) -> bool:
        if self._limit and self.executions >= self._limit:
            self.complete = not self._cut and not self._every.advance()
            return True
        if self._every.advance():
            return False
        self.complete = not self._cut
        return True

    def _count(self, tried: Tried) -> None:
        self.executions += 1
        self._cut |= tried.cut
        self._unseen.update(tried.unseen)
        if tried.refused:
            self.refused = Halt(**tried.refused)
        outcome = tried.outcome
        if outcome not in self.outcomes and len(self.outcomes) >= MOST_OUTCOMES:
            outcome = "…"
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1
        if tried.fails and (not self.first_failure or tried.early < self._early):
            self.first_failure, self._early = tuple(self._every.choices), tried.early

    def _result(self) -> Explored:
        unseen = tuple(f"{place} {what}" for place, what in self._unseen.items())[:MOST_UNSEEN]
        return Explored(0, self.executions, dict(self.outcomes), self.first_failure, self.complete, unseen, self._early)


def _isolated(left: str, rate: float) -> Remark:
    what, _, line = left.rpartition(":")
    return Remark(0, "isolated", {"what": what, "line": int(line), "rate": round(rate)})
