"""The truth to hold of every scenario about queues between processes."""

import os
import re
import signal
import subprocess
import sys

import pytest

from .test_plain_python import PROGRAMS, with_constants


def test_a_full_queue_refuses_and_an_empty_one_has_nothing(run_program, final, start_method):
    result = run_program("queues.bounded", TIMEOUT=0.5, PAUSE=0.1, TRIES=5, START=start_method)

    assert result["outcome"] == "finished"
    answers = {words: (answer, seconds) for words, answer, seconds in final(result, "results")}
    assert answers["full()"][0] == "True"
    assert answers["put('more', timeout)"][0] == answers["put_nowait('more')"][0] == "Full"
    assert answers["put('more', timeout)"][1] >= 0.49
    assert answers["put_nowait('more')"][1] < 0.4
    assert answers["get_nowait()"][0] == "Empty"
    assert answers["get_nowait()"][1] < 0.4


def test_what_goes_in_first_comes_out_first_also_for_another_process(run_program, final):
    result = run_program("queues.bounded", CAPACITY=5, TIMEOUT=0.8, PAUSE=0.2, TRIES=1)

    answers = {words: (answer, seconds) for words, answer, seconds in final(result, "results")}
    assert final(result, "taken") == [1, 2, 3, 4, 5]
    assert "the neighbour takes 1" in result["output"]
    assert answers["put('late', timeout)"][0] == "None"
    assert answers["put('late', timeout)"][1] > 0.1
    assert answers["full() of 100, no bound"][0] == "False"


def test_with_an_end_mark_nothing_is_lost(run_program, start_method):
    result = run_program(
        "queues.writer_reader", ITEMS=20, WRITE_PAUSE=0, READ_PAUSE=0, HEAD_START=0, PATIENCE=10, START=start_method
    )

    assert result["outcome"] == "finished"
    assert result["watched"]["written"] == result["watched"]["read"] == {"final": 20, "expected": 20}
    assert [int(item) for item in re.findall(r"reader: item (\d+)", result["output"])] == list(range(1, 21))


def test_a_reader_that_quits_at_an_empty_queue_leaves_items_unread(run_program, final, start_method):
    result = run_program(
        "queues.writer_reader", WAY="quits_when_empty", ITEMS=8, CAPACITY=3, WRITE_PAUSE=0.05, READ_PAUSE=0,
        HEAD_START=0, PATIENCE=0.4, START=start_method,
    )  # fmt: skip

    assert result["outcome"] == "finished"
    assert "reader: the queue is empty, I go" in result["output"]
    assert final(result, "read") < 8
    assert final(result, "read") <= final(result, "written") <= 8


@pytest.mark.parametrize(("victim", "says"), [("writer", "reader: nothing for "), ("reader", "writer: full for ")])
def test_nobody_waits_for_ever_for_a_process_that_was_killed(tmp_path, victim, says):
    copy = tmp_path / "writer_reader.py"
    constants = {"ITEMS": 50, "WRITE_PAUSE": 0.05, "READ_PAUSE": 0.05, "HEAD_START": 0.2, "PATIENCE": 1.0}
    source = PROGRAMS["queues.writer_reader"].read_text(encoding="utf-8")
    copy.write_text(with_constants(source, constants), encoding="utf-8")
    with subprocess.Popen([sys.executable, "-u", copy], stdout=subprocess.PIPE, text=True) as program:
        try:
            output, killed = "", False
            for line in program.stdout:
                output += line  # two processes write to it: a line may hold the words of both
                if not killed and "reader: item 2" in output and (pid := re.search(rf"{victim}: my pid is (\d+)\D", output)):
                    os.kill(int(pid[1]), signal.SIGKILL)
                    killed = True
            assert program.wait(timeout=30) == 0
        finally:
            program.kill()

    assert says in output
    assert "of 50 written" in output


def test_a_plain_queue_is_refused_and_both_other_ways_pass_everything_on_in_order(run_program, final, start_method):
    result = run_program("queues.pool_needs_manager", PAUSE=0, START=start_method)

    assert result["outcome"] == "finished"
    refusal = "Queue objects should only be shared between processes through inheritance"
    assert final(result, "refusal") == refusal
    assert f"get() says RuntimeError: {refusal}" in result["output"]
    assert final(result, "arrived") == {"inherited": "courier", "manager": "courier"}


def test_nothing_is_heard_of_a_refused_queue_until_the_result_is_asked_for(run_program):
    output = run_program("queues.pool_needs_manager", WORD="hi", PAUSE=0)["output"]

    before = output[: output.index("get() says RuntimeError")]
    assert "apply_async() said nothing" in before
    assert "puts" not in before
