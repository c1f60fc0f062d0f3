"""Everybody in turn."""

from __future__ import annotations

from concsim.engine.actor import Actor
from concsim.engine.world import World


class RoundRobin:
    """The next in order of creation; time passes only when nobody can go on."""

    def attach(self, world: World) -> None:
        """Told once per execution."""
        self._world = world
        self._last = 0

    def choose(self, ready: list[Actor], current: Actor | None) -> Actor:
        """The first after the one chosen last."""
        last = self._last
        for actor in ready:
            if actor.number > last:
                break
        else:
            if not ready:
                actor = min(self._world.late, key=lambda one: one.deadline or 0.0)
                self._world.let_time_pass(actor)
            else:
                actor = ready[0]
        self._last = actor.number
        return actor
