"""The choices of a schedule, and then somebody else's."""

from __future__ import annotations

from collections.abc import Sequence

from concsim.engine.actor import Actor, Halt, Scheduler
from concsim.engine.world import World


class Replay:
    """Follows a list of actors' ids; after it *then* chooses, or the execution halts with "schedule_ended"."""

    def __init__(self, choices: Sequence[str], then: Scheduler | None = None) -> None:
        self._choices, self._then = choices, then

    def attach(self, world: World) -> None:
        """Told once per execution."""
        self._world = world
        self._at = 0
        if self._then is not None:
            self._then.attach(world)

    @property
    def followed(self) -> int:
        """How many choices were followed."""
        return self._at

    def choose(self, ready: list[Actor], current: Actor | None) -> Actor:
        """The actor that the schedule names."""
        if self._world.step < len(self._choices):
            # a choice belongs to the step that follows it: one made twice for the same step is the same choice
            self._at = self._world.step + 1
            return self._find(self._choices[self._world.step], ready)
        if self._then is None:
            self._world.halt(Halt("schedule_ended"))
        assert self._then is not None
        return self._then.choose(ready, current)

    def _find(self, id_: str, ready: list[Actor]) -> Actor:
        for actor in ready:
            if actor.id == id_:
                return actor
        for actor in self._world.late:
            if actor.id == id_:
                self._world.let_time_pass(actor)
                return actor
        self._world.halt(Halt("cannot_follow", step=self._world.step + 1, actor=id_, problem=self._why(id_)))
        raise AssertionError("an execution that was ended went on")

    def _why(self, id_: str) -> str:
        for actor in self._world.actors:
            if actor.id == id_:
                return "has_ended" if actor.ended else "held" if not actor.blocked else "blocked"
        return "no_such_actor"
