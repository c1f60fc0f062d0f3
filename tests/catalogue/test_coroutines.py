"""The truth to hold of every scenario about coroutines.

Times are compared with what the same run measured as its pauses, and only from below or with half a gap to spare.
"""

import importlib.util
from itertools import pairwise

import pytest

from .plain_runs import NEEDS_PACKAGES

DISHES = ("tea", "rice", "soup")
PAUSE = 0.15
TURNS = {"tea": 3, "rice": 4, "soup": 5}
INTERLEAVED = ["gevent_sleep", "gevent_patched", "gevent_joinall", "asyncio"]


@pytest.fixture
def run(run_program):
    """Run a scenario of coroutines, if its package is there."""

    def run(name, **parameters):
        package = NEEDS_PACKAGES.get(f"coroutines.{name}")
        if package and importlib.util.find_spec(package) is None:
            pytest.skip(f"this Python has no package {package}")
        return run_program(f"coroutines.{name}", **parameters)

    return run


def switches_in(order):
    return sum(one != other for one, other in pairwise(order))


def assert_cooked(result, final):
    """Each dish has had all its turns, and the program counted its switches rightly."""
    assert result["outcome"] == "finished"
    order = final(result, "order")
    assert {dish: order.count(dish) for dish in DISHES} == TURNS
    assert final(result, "switches") == switches_in(order)


def assert_one_after_the_other(result, final):
    assert_cooked(result, final)
    assert final(result, "order") == [dish for dish in DISHES for _ in range(TURNS[dish])]
    seconds = final(result, "seconds")
    assert seconds["together"] >= sum(seconds[dish] for dish in DISHES)


@pytest.mark.parametrize("scenario", ["by_yield", "greenlet"])
@pytest.mark.parametrize("pause", [0, 0.05])
def test_two_coroutines_take_turns_strictly_in_one_thread(run, final, scenario, pause):
    result = run(scenario, ROUNDS=5, PAUSE=pause)

    assert result["outcome"] == "finished"
    assert final(result, "order") == ["singer", "dancer"] * 5
    assert result["watched"]["switches"] == {"final": 9, "expected": 9}
    assert result["watched"]["thread_count"] == {"final": 1, "expected": 1}


@pytest.mark.parametrize("scenario", ["by_yield", "greenlet"])
def test_taking_turns_alone_saves_no_time(run, final, scenario):
    seconds = final(run(scenario, ROUNDS=3, PAUSE=0.1), "seconds")

    assert seconds["singer"] >= 0.29
    assert seconds["dancer"] >= 0.29
    assert seconds["together"] >= seconds["singer"] + seconds["dancer"]


def test_a_greenlet_nobody_switches_to_again_is_not_ended(run):
    output = run("greenlet", ROUNDS=2, PAUSE=0)["output"]

    assert "back in main: singer ended True, dancer ended False" in output
    assert "once more:    singer ended True, dancer ended True" in output


@pytest.mark.parametrize("work", [0, 0.02])
def test_greenlets_that_never_wait_run_one_after_the_other(run, final, work):
    result = run("gevent_no_wait", WORK=work)

    assert_one_after_the_other(result, final)
    assert result["watched"]["switches"] == {"final": 2, "expected": 2}


@pytest.mark.parametrize("scenario", INTERLEAVED)
def test_those_who_wait_cooperatively_are_interleaved(run, final, scenario):
    result = run(scenario, PAUSE=PAUSE)

    assert_cooked(result, final)
    order = final(result, "order")
    assert set(order[:3]) == set(DISHES)
    assert final(result, "switches") > 2


@pytest.mark.parametrize("scenario", INTERLEAVED)
def test_those_who_wait_cooperatively_need_about_as_long_as_the_longest(run, final, scenario):
    seconds = final(run(scenario, PAUSE=PAUSE), "seconds")

    apart = [seconds[dish] for dish in DISHES]
    assert max(apart) >= 5 * PAUSE * 0.98
    assert seconds["together"] >= max(apart)
    assert seconds["together"] < (max(apart) + sum(apart)) / 2


def test_time_sleep_unpatched_blocks_every_greenlet(run, final):
    result = run("gevent_blocked", PAUSE=0.05)

    assert_one_after_the_other(result, final)
    assert result["watched"]["switches"] == {"final": 2, "expected": 2}
    assert final(result, "seconds")["together"] >= 12 * 0.05 * 0.98


def test_joinall_hands_back_the_named_greenlets_with_their_values(run, final):
    result = run("gevent_joinall", PAUSE=0.01)

    assert final(result, "served") == 3
    for dish, turns in TURNS.items():
        assert f"served: {dish} after {turns} turns\n" in result["output"]
    assert "not done: []\n" in result["output"]


def test_joinall_gives_up_at_its_limit(run, final):
    result = run("gevent_joinall", PAUSE=2, PATIENCE=0.1)

    assert result["outcome"] == "finished"
    assert final(result, "served") == 0
    assert "not done: ['tea', 'rice', 'soup']\n" in result["output"]


def test_a_blocking_call_in_one_task_makes_the_others_late(run, final):
    usual = final(run("asyncio", PAUSE=PAUSE), "latest")
    result = run("asyncio", PAUSE=PAUSE, BLOCKING=True)

    assert_cooked(result, final)
    order = final(result, "order")
    first = order.index("soup")
    assert order[first : first + 5] == ["soup"] * 5
    assert order[-1] != "soup"
    assert final(result, "latest") >= 3 * PAUSE
    assert 0 <= usual < final(result, "latest")
    seconds = final(result, "seconds")
    assert seconds["together"] >= seconds["soup"] + 2 * PAUSE
