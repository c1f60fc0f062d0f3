"""The program's objects: who holds a lock, how deep a queue is, what waits in a pool."""

from __future__ import annotations

from collections.abc import Mapping

from concsim.model import events
from concsim.model.events import Kind
from concsim.model.folding.actor_fold import ActorFold, Answers
from concsim.model.folding.entities import Actor, Thing
from concsim.model.folding.history import RUNNING, WAITING, History

ITEMS_KEPT = 64
"""Items of a queue, the newest, whose texts are kept."""


class ThingFold:
    """Owns the locks, queues, events … *texts* are those of items, by number."""

    def __init__(self, history: History | None, cast: ActorFold, texts: Mapping[int, str]) -> None:
        self.things: dict[int, Thing] = {}
        self._history, self._cast, self._texts = history, cast, texts

    def answers(self) -> Answers:
        """What rows about an object change."""
        return {
            Kind.ACQUIRE: self._acquire, Kind.RELEASE: self._release, Kind.OWNER: self._owner, Kind.SET: self._set,
            Kind.PUT: self._put, Kind.GET: self._get, Kind.ITEM: self._item,
            Kind.SUBMIT: self._submit, Kind.TASK: self._task, Kind.TASK_DONE: self._task_done,
        }  # fmt: skip

    def thing(self, number: int) -> Thing:
        """The object of that number, made up if its declaration is not here (yet)."""
        found = self.things.get(number)
        if found is None:
            found = self.things[number] = Thing(number)
        return found

    def declare(self, record: events.ObjectDeclared) -> None:
        """An object is told of."""
        thing = self.thing(record.number)
        thing.kind, thing.name, thing.capacity = record.kind, record.name, record.capacity
        thing.place, thing.lock = record.place, record.lock
        if record.kind == "semaphore":
            thing.depth = record.capacity

    def _acquire(self, time: int, actor: Actor, target: int, value: float) -> None:
        if actor.state == WAITING:
            self._cast.enter(time, actor, RUNNING)
        thing = self.things.get(target) or self.thing(target)
        thing.acquired += 1
        owners, number = thing.owners, actor.number
        if thing.kind == "semaphore":
            thing.depth = int(value)
            owners[number] = owners.get(number, 0) + 1
            if self._history is not None:
                self._history.series(thing.name, time, value)
        else:
            if number not in owners and owners:
                self._let_go(time, thing)
            owners[number] = int(value)
        actor.holds[target] = owners[number]
        if self._history is not None:
            self._history.hold(time, number, len(actor.holds))

    def _release(self, time: int, actor: Actor, target: int, value: float) -> None:
        thing = self.things.get(target) or self.thing(target)
        owners = thing.owners
        holder = actor
        if actor.number not in owners and owners:
            holder = self._cast.actor(next(iter(owners)))
        if thing.kind == "semaphore":
            thing.depth = int(value)
            left = owners.get(holder.number, 0) - 1
            if self._history is not None:
                self._history.series(thing.name, time, value)
        else:
            left = int(value)
        if left > 0:
            owners[holder.number] = left
            holder.holds[target] = left
        else:
            owners.pop(holder.number, None)
            holder.holds.pop(target, None)
        if self._history is not None:
            self._history.hold(time, holder.number, len(holder.holds))

    def _owner(self, time: int, actor: Actor, target: int, value: float) -> None:
        thing = self.thing(target)
        self._let_go(time, thing)
        if value:
            owner = self._cast.actor(int(value))
            thing.owners[owner.number] = owner.holds[target] = 1
            if self._history is not None:
                self._history.hold(time, owner.number, len(owner.holds))

    def _let_go(self, time: int, thing: Thing) -> None:
        """Whoever held it holds it no longer, though nobody was seen giving it back."""
        for number in thing.owners:
            holds = self._cast.actor(number).holds
            holds.pop(thing.number, None)
            if self._history is not None:
                self._history.hold(time, number, len(holds))
        thing.owners.clear()

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
            self._cast.enter(time, actor, RUNNING)
        thing = self.things.get(target) or self.thing(target)
        thing.depth = int(value) if value >= 0 else max(thing.put - thing.got, 0)
        if self._history is not None:
            self._history.series(thing.name, time, thing.depth)

    def _set(self, time: int, actor: Actor, target: int, value: float) -> None:
        self.thing(target).depth = int(value)

    def _task(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.task = int(value)
        pool = self.thing(target)
        if pool.kind == "process pool":
            self._depth(time, actor, target, max(pool.depth - 1, 0))
        else:
            self._get(time, actor, target, -1)
        if self._history is not None:
            self._history.task(time, actor.number, actor.task)

    def _task_done(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.task = actor.place = 0  # an idle worker stands at no line of its last task
        if self._history is not None:
            self._history.task(time, actor.number, 0)

    def _item(self, time: int, actor: Actor, target: int, value: float) -> None:
        """Two processes note the two ends of an item's way, each with a number of its own for the text.

        The later end may be noted first: it stands negative until the other comes.
        """
        items, text = self.thing(target).items, self._texts.get(abs(int(value)))
        for index, one in enumerate(items):
            if (one > 0) != (value > 0) and self._texts.get(abs(one)) == text:
                del items[index]
                return
        items.append(int(value))
        del items[: len(items) - ITEMS_KEPT]
