"""The truth to hold of every scenario about threads."""

import pytest

SHORT = {"TIMES": 2, "SING_PAUSE": 0.02, "DANCE_PAUSE": 0.05}


def test_five_threads_pause_about_once_where_one_pauses_five_times(run_program, final):
    result = run_program("threads.one_then_many", APOLOGIES=5, PAUSE=0.3)

    seconds = final(result, "seconds")
    assert seconds["one thread"] >= 1.5
    assert seconds["many threads"] < 0.6 * seconds["one thread"]


def test_each_apology_of_the_second_way_has_a_thread_of_its_own(run_program):
    result = run_program("threads.one_then_many", APOLOGIES=3, PAUSE=0.01)

    assert result["output"].count("from MainThread") == 3
    for number in (1, 2, 3):
        assert f"apology {number} from apology-{number}" in result["output"]


def test_threads_that_are_not_daemons_finish_before_the_process_ends(run_program, final):
    result = run_program("threads.main_waits", **SHORT)

    assert result["outcome"] == "finished"
    assert final(result, "verses") == final(result, "steps") == 2
    assert "the singer has finished" in result["output"]
    assert "the dancer has finished" in result["output"]


def test_main_prints_its_last_line_before_the_threads_have_finished(run_program):
    output = run_program("threads.main_waits", TIMES=2, SING_PAUSE=0.5, DANCE_PAUSE=0.5)["output"]

    assert output.index("this is the last line of main") < output.index("the singer has finished")


def test_daemon_threads_are_cut_off_when_main_ends(run_program, final):
    result = run_program("threads.main_waits", DAEMON=True, TIMES=10, SING_PAUSE=2, DANCE_PAUSE=2)

    assert result["outcome"] == "finished"
    assert "this is the last line of main" in result["output"]
    assert "has finished" not in result["output"]
    assert final(result, "verses") < 10


def test_the_count_of_living_threads_ends_at_one(run_program, final):
    result = run_program("threads.how_many", LOOK_EVERY=0.01, **SHORT)

    assert final(result, "thread_count") == 1
    assert "threads alive: 1" in result["output"]


def test_the_count_of_living_threads_begins_at_three(run_program):
    output = run_program("threads.how_many", LOOK_EVERY=0.02, TIMES=1, SING_PAUSE=1, DANCE_PAUSE=1)["output"]

    assert output.index("threads alive: 3") < output.index("threads alive: 1")


def test_start_runs_in_the_new_thread_and_run_in_the_caller(run_program, final):
    result = run_program("threads.subclass", VERSES=2, PAUSE=0.01)

    sung_in = final(result, "verses_sung_in")
    assert sung_in["tenor"] == sung_in["MainThread"] == 2
    assert "soprano" not in sung_in
    assert "soprano sings verse 2 in thread MainThread" in result["output"]


def test_a_thread_without_a_name_is_given_one(run_program, final):
    sung_in = final(run_program("threads.subclass", VERSES=1, PAUSE=0.01), "verses_sung_in")

    assert any(name.startswith("Thread-") for name in sung_in)


def test_without_the_mistake_the_soprano_has_a_thread(run_program, final):
    result = run_program("threads.subclass", VERSES=1, PAUSE=0.01, RUN_BY_MISTAKE=False)

    assert final(result, "verses_sung_in")["soprano"] == 1
    assert "soprano" in {actor["name"] for actor in result["actors"]}


@pytest.mark.parametrize("threads", [2, 4])
def test_every_round_holds_every_thread_once_in_whatever_order(run_program, final, threads):
    result = run_program("threads.order_is_not_yours", THREADS=threads, ROUNDS=20, PAUSE=0.002)

    assert result["watched"]["complete_rounds"] == {"final": 20, "expected": 20}
    orders = final(result, "orders")
    assert sum(orders.values()) == 20
    for order in orders:
        assert sorted(order.split("-")) == [str(number + 1) for number in range(threads)]
