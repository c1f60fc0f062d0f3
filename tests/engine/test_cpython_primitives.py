"""The virtual primitives are what CPython's own tests of `threading`, `_thread` and `queue` demand, in any order of threads.

The tests and their helpers are the program's own here: their threads, locks, queues and sleeps are all virtual.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.engine.cpython_tests import needs, run_tests

HELPERS = ("test.lock_tests", "test.support", "test.support.threading_helper", "_threading_local")
POOLS = {"test_thread_pool": 10, "test_wait": 9, "test_as_completed": 5, "test_future": 20, "test_shutdown": 6}
POOL_HELPERS = tuple("test.test_concurrent_futures" + part for part in ("", ".executor", ".util"))
LEAST = {"test_threading": 130, "test_thread": 18, "test_queue": 40, "test_threading_local": 18}
"""Each module, and how many of its tests must pass: a run in which nothing ran has proved nothing."""

LEFT_OUT = {
    # what is not of this process, or not of Python
    "fork": "a real fork",
    "Process": "pools of processes",
    "hang_global_shutdown": "starts other Pythons",
    "interpreter_shutdown": "starts other Pythons",
    "hang_issue": "pools of processes",
    "ForkInThread": "a real fork",
    "SubinterpThreadingTests": "subinterpreters",
    "InterruptMainTests": "signals",
    "SetAsyncExc": "writes into the interpreter by way of ctypes",
    "ThreadJoinOnShutdown": "starts other Pythons",
    "AtexitTests": "starts other Pythons",
    "during_shutdown": "starts other Pythons",
    "nondaemon_on_shutdown": "starts other Pythons",
    "finaliz": "starts other Pythons",
    "locals_at_exit": "starts other Pythons",
    "print_exception": "starts other Pythons",
    "recursion_limit": "starts other Pythons",
    "modify_file_noerror": "starts other Pythons",
    "import_from_another_thread": "starts other Pythons",
    "tstate_tracing": "needs a thread state of the interpreter's",
    "leak_without_join": "needs a thread of the system's",
    "_all_threads": "looks for the tracing of threads of the system's",
    # what only the real module has inside
    "tstate_lock": "the lock by which 3.11 and 3.12 know that a thread has ended",
    "shutdown_locks": "the same locks",
    "limbo_cleanup": "replaces the function that starts a real thread",
    "ThreadRunningTests.test_join": "handles of threads, inside `_thread` from 3.13 on",
    "set_done_unstarted": "the same handles",
    "_handle": "the same handles",
    "disallow_instantiation": "3.11 and 3.12: Lock is a function there, a class here, as from 3.13 on",
    # what waits for memory to be given back
    "PyThreadingLocalTest.test_cycle_collection": "a cycle through a dictionary that is held until nobody else holds it",
}  # fmt: skip
"""Tests that cannot apply, by a part of their id, and why."""
if sys.version_info >= (3, 13):
    LEFT_OUT["test_foreign_thread"] = "clears an event inside the object that stands for such a thread"


def check(folder: Path, name: str, model: str, scheduler: str) -> None:
    module = f"test.{name}"
    needs(module)
    own = (*HELPERS, *POOL_HELPERS)
    found = run_tests(folder, [module], LEFT_OUT, model=model, scheduler=scheduler, own=own)
    assert not found.named("fail", "error"), found.describe(found.named("fail", "error"))
    assert len(found.named("ok")) >= {**LEAST, **POOLS}[name.rpartition(".")[2]], found.words
    assert found.steps > 50, "the primitives were not the virtual ones"


@pytest.mark.parametrize(("model", "scheduler"), [("free-threaded", "1"), ("gil", "2"), ("gil", "round_robin")])
@pytest.mark.parametrize("name", [one for one in LEAST if one != "test_queue"])
def test_that_threads_and_locks_pass_the_tests_of_cpython(tmp_path: Path, name: str, model: str, scheduler: str) -> None:
    check(tmp_path, name, model, scheduler)


@pytest.mark.parametrize(("model", "scheduler"), [("free-threaded", "3"), ("gil", "round_robin")])
def test_that_queues_pass_the_tests_of_cpython(tmp_path: Path, model: str, scheduler: str) -> None:
    check(tmp_path, "test_queue", model, scheduler)


@pytest.mark.parametrize(("model", "scheduler"), [("free-threaded", "1"), ("gil", "2")])
@pytest.mark.parametrize("name", POOLS)
def test_that_thread_pools_pass_the_tests_of_cpython(tmp_path: Path, name: str, model: str, scheduler: str) -> None:
    """From Python 3.12 on these tests are files of their own."""
    check(tmp_path, f"test_concurrent_futures.{name}", model, scheduler)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("model", ["free-threaded", "gil"])
@pytest.mark.parametrize("scheduler", ["alone", "round_robin", "4", "5", "6", "7"])
@pytest.mark.parametrize("name", LEAST)
def test_that_no_order_of_threads_breaks_them(tmp_path: Path, name: str, model: str, scheduler: str) -> None:
    check(tmp_path, name, model, scheduler)
