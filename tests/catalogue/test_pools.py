"""The truth to hold of the scenarios about pools."""

import os
import re
import signal
import subprocess
import sys

from .test_plain_python import PROGRAMS, with_constants


def test_a_pool_of_processes_uses_its_few_workers_again(run_program, final, start_method):
    result = run_program("pools.reuse", WORKERS=2, TASKS=8, PAUSE=0.05, START=start_method)

    assert result["outcome"] == "finished"
    assert result["watched"]["workers_at_first"] == {"final": 2, "expected": 2}
    assert result["watched"]["done"] == {"final": 8, "expected": 8}
    counts = final(result, "tasks_by_pid")
    assert 1 <= len(counts) <= 2
    assert sum(counts.values()) == 8
    assert set(counts) == set(re.findall(r"begins in process (\d+)", result["output"]))
    assert final(result, "lost") == []


def test_each_of_five_workers_is_used_again(run_program, final):
    counts = final(run_program("pools.reuse", PAUSE=0.2), "tasks_by_pid")

    assert len(counts) == 5
    assert max(counts.values()) >= 2


def test_the_task_of_a_killed_worker_is_lost_and_the_rest_is_done(tmp_path):
    copy = tmp_path / "reuse.py"
    constants = {"WORKERS": 2, "TASKS": 6, "PAUSE": 0.2, "PATIENCE": 1.0}
    source = PROGRAMS["pools.reuse"].read_text(encoding="utf-8")
    copy.write_text(with_constants(source, constants), encoding="utf-8")
    with subprocess.Popen([sys.executable, "-u", copy], stdout=subprocess.PIPE, text=True) as program:
        try:
            output, killed = "", False
            for line in program.stdout:
                output += line  # several processes write to it: a line may hold the words of two
                if not killed and (begun := re.search(r"task 2 begins in process (\d+)\D", output)):
                    os.kill(int(begun[1]), signal.SIGKILL)
                    killed = True
            assert program.wait(timeout=30) == 0
        finally:
            program.kill()

    assert "task 2 never came back: lost" in output
    assert "5 of 6 tasks done by " in output
    assert "the pool does not end" not in output
    assert len(set(re.findall(r"begins in process (\d+)", output))) == 3


def test_apply_waits_for_its_task_and_apply_async_does_not(run_program, final, start_method):
    result = run_program("pools.lifecycle", PAUSE=0.2, TASKS=3, START=start_method)

    assert result["outcome"] == "finished"
    seconds = final(result, "seconds")
    assert seconds["apply"] >= 0.2
    assert seconds["apply_async"] < 0.2
    assert seconds["close"] < 0.2


def test_join_before_close_and_tasks_after_it_are_refused_and_terminate_drops_those_that_wait(run_program, final):
    result = run_program("pools.lifecycle", PAUSE=0.2, TASKS=8)

    assert final(result, "errors") == {
        "join before close": "Pool is still running",
        "apply_async after close": "Pool not running",
    }
    assert "the task from before close() has been done: True" in result["output"]
    assert final(result, "finished") >= 1
    assert final(result, "dropped") >= 2
    assert final(result, "finished") + final(result, "dropped") == 8


def test_results_of_a_pool_of_threads_are_in_the_order_of_the_tasks(run_program, final):
    result = run_program("pools.threads", PAUSE=0.1)

    assert result["outcome"] == "finished"
    assert result["watched"]["in_order"] == {"final": 9, "expected": 9}
    assert sorted(final(result, "done")) == list(range(9))


def test_a_pool_of_threads_has_no_more_threads_than_workers(run_program):
    result = run_program("pools.threads", WORKERS=2, PAUSE=0.02)

    workers = [actor for actor in result["actors"] if actor["name"].startswith("worker")]
    assert 1 <= len(workers) <= 2


def test_a_full_pool_that_waits_for_itself_is_called_a_deadlock(run_program, final):
    result = run_program("pools.threads", SELF_WAIT=True, PAUSE=0.01)

    assert result["outcome"] == "deadlock"
    assert len(result["deadlock"]) >= 3
    assert final(result, "in_order") == 0
