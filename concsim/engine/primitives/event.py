"""Virtual ``threading.Event``."""

from __future__ import annotations

from concsim.engine.actor import Actor
from concsim.engine.primitives.primitive import Primitive, deprecated
from concsim.model.events import Kind


class Event(Primitive):
    """A flag that can be waited for."""

    def __init__(self) -> None:
        self._flag = False
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
        for actor in self.contenders:
            actor.wanted = _WOKEN
        self.note(Kind.SET, 1)
        self.changed()

    def clear(self) -> None:
        """As ``threading.Event.clear``."""
        self.world.visible("clear", self)
        self._flag = False
        self.note(Kind.SET, 0)

    def _may_go(self, actor: Actor) -> bool:
        return self._flag or actor.wanted is _WOKEN

    def wait(self, timeout: float | None = None) -> bool:
        """As ``threading.Event.wait``."""
        self.world.current.wanted = None
        can = None if timeout is not None and timeout <= 0 else self._may_go
        self.world.visible("wait", self, can, timeout)
        woken = self._may_go(self.world.current)
        self.world.current.wanted = None
        return woken

    def _at_fork_reinit(self) -> None:
        self._flag = False

    def __repr__(self) -> str:
        status = "set" if self._flag else "unset"
        return f"<{type(self).__module__}.{type(self).__qualname__} at {id(self):#x}: {status}>"


_WOKEN = object()
Event.__module__ = "threading"
