"""Being at an operation on an object or a container, and recording its step."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

from concsim.engine.actor import Actor
from concsim.engine.hooks.variables import Variables
from concsim.engine.hooks.visibility import MISSING
from concsim.engine.instrument.site import Site
from concsim.engine.world import World
from concsim.model.events import KIND_BITS, STEP_NS, Kind

MOST_ENTERED = 64
DEEPEST = 8
"""So many generators that delegate to one another are looked through."""
READ, WRITE, DELETE, CALL = int(Kind.READ), int(Kind.WRITE), int(Kind.DELETE), int(Kind.CALL)
"""Plain numbers: to look up and compare those of an enumeration costs more than the rest of a step."""
_WORDS = {READ: "read", WRITE: "write", DELETE: "delete", CALL: "call"}


class Stepping:
    """Takes steps for the hooks."""

    def __init__(self, world: World, variables: Variables) -> None:
        self.world, self.variables = world, variables
        self._recorder, self._free_threaded = world.recorder, world.free_threaded
        self._held = variables.held

    def step(
        self, site: Site, kind: int, target: int, value: Any = MISSING, peeking: Callable[[], Any] | None = None,
        also: Sequence[Any] = (), again: Callable[[], int] | None = None, also_read: bool = False,
    ) -> None:  # fmt: skip
        """Be at a visible operation. *peeking* tells the value read once it is this actor's turn.

        *also* are other objects that are touched, as wholes, in the same step; with *also_read* they are read, whatever is done to the target. *again* tells the target anew where it
        depends on the moment, as the last item of a list does.
        """
        world = self.world
        if world.quiet:
            return
        if world.changed and world.on_change is not None:
            world.on_change()
        world.changed = kind != READ
        actor = world.current
        if self._held.kept:
            self._held.let_go()
        actor.site, actor.target, actor.wanted, actor.also = site, target, value, also
        actor.also_read = also_read
        actor.operation, actor.text = _WORDS[kind], value if kind == CALL else ""
        if self._free_threaded:  # the turn written out: half of a step's time is the calls it makes
            chosen = world.choose(world.ready, actor)
            if chosen is not actor:
                if chosen.blocked:
                    chosen = world.settle(chosen)
                world.current = chosen  # type: ignore[assignment]
                chosen.switch()  # type: ignore[union-attr]
        else:
            world.take_turn(actor)
        time = world.time = world.time + STEP_NS
        if again is not None:
            target = again()
        actor.operation = actor.text = ""
        actor.target, actor.wanted, actor.also = 0, MISSING, ()
        if self._recorder.on:
            self._note(time, actor, kind, target, site, value if peeking is None else peeking())
        if time >= world.due:
            world.tick()

    def _note(self, time: int, actor: Actor, kind: int, target: int, site: Site, value: Any) -> None:
        if type(value) is int and kind != CALL:
            number: float = value
        elif value is MISSING:
            number = 0
            kind += kind <= WRITE
        elif kind == CALL:
            number = self._recorder.text(value)
        else:
            number = self._recorder.text(self.variables.show(value))
            kind += kind <= WRITE  # told by a text
        self.world.log((time, actor.number, kind | target << KIND_BITS, site.place, number))

    # generators that several may resume

    def enter(self, site: Site, generator: Any) -> None:
        """*generator* is about to be resumed: until it yields, nobody else may."""
        if self.world.quiet:
            return
        entered = self.world.current.entered
        entered[:] = [one for one in entered[-MOST_ENTERED:] if (known := one()) is not None and known is not generator]
        entered.append(weakref.ref(generator))  # it is to go when the program lets it go
        self.step(site, CALL, self.variables.number_of_whole(generator), "next")

    def leave(self, number: int, value: Any) -> Any:
        """The generator whose frame calls this, or one that waits for it by ``yield from``, is about to yield *value*."""
        entered = self.world.current.entered
        if entered:
            generator = _resumed(entered, sys._getframe(1))
            if generator is not None:
                self.step(self.world.sites[number], READ, self.variables.number_of_whole(generator))
        return value

    def note_left(self, site: Site, what: str) -> None:
        """At *site* something may be left that the next execution would find."""
        if not self.world.quiet:
            self.world.left.setdefault(what, site.line)

    def note_unseen(self, site: Site, what: str) -> None:
        """At *site* something happens that may touch what others touch, and that cannot be seen into."""
        self.world.unseen.setdefault((site.file.path, site.line), what)


def _resumed(entered: list[Any], frame: FrameType | None) -> Any:
    """Which of the generators *entered* runs in *frame*, or in one that waits for it; it is one of them no longer."""
    for _ in range(DEEPEST):
        for one in entered:
            generator = one()
            if generator is not None and frame is not None and generator.gi_frame is frame:
                entered.remove(one)
                return generator
        frame = frame.f_back if frame is not None else None
    return None
