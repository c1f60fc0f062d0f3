"""What a pending operation will touch: its footprint, by which two operations are told to be dependent or not.

An access is a thing, a field of it, and a mode. Things and fields are those of one execution; `Footprints.lasting` gives a thing the
name that it has in every equivalent one.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from concsim.engine.actor import Actor, Awaited
from concsim.engine.hooks.variables import Variables
from concsim.engine.hooks.visibility import WHOLE
from concsim.engine.identity import identity
from concsim.engine.primitives.thread import THREADS_THING

if TYPE_CHECKING:
    from concsim.engine.world import Lasting, World

LOOKS = frozenset({"read", "time"})
"""Operations that change nothing of what they touch, whatever that is."""


class Mode(Enum):
    """What an operation does to what it touches. SYNC is an operation of a primitive: an order, and never a data race."""

    READ = "read"
    WRITE = "write"
    SYNC = "sync"


class Access(NamedTuple):
    """One part of a footprint. `thing` is an address or a number of the log; `field` a key within it, or `WHOLE`."""

    thing: int
    field: Any
    mode: Mode

    def meets(self, other: Access) -> bool:
        """Whether the order of the two may be seen: WHOLE meets every field, and two readings never meet."""
        if self.thing != other.thing or self.mode == other.mode == Mode.READ:
            return False
        return self.field is WHOLE or other.field is WHOLE or bool(self.field == other.field)


Footprint = tuple[Access, ...]


def dependent(one: Footprint, other: Footprint) -> bool:
    """Whether the order of two operations may matter."""
    return any(mine.meets(theirs) for mine in one for theirs in other)


class Footprints:
    """The footprints of a world's actors. Made when somebody asks: nobody who asks costs nothing."""

    def __init__(self, world: World, variables: Variables) -> None:
        self._world, self._variables = world, variables

    def of(self, actor: Actor) -> Footprint:
        """That of its pending operation. What it prints is not part of it: in which order lines come is nobody's business."""
        thing = actor.thing if actor.awaits is None else actor.awaits  # a program's own class may say what is true of it
        if thing is not None:
            return () if actor.operation == "print" else tuple(self._of_primitive(thing, actor.operation))
        operation, number, _ = actor.pending
        if not number:
            return ()
        mode = Mode.READ if operation in LOOKS else Mode.WRITE
        first = Access(*self._variables.place_of(number), mode)
        others = Mode.READ if actor.also_read else mode
        return (first, *(Access(identity(one), WHOLE, others) for one in actor.also))

    def _of_primitive(self, thing: Awaited, operation: str) -> Iterable[Access]:
        yield Access(key_of(thing), WHOLE, Mode.READ if operation in LOOKS or operation in thing._concsim_looks else Mode.SYNC)
        for one, field in thing._concsim_beside(operation):
            yield Access(key_of(one), field, Mode.SYNC)

    def of_end(self, actor: Actor) -> Footprint:
        """What the end of an actor touches, which is part of its last step: itself, whom others join, and the number of threads."""
        return Access(actor.number, WHOLE, Mode.SYNC), Access(key_of(THREADS_THING), actor.number, Mode.SYNC)

    def lasting(self, access: Access) -> Lasting | None:
        """The name of an access's thing in every equivalent execution; None for what has none: the clock, a standard stream."""
        return self._world.lasting.get(access.thing)


def key_of(thing: Awaited) -> int:
    """What a primitive is known by: its number; its address, where it has none."""
    return thing.number or identity(thing)
