"""Virtual ``threading.Semaphore`` and ``BoundedSemaphore``."""

from __future__ import annotations

from concsim.engine.actor import Actor
from concsim.engine.primitives.primitive import Primitive
from concsim.model.events import Kind


class Semaphore(Primitive):
    """So many permits; anybody may give one back."""

    def __init__(self, value: int = 1) -> None:
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._value = self._first = value
        self.declare("semaphore", value)

    def _has_permit(self, actor: Actor) -> bool:
        return self._value > 0

    def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
        """As ``threading.Semaphore.acquire``."""
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        waits = blocking and (timeout is None or timeout > 0)
        in_time = self.world.visible("acquire", self, self._has_permit if waits else None, timeout)
        if self._value <= 0:
            return self.missed(in_time)
        self._value -= 1
        self.note(Kind.ACQUIRE, self._value)
        self.changed()
        return True

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *error: object) -> None:
        self.release()

    def release(self, n: int = 1) -> None:
        """As ``threading.Semaphore.release``."""
        if n < 1:
            raise ValueError("n must be one or more")
        self.world.visible("release", self)
        self._check(n)
        for _ in range(n):
            self._value += 1
            self.note(Kind.RELEASE, self._value)
        self.changed()

    def _check(self, n: int) -> None:
        """Whether so many permits may be given back."""

    def __repr__(self) -> str:
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        return f"<{name} at {id(self):#x}: value={self._value}>"


class BoundedSemaphore(Semaphore):
    """A semaphore that never has more permits than at first."""

    def __init__(self, value: int = 1) -> None:
        super().__init__(value)
        self._initial_value = value

    def _check(self, n: int) -> None:
        if self._value + n > self._initial_value:
            raise ValueError("Semaphore released too many times")

    def __repr__(self) -> str:
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        return f"<{name} at {id(self):#x}: value={self._value}/{self._initial_value}>"


Semaphore.__module__ = BoundedSemaphore.__module__ = "threading"
