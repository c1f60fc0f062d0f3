"""A greenlet that has run one actor runs another, and nothing of the first is there."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import Any

import greenlet
import pytest

from concsim.engine.parking import MOST, Parking
from concsim.engine.schedulers.round_robin import RoundRobin
from tests.engine.exploring import engine_for, execute


@pytest.fixture
def parking() -> Parking:
    made = Parking()
    made.open(greenlet.getcurrent())
    return made


def test_that_a_greenlet_is_used_again(parking: Parking) -> None:
    seen: list[Any] = []
    for _ in range(3):
        parking.take(lambda: seen.append(greenlet.getcurrent())).switch()
    assert len(set(map(id, seen))) == 1


def test_that_so_many_are_kept_and_no_more(parking: Parking) -> None:
    made = [parking.take(parking.root.switch) for _ in range(MOST + 5)]
    for _ in range(2):
        for one in made:
            one.switch()
    assert len(parking.free) == MOST and sum(map(bool, made)) == MOST


def test_that_what_ran_is_let_go(parking: Parking) -> None:
    class Held:
        def run(self) -> None: ...

    held = Held()
    gone = weakref.ref(held)
    gc.disable()
    try:
        parking.take(held.run).switch()
        del held
        assert gone() is None
    finally:
        gc.enable()


def test_that_one_thrown_out_after_the_execution_ends(parking: Parking) -> None:
    def stubborn() -> None:
        try:
            parking.root.switch()
        except BaseException:
            pass

    made = parking.take(stubborn)
    made.switch()
    parking.close()
    made.throw(KeyError)
    assert made.dead and not parking.free


def test_that_one_that_is_forgotten_ends_and_does_not_come_back(parking: Parking) -> None:
    made = parking.take(parking.root.switch)
    made.switch()
    parking.close()
    watched = weakref.ref(made)
    del made
    assert watched() is None and not parking.free


def test_that_one_never_begun_can_be_thrown_out(parking: Parking) -> None:
    parking.take(lambda: None).switch()
    made = parking.take(lambda: None)
    with pytest.raises(KeyError):
        made.throw(KeyError)
    assert made.dead


def test_that_another_thread_gets_none_of_these(parking: Parking) -> None:
    parking.take(lambda: None).switch()
    assert parking.free
    seen: list[str] = []

    def elsewhere() -> None:
        parking.open(greenlet.getcurrent())
        parking.take(lambda: seen.append("ran")).switch()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert seen == ["ran"]


CONTEXT = """
import contextvars, threading
word = contextvars.ContextVar("word", default="none")
seen = []
def work(mine):
    seen.append(word.get())
    word.set(mine)
for mine in ("a", "b", "c"):
    thread = threading.Thread(target=work, args=(mine,))
    thread.start()
    thread.join()
result = seen, word.get()
"""


def test_that_each_thread_has_a_context_of_its_own() -> None:
    assert execute(CONTEXT, RoundRobin()).space["result"] == (["none"] * 3, "none")


def test_that_each_execution_has_too() -> None:
    with engine_for(CONTEXT + "word.set('left')\n") as (engine, _):
        for _ in range(3):
            engine.execute(RoundRobin())
            assert engine.space["result"] == (["none"] * 3, "none")


def test_that_an_execution_that_was_given_up_leaves_the_next_as_it_should_be() -> None:
    source = """
    import threading
    lock = threading.Lock()
    seen = []
    def work():
        try:
            with lock:
                lock.acquire()
        except BaseException:
            seen.append("unwound")
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    """
    with engine_for(source) as (engine, _):
        for _ in range(3):
            assert engine.execute(RoundRobin()).outcome == "deadlock"
            engine.abandon()
            assert all(one.ended for one in engine.world.actors)
