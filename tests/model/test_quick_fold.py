"""Folding many rows at once comes to the same state as folding them one by one."""

from __future__ import annotations

import random

import pytest

from concsim.model.encoding import Batch, decode_batch, encode_batch, join
from concsim.model.events import ActorDeclared, Kind, ObjectDeclared, pack_code
from concsim.model.folding import quick_fold
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.recordings.snapshot import from_text, to_text

LOCKS, RLOCK, SEMAPHORE, QUEUE, WATCH = (11, 12, 13), 14, 15, 16, 17
ACTORS = (1, 2, 3, 4)


class Program:
    """Makes rows that a real program could have made: locks are held by one, waits end by taking."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.rows: list[int | float] = []
        self.time = 1_000_000
        self.owner: dict[int, int] = {}
        self.depth = 0
        self.permits = 2
        self.total = 0

    def note(self, actor: int, kind: Kind, target: int, value: float = 0, place: int = 7) -> None:
        self.time += self.random.randrange(1, 2_000)
        known = place + actor if self.random.random() < 0.8 else 0
        self.rows += [self.time, actor, pack_code(kind, target), known, value]

    def step(self) -> None:
        actor = self.random.choice(ACTORS)
        what = self.random.randrange(6)
        if what == 0:
            self.use_lock(actor, self.random.choice(LOCKS))
        elif what == 1:
            self.depth += 1
            self.note(actor, Kind.PUT, QUEUE, self.depth)
        elif what == 2 and self.depth:
            if self.random.random() < 0.3:
                self.note(actor, Kind.WAIT, QUEUE, -1)
            self.depth -= 1
            self.note(actor, Kind.GET, QUEUE, self.depth)
        elif what == 3:
            self.total += self.random.randrange(-3, 9)
            self.note(actor, Kind.VALUE, WATCH, self.total)
        elif what == 4:
            self.note(actor, Kind.SLEEP, 0, 0.001)
            self.note(actor, Kind.WAKE, 0, 1)
        else:
            self.note(actor, Kind.ACQUIRE, SEMAPHORE, 1)
            self.note(actor, Kind.RELEASE, SEMAPHORE, 2)

    def use_lock(self, actor: int, lock: int) -> None:
        owner = self.owner.get(lock)
        if owner is None:
            if self.random.random() < 0.3:
                self.note(actor, Kind.WAIT, lock, -1)
            self.owner[lock] = actor
            self.note(actor, Kind.ACQUIRE, lock, 1)
        elif owner == actor or self.random.random() < 0.5:
            del self.owner[lock]
            giver = owner if self.random.random() < 0.8 else actor  # a lock may be handed over
            self.note(giver, Kind.RELEASE, lock, 0, place=0)


def prepared() -> State:
    state = State(History())
    for number in ACTORS:
        state.fold_record(ActorDeclared(0, number, f"t{number}", f"thread {number}", "thread"))
    for number in (*LOCKS, RLOCK, SEMAPHORE, QUEUE, WATCH):
        kind = {RLOCK: "rlock", SEMAPHORE: "semaphore", QUEUE: "queue", WATCH: "watch"}.get(number, "lock")
        state.fold_record(ObjectDeclared(0, number, kind, f"thing {number}", capacity=2))
    return state


def batches_of(seed: int, count: int = 6, size: int = 300) -> list[Batch]:
    program, batches = Program(seed), []
    for _ in range(count):
        program.rows = []
        for _ in range(size):
            program.step()
        batches.append(decode_batch(encode_batch(program.rows)[5:]))
    return batches


@pytest.mark.parametrize("seed", range(40))
def test_that_both_ways_of_folding_come_to_the_same_state(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    quick, slow = prepared(), prepared()
    for batch in batches_of(seed):
        quick.fold_batch(batch)
    monkeypatch.setattr(quick_fold, "FEWEST", 10**9)
    for batch in batches_of(seed):
        slow.fold_batch(batch)
    assert to_text(quick) == to_text(slow)
    assert quick.history.lanes.keys() == slow.history.lanes.keys()
    for number, track in slow.history.lanes.items():
        assert quick.history.lanes[number].times == track.times


@pytest.mark.parametrize("seed", range(5))
def test_that_series_keep_their_extremes(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    quick, slow = prepared(), prepared()
    for batch in batches_of(seed):
        quick.fold_batch(batch)
    monkeypatch.setattr(quick_fold, "FEWEST", 10**9)
    for batch in batches_of(seed):
        slow.fold_batch(batch)
    for name, series in slow.history.all_series.items():
        found = quick.history.all_series[name]
        assert (min(found.values), max(found.values), found.values[-1]) == (
            min(series.values), max(series.values), series.values[-1],
        )  # fmt: skip
        assert list(found.times) == sorted(found.times)


def test_that_joined_batches_fold_as_they_would_one_by_one() -> None:
    apart, together = prepared(), prepared()
    batches = batches_of(3)
    for batch in batches:
        apart.fold_batch(batch)
    together.fold_batch(join(batches))
    assert to_text(apart) == to_text(together)


def test_that_a_part_of_a_batch_folds_up_to_the_moment_asked_for() -> None:
    batch = batches_of(5, count=1)[0]
    state = prepared()
    middle = batch.times[len(batch.times) // 2]
    assert not state.fold_batch(batch, middle)
    assert state.time == middle
    assert 0 < state.count < len(batch.times)


def test_that_a_snapshot_comes_back_as_it_was() -> None:
    state = prepared()
    for batch in batches_of(9):
        state.fold_batch(batch)
    text = to_text(state)
    assert to_text(from_text(text)) == text
