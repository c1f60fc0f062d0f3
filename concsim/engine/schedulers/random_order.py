"""Anybody, by a seeded throw of the dice."""

from __future__ import annotations

import random

from concsim.engine.actor import Actor
from concsim.engine.world import World

NAME, ARGUMENTS, HELP = "random", "SEED", "anybody, by a seeded throw of the dice"

PATIENCE = 20
"""Once in so many choices a sleeper's time is let come although others could go on."""

OVERSLEEP = 4


class RandomOrder:
    """The same seed makes the same choices."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def attach(self, world: World) -> None:
        """Told once per execution."""
        self._world = world
        self._random = random.Random(self._seed)

    def choose(self, ready: list[Actor], current: Actor | None) -> Actor:
        """One of those who can go on, now and then one who sleeps."""
        late = self._world.late
        if late and (not ready or self._random.randrange(PATIENCE) == 0):
            actor = min(late, key=lambda one: one.deadline or 0.0)
            if self._random.randrange(OVERSLEEP) == 0:  # who wakes first need not be the first to run
                actor = late[self._random.randrange(len(late))]
            return actor
        if len(ready) == 1:
            return ready[0]
        return ready[self._random.randrange(len(ready))]


def make(arguments: str) -> RandomOrder:
    """With a whole number as seed, 0 if none is given."""
    if arguments and not arguments.removeprefix("-").isdecimal():
        raise ValueError(f"a seed is a whole number, not {arguments}")
    return RandomOrder(int(arguments or 0))
