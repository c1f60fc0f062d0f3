"""Virtual ``threading.RLock``."""

from __future__ import annotations

import sys
import warnings
from typing import Any

from concsim.engine.actor import Actor
from concsim.engine.primitives.primitive import Primitive, check_timeout
from concsim.model.events import Kind


class RLock(Primitive):
    """A lock that its owner may take again, and that only its owner may release."""

    in_c = True

    def __init__(self, *given: Any, **named: Any) -> None:
        if (given or named) and sys.version_info >= (3, 13):
            text = "Passing arguments to RLock is deprecated and will be removed in 3.15"
            warnings.warn(text, DeprecationWarning, stacklevel=2)
        self._set_up()

    kind = "rlock"

    def _set_up(self, name: str = "") -> None:
        self.set_up_hidden()
        self.declare(self.kind, name=name)

    def set_up_hidden(self) -> None:
        """Nobody holds it."""
        self.owner: Actor | None = None
        self.count = 0

    @classmethod
    def named(cls, name: str) -> RLock:
        """A lock that belongs to something else and is called after it."""
        lock = cls.__new__(cls)
        lock._set_up(name)
        return lock

    def _is_free_for(self, actor: Actor) -> bool:
        return self.owner is None or self.owner is actor

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """As ``threading.RLock.acquire``."""
        limit = check_timeout(blocking, timeout)
        can = self._is_free_for if blocking and limit != 0 else None
        in_time = self.world.visible("acquire", self, can, limit)
        actor = self.world.current
        if not self._is_free_for(actor):
            return self.missed(in_time)
        self._take(actor, self.count + 1)
        return True

    def _take(self, actor: Actor, count: int) -> None:
        self.owner, self.count = actor, count
        self.note(Kind.ACQUIRE, count)
        self.changed()

    def release(self) -> None:
        """As ``threading.RLock.release``."""
        self.world.visible("release", self)
        if self.owner is not self.world.current:
            raise RuntimeError("cannot release un-acquired lock")
        self._give(self.count - 1)

    def _give(self, count: int) -> None:
        self.count = count
        if not count:
            self.owner = None
        self.note(Kind.RELEASE, count)
        self.changed()

    def locked(self) -> bool:
        """As ``threading.RLock.locked`` of Python 3.14."""
        self.world.visible("read", self)
        return self.owner is not None

    def __enter__(self) -> bool:
        self.acquire()
        self.world.let_nobody_in_after_enter()
        return True

    def __exit__(self, *error: object) -> None:
        self.release()

    def _at_fork_reinit(self) -> None:
        self.owner, self.count = None, 0

    def _recursion_count(self) -> int:
        return self.count if self.owner is self.world.current else 0

    # what Condition asks for

    def _release_save(self) -> Any:
        if not self.count:
            raise RuntimeError("cannot release un-acquired lock")
        count = self.count
        self._give(0)
        return count

    def _acquire_restore(self, count: Any) -> None:
        self._take(self.world.current, count)

    def _is_owned(self) -> bool:
        return self.owner is self.world.current

    def __repr__(self) -> str:
        state = "locked" if self.owner is not None else "unlocked"
        owner = self.owner.number if self.owner is not None else 0
        return f"<{state} {type(self).__module__}.{type(self).__qualname__} object owner={owner} count={self.count} at {id(self):#x}>"


RLock.__module__ = "_thread"
