"""The truth to hold of every scenario about conditions, queues of threads, semaphores, events and barriers."""

import pytest

MARKETS = ["conditions.market", "conditions.queue"]
FAST = {"PRODUCTS": 15, "PRODUCE_PAUSE": 0.002, "CONSUME_PAUSE": 0.002}


@pytest.mark.parametrize("id", MARKETS)
@pytest.mark.parametrize("producers, consumers, capacity", [(1, 1, 1), (3, 2, 2), (2, 4, 5)])
def test_a_market_loses_nothing_and_sells_nothing_twice(run_program, id, producers, consumers, capacity):
    result = run_program(id, PRODUCERS=producers, CONSUMERS=consumers, CAPACITY=capacity, **FAST)

    made = producers * 15
    assert result["outcome"] == "finished"
    assert result["watched"]["sold"] == {"final": made, "expected": made}
    assert f"made {made}, sold {made}, different {made}" in result["output"]
    assert "left over 0" in result["output"]


def test_the_market_is_never_deeper_than_its_capacity(run_program, final):
    result = run_program("conditions.market", PRODUCERS=4, CONSUMERS=1, CAPACITY=3, **FAST)

    assert 1 <= final(result, "deepest") <= 3


def test_the_queue_is_never_deeper_than_its_capacity(run_program):
    output = run_program("conditions.queue", PRODUCERS=4, CONSUMERS=1, CAPACITY=3, **FAST)["output"]

    deepest = int(output.split("deepest ")[1].split()[0])
    assert 0 <= deepest <= 3


def test_without_a_bug_nobody_is_woken_in_vain(run_program, final):
    result = run_program("conditions.wrong_wakeup", BUG="none", PRODUCE_PAUSE=0.005, CONSUME_PAUSE=0)

    assert result["outcome"] == "finished"
    assert final(result, "surprises") == 0
    assert result["watched"]["taken"] == {"final": 60, "expected": 60}


def test_an_if_for_a_while_lets_a_thread_into_an_empty_or_full_market(run_program, final):
    result = run_program("conditions.wrong_wakeup", PAIRS=4, PRODUCE_PAUSE=0.02, CONSUME_PAUSE=0)

    assert result["outcome"] == "finished"
    assert final(result, "surprises") > 0
    assert "woke up, but the market is" in result["output"]


def test_one_notify_for_two_kinds_of_waiters_takes_all_or_stops_with_everybody_asleep(run_program, final):
    result = run_program("conditions.wrong_wakeup", BUG="one_notify", PRODUCE_PAUSE=0.02)

    assert result["outcome"] in ("finished", "deadlock")
    assert final(result, "surprises") == 0
    assert (final(result, "taken") == 60) == (result["outcome"] == "finished")


def test_one_pair_is_safe_with_either_bug(run_program, final):
    for bug in ("if_for_while", "one_notify"):
        result = run_program("conditions.wrong_wakeup", BUG=bug, PAIRS=1, PRODUCE_PAUSE=0, CONSUME_PAUSE=0)
        assert (result["outcome"], final(result, "taken")) == ("finished", 20)


@pytest.mark.parametrize("seats, guests", [(1, 4), (3, 12), (5, 2)])
def test_never_more_guests_are_at_the_table_than_seats(run_program, final, seats, guests):
    result = run_program("conditions.semaphore", SEATS=seats, GUESTS=guests, MEAL=0.02)

    assert final(result, "served") == guests
    assert 1 <= final(result, "most_at_table") <= min(seats, guests)


@pytest.mark.parametrize("runner", ["all_on_time", "one_late"])
def test_nobody_starts_before_the_gun_and_all_meet_at_the_line(run_program, final, runner):
    result = run_program("conditions.event_and_barrier", RUNNER=runner, PAUSE=0.02)

    assert result["outcome"] == "finished"
    assert final(result, "started_early") == 0
    assert final(result, "met") == 4


def test_a_broken_barrier_is_said_and_nobody_waits_for_ever(run_program, final):
    result = run_program("conditions.event_and_barrier", RUNNER="one_broken", PAUSE=0.02)

    assert result["outcome"] == "finished"
    assert final(result, "started_early") == final(result, "met") == 0
    assert final(result, "went_on_alone") == 3
    assert result["output"].count("finds the barrier broken") == 3
