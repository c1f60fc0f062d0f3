"""Waits by the hundred: what is looked at when one more begins."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from concsim.lab.program.places import Places
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire.channel import Channel
from concsim.lab.wire.journal import Journal

COUNT = 300
BARRIER = 7


class Watched:
    """Waits of actors 1 … COUNT, all begun on this thread, and the verdicts about them."""

    def __init__(self, things: Things) -> None:
        self.things, self.looks = things, 0
        self.said: list[Any] = []
        things.journal.send = self.said.append  # type: ignore[method-assign]
        self.waits = Waits(things)
        things.alive.update(dict.fromkeys(range(1, COUNT + 1)))

    def wait(self, actor: int, *holders: int, free: bool = False) -> None:
        """*actor* begins to wait for what *holders* hold."""

        def look() -> tuple[tuple[int, ...], bool]:
            self.looks += 1
            return holders, free

        self.things.journal.actors[threading.get_ident()] = actor
        self.waits.begin(BARRIER, None, None, look)


@pytest.fixture
def watched() -> Iterator[Watched]:
    reading, writing = os.pipe()
    channel = Channel(writing)
    journal = Journal(channel)
    yield Watched(Things(journal, Places(journal, __file__)))
    channel.abandon()
    os.close(reading)


def test_a_wait_that_closes_nothing_looks_at_no_other(watched: Watched) -> None:
    for actor in range(2, COUNT + 1):
        watched.wait(actor)
    assert watched.looks == COUNT - 1
    assert watched.said == []


def test_waiting_for_one_that_moves_looks_at_no_other(watched: Watched) -> None:
    for actor in range(2, COUNT + 1):
        watched.wait(actor, 1)
    assert watched.looks == COUNT - 1


def test_the_last_to_wait_closes_the_deadlock(watched: Watched) -> None:
    for actor in range(1, COUNT + 1):
        watched.wait(actor)
    (verdict,) = watched.said
    assert (verdict.certainty, len(verdict.stuck)) == ("certain", COUNT)


def test_a_circle_is_seen_while_others_move(watched: Watched) -> None:
    watched.wait(2, 3)
    watched.wait(3, 2)
    (verdict,) = watched.said
    assert (verdict.certainty, {one.actor for one in verdict.stuck}) == ("suspected", {2, 3})


def test_waiting_for_one_that_has_ended_is_seen(watched: Watched) -> None:
    watched.wait(2, COUNT + 5)
    (verdict,) = watched.said
    assert [one.actor for one in verdict.stuck] == [2]


def test_those_who_waited_are_counted_by_what_they_wait_for(watched: Watched) -> None:
    watched.wait(2)
    watched.wait(3)
    watched.waits.check()
    assert watched.waits.count_of(BARRIER) == 2
    assert watched.waits.count_of(BARRIER + 1) == 0


def test_that_who_counts_has_the_turn(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check counts the waits and then looks: the sampler, which counted less before, must not say so in between."""
    waits, counted = watched.waits, []
    count = waits._count

    def counting() -> Any:
        counted.append(waits._turn.locked())
        return count()

    monkeypatch.setattr(waits, "_count", counting)
    watched.wait(2)
    waits.pending[2].woken, waits.pending[2].since = True, 0
    waits.refresh()
    assert len(counted) >= 2
    assert all(counted)
