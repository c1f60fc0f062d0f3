"""The actors of a round: what each does, and who has made whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from concsim.model import events
from concsim.model.events import Kind
from concsim.model.folding.ancestry import closes_circle, without_circles
from concsim.model.folding.crowds import FEWEST
from concsim.model.folding.entities import Actor
from concsim.model.folding.history import FINISHED, NEW, RUNNING, SLEEPING, WAITING, History

Answer = Callable[[int, Actor, int, float], None]
"""What a row changes: it is handed the row's time, actor, target and value."""
Answers = dict[int, Answer]
"""By the row's `Kind`."""


class ActorFold:
    """Owns the actors. Whatever changes what one does says so to `enter`."""

    def __init__(self, history: History | None) -> None:
        self.actors: dict[int, Actor] = {}
        self._history = history
        self._is_crowded = False
        self._climbs = False
        """Whether somebody was started by one with a higher number."""

    def answers(self) -> Answers:
        """What rows about what an actor does change."""
        return {
            Kind.BEGIN: self._begin, Kind.END: self._end, Kind.START: self._start, Kind.WAIT: self._wait,
            Kind.WAKE: self._wake, Kind.SLEEP: self._sleep,
        }  # fmt: skip

    def actor(self, number: int) -> Actor:
        """The actor of that number, made up if its declaration is not here (yet)."""
        found = self.actors.get(number)
        if found is None:
            found = self.actors[number] = Actor(number)
        return found

    def enter(self, time: int, actor: Actor, state: int, target: int = 0) -> None:
        """From now on the actor does something else."""
        if actor.state == WAITING and time > actor.since:
            actor.waited += time - actor.since
        if self._history is not None:
            if self._is_crowded and actor.number:
                self._history.crowds.move(actor.number, (actor.kind, actor.process), time, actor.state, state)
            self._history.enter(time, actor.number, state, target)
        actor.state, actor.waits_for, actor.since = state, target, time

    def finish(self, time: int) -> None:
        """All that have begun have ended."""
        for actor in self.actors.values():
            if actor.state not in (NEW, FINISHED):
                self.enter(time, actor, FINISHED)

    def declare(self, record: events.ActorDeclared) -> None:
        """An actor is told of, for the first time or again."""
        actor = self.actor(record.number)
        actor.id, actor.name, actor.kind = record.id, record.name, record.kind
        actor.daemon, actor.reaches = record.daemon, record.reaches
        self._set_parent(actor, record.parent)
        actor.process = record.process
        if not self._is_crowded and len(self.actors) > FEWEST:
            self._is_crowded = True
            self._count(record.time, *self.actors.values())
        elif self._is_crowded:
            self._count(record.time, actor)

    def _count(self, time: int, *actors: Actor) -> None:
        """These are of the crowd, in the state that they are in."""
        if self._history is not None:
            for one in actors:
                if one.number:
                    self._history.crowds.move(one.number, (one.kind, one.process), time, one.state, one.state)

    def restore(self, actors: Mapping[int, Actor]) -> None:
        """The actors as they once stood, each below the one that has made it; nobody is above itself."""
        self.actors.update(actors)
        for number, parent in without_circles({number: one.parent for number, one in actors.items()}).items():
            self.actors[number].parent = parent
            self._climbs |= parent >= number

    def _set_parent(self, actor: Actor, parent: int) -> None:
        """Who has made it. What would make an actor its own ancestor is left out: whoever walks up would never arrive.

        As long as all have been made by those with lower numbers there can be no circle, and a chain of many is cheap.
        """
        climbs = parent >= actor.number
        if (climbs or self._climbs) and closes_circle(actor.number, parent, self._parent_of):
            return
        self._climbs |= climbs
        actor.parent = parent

    def _parent_of(self, number: int) -> int:
        found = self.actors.get(number)
        return found.parent if found is not None else 0

    # rows

    def _begin(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.began = time
        self.enter(time, actor, RUNNING)

    def _end(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.ended = time
        actor.result = int(value)
        self.enter(time, actor, FINISHED)

    def _start(self, time: int, actor: Actor, target: int, value: float) -> None:
        self._set_parent(self.actor(target), actor.number)

    def _wait(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.timeout = value
        self.enter(time, actor, WAITING, target)

    def _sleep(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.timeout = value
        self.enter(time, actor, SLEEPING)

    def _wake(self, time: int, actor: Actor, target: int, value: float) -> None:
        self.enter(time, actor, RUNNING)
