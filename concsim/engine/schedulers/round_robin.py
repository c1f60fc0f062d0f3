"""Everybody in turn."""

from __future__ import annotations

from concsim.engine.actor import Actor
from concsim.engine.world import World

NAME, ARGUMENTS, HELP = "in-turn", "", "everybody in turn, in the order in which they were made"


class RoundRobin:
    """The next in order of creation; time passes only when nobody can go on."""

    def attach(self, world: World) -> None:
        """Told once per execution."""
        self._world = world

    def choose(self, ready: list[Actor], current: Actor | None) -> Actor:
        """The first after the one that moved last."""
        try:
            return ready[ready.index(current) + 1 - len(ready)]  # type: ignore[arg-type]
        except ValueError:  # it cannot go on, or has ended
            pass
        last = 0 if current is None else current.number
        for actor in ready:
            if actor.number > last:
                return actor
        if ready:
            return ready[0]
        return min(self._world.late, key=lambda one: one.deadline or 0.0)


def make(arguments: str) -> RoundRobin:
    """It takes no arguments."""
    if arguments:
        raise ValueError("it takes no arguments")
    return RoundRobin()
