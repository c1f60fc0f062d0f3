"""The interpreter models against real runs: nothing seen in one is missing in the engine, and hardly anything is made up."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

import pytest

from tests.engine.exploring import explore, result
from tests.engine.racy_programs import ENGINE, PRELUDE, PROGRAMS, REAL, RIGHT, SAFE

LONGEST = 30.0
ENOUGH = 3_000
UNSEEN: dict[tuple[str, str], str] = {}
"""(program, outcome) that only the engine reaches, and why a real run does not show it."""


def engine_outcomes(name: str, model: str) -> set[str]:
    source = ENGINE.format(prelude=PRELUDE, program=textwrap.dedent(PROGRAMS[name]))
    return {repr(one) for one in explore(source, result, model=model)}


def real_outcomes(name: str, wanted: set[str]) -> tuple[int, set[str]]:
    """So many real runs, and more where an outcome is still *wanted*: some are rare."""
    source = PRELUDE + textwrap.dedent(PROGRAMS[name])
    script = REAL.format(source=source, seconds=LONGEST, enough=ENOUGH, wanted=wanted)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    runs, found = json.loads(done.stdout)
    return runs, set(found)


@pytest.mark.parametrize("name", PROGRAMS)
def test_that_real_runs_and_the_gil_model_reach_the_same_outcomes(name: str) -> None:
    engine = engine_outcomes(name, "gil")
    runs, real = real_outcomes(name, engine)
    assert runs >= ENOUGH
    assert real <= engine, "a real run did what the engine calls impossible"
    assert {one for one in engine - real if (name, one) not in UNSEEN} == set(), "the engine makes up an outcome"


@pytest.mark.parametrize("name", sorted(SAFE))
def test_that_programs_that_are_safe_with_the_gil_have_no_losing_schedule(name: str) -> None:
    assert engine_outcomes(name, "gil") == {repr(RIGHT.get(name, 2))}


@pytest.mark.parametrize("name", sorted(set(PROGRAMS) - SAFE))
def test_that_a_call_in_between_has_a_losing_schedule(name: str) -> None:
    outcomes = engine_outcomes(name, "gil")
    assert repr(RIGHT.get(name, 2)) in outcomes
    assert len(outcomes) > 1


@pytest.mark.parametrize("name", sorted(set(PROGRAMS) - {"append", "locked"}))
def test_that_without_the_gil_each_of_them_can_lose(name: str) -> None:
    assert len(engine_outcomes(name, "free-threaded")) > 1


@pytest.mark.parametrize("name", ["append", "locked"])
def test_that_what_is_one_operation_or_locked_is_safe_in_every_model(name: str) -> None:
    assert engine_outcomes(name, "free-threaded") == {repr(RIGHT.get(name, 2))}
