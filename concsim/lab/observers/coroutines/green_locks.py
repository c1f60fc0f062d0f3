"""Locks after ``monkey.patch_all()``: gevent's, which make a greenlet wait and not its thread.

The factories of `observe_locks` have been replaced by gevent's. The program's own files get gevent's locks inside these
wrappers; who holds and who waits is noted, deadlocks among them are left to the person's eye.
"""

from __future__ import annotations

import threading
from typing import Any, Optional

from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code


class GreenLock:
    """A lock of gevent's that says who takes it."""

    def __init__(self, number: int, lock: Any, things: Things, waits: Waits) -> None:
        self._number, self._lock, self._things, self._waits = number, lock, things, waits

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        frame = originals.getframe(1)
        got = bool(self._lock.acquire(False))
        if not got and blocking:
            self._waits.begin(self._number, frame, timeout, lambda: ((), True))
            try:
                got = bool(self._lock.acquire(True, timeout))
            finally:
                self._waits.clear()
        if got:
            self._things.journal.note(pack_code(Kind.ACQUIRE, self._number), self._things.places.place_of(frame), 1)
        return got

    def release(self) -> None:
        self._things.journal.note(pack_code(Kind.RELEASE, self._number), self._things.places.place_of(originals.getframe(1)), 0)
        self._lock.release()

    __enter__ = acquire

    def __exit__(self, *args: Any) -> None:
        self.release()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._lock, name)


def observe_green_locks(things: Things, waits: Waits) -> None:
    """Put wrappers around gevent's factories, for the program's own files."""
    for name, kind in (("Lock", "lock"), ("RLock", "rlock")):
        setattr(threading, name, _make_factory(getattr(threading, name), kind, things, waits))


def _make_factory(plain: Any, kind: str, things: Things, waits: Waits) -> Any:
    if isinstance(plain, _Factory):
        return plain
    return _Factory(plain, kind, things, waits)


class _Factory:
    """Stands for gevent's factory."""

    def __init__(self, plain: Any, kind: str, things: Things, waits: Waits) -> None:
        self._plain, self._kind, self._things, self._waits = plain, kind, things, waits

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        lock = self._plain(*args, **kwargs)
        frame: Optional[Any] = originals.getframe(1)
        if not self._things.places.is_called_by_program(frame) or self._things.is_full():
            return lock
        return GreenLock(self._things.declare(self._kind, frame), lock, self._things, self._waits)

    def __instancecheck__(self, one: object) -> bool:
        return isinstance(one, (GreenLock, self._plain) if isinstance(self._plain, type) else GreenLock)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._plain, name)
