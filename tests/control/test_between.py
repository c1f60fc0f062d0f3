"""Deadlocks between processes are seen, named, and only where there is one."""

from __future__ import annotations

import time

import pytest

from concsim.control.summary import notes
from concsim.model.events import DeadlockSeen
from tests.conftest import Ran, Run

TWO_LOCKS = """
import multiprocessing, sys, time

def work(first, second, mine, other, PATIENCE):
    with first:
        mine.set()
        other.wait()
        second.acquire(timeout=PATIENCE)

if __name__ == "__main__":
    context = multiprocessing.get_context("{method}")
    a, b, here, there = context.Lock(), context.Lock(), context.Event(), context.Event()
    one = context.Process(target=work, args=(a, b, here, there, {patience}), name="one")
    two = context.Process(target=work, args=({second}, here, {patience}), name="two")
    one.start(); two.start(); one.join(); two.join()
"""


def source(method: str = "fork", patience: object = None, crossed: bool = True) -> str:
    second = "b, a, there" if crossed else "context.Lock(), context.Lock(), there"
    return TWO_LOCKS.format(method=method, patience=patience, second=second)


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_that_a_deadlock_between_processes_is_named(run_source: Run, method: str) -> None:
    began = time.monotonic()
    ran = run_source(source(method))
    assert ran.outcome == "deadlock"
    assert time.monotonic() - began < 25, "it was seen, not ended by the limit"
    assert ran.deadlock is not None
    found = {(one["actor"], one["waits_for"], one["held_by"], one["line"]) for one in ran.deadlock}
    assert found >= {("p1", "b", "p2", 8), ("p2", "a", "p1", 8)}
    assert notes(ran.state, "en") == [], "that its processes were killed then is no news"


def test_that_one_who_joins_a_child_with_its_lock_in_hand_is_named(run_source: Run) -> None:
    ran = run_source("""
        import multiprocessing

        def work(lock):
            with lock:
                print("in")

        if __name__ == "__main__":
            context = multiprocessing.get_context("fork")
            lock = context.Lock()
            child = context.Process(target=work, args=(lock,))
            with lock:
                child.start()
                child.join()
    """)
    assert (ran.outcome, ran.output) == ("deadlock", "")
    assert [(one["actor"], one["waits_for"]) for one in ran.deadlock or ()] == [("main", "p1"), ("p1", "lock")]


def test_that_waiting_with_a_timeout_is_none(run_source: Run) -> None:
    ran = run_source(source(patience=0.3))
    assert (ran.outcome, ran.said(DeadlockSeen)) == ("finished", [])


def test_that_waiting_side_by_side_is_none(run_source: Run) -> None:
    ran = run_source(source(crossed=False))
    assert (ran.outcome, ran.said(DeadlockSeen)) == ("finished", [])


def test_that_what_opens_again_is_withdrawn(run_source: Run) -> None:
    ran: Ran = run_source("""
        import multiprocessing, time

        def work(first, second, mine, other, gate):
            first.acquire()
            mine.set()
            other.wait()
            second.acquire()

        if __name__ == "__main__":
            context = multiprocessing.get_context("fork")
            a, b, here, there, gate = context.Lock(), context.Lock(), context.Event(), context.Event(), context.Event()
            one = context.Process(target=work, args=(a, b, here, there, gate))
            two = context.Process(target=work, args=(b, a, there, here, gate))
            one.start(); two.start()
            time.sleep(2)
            a.release(); b.release()
            one.join(); two.join()
    """)
    assert ran.outcome == "finished"
    assert [one.certainty for one in ran.said(DeadlockSeen)] == ["suspected", "withdrawn"]
