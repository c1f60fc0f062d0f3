"""Deadlocks among virtual threads: cycles of lock holders at once, everybody stuck at the end."""

from __future__ import annotations

from typing import Any

from concsim.engine.actor import Actor
from concsim.engine.execution import Engine
from concsim.engine.primitives.rlock import RLock
from concsim.engine.primitives.thread import Thread
from concsim.model.events import DeadlockSeen, Stuck
from concsim.model.wait_graph import cycle_from


class Deadlocks:
    """Follows who waits for whom. A cycle of RLocks is certain, one with a Lock suspected until nobody can go on."""

    def __init__(self, engine: Engine) -> None:
        self._world, self._recorder = engine.world, engine.recorder
        self._clear()
        engine.world.on_forget.append(self._clear)
        engine.world.on_block = self._on_block
        engine.world.on_unblock = self._on_unblock

    def _clear(self) -> None:
        self._stuck: list[Actor] = []

    def report_all(self) -> None:
        """Nobody can go on: say who is stuck."""
        self._send("certain", [one for one in self._world.actors if not one.ended and (one.blocked or one.awaits)])

    def _on_block(self, actor: Actor) -> None:
        cycle = self._cycle_from(actor)
        if cycle and not any(one.deadline is not None for one in cycle):
            self._stuck = cycle
            certain = all(isinstance(one.awaits, RLock) for one in cycle)
            self._send("certain" if certain else "suspected", cycle)

    def _on_unblock(self, actor: Actor) -> None:
        if actor in self._stuck:
            self._stuck = []
            self._recorder.send(DeadlockSeen(self._world.time, "withdrawn"))

    def _cycle_from(self, actor: Actor) -> list[Actor]:
        return cycle_from(actor, lambda one: holder if (holder := holder_of(one)) is not None and holder.blocked else None)

    def _send(self, certainty: str, stuck: list[Actor]) -> None:
        said = tuple(Stuck(one.number, _number(one), _holder_number(one), self._place(one)) for one in stuck)
        self._recorder.send(DeadlockSeen(self._world.time, certainty, said))

    def _place(self, actor: Actor) -> int:
        site = actor.site
        return site.file.index << 20 | site.line if site is not None else 0


def holder_of(actor: Actor) -> Actor | None:
    """On whom an actor's wait depends alone: the owner of the lock, the thread that is joined."""
    awaits: Any = actor.awaits
    lock = getattr(awaits, "_lock", None) if getattr(awaits, "notified", False) else None
    if isinstance(awaits, Thread):
        return awaits._actor
    return getattr(lock if lock is not None else awaits, "owner", None)


def _number(actor: Actor) -> int:
    return actor.awaits.number if actor.awaits is not None else 0


def _holder_number(actor: Actor) -> int:
    holder = holder_of(actor)
    return holder.number if holder is not None and not isinstance(actor.awaits, Thread) else 0



