"""The truth to hold of every scenario about races and locks."""

import re
import sys

import pytest

WITH_GIL = getattr(sys, "_is_gil_enabled", lambda: True)()
NEVER_CUT = WITH_GIL and sys.implementation.name == "cpython" and sys.version_info >= (3, 10)


def test_the_reader_finds_what_the_adder_wrote_to_the_shared_global(run_program):
    watched = run_program("races.shared_global", PAUSE=0)["watched"]

    assert watched["number"] == {"final": 15, "expected": 15}
    assert watched["number_read"] == {"final": 15, "expected": 15}


def test_both_threads_are_handed_the_same_list(run_program):
    result = run_program("races.shared_list", PAUSE=0)

    identities = re.findall(r"my list is object (0x[0-9a-f]+)", result["output"])
    assert len(identities) == 3
    assert len(set(identities)) == 1


def test_the_second_thread_sees_what_the_first_appended(run_program):
    result = run_program("races.shared_list", ADDITIONS=2, PAUSE=0)

    assert result["watched"]["length_seen"] == {"final": 5, "expected": 5}
    assert "fruit-1, fruit-2" in result["output"]


def test_read_call_write_loses_updates(run_program, final):
    totals = [final(run_program("races.lost_update", ROUNDS=200_000), "total") for _ in range(3)]

    assert min(totals) < 4 * 200_000


@pytest.mark.parametrize("way", ["plus_equals", "three_statements", "read_call_write", "property", "dict"])
def test_no_way_to_add_makes_more_than_there_were(run_program, way):
    total = run_program("races.lost_update", WAY=way, THREADS=3, ROUNDS=1000)["watched"]["total"]

    assert total["expected"] == 3000
    assert 0 < total["final"] <= 3000


@pytest.mark.parametrize("way", ["plus_equals", "three_statements", "read_call_write", "property", "dict"])
def test_one_thread_alone_loses_nothing(run_program, final, way):
    assert final(run_program("races.lost_update", WAY=way, THREADS=1, ROUNDS=1000), "total") == 1000


@pytest.mark.skipif(not NEVER_CUT, reason="only CPython 3.10 and later with the GIL never cuts it")
@pytest.mark.parametrize("way", ["plus_equals", "three_statements"])
def test_an_increment_without_a_call_loses_nothing_under_the_gil(run_program, final, way):
    assert final(run_program("races.lost_update", WAY=way, ROUNDS=100_000), "total") == 400_000


def test_the_total_under_a_mutex_is_exact(run_program):
    result = run_program("races.mutex", ROUNDS=10, HOLD=0.001, REST=0)

    assert result["watched"]["total"] == {"final": 40, "expected": 40}
    assert "final total: 40 of 40" in result["output"]


def test_without_the_mutex_the_pause_between_read_and_write_loses_updates(run_program, final):
    assert final(run_program("races.mutex", LOCKED=False, ROUNDS=10, HOLD=0.02, REST=0), "total") < 40


@pytest.mark.parametrize("way", ["nothing_between", "call_between"])
def test_check_then_act_never_leaves_a_lamp_unsold(run_program, final, way):
    assert final(run_program("races.check_then_act", WAY=way, LAMPS=5000), "sold") >= 5000


def test_under_a_lock_every_lamp_is_sold_once(run_program, final):
    assert final(run_program("races.check_then_act", WAY="under_a_lock", LAMPS=5000), "sold") == 5000


def test_a_lock_taken_twice_is_a_deadlock_of_a_thread_with_itself(run_program):
    result = run_program("races.reentrant", TELLERS=1, PAUSE=0.01)

    assert result["outcome"] == "deadlock"
    by_actor = {wait["actor"]: wait for wait in result["deadlock"]}
    assert by_actor["t1"]["waits_for"] == "account_lock"
    assert by_actor["t1"]["held_by"] == "t1"


def test_an_rlock_taken_twice_lets_every_transfer_through(run_program):
    result = run_program("races.reentrant", KIND="RLock", PAUSE=0.01)

    assert result["outcome"] == "finished"
    assert result["watched"]["checking"] == {"final": 6, "expected": 6}
    assert result["watched"]["savings"] == {"final": 94, "expected": 94}


def test_totals_under_a_lock_are_exact_whatever_it_surrounds(run_program, final):
    result = run_program("races.price_of_a_lock", STEPS=5000)

    assert final(result, "lost_under_a_lock") == 0
    assert set(final(result, "seconds")) == {"no-lock", "lock-each-step", "lock-the-whole"}


def test_a_lock_at_each_step_costs_more_than_one_around_the_whole(run_program, final):
    seconds = final(run_program("races.price_of_a_lock", STEPS=50_000), "seconds")

    assert seconds["lock-each-step"] > seconds["lock-the-whole"]
