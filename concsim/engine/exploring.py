"""Trying every schedule of a small program, and counting how its executions end."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from concsim.engine.actor import Halt
from concsim.engine.execution import Ended, Engine
from concsim.engine.schedulers.every import EverySchedule
from concsim.engine.watching import Watching
from concsim.model.events import Explored, Record
from concsim.model.orders import Every
from concsim.model.programs.verdict import DEADLOCK, FAILS, LIVELOCK, verdict_of

SAY_EVERY = 0.25
MOST_OUTCOMES = 200
MOST_UNSEEN = 20


class Exploring:
    """Executes a program under one schedule after another. *expected* maps watched globals to what they should be."""

    def __init__(self, engine: Engine, watching: Watching, expected: Mapping[str, Any], asked: Every) -> None:
        self._engine, self._watching, self._expected = engine, watching, expected
        self._limit = asked.limit
        self._every = EverySchedule(held=asked.held, prefix=asked.prefix)
        self.executions = 0
        self.outcomes: dict[str, int] = {}
        self.first_failure: tuple[str, ...] = ()
        self.complete = False
        self.refused: Halt | None = None
        """Why the program cannot be tried: an execution came to what the engine does not control."""
        self._cut = False

    def run(self, say: Callable[[Record], None]) -> None:
        """Try schedules until none is left, the limit is reached or one is refused, saying now and then how far it is."""
        self._engine.recorder.on = False
        said = time.monotonic()
        while True:
            self._execute()
            if self.refused is not None:
                return
            if self._limit and self.executions >= self._limit:
                self.complete = not self._cut and not self._every.advance()
                break
            if not self._every.advance():
                self.complete = not self._cut
                break
            if time.monotonic() - said > SAY_EVERY:
                said = time.monotonic()
                say(self._result())
        say(self._result())

    def _execute(self) -> None:
        ended = self._engine.execute(self._every)
        self.executions += 1
        self._cut |= ended.outcome == "limit"
        if ended.halt is not None and ended.halt.why == "not_controlled":
            self.refused = ended.halt
        outcome, fails = self._judge(ended)
        if ended.outcome != "finished":
            self._engine.abandon()
        if outcome not in self.outcomes and len(self.outcomes) >= MOST_OUTCOMES:
            outcome = "…"
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1
        if fails and not self.first_failure:
            self.first_failure = tuple(self._every.choices)

    def _judge(self, ended: Ended) -> tuple[str, bool]:
        """An execution's outcome in words, and whether it is a failure."""
        if ended.outcome == "failed":
            return f"failed: {ended.error or ended.status}", True
        if ended.outcome != "finished":
            return ended.outcome, ended.outcome in (DEADLOCK, LIVELOCK)
        finals = self._watching.finals()
        watched = {name: {"expected": value, "final": finals.get(name)} for name, value in self._expected.items()}
        return ", ".join(f"{name}={value}" for name, value in finals.items()) or "finished", verdict_of("finished", watched) == FAILS

    def _result(self) -> Explored:
        unseen = [f"{Path(path).name}:{line} {what}" for (path, line), what in self._engine.world.unseen.items()]
        return Explored(0, self.executions, dict(self.outcomes), self.first_failure, self.complete, tuple(unseen[:MOST_UNSEEN]))
