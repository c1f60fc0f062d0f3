"""Being at an operation on an object or a container, and recording its step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from concsim.engine.actor import Actor
from concsim.engine.hooks.variables import Variables
from concsim.engine.hooks.visibility import MISSING
from concsim.engine.instrument.site import Site
from concsim.engine.world import World
from concsim.model.events import STEP_NS, Kind, pack_code


class Stepping:
    """Takes steps for the hooks."""

    def __init__(self, world: World, variables: Variables) -> None:
        self.world, self.variables = world, variables

    def step(
        self, site: Site, kind: int, target: int, value: Any = MISSING, peeking: Callable[[], Any] | None = None,
        also: Sequence[Any] = (),
    ) -> None:  # fmt: skip
        """Be at a visible operation. *peeking* tells the value read once it is this actor's turn.

        *also* are other objects that are touched, as wholes, in the same step.
        """
        world = self.world
        if world.quiet:
            return
        if world.changed and world.on_change is not None:
            world.on_change()
        world.changed = kind != Kind.READ
        actor = world.current
        self.variables.let_go_of_some()
        actor.site, actor.target, actor.wanted, actor.also = site, target, value, also
        world.take_turn(actor)
        time = world.time = world.time + STEP_NS
        if peeking is not None:
            value = peeking()
        actor.target, actor.wanted, actor.also = 0, MISSING, ()
        self._note(time, actor, kind, target, site, value)
        if time >= world.due:
            world.tick()

    def _note(self, time: int, actor: Actor, kind: int, target: int, site: Site, value: Any) -> None:
        recorder = self.world.recorder
        if type(value) is int and kind != Kind.CALL:
            number: float = value
        elif kind in (Kind.READ, Kind.WRITE):
            kind, number = kind + 1, 0 if value is MISSING else recorder.text(self.variables.show(value))
        else:
            number = 0 if value is MISSING else recorder.text(value)
        self.world.log((time, actor.number, pack_code(kind, target), site.place, number))
