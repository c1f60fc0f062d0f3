"""Every access to what two threads share is seen, by whatever way it comes; and with the GIL it is apart where CPython lets go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from concsim.engine.execution import Ended
from tests.engine.access_kinds import GIL_SAFE, KINDS, LOCKED, program
from tests.engine.exploring import explore
from tests.engine.pausing import paused_outcomes


def exceptions(ended: Ended, space: Mapping[str, Any]) -> str:
    """How an execution ended, as `paused_outcomes` says it."""
    return ",".join(sorted({one.split(":")[0] for one in ended.errors}))


@pytest.mark.parametrize("name", KINDS)
def test_that_without_the_gil_it_goes_well_and_it_fails(name: str) -> None:
    outcomes = set(explore(program(name), exceptions, model="free-threaded"))
    assert "" in outcomes
    assert (len(outcomes) == 1) == (name in LOCKED)


@pytest.mark.parametrize("name", KINDS)
def test_that_with_the_gil_it_fails_where_cpython_lets_go_in_between(name: str) -> None:
    outcomes = set(explore(program(name), exceptions, model="gil"))
    assert "" in outcomes
    assert (len(outcomes) == 1) == (name in GIL_SAFE | LOCKED)


UNLIKE = {
    "cached_property": "up to 3.11 the library has a lock in it",
    "abc mixin": "the interpreter pauses in the library as well",
}


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(set(KINDS) - set(UNLIKE)))
def test_that_a_real_interpreter_that_pauses_comes_to_the_same(name: str) -> None:
    real = paused_outcomes(program(name))
    engine = set(explore(program(name), exceptions, model="gil"))
    if engine - real:  # some are rare
        real |= paused_outcomes(program(name), runs=600, seed=2)
    assert real == engine
