"""The half of a state about the program's objects: who holds a lock, how deep a queue is, what a global's number is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from concsim.model.events import Kind
from concsim.model.folding.history import RUNNING, WAITING
from concsim.model.folding.parts import Actor, Thing, Watched

if TYPE_CHECKING:
    from concsim.model.folding.history import History


class Furnished:
    """Rows about things and watched globals."""

    history: History | None
    things: dict[int, Thing]
    watched: dict[str, Watched]
    watch_names: dict[int, str]
    watch_process: dict[int, int]
    actor: Callable[[int], Actor]
    thing: Callable[[int], Thing]
    memory_of: Callable[[int], dict[str, Watched]]
    _enter: Callable[..., None]
    _drawing: bool

    def _acquire(self, time: int, actor: Actor, target: int, value: float) -> None:
        if actor.state == WAITING:
            self._enter(time, actor, RUNNING)
        thing = self.things.get(target) or self.thing(target)
        thing.acquired += 1
        owners, number = thing.owners, actor.number
        if thing.kind == "semaphore":
            thing.depth = int(value)
            owners[number] = owners.get(number, 0) + 1
            if self.history is not None:
                self.history.series(thing.name, time, value)
        else:
            if number not in owners:
                owners.clear()
            owners[number] = int(value)
        actor.holds[target] = owners[number]
        if self.history is not None:
            self.history.hold(time, number, len(actor.holds))

    def _release(self, time: int, actor: Actor, target: int, value: float) -> None:
        thing = self.things.get(target) or self.thing(target)
        owners = thing.owners
        holder = actor
        if actor.number not in owners and owners:
            holder = self.actor(next(iter(owners)))
        if thing.kind == "semaphore":
            thing.depth = int(value)
            left = owners.get(holder.number, 0) - 1
            if self.history is not None:
                self.history.series(thing.name, time, value)
        else:
            left = int(value)
        if left > 0:
            owners[holder.number] = left
            holder.holds[target] = left
        else:
            owners.pop(holder.number, None)
            holder.holds.pop(target, None)
        if self.history is not None:
            self.history.hold(time, holder.number, len(holder.holds))

    def _owner(self, time: int, actor: Actor, target: int, value: float) -> None:
        thing = self.thing(target)
        for number in thing.owners:
            self.actor(number).holds.pop(target, None)
            if self.history is not None:
                self.history.hold(time, number, len(self.actor(number).holds))
        thing.owners = {}
        if value:
            owner = self.actor(int(value))
            thing.owners[owner.number] = owner.holds[target] = 1
            if self.history is not None:
                self.history.hold(time, owner.number, len(owner.holds))

    def _put(self, time: int, actor: Actor, target: int, value: float) -> None:
        self.thing(target).put += 1
        self._depth(time, actor, target, value)

    def _get(self, time: int, actor: Actor, target: int, value: float) -> None:
        self.thing(target).got += 1
        self._depth(time, actor, target, value)

    def _submit(self, time: int, actor: Actor, target: int, value: float) -> None:
        """A pool of processes says how many were handed in; of threads a worker may have taken it before this is noted."""
        pool = self.thing(target)
        if pool.kind == "process pool":
            self._depth(time, actor, target, pool.depth + value)
        else:
            self._put(time, actor, target, -1)

    def _depth(self, time: int, actor: Actor, target: int, value: float) -> None:
        if actor.state == WAITING:
            self._enter(time, actor, RUNNING)
        thing = self.things.get(target) or self.thing(target)
        thing.depth = int(value) if value >= 0 else max(thing.put - thing.got, 0)
        if self.history is not None and self._drawing:
            self.history.series(thing.name, time, thing.depth)

    def _set(self, time: int, actor: Actor, target: int, value: float) -> None:
        self.thing(target).depth = int(value)

    def _value(self, time: int, actor: Actor, target: int, value: float) -> None:
        name, process = self.watch_names.get(target, "?"), self.watch_process.get(target, 0)
        memory = self.watched if not process else self.memory_of(process)
        watched = memory.get(name)
        if watched is None:
            watched = memory[name] = Watched(name)
        watched.number = value
        if self.history is not None and self._drawing:
            self.history.series(f"{self.actor(process).id}:{name}" if process else name, time, value)

    def _task(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.task = int(value)
        pool = self.thing(target)
        if pool.kind == "process pool":
            self._depth(time, actor, target, max(pool.depth - 1, 0))
        else:
            self._get(time, actor, target, -1)
        if self.history is not None:
            self.history.task(time, actor.number, actor.task)

    def _task_done(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.task = actor.place = 0  # an idle worker stands at no line of its last task
        if self.history is not None:
            self.history.task(time, actor.number, 0)

    THING_ANSWERS: ClassVar[dict[int, Any]] = {
        Kind.ACQUIRE: _acquire, Kind.RELEASE: _release, Kind.PUT: _put, Kind.GET: _get, Kind.SET: _set,
        Kind.VALUE: _value, Kind.OWNER: _owner, Kind.SUBMIT: _submit, Kind.TASK: _task, Kind.TASK_DONE: _task_done,
    }  # fmt: skip
