"""The truth to hold of every scenario about deadlock that is threads and locks only."""

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
