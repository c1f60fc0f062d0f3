"""Virtual ``threading.Event``."""

from __future__ import annotations

from concsim.engine.actor import Actor
from concsim.engine.primitives.primitive import Primitive, deprecated
from concsim.model.events import Kind


class Event(Primitive):
    """A flag that can be waited for."""

    _concsim_looks = frozenset({"wait"})

    def __init__(self) -> None:
        self._flag = False
        self._waiting: set[Actor] = set()
        self._woken: set[Actor] = set()
        self.declare("event")

    def is_set(self) -> bool:
        """As ``threading.Event.is_set``."""
        self.world.visible("read", self)
        return self._flag

    def isSet(self) -> bool:
        """The old name."""
        deprecated("isSet", "use is_set()")
        return self.is_set()

    def set(self) -> None:
        """As ``threading.Event.set``. Who waits now goes on, even if the flag is cleared before its turn."""
        self.world.visible("set", self)
        self._flag = True
        self._woken |= self._waiting
        self._waiting.clear()
        self.note(Kind.SET, 1)
        self.changed()

    def clear(self) -> None:
        """As ``threading.Event.clear``."""
        self.world.visible("clear", self)
        self._flag = False
        self.note(Kind.SET, 0)

    def _may_go(self, actor: Actor) -> bool:
        return actor in self._woken

    def wait(self, timeout: float | None = None) -> bool:
        """As ``threading.Event.wait``: coming to it is one operation, going on from it another if the flag was clear."""
        world = self.world
        world.visible("wait", self)
        if self._flag or (timeout is not None and timeout <= 0):
            return self._flag
        actor = world.current
        self._waiting.add(actor)
        try:
            world.visible("wait", self, self._may_go, timeout, text="opens")
            return actor in self._woken
        finally:
            self._waiting.discard(actor)
            self._woken.discard(actor)

    def _at_fork_reinit(self) -> None:
        self._flag = False

    def __repr__(self) -> str:
        status = "set" if self._flag else "unset"
        return f"<{type(self).__module__}.{type(self).__qualname__} at {id(self):#x}: {status}>"


Event.__module__ = "threading"
