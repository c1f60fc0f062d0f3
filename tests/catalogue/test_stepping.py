"""What each program's block says stepping shows, held by schedules of the engine: some that fail, or none that does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from concsim.control.catalogue import STEPPED_TOPICS, read_catalogue
from concsim.engine.execution import Ended, Engine
from concsim.engine.schedulers.every import EverySchedule
from concsim.engine.schedulers.random_order import RandomOrder
from concsim.engine.schedulers.round_robin import RoundRobin
from concsim.engine.watching import Watching
from concsim.model.programs.expectation import expected_of
from concsim.model.programs.program import Program
from concsim.model.programs.verdict import DEADLOCKS, FAILS, OPEN, PASSES, verdict_of
from tests.engine.exploring import Memory

MODELS = ("gil", "free-threaded")
SEEDS = 250
EXECUTIONS = 400
PROGRAMS = [one for one in read_catalogue() if one.block.topic in STEPPED_TOPICS]
ROWS = [(one, model) for one in PROGRAMS for model in MODELS]


def parameters_of(program: Program) -> dict[str, Any]:
    return {**program.defaults(), **program.block.expect.get("set", {})}


def verdicts(program: Program, model: str, **settings: Any) -> Iterator[str]:
    """The verdicts on many schedules of a program: in turn, at random, and the first of all there are."""
    parameters = parameters_of(program) | settings
    engine = Engine(str(program.path), program.source, Memory(), model=model, parameters=parameters)
    engine.recorder.on = False
    engine.world.limit = 20_000 * 1_000_000
    watching = Watching(engine, dict.fromkeys(program.block.watch, False))
    expected = {name: expected_of(program, name, parameters) for name in program.block.watch}
    every = EverySchedule()
    try:
        for scheduler in (RoundRobin(), *(RandomOrder(seed) for seed in range(SEEDS))):
            yield _verdict(engine.execute(scheduler), watching, expected)
            engine.abandon()
        for _ in range(EXECUTIONS):
            yield _verdict(engine.execute(every), watching, expected)
            engine.abandon()
            if not every.advance():
                return
    finally:
        engine.dispose()


def _verdict(ended: Ended, watching: Watching, expected: Mapping[str, Any]) -> str:
    finals = watching.finals()
    watched = {name: {"final": finals.get(name), "expected": value} for name, value in expected.items()}
    return verdict_of(ended.outcome, watched)


@pytest.mark.parametrize(("program", "model"), ROWS, ids=[f"{one.id}-{model}" for one, model in ROWS])
def test_that_stepping_shows_what_the_block_says(program: Program, model: str) -> None:
    said = program.block.expect["step"][model]
    seen = set()
    for verdict in verdicts(program, model):
        seen.add(verdict)
        if said != PASSES and verdict == said:
            return
    assert said == PASSES, f"no schedule of many {said}; they were {seen}"
    assert seen == {PASSES}


def test_that_every_program_of_the_stepped_topics_says_what_stepping_shows() -> None:
    for program in PROGRAMS:
        assert set(program.block.expect["step"]) == set(MODELS), program.id
        assert set(program.block.expect["step"].values()) <= {PASSES, FAILS, DEADLOCKS}, program.id


def find(id_: str) -> Program:
    return next(one for one in PROGRAMS if one.id == id_)


def test_that_every_order_of_three_threads_can_be_reached() -> None:
    program = find("threads.order_is_not_yours")
    engine = Engine(str(program.path), program.source, Memory(), parameters=parameters_of(program) | {"THREADS": 3})
    engine.recorder.on = False
    seen: set[str] = set()
    for seed in range(400):
        engine.execute(RandomOrder(seed))
        seen |= set(engine.space["orders"])
    engine.dispose()
    assert seen == {"1-2-3", "1-3-2", "2-1-3", "2-3-1", "3-1-2", "3-2-1"}


def test_that_the_plain_increment_loses_only_without_the_gil() -> None:
    program = find("races.lost_update")
    assert set(verdicts(program, "gil", WAY="plus_equals", ROUNDS=1)) == {PASSES}
    assert FAILS in set(verdicts(program, "free-threaded", WAY="plus_equals", ROUNDS=1))


def test_that_one_left_handed_philosopher_and_one_order_of_locks_never_deadlock() -> None:
    assert set(verdicts(find("deadlock.philosophers"), "free-threaded", WAY="one_left_handed")) == {PASSES}
    assert set(verdicts(find("deadlock.one_order"), "free-threaded")) <= {PASSES, OPEN}


def test_that_a_careless_banker_deadlocks_and_a_careful_one_never_does() -> None:
    assert DEADLOCKS in set(verdicts(find("deadlock.bankers"), "free-threaded", CAREFUL=False))
    assert set(verdicts(find("deadlock.bankers"), "free-threaded", CAREFUL=True)) == {PASSES}
