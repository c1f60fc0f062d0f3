"""What the engine's tests share: programs executed under one schedule, or under all."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from concsim.engine.actor import Scheduler
from concsim.engine.execution import Ended, Engine
from concsim.engine.schedulers.every import EverySchedule
from concsim.model.events import KIND_BITS, STEPS, Record
from concsim.model.folding.step_fold import operation_of

MASK = (1 << KIND_BITS) - 1


class Memory:
    """Keeps the log as it comes."""

    def __init__(self) -> None:
        self.all_rows: list[tuple[Any, ...]] = []
        self.records: list[Record] = []

    def rows(self, flat: list[Any]) -> None:
        self.all_rows += [tuple(flat[at : at + 5]) for at in range(0, len(flat), 5)]

    def record(self, record: Record) -> None:
        self.records.append(record)


@dataclass
class Stepped:
    """An execution and what it left."""

    ended: Ended
    space: dict[str, Any]
    memory: Memory
    names: dict[int, str] = field(default_factory=dict)

    @property
    def output(self) -> str:
        return "".join(one.text for one in self.memory.records if type(one).__name__ == "OutputPrinted")

    def steps(self) -> list[tuple[str, str, str]]:
        """Each step as (actor, operation, object)."""
        return [
            (self.names[actor], operation_of(code & MASK, value)[0], self.names.get(code >> KIND_BITS, ""))
            for _, actor, code, _, value in self.memory.all_rows
            if code & MASK in STEPS
        ]

    def remarks(self) -> list[Any]:
        return [one for one in self.memory.records if type(one).__name__ == "Remark"]


@contextmanager
def engine_for(source: str, *, model: str = "free-threaded", path: Path | str = "program.py", **how: Any) -> Iterator[tuple[Engine, Memory]]:
    """An engine over a source text, given back afterwards."""
    memory = Memory()
    hook, sys.excepthook = sys.excepthook, sys.__excepthook__  # what ends a program is none of the test runner's business
    engine = Engine(str(path), textwrap.dedent(source), memory, model=model, **how)
    try:
        yield engine, memory
    finally:
        engine.dispose()
        sys.excepthook = hook


def execute(source: str, scheduler: Scheduler, *, limit: int = 0, **how: Any) -> Stepped:
    """One execution."""
    with engine_for(source, **how) as (engine, memory):
        if limit:
            engine.world.limit = limit * 1_000_000
        ended = engine.execute(scheduler)
        return Stepped(ended, dict(engine.space), memory, dict(engine.world.names))


def explore(source: str, outcome: Callable[[Ended, Mapping[str, Any]], Any], *, every: EverySchedule | None = None, most: int = 50_000, **how: Any) -> dict[Any, int]:
    """How often every schedule of a program ends how."""
    found: dict[Any, int] = {}
    every = every or EverySchedule()
    with engine_for(source, **how) as (engine, _):
        engine.recorder.on = False
        for _ in range(most):
            ended = engine.execute(every)
            engine.abandon()
            seen = outcome(ended, engine.space)
            found[seen] = found.get(seen, 0) + 1
            if not every.advance():
                return found
    raise AssertionError(f"more than {most} schedules")


def result(ended: Ended, space: Mapping[str, Any]) -> Any:
    """The global ``result`` of a program that finished, else how it ended."""
    if ended.outcome == "finished":
        return space["result"]
    return ended.outcome if not ended.errors else ended.errors[0].split(":")[0]
