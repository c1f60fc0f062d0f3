"""How often the lab looks, and what it says of a hub that cannot go on."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from concsim.lab.observers.coroutines.coroutines import LONG, Coroutines
from concsim.lab.program.samplers import PERIOD, SHARE
from concsim.lab.running.observers import Observers
from concsim.lab.running.observing import Observing
from concsim.lab.running.own_process import OwnProcess
from concsim.lab.wire.channel import Channel
from concsim.model.events import FIELDS, Kind, pack_code

WAIT = 0.05
HUB, RUDE, NEXT = 7, 8, 9
THREAD = 1
"""The identity of no thread that runs."""


@pytest.fixture
def coroutines() -> Iterator[Coroutines]:
    reading, writing = os.pipe()
    channel = Channel(writing)
    observing = Observing(channel, {}, __file__, {})
    yield Observers(observing, OwnProcess(observing, {}, 1)).part(Coroutines)
    channel.abandon()
    os.close(reading)


def test_a_look_that_had_to_wait_is_not_followed_by_a_longer_rest(coroutines: Coroutines) -> None:
    sampler = coroutines.sampler
    sampler.on_tick.append(lambda: time.sleep(WAIT))
    assert PERIOD <= sampler.tick_and_rest() < WAIT * SHARE / 2


def test_a_look_that_computed_is_followed_by_a_longer_rest(coroutines: Coroutines) -> None:
    def compute() -> None:
        enough = time.thread_time() + WAIT
        while time.thread_time() < enough:
            pass

    coroutines.sampler.on_tick.append(compute)
    assert coroutines.sampler.tick_and_rest() >= WAIT * SHARE


def blocked(coroutines: Coroutines) -> list[tuple[int, bool]]:
    """Who was said to block the hub, and to do so no longer (False)."""
    rows, code = coroutines.journal.rows, pack_code(Kind.BLOCKED, HUB)
    return [(rows[at + 1], rows[at + 4] > 0) for at in range(0, len(rows), FIELDS) if rows[at + 2] == code]


def test_who_keeps_its_hub_for_long_is_said_once(coroutines: Coroutines) -> None:
    coroutines.hubs[THREAD], coroutines.journal.actors[THREAD], coroutines._moved_at[THREAD] = HUB, RUDE, 0
    coroutines._tick()
    coroutines._tick()
    assert blocked(coroutines) == [(RUDE, True)]


def test_a_hub_that_goes_on_while_it_is_looked_at_is_not_blocked_for_ever(
    coroutines: Coroutines, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = coroutines.journal
    coroutines.hubs[THREAD], journal.actors[THREAD], coroutines._moved_at[THREAD] = HUB, RUDE, 0
    note_of = journal.note_of

    def goes_on_first(*row: float) -> None:
        monkeypatch.setattr(journal, "note_of", note_of)
        journal.actors[THREAD] = NEXT
        coroutines._moved_at[THREAD] = time.monotonic_ns() - 2 * LONG
        note_of(*row)  # type: ignore[arg-type]

    monkeypatch.setattr(journal, "note_of", goes_on_first)
    coroutines._tick()
    coroutines._tick()
    assert blocked(coroutines) == [(RUDE, True), (RUDE, False), (NEXT, True)]
