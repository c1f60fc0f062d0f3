"""Random programs over builtins, operators and library calls: what a real interpreter comes to, some schedule of ours comes to."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings

from concsim.engine.schedulers.every import EverySchedule
from tests.engine.exploring import engine_for
from tests.engine.library_programs import PROGRAMS
from tests.engine.pausing import paused_outcomes

MOST = 3_000
LIMITS = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def outcomes(source: str) -> set[str]:
    """As `paused_outcomes`, over all schedules of the GIL model. Those of a program of which nothing is proved are not looked for."""
    found, every = set(), EverySchedule()
    with engine_for(source, model="gil") as (engine, _):
        engine.recorder.on = False
        for _ in range(MOST):
            assert engine.execute(every).outcome == "finished"
            found.add(repr(engine.space["result"]))
            assume(not engine.world.unseen)
            if not every.advance():
                return found
    assume(False)
    return found


@pytest.mark.long
@given(source=PROGRAMS)
@LIMITS
def test_that_every_outcome_of_an_interpreter_that_pauses_is_one_of_ours(source: str) -> None:
    found = outcomes(source)
    assert paused_outcomes(source, runs=100) <= found
