"""Deadlocks between processes. A lab sees its own process only: who waits in a circle with another is seen here.

Anybody may give a lock of multiprocessing back, so such a deadlock is suspected, as one over thread locks is. Of a program
that hands a lock over, by its text or as is seen, nothing is said: its release may be what the program is about.
"""

from __future__ import annotations

from typing import NamedTuple

from concsim.model.encoding import Batch
from concsim.model.events import (
    KIND_BITS,
    KIND_MASK,
    ActorDeclared,
    DeadlockSeen,
    Kind,
    ObjectDeclared,
    ProcessEnded,
    Record,
    Stuck,
)
from concsim.model.wait_graph import Wait, find_deadlock

LOCKS = ("lock", "rlock")
_CHANGES = frozenset({Kind.ACQUIRE, Kind.RELEASE, Kind.WAIT, Kind.WAKE, Kind.END})


class _Waiting(NamedTuple):
    target: int
    place: int


class Between:
    """Follows who holds and who waits, in all processes of a run."""

    def __init__(self) -> None:
        self._locks: set[int] = set()
        self._homes: dict[int, int] = {}
        self._handed: set[int] = set()
        """Locks that somebody gave who had not taken them: signals, of which nobody knows who gives them next."""
        self._owners: dict[int, int] = {}
        self._waiting: dict[int, _Waiting] = {}
        self._gone: set[int] = set()
        self._dead: set[int] = set()
        self._changed = False
        self._said: tuple[Stuck, ...] = ()

    def see(self, content: Batch | Record, homes: dict[int, int]) -> None:
        """What was said, in the order of time; *homes* are the processes that actors are in."""
        if isinstance(content, Batch):
            self._see_rows(content)
        elif isinstance(content, ObjectDeclared) and content.shared and content.kind in LOCKS:
            self._locks.add(content.number)
        elif isinstance(content, ActorDeclared):
            self._homes[content.number] = homes.get(content.number, content.number)
        elif isinstance(content, ProcessEnded):
            self._dead.add(content.actor)  # with all its threads; what they held stays held
            self._changed = True

    def _see_rows(self, batch: Batch) -> None:
        if not self._locks and not self._said:
            return
        for row, code in enumerate(batch.codes):
            if code & KIND_MASK in _CHANGES:
                self._see_row(batch, row, code & KIND_MASK, code >> KIND_BITS)

    def _see_row(self, batch: Batch, row: int, kind: int, target: int) -> None:
        actor = batch.actors[row]
        if kind == Kind.RELEASE:
            if target in self._locks and not batch.values[row] and self._owners.pop(target, actor) != actor:
                self._locks.discard(target)
                self._handed.add(target)
        elif kind == Kind.WAIT:
            if batch.values[row] < 0 and (target in self._locks or target in self._homes):
                self._waiting[actor] = _Waiting(target, batch.places[row])
        else:
            self._waiting.pop(actor, None)
            if kind == Kind.ACQUIRE and target in self._locks:
                self._owners[target] = actor
            elif kind == Kind.END:
                self._gone.add(actor)
        self._changed = True

    @property
    def speaks(self) -> bool:
        """Whether the last that was said is that there is one."""
        return bool(self._said)

    def verdict(self, now: int) -> DeadlockSeen | None:
        """What is to be said at *now*: a deadlock that has come about between processes, or has gone again."""
        if not self._changed or not (self._locks or self._said):
            return None
        self._changed = False
        stuck = self._stuck()
        if stuck == self._said:
            return None
        self._said = stuck
        return DeadlockSeen(now, "suspected" if stuck else "withdrawn", stuck)

    def _stuck(self) -> tuple[Stuck, ...]:
        alive = {actor for actor, home in self._homes.items() if not {actor, home} & self._dead} - self._gone
        waits = {actor: self._wait_of(actor, one) for actor, one in self._waiting.items() if actor in alive}
        found = find_deadlock(alive, waits, True)
        stuck = found.stuck if found is not None else ()
        if len({self._homes.get(actor, 0) for actor in stuck}) < 2:  # within one process its lab sees more
            return ()
        return tuple(self._said_of(actor) for actor in stuck)

    def _wait_of(self, actor: int, one: _Waiting) -> Wait:
        if one.target in self._locks:
            owner = self._owners.get(one.target)
            return Wait(one.target, (owner,) if owner is not None else (), moving=owner is None or owner == actor, place=one.place)
        if one.target in self._handed:
            return Wait(one.target, (), moving=True, place=one.place)
        return Wait(one.target, (one.target,), needs_all=True, owned=True, place=one.place)

    def _said_of(self, actor: int) -> Stuck:
        one = self._waiting[actor]
        return Stuck(actor, one.target, self._owners.get(one.target, 0), one.place)
