"""The truth to hold of every scenario about deadlock that is threads and locks only."""

from pathlib import Path

import pytest

from concsim.model.events import Kind, WatchSeen

BANKERS = Path(__file__).resolve().parents[2] / "concsim" / "catalogue" / "deadlock" / "bankers.py"

SHORT = {"TIMEOUT": 0.1, "PAUSE": 0.02}


def test_two_locks_in_two_orders_are_called_a_deadlock_with_their_names(run_program, final):
    result = run_program("deadlock.two_locks", PAUSE=0.05)

    assert result["outcome"] == "deadlock"
    waits = {wait["actor"]: (wait["waits_for"], wait["held_by"]) for wait in result["deadlock"]}
    assert waits["t1"] == ("lock_b", "t2")
    assert waits["t2"] == ("lock_a", "t1")
    assert final(result, "got_both") == 0


def test_the_deadlock_of_two_locks_points_at_the_inner_with_lines(run_program):
    result = run_program("deadlock.two_locks", PAUSE=0.05)

    lines = {}
    for wait in result["deadlock"]:
        with open(wait["file"], encoding="utf-8") as source:
            lines[wait["actor"]] = source.read().splitlines()[wait["line"] - 1].strip()
    assert lines["t1"] == "with lock_b:"
    assert lines["t2"] == "with lock_a:"


def test_two_locks_in_two_orders_deadlock_every_time(run_program):
    assert {run_program("deadlock.two_locks", PAUSE=0)["outcome"] for _ in range(5)} == {"deadlock"}


def test_random_timeouts_let_both_threads_finish(run_program, final):
    result = run_program("deadlock.timeout", PATIENCE="random", TRIES=50, **SHORT)

    assert result["outcome"] == "finished"
    assert final(result, "got_both") == 2


def test_equal_timeouts_finish_within_the_tries(run_program, final):
    result = run_program("deadlock.timeout", PATIENCE="equal", TRIES=3, **SHORT)

    assert result["outcome"] == "finished"
    assert result["output"].count("gave up after 3 tries") == 2 - final(result, "got_both")
    assert max(final(result, "retries").values()) <= 3


def test_one_order_for_all_finishes(run_program):
    result = run_program("deadlock.one_order", PAUSE=0.02, ROUNDS=5)

    assert result["outcome"] == "finished"
    assert result["deadlock"] is None
    assert result["watched"]["got_both"] == {"final": 10, "expected": 10}


def test_every_turn_of_a_shared_lock_is_counted_for_somebody(run_program, final):
    result = run_program("deadlock.starvation", TURNS=40, HOLD=0.002, REST=0.001)

    turns = final(result, "turns")
    assert set(turns) == {"greedy-1", "modest-1", "modest-2"}
    assert sum(turns.values()) == 40
    assert final(result, "turns_left") == 0


def test_with_tickets_everybody_gets_a_fair_share(run_program, final):
    result = run_program("deadlock.starvation", FAIR=True, TURNS=60, HOLD=0.02, REST=0.001)

    turns = final(result, "turns")
    assert sum(turns.values()) == 60
    assert max(turns.values()) <= 2 * min(turns.values())


def claimed(result, final):
    """How many coins all clients claim together."""
    return sum(sum(coins) for coins in final(result, "claim").values())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_careful_banker_never_leaves_the_safe_states_and_all_finish(run_program, final, seed):
    result = run_program("deadlock.bankers", PAUSE=0.01, SEED=seed)

    assert result["outcome"] == "finished"
    assert result["watched"]["unsafe_states"] == {"final": 0, "expected": 0}
    assert final(result, "requests") == claimed(result, final)
    assert final(result, "allocation") == {} and final(result, "refused") == {}
    assert result["output"].count("and gives it back") == 4


def test_the_bank_has_all_its_coins_again_in_the_end(run_program, final):
    result = run_program("deadlock.bankers", PAUSE=0.01, CLIENTS=5, CLAIM=2)

    assert final(result, "available") == [4, 4, 4]
    assert claimed(result, final) > 12, "the claims are more than the bank owns, or nobody would ever wait"


def test_an_unsafe_request_waits_although_the_coin_is_there(run_file):
    """Two clients that need one coin of each of two kinds, and ask in opposite orders."""
    ran = run_file(BANKERS, CLIENTS=2, KINDS=2, CLAIM=1, SEED=2, PAUSE=0.6)

    seen = {name: [one.value for one in ran.said(WatchSeen) if one.name == name] for name in ("refused", "available")}
    ((name, (wish, why)),) = next(value for value in seen["refused"] if value).items()
    assert ran.outcome == "finished" and why == "unsafe"
    assert wish in seen["available"], "one coin was left, the one asked for"
    waits = [actor for _, actor, _, target, *_ in ran.seen(Kind.WAIT) if ran.state.name_of(target) == "bank"]
    assert [ran.state.name_of(actor) for actor in waits] == [name]
    assert "not there" not in ran.output


def test_a_careless_banker_ends_in_a_deadlock_with_no_safe_order(run_program, final):
    result = run_program("deadlock.bankers", CAREFUL=False, PAUSE=0.3, SEED=2, CLIENTS=2, KINDS=2, CLAIM=1)

    assert result["outcome"] == "deadlock"
    assert {wait["waits_for"] for wait in result["deadlock"]} == {"bank", "t1"}
    assert final(result, "unsafe_states") == 1 and final(result, "safe_order") == []
    assert {why for _, why in final(result, "refused").values()} == {"not there"}


@pytest.mark.parametrize("count", [2, 3, 9])
def test_naive_philosophers_deadlock_in_a_circle_of_all(run_program, final, count):
    result = run_program("deadlock.philosophers", PHILOSOPHERS=count, PAUSE=0.02)

    assert result["outcome"] == "deadlock"
    waits = {wait["actor"]: (wait["waits_for"], wait["held_by"]) for wait in result["deadlock"]}
    assert waits.pop("main") == ("t1", None)
    assert waits == {f"t{n + 1}": (f"forks[{n}]", f"t{(n + 1) % count + 1}") for n in range(count)}
    assert final(result, "meals") == 0


@pytest.mark.parametrize("count", [2, 5])
def test_with_one_left_handed_philosopher_everybody_eats(run_program, count):
    result = run_program("deadlock.philosophers", WAY="one_left_handed", PHILOSOPHERS=count, MEALS=4, PAUSE=0.01)

    assert result["outcome"] == "finished"
    assert result["watched"]["meals"] == {"final": 4 * count, "expected": 4 * count}
    assert {f"philosopher-{n + 1} eats" for n in range(count)} <= set(result["output"].splitlines())
