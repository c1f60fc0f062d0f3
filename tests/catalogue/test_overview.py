"""The truth to hold of the overview's scenarios."""

import os
import subprocess
import sys

import pytest

from .test_plain_python import PROGRAMS, with_constants

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
WITH_GIL = getattr(sys, "_is_gil_enabled", lambda: True)()
MOST_LINES = 8


def test_sing_and_dance_together_take_the_longer_part_and_apart_the_sum(run_program, final):
    result = run_program("overview.sing_and_dance", TIMES=3, SING_PAUSE=0.3, DANCE_PAUSE=0.3)

    assert result["outcome"] == "finished"
    seconds = final(result, "seconds")
    assert seconds["one after the other"] >= 1.8
    assert seconds["together"] >= 0.9
    assert seconds["together"] < 0.8 * seconds["one after the other"]


def test_sing_and_dance_prints_every_verse_and_step_both_times(run_program):
    output = run_program("overview.sing_and_dance", TIMES=2, SING_PAUSE=0.01, DANCE_PAUSE=0.01)["output"]

    for line in ("singing verse 1", "singing verse 2", "dancing step 1", "dancing step 2"):
        assert output.count(line) == 2


def test_sing_and_dance_has_a_thread_for_each_part(run_program):
    result = run_program("overview.sing_and_dance", TIMES=1, SING_PAUSE=0.01, DANCE_PAUSE=0.01)

    assert {actor["name"] for actor in result["actors"]} >= {"singer", "dancer"}


@pytest.fixture
def phone_rate(run_program, final):
    """Phones per second of a factory that only computes, or only waits, 0.02 s for each."""

    def run(kind, **settings):
        seconds = {"COMPUTE": 0.02, "WAIT": 0} if kind == "computing" else {"COMPUTE": 0, "WAIT": 0.02}
        return final(run_program("overview.factory", SECONDS=0.4, **seconds, **settings), "rate")

    return run


def test_a_factory_counts_the_phones_of_every_line(run_program, final, start_method):
    result = run_program("overview.factory", SECONDS=0.4, START=start_method)

    assert result["outcome"] == "finished"
    made_by_line = final(result, "made_by_line")
    assert set(made_by_line) == {"line-1", "line-2"}
    assert min(made_by_line.values()) > 0
    assert final(result, "made") == sum(made_by_line.values())
    assert {f"{line}, {made}" for line, made in made_by_line.items()} == {
        row.replace(" made ", ", ").removesuffix(" phones") for row in result["output"].splitlines() if " made " in row
    }


def test_more_workers_on_a_line_speed_up_the_waiting(phone_rate):
    assert phone_rate("waiting", LINES=1, WORKERS=4) > 2 * phone_rate("waiting", LINES=1, WORKERS=1)


@pytest.mark.skipif(not WITH_GIL, reason="without the GIL more workers compute more")
def test_more_workers_on_a_line_do_not_speed_up_the_computing(phone_rate):
    assert 0 < phone_rate("computing", LINES=1, WORKERS=4) < 1.3 / 0.02


@pytest.mark.long  # these run one at a time: it needs the cores for itself
@pytest.mark.skipif(CORES < 2, reason="one core computes one thing at a time")
def test_more_lines_speed_up_the_computing(phone_rate, soon):
    def is_faster():
        return phone_rate("computing", LINES=2, WORKERS=1) > 1.25 * phone_rate("computing", LINES=1, WORKERS=1)

    assert soon(is_faster)


@pytest.mark.skipif(CORES >= MOST_LINES, reason="there are no more lines than cores")
def test_lines_beyond_the_cores_do_not_speed_up_the_computing(phone_rate):
    assert 0 < phone_rate("computing", LINES=min(2 * CORES, MOST_LINES), WORKERS=1) < 1.3 * CORES / 0.02


def test_a_worker_that_uses_its_waiting_makes_as_many_phones_as_several(phone_rate):
    pytest.importorskip("gevent")

    assert phone_rate("waiting", LINES=1, WORKERS=1, USE_WAITING=True, IN_HAND=4) > 1.8 * phone_rate("waiting", LINES=1, WORKERS=1)


def test_a_factory_without_gevent_says_so_in_one_sentence(tmp_path):
    copy = tmp_path / "factory.py"
    source = PROGRAMS["overview.factory"].read_text(encoding="utf-8")
    copy.write_text(with_constants(source, {"USE_WAITING": True}), encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", "-S", copy], capture_output=True, text=True, timeout=60)

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.strip() == "USE_WAITING needs gevent, which is not installed: python -m pip install gevent"


def test_every_number_of_tasks_is_measured_both_ways(run_program, final, start_method):
    result = run_program("overview.concurrent_or_parallel", TASKS=2, COMPUTE=0.05, START=start_method)

    assert result["outcome"] == "finished"
    for points in final(result, "finished_after").values():
        assert [count for count, _ in points] == [1, 2]
        assert min(seconds for _, seconds in points) >= 0.05


@pytest.mark.long  # these run one at a time: it needs the cores for itself
@pytest.mark.skipif(CORES < 2, reason="one core computes one thing at a time")
def test_as_processes_no_more_tasks_than_cores_take_about_one_tasks_time(run_program, final, soon):
    def is_parallel():
        result = run_program("overview.concurrent_or_parallel", TASKS=2, COMPUTE=0.2)
        (_, alone), (_, both) = final(result, "finished_after")["processes"]
        return both < 1.6 * alone

    assert soon(is_parallel)


@pytest.mark.skipif(not WITH_GIL, reason="without the GIL threads compute at the same time")
def test_as_threads_under_the_gil_tasks_take_the_sum(run_program, final):
    result = run_program("overview.concurrent_or_parallel", TASKS=2, COMPUTE=0.1)

    for count, seconds in final(result, "finished_after")["threads"]:
        assert seconds >= 0.95 * count * 0.1


def test_a_process_costs_more_than_a_thread_and_a_thread_more_than_a_coroutine(run_program, final, soon, start_method):
    def is_in_order():
        result = run_program("overview.what_each_costs", REPEATS=6, SWITCHES=200, START=start_method)
        assert result["outcome"] == "finished"
        costs = final(result, "costs")
        coroutines = set(costs) - {"process", "thread"}
        assert coroutines >= {"generator"}
        for measure in ("create", "switch"):
            for cost in costs.values():
                assert cost[measure]["repeats"] == 6
                assert cost[measure]["low"] <= cost[measure]["median"] <= cost[measure]["high"]
        measures = ["create", "switch", *(["memory"] if os.path.exists("/proc/self/smaps_rollup") else [])]
        return all(
            costs["process"][measure]["median"] > costs["thread"][measure]["median"] > costs[one][measure]["median"] > 0
            for measure in measures
            for one in coroutines
        )

    assert soon(is_in_order)
