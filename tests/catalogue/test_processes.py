"""The truth to hold of every scenario about processes, however they are started."""

import re
import sys


def test_a_sleeper_has_next_to_no_core_and_all_together_no_more_than_there_are(run_program, final, start_method):
    result = run_program("processes.states", EXTRA=1, SLEEPING=1, SECONDS=0.4, NAP=0.1, START=start_method)

    assert result["outcome"] == "finished"
    used, cores, elapsed = (final(result, name) for name in ("cpu_seconds", "cores", "elapsed"))
    sleeper = used.pop("sleeping-1")
    assert len(used) == cores + 1
    assert sleeper < 0.15
    assert sleeper < max(used.values())
    assert sum(used.values()) <= 1.02 * cores * elapsed


def test_parent_and_child_are_at_work_at_the_same_time(run_program, final, start_method):
    result = run_program("processes.first", ROUNDS=4, PAUSE=0.2, START=start_method)

    assert result["outcome"] == "finished"
    assert final(result, "together") > 0
    assert f"both were at work for {final(result, 'together'):.2f} s" in result["output"]
    pids = {}
    for who, pid in re.findall(r"(parent|child), pid (\d+): line", result["output"]):
        pids.setdefault(who, []).append(pid)
    assert len(pids["parent"]) == len(pids["child"]) == 4
    assert len({*pids["parent"], *pids["child"]}) == 2


def test_a_child_has_its_arguments_and_its_parent_is_who_started_it_or_the_fork_server(run_program, final, start_method):
    result = run_program("processes.arguments", PAUSE=0, START=start_method)

    for line in ("the title is dinner", "guest 1 is Ada", "guest 2 is Alan", "drink is tea", "seats is 4"):
        assert f"child: {line}" in result["output"]
    family = final(result, "family")
    assert family["child"] != family["parent"]
    assert family["starter of the child"] == family["parent"]
    assert (family["parent of the child"] == family["parent"]) == (start_method != "forkserver")


def test_exit_codes_tell_how_a_process_ended_and_names_are_given_in_order(run_program, final, start_method):
    result = run_program("processes.lifecycle", PAUSE=0.4, START=start_method)

    assert result["outcome"] == "finished"
    assert final(result, "exit_codes") == {"Process-1": 0, "Process-2": -15, "Process-3": -9}
    assert {actor["name"] for actor in result["actors"]} >= {"Process-1", "Process-2", "Process-3"}


def test_a_process_object_says_its_state_after_each_call(run_program):
    output = run_program("processes.lifecycle", PAUSE=0.6)["output"]

    said = [re.sub(r"pid \d+", "pid N", row) for row in output.splitlines() if row.startswith("Process-1 after")]
    assert [re.sub(r"^Process-1 after (\S+)\s+", r"\1 ", row) for row in said] == [
        "Process() pid None, is_alive() False, exitcode None",
        "start() pid N, is_alive() True, exitcode None",
        "join(timeout) pid N, is_alive() True, exitcode None",
        "join() pid N, is_alive() False, exitcode 0",
    ]


def test_only_the_child_that_appends_sees_the_append(run_program, final, start_method):
    result = run_program("processes.own_memory", ADDITIONS=2, PAUSE=0, START=start_method)

    copied = [4] if start_method == "fork" else []
    assert result["outcome"] == "finished"
    assert final(result, "seen") == {
        "adder": [1, 2, 3, *copied, 100, 101],
        "reader": [1, 2, 3, *copied],
        "parent": [1, 2, 3, 4],
    }
    assert final(result, "numbers") == [1, 2, 3, 4]


def test_a_killed_process_leaves_the_others_and_a_crashed_thread_does_not(run_program, final, start_method):
    result = run_program("processes.or_threads", WORKERS=3, COMPUTE=0.05, PAUSE=0.4, START=start_method)

    assert result["outcome"] == "finished"
    assert final(result, "survivors") == {"threads": 0, "processes": 2}
    assert "exit code -9" in result["output"]


def test_threads_share_a_counter_and_processes_share_neither_that_nor_their_memory(run_program, final):
    result = run_program("processes.or_threads", WORKERS=3, COMPUTE=0.1, PAUSE=0.2)

    assert final(result, "counted") == {"threads": 3, "processes": 0}
    assert final(result, "counter") == 0
    if sys.platform == "linux":  # which tells a process's private memory
        assert final(result, "kilobytes_each")["processes"] > 2 * final(result, "kilobytes_each")["threads"]
