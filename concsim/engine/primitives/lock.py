"""Virtual ``threading.Lock``."""

from __future__ import annotations

from typing import Any

from concsim.engine.actor import Actor
from concsim.engine.primitives.primitive import Primitive, check_timeout
from concsim.model.events import Kind


class Lock(Primitive):
    """A lock that anybody may release. Whoever is chosen gets it: no order is promised."""

    kind = "lock"
    in_c = True

    def __init__(self) -> None:
        self.set_up_hidden()
        self.declare(self.kind)

    def set_up_hidden(self) -> None:
        """Nobody holds it."""
        self.owner: Actor | None = None
        self._locked = False

    def __init_subclass__(cls, **keywords: Any) -> None:
        if not cls.__module__.startswith("concsim.engine"):
            raise TypeError("type '_thread.lock' is not an acceptable base type")
        super().__init_subclass__(**keywords)

    def _is_free(self, actor: Actor) -> bool:
        return not self._locked

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """As ``threading.Lock.acquire``."""
        limit = check_timeout(blocking, timeout)
        can = self._is_free if blocking and limit != 0 else None
        in_time = self.world.visible("acquire", self, can, limit)
        if self._locked:
            return self.missed(in_time)
        self._take(self.world.current)
        return True

    def _take(self, actor: Actor) -> None:
        self._locked, self.owner = True, actor
        self.note(Kind.ACQUIRE)
        self.changed()

    def release(self) -> None:
        """As ``threading.Lock.release``."""
        self.world.visible("release", self)
        if not self._locked:
            raise RuntimeError("release unlocked lock")
        self._give()

    def _give(self) -> None:
        self._locked, self.owner = False, None
        self.note(Kind.RELEASE, 0)
        self.changed()

    def locked(self) -> bool:
        """As ``threading.Lock.locked``."""
        self.world.visible("read", self)
        return self._locked

    def __enter__(self) -> bool:
        self.acquire()
        self.world.let_nobody_in_after_enter()
        return True

    def __exit__(self, *error: object) -> None:
        self.release()

    acquire_lock, release_lock, locked_lock = acquire, release, locked

    def _at_fork_reinit(self) -> None:
        self._locked, self.owner = False, None

    # what Condition asks for

    def _release_save(self) -> Any:
        self._give()
        return 1

    def _acquire_restore(self, state: Any) -> None:
        self._take(self.world.current)

    def _is_owned(self) -> bool:
        return self._locked

    def _is_free_for(self, actor: Actor) -> bool:
        return not self._locked

    def __repr__(self) -> str:
        state = "locked" if self._locked else "unlocked"
        return f"<{state} {type(self).__module__}.{type(self).__qualname__} object at {id(self):#x}>"


Lock.__module__ = "_thread"
Lock.__qualname__ = Lock.__name__ = "lock"
