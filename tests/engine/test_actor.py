"""What an actor says that it will do next."""

from __future__ import annotations

import pytest

pytest.importorskip("greenlet")

from concsim.engine.actor import Actor, Halt
from concsim.engine.world import World
from tests.engine.exploring import engine_for

PROGRAM = """
import threading
total = 0
lock = threading.Lock()
def work():
    global total
    with lock:
        total += 1
thread = threading.Thread(target=work)
thread.start()
thread.join()
"""


class Looking:
    """Takes the first who can go on, and keeps what everybody was about to do."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, str, str]] = []

    def attach(self, world: World) -> None:
        self.world = world

    def choose(self, ready: list[Actor], current: Actor | None) -> Actor | Halt:
        for one in self.world.actors:
            if not one.ended:
                operation, target, _ = one.pending
                self.seen.append((one.id, operation, self.world.names.get(target, ""), one.choice))
        return ready[-1]


@pytest.fixture(scope="module")
def seen() -> list[tuple[str, str, str, str]]:
    looking = Looking()
    with engine_for(PROGRAM) as (engine, _):
        assert engine.execute(looking).outcome == "finished"
    return list(dict.fromkeys(looking.seen))


def test_that_before_each_step_it_says_the_operation_and_on_what(seen: list[tuple[str, str, str, str]]) -> None:
    assert [one[1:3] for one in seen if one[0] == "t1"] == [
        ("acquire", "lock"), ("read", "total"), ("write", "total"), ("release", "lock"),
    ]  # fmt: skip


def test_that_who_waits_says_for_whom(seen: list[tuple[str, str, str, str]]) -> None:
    assert ("main", "join", "Thread-1 (work)", "blocked") in seen
    assert not [one for one in seen if one[3] == "blocked" and one[1] != "join"]


def test_that_one_that_has_done_nothing_yet_says_nothing() -> None:
    assert Actor(5, "t1", "first").pending == ("", 0, "")


class Door:
    number, silent, contenders = 9, False, ()


def test_that_what_it_waits_by_comes_before_what_it_aimed_at() -> None:
    actor = Actor(5, "t1", "first")
    actor.operation, actor.target, actor.text = "put", 7, "'x'"
    assert actor.pending == ("put", 7, "'x'")
    actor.awaits = Door()  # type: ignore[assignment]
    assert actor.pending == ("put", 9, "'x'")
