"""Every schedule of a program tried: what was counted, the first failure, and when nothing is left."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("greenlet")

from concsim.engine import exploring
from concsim.engine.exploring import Exploring
from concsim.engine.schedulers.replay import Replay
from concsim.engine.watching import Watching
from concsim.model.events import TIME_UP, TIME_UP_EARLY, Explored, TextSeen
from concsim.model.orders import Every
from tests.engine.exploring import engine_for

RACE = """
import threading
total = 0
def work():
    global total
    total += 1
threads = [threading.Thread(target=work) for _ in range(2)]
for one in threads: one.start()
for one in threads: one.join()
"""
CIRCLE = """
import threading
a, b = threading.Lock(), threading.Lock()
def work(first, second):
    with first:
        with second: pass
for pair in ((a, b), (b, a)): threading.Thread(target=work, args=pair).start()
"""
ASKED = Every()


def explored(source: str, asked: Every = ASKED, expected: dict[str, Any] | None = None) -> tuple[Exploring, list[Explored]]:
    """What was found, and what was said of it."""
    said: list[Any] = []
    with engine_for(source) as (engine, _):
        made = Exploring(engine, Watching(engine, {"total": False}), expected or {}, asked)
        made.run(said.append)
        return made, said


def test_that_each_outcome_is_counted_and_the_last_word_is_all_of_it() -> None:
    made, said = explored(RACE, expected={"total": 2})
    assert set(made.outcomes) == {"total=1", "total=2"} and made.complete
    assert sum(made.outcomes.values()) == made.executions == said[-1].executions
    assert said[-1] == Explored(0, made.executions, made.outcomes, made.first_failure, True)


def test_that_the_first_failure_is_a_schedule_that_fails_again() -> None:
    made, _ = explored(RACE, expected={"total": 2})
    with engine_for(RACE) as (engine, _):
        assert engine.execute(Replay(list(made.first_failure))).outcome == "finished"
        assert engine.space["total"] == 1


WAITS = """
import threading
done = threading.Event()
other = {other}
def work():
    {begin}
    done.set()
thread = threading.Thread(target=work)
thread.start()
{after}
assert done.wait(1)
thread.join()
"""


@pytest.mark.parametrize(("program", "early"), [
    ({"other": "None", "begin": "pass", "after": ""}, 1),  # only where the clock is let run while the thread could go on
    ({"other": "[]", "begin": "if other: return", "after": "other.append(1)"}, 0),  # it fails without as well
    ({"other": "threading.Event()", "begin": "other.wait(1)", "after": "other.set()"}, 1),
])  # fmt: skip
def test_that_it_is_told_whether_a_failure_needs_a_wait_to_time_out_while_others_could_go_on(program: dict[str, str], early: int) -> None:
    made, said = explored(WAITS.format(**program))
    assert made.complete and made.outcomes.keys() == {"finished", "failed: AssertionError: "} and said[-1].early == early
    with engine_for(WAITS.format(**program)) as (engine, memory):
        assert engine.execute(Replay(list(made.first_failure))).outcome == "failed"
        texts = [one.text for one in memory.records if isinstance(one, TextSeen)]
        assert engine.world.early == early and (TIME_UP_EARLY in texts) == bool(early) and (TIME_UP in texts) != bool(early)


@pytest.mark.parametrize("expected", [{}, {"total": None}])
def test_that_where_nothing_is_expected_nothing_fails(expected: dict[str, Any]) -> None:
    made, _ = explored(RACE, expected=expected)
    assert made.first_failure == () and "total=1" in made.outcomes


def test_that_a_deadlock_is_a_failure_and_an_error_is_named() -> None:
    made, _ = explored(CIRCLE)
    assert set(made.outcomes) == {"deadlock", "finished"} and made.first_failure
    made, _ = explored("import threading\nt = threading.Thread(target=int, args=('x',))\nt.start()\n")
    assert [one[:18] for one in made.outcomes] == ["failed: ValueError"] and made.first_failure


@pytest.mark.parametrize(("more", "complete"), [(-1, False), (0, True), (5, True)])
def test_that_a_limit_ends_it_and_says_whether_any_is_left(more: int, complete: bool) -> None:
    every, _ = explored(RACE)
    made, said = explored(RACE, Every(limit=every.executions + more))
    assert (made.executions, made.complete) == (every.executions + min(more, 0), complete)
    assert said[-1].complete is complete


def test_that_what_the_engine_does_not_control_ends_it_at_once() -> None:
    made, said = explored("import subprocess, sys, threading\nthreading.Thread(target=int).start()\nsubprocess.run([sys.executable, '-c', ''])\n")
    assert made.refused is not None and made.refused.why == "not_controlled"
    assert made.executions == 1 and said == []


def test_that_it_says_now_and_then_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exploring, "SAY_EVERY", -1.0)
    made, said = explored(RACE)
    assert [one.executions for one in said] == [*range(1, made.executions + 1)]
    assert [one.complete for one in said] == [False] * (made.executions - 1) + [True]


def test_that_of_too_many_outcomes_the_rest_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exploring, "MOST_OUTCOMES", 1)
    made, _ = explored(RACE)
    assert len(made.outcomes) == 2 and "…" in made.outcomes
