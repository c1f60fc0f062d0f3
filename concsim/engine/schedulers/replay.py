"""The choices of a schedule, and then somebody else's."""

from __future__ import annotations

from collections.abc import Sequence

from concsim.engine.actor import Actor, Halt, Scheduler
from concsim.engine.world import World


class Replay:
    """Follows a list of actors, by id or by path; after it *then* chooses, or the execution halts with "schedule_ended"."""

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

    def choose(self, ready: list[Actor], current: Actor | None) -> Actor | Halt:
        """The actor that the schedule names."""
        if self._world.step < len(self._choices):
            # a choice belongs to the step that follows it: one made twice for the same step is the same choice
            self._at = self._world.step + 1
            return self._find(self._choices[self._world.step], ready)
        return Halt("schedule_ended") if self._then is None else self._then.choose(ready, current)

    def _find(self, name: str, ready: list[Actor]) -> Actor | Halt:
        for actor in (*ready, *self._world.late):
            if name in (actor.id, actor.path):
                return actor
        missing = next((one for one in self._world.actors if name in (one.id, one.path)), None)
        label = name if missing is None else missing.id
        return Halt("cannot_follow", step=self._world.step + 1, actor=label, problem=_why(missing))


def _why(actor: Actor | None) -> str:
    """Why it cannot go."""
    if actor is None:
        return "no_such_actor"
    return "has_ended" if actor.ended else "held" if not actor.blocked else "blocked"
