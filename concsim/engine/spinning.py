"""Actors that spin: in a loop that only looks, they go on once somebody has written what they have read, and not before.

A loop ``while not flag: pass`` has endlessly many schedules, of which each round more is the same to everybody. So an actor that
has come round such a loop and would read again what it has just read waits until that is written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from concsim.engine.actor import Actor, Halt, Untouched
from concsim.engine.footprints import Access, Footprint, Footprints, Mode, dependent
from concsim.engine.hooks.variables import Variables

if TYPE_CHECKING:
    from concsim.engine.world import World

Choose = Callable[[list[Actor], "Actor | None"], "Actor | Halt"]


class Lap:
    """A round of a loop: what was read in it, the first by its number; whether its actor changed anything."""

    __slots__ = ("actor", "changed", "loop", "number", "reads", "written")

    def __init__(self, actor: Actor, loop: tuple[int, int]) -> None:
        self.actor, self.loop = actor, loop
        self.reads: set[Access] = set()
        self.number = 0
        self.changed = self.written = False


class Spun(Untouched):
    """What an actor that spins waits for: that somebody writes what it has read."""

    silent = in_c = False

    def __init__(self, lap: Lap) -> None:
        self.lap, self.number = lap, lap.number
        self.contenders: list[Actor] = []

    def may_go(self, actor: Actor) -> bool:
        """Whether it was written."""
        return self.lap.written


class Spinning:
    """Follows who reads and writes what while anybody is in a loop that only looks."""

    def __init__(self, world: World, variables: Variables) -> None:
        self._world, self._footprints = world, Footprints(world, variables)
        self.clear()

    def clear(self) -> None:
        """Begin another execution."""
        self._laps: dict[int, Lap] = {}
        self._waking: Actor | None = None
        self.asked: Choose | None = None
        """Who decides, while this looks on."""

    # the loop

    def lap(self, loop: tuple[int, int]) -> bool:
        """The current actor begins a round of *loop*, a frame and a site; whether this looks on from now."""
        actor = self._world.current
        before = self._laps.get(actor.number)
        if before is not None and before.loop == loop and not before.changed and not before.written:
            self._park(before)
        self._laps[actor.number] = Lap(actor, loop)
        return True

    def _park(self, lap: Lap) -> None:
        world, actor, thing = self._world, lap.actor, Spun(lap)
        before = actor.awaits, actor.can, actor.operation, actor.target
        actor.awaits, actor.can, actor.operation, actor.target = thing, thing.may_go, "read", thing.number
        thing.contenders.append(actor)
        try:
            world.block(actor)
            world.turn(actor)
            self._waking = actor
        finally:
            if actor.blocked:
                world.unblock(actor)
            actor.awaits, actor.can, actor.operation, actor.target = before

    # everybody's operations

    def choose(self, ready: list[Actor], current: Actor | None) -> Actor | Halt:
        """The choice of whoever decides; what the chosen does now is noted."""
        assert self.asked is not None
        waking, self._waking = self._waking, None
        chosen: Actor | Halt = waking if waking is not None and waking is current else self.asked(ready, current)
        if isinstance(chosen, Actor) and not isinstance(chosen.awaits, Spun):
            self._note(chosen)
        return chosen

    def _note(self, actor: Actor) -> None:
        footprint = self._footprints.of(actor)
        if all(access.mode is Mode.READ for access in footprint):
            self._note_reading(actor, footprint)
            return
        for lap in self._laps.values():
            if lap.actor is actor:
                lap.changed = True
            elif not lap.written and dependent(tuple(lap.reads), footprint):
                self._wake(lap)

    def _wake(self, lap: Lap) -> None:
        lap.written = True
        if isinstance(lap.actor.awaits, Spun) and lap.actor.blocked:
            self._world.unblock(lap.actor)

    def wake_all(self) -> None:
        """Something may have been written in silence: what an actor that has ended leaves behind does that."""
        for lap in self._laps.values():
            if not lap.written and not lap.actor.ended:
                self._wake(lap)

    def _note_reading(self, actor: Actor, footprint: Footprint) -> None:
        lap = self._laps.get(actor.number)
        if lap is not None and actor.operation != "sleep":
            lap.reads.update(access._replace(mode=Mode.READ) for access in footprint)
            lap.number = lap.number or actor.pending[1]

    def spins(self, actor: Actor) -> bool:
        """Whether it waits in such a loop."""
        return isinstance(actor.awaits, Spun)
