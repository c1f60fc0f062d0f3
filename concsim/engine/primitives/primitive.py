"""What all virtual primitives share: a number, a name, and the actors that are at an operation on them."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, ClassVar

from concsim.engine.actor import Actor, Untouched
from concsim.model.events import Kind, ObjectDeclared

if TYPE_CHECKING:
    from concsim.engine.places import Places
    from concsim.engine.world import World


MISSED = "no"
"""The text of a step that asked for something and did not get it."""


class Primitive(Untouched):
    """A lock, a queue … of a stepped program. `connect` gives the class its world, once per process."""

    world: ClassVar[World]
    places: ClassVar[Places]

    number = 0
    silent = in_c = False
    contenders: list[Actor]

    def declare(self, kind: str, capacity: int = 0, lock: int = 0, name: str = "") -> None:
        """Make it known under the name that the program gives it."""
        world = self.world
        self.number = world.new_number()
        world.note_made(self.number)
        self.contenders = []
        self.silent = not self.places.is_called_by_program()
        if self.silent:
            name = world.names[self.number] = f"{kind} of {self.places.caller_name()}"
            self._hidden = kind, name
            return
        name = world.names[self.number] = name or self.places.name_here(kind)
        place = self.places.place_here()
        world.recorder.send(ObjectDeclared(world.time, self.number, kind, name, place, max(capacity, 0), lock))

    def note(self, kind: Kind, value: float = 1, actor: Actor | None = None) -> None:
        """Record what an operation has changed."""
        world = self.world
        if self.silent:
            return
        world.recorder.row(world.time, (actor or world.current).number, kind, self.number, 0, value)

    @classmethod
    def hidden(cls, name: str) -> Any:
        """One that stands for a library's own, of no interest unless somebody has to wait for it."""
        made: Any = cls.__new__(cls)
        made.set_up_hidden()
        made.number, made.contenders, made.silent = cls.world.new_number(), [], True
        made._hidden = made.kind, name
        cls.world.names[made.number] = name
        cls.world.note_made(made.number)
        return made

    def set_up_hidden(self) -> None:
        """Set what belongs to the kind."""
        raise NotImplementedError

    kind: ClassVar[str] = ""
    _hidden: tuple[str, str] | None = None
    """The kind and the name of one that is not known yet."""

    def surface(self) -> None:
        """Make a silent one known, now that somebody waits for it."""
        hidden, self._hidden = self._hidden, None
        if hidden is not None:
            kind, name = hidden
            self.world.recorder.send(ObjectDeclared(self.world.time, self.number, kind, name))

    def missed(self, in_time: bool) -> bool:
        """What was asked for was not to be had: say so with the step, unless the time was up, which it says itself."""
        if in_time and not self.silent:
            self.world.tell(MISSED)
        return False

    def changed(self) -> None:
        """Those at an operation on it may go on now, or no longer."""
        if self.contenders:
            self.world.refresh(self)


def connect(world: World, places: Places) -> None:
    """Let all primitives of this process belong to *world*."""
    Primitive.world, Primitive.places = world, places


def check_timeout(blocking: bool, timeout: float) -> float | None:
    """What `threading.Lock.acquire` says about its arguments; the timeout, None for none.

    Raises `ValueError` and `OverflowError` with CPython's words.
    """
    if not isinstance(timeout, (int, float)):
        raise TypeError(f"'{type(timeout).__name__}' object cannot be interpreted as an integer or float")
    if not blocking and timeout != -1:
        raise ValueError("can't specify a timeout for a non-blocking call")
    if timeout < 0 and timeout != -1:
        raise ValueError("timeout value must be a non-negative number")
    if timeout > TIMEOUT_MAX:
        raise OverflowError("timeout value is too large")
    return None if timeout == -1 else float(timeout)


def deprecated(name: str, instead: str) -> None:
    """Say what `threading` says of its old names."""
    warnings.warn(f"{name}() is deprecated, {instead} instead", DeprecationWarning, stacklevel=3)


TIMEOUT_MAX = 9223372036.0


def text_of(value: Any) -> str:
    """A value that passes through a primitive, as text."""
    return Primitive.world.show(value)
