"""Deadlocks between processes are seen, named, and only where there is one."""

from __future__ import annotations

import time

import pytest

from concsim.control.command.summary import notes
from concsim.control.sessions.between import Between
from concsim.model.encoding import Batch
from concsim.model.events import ActorDeclared, DeadlockSeen, Kind, ObjectDeclared, ProcessEnded, pack_code
from tests.conftest import Run

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


def test_that_a_lock_that_the_text_hands_over_is_none(run_source: Run) -> None:
    ran = run_source("""
        import multiprocessing, time

        def wait(lock, first):
            first.set()
            lock.acquire()

        def give(lock, first):
            first.wait()
            time.sleep(3)
            lock.release()

        if __name__ == "__main__":
            context = multiprocessing.get_context("fork")
            lock, first = context.Lock(), context.Event()
            lock.acquire()
            one, two = context.Process(target=wait, args=(lock, first)), context.Process(target=give, args=(lock, first))
            one.start(); two.start()
            one.join(); two.join()
    """)
    assert ran.outcome == "finished"


# what is fed to it row by row

LOCK, OTHER, MAIN, ONE, TWO, THREAD = range(101, 107)


class Fed:
    """A main process and two children, what they do, and what is said of it."""

    def __init__(self, *locks: int) -> None:
        self.between, self.time = Between(), 0
        self.homes = {MAIN: MAIN, ONE: ONE, TWO: TWO, THREAD: ONE}
        for actor in self.homes:
            self.between.see(ActorDeclared(0, actor, str(actor), str(actor), "process"), self.homes)
        for lock in locks or (LOCK, OTHER):
            self.between.see(ObjectDeclared(0, lock, "lock", str(lock), shared=True), self.homes)

    def does(self, actor: int, kind: Kind, target: int, value: float = 1) -> None:
        self.time += 1
        self.between.see(Batch([self.time], [actor], [pack_code(kind, target)], [0], [value]), self.homes)

    def said(self) -> str:
        verdict = self.between.verdict(self.time)
        return "" if verdict is None else verdict.certainty


@pytest.fixture
def crossed() -> Fed:
    fed = Fed()
    fed.does(ONE, Kind.ACQUIRE, LOCK)
    fed.does(TWO, Kind.ACQUIRE, OTHER)
    fed.does(ONE, Kind.WAIT, OTHER, -1)
    assert fed.said() == ""
    fed.does(TWO, Kind.WAIT, LOCK, -1)
    return fed


def test_that_what_opens_again_is_withdrawn(crossed: Fed) -> None:
    assert (crossed.said(), crossed.said()) == ("suspected", "")
    crossed.does(TWO, Kind.WAKE, LOCK, 0)
    assert crossed.said() == "withdrawn"


def test_that_a_killed_process_waits_for_nothing_with_any_of_its_threads(crossed: Fed) -> None:
    assert crossed.said() == "suspected"
    crossed.between.see(ProcessEnded(9, ONE, -9), crossed.homes)
    crossed.between.see(ProcessEnded(9, TWO, -9), crossed.homes)
    assert crossed.said() == "withdrawn"


def test_that_threads_of_a_killed_process_are_gone_too() -> None:
    fed = Fed()
    fed.does(ONE, Kind.ACQUIRE, LOCK)
    fed.does(THREAD, Kind.WAIT, LOCK, -1)
    fed.does(TWO, Kind.ACQUIRE, OTHER)
    fed.does(ONE, Kind.WAIT, OTHER, -1)
    fed.does(TWO, Kind.WAIT, ONE, -1)
    assert fed.said() == "suspected"
    fed.between.see(ProcessEnded(9, ONE, -15), fed.homes)
    fed.does(TWO, Kind.WAKE, ONE)
    assert fed.said() == "withdrawn"


def test_that_a_lock_given_by_another_is_followed_no_more() -> None:
    fed = Fed()
    fed.does(ONE, Kind.ACQUIRE, LOCK)
    fed.does(TWO, Kind.RELEASE, LOCK, 0)
    fed.does(ONE, Kind.ACQUIRE, LOCK)
    fed.does(TWO, Kind.ACQUIRE, OTHER)
    fed.does(ONE, Kind.WAIT, OTHER, -1)
    fed.does(TWO, Kind.WAIT, LOCK, -1)
    assert fed.said() == ""


def test_that_a_lock_of_threads_is_each_processs_own() -> None:
    fed = Fed()
    fed.between.see(ObjectDeclared(0, 200, "lock", "of threads"), fed.homes)
    fed.does(ONE, Kind.ACQUIRE, 200)
    fed.does(TWO, Kind.ACQUIRE, OTHER)
    fed.does(ONE, Kind.WAIT, OTHER, -1)
    fed.does(TWO, Kind.WAIT, 200, -1)
    assert fed.said() == ""


def test_that_what_was_said_of_a_lock_is_withdrawn_when_another_gives_it() -> None:
    fed = Fed(LOCK)
    fed.does(MAIN, Kind.ACQUIRE, LOCK)
    fed.does(ONE, Kind.WAIT, LOCK, -1)
    fed.does(MAIN, Kind.WAIT, ONE, -1)
    assert fed.said() == "suspected"
    fed.does(TWO, Kind.RELEASE, LOCK, 0)
    assert fed.said() == "withdrawn"
    fed.does(ONE, Kind.ACQUIRE, LOCK)
    assert fed.said() == ""
