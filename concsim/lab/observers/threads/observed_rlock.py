"""A reentrant lock of the program: it says who holds it, how often, and who waits."""

from __future__ import annotations

from types import FrameType
from typing import Any, Optional

from concsim.lab.observers.threads.probing import Outlook, probing
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code
from concsim.model.own_work import waits_inside

_get_ident = originals.get_ident
_getframe = originals.getframe
_quick_getframe = originals.quick_getframe


class ObservedRLock:
    """A reentrant lock of the program; `_count` is how often its owner holds it."""

    __slots__ = ("__weakref__", "_count", "_lock", "_number", "_owner", "_take")

    def __init__(self, number: int) -> None:
        self._lock = originals.make_rlock()
        self._take = self._lock.acquire
        self._number, self._owner, self._count = number, 0, 0

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        if blocking and timeout == -1:
            if not self._take(False):
                return self._wait(-1, _getframe(1))
        elif not blocking or timeout < 0:
            if not self._take(blocking, timeout):
                return False
        elif not self._take(False):
            return self._wait(timeout, _getframe(1))
        self._got(_getframe(1))
        return True

    def __enter__(self) -> bool:
        if self._take(False):
            try:
                self._got(_getframe(1))
            except BaseException:  # set from another thread: the with statement has not begun
                self.release()
                raise
            return True
        return self._wait(-1, _getframe(1))

    def _got(self, frame: Optional[FrameType], count: int = 1) -> None:
        self._owner = _get_ident()
        self._count += count
        probing.note(pack_code(Kind.ACQUIRE, self._number), probing.place(frame), self._count)

    def release(self) -> None:
        try:
            if self._owner == _get_ident():
                self._count -= 1
                if not self._count:
                    self._owner = 0
                probing.note(pack_code(Kind.RELEASE, self._number), probing.place(_getframe(1)), self._count)
        finally:
            self._lock.release()

    def __exit__(self, *error: object) -> None:
        self.release()

    def locked(self) -> bool:
        """Whether anybody holds it (a method of RLock from Python 3.14 on)."""
        return self._count > 0

    @waits_inside
    def _block(self, timeout: float) -> bool:
        _get_ident()  # see `ObservedLock._block`
        for got in map(self._take, (True,), (timeout,)):
            return got
        return False

    def _wait(self, timeout: float, frame: Optional[FrameType]) -> bool:
        probing.waits.begin(self._number, frame, timeout, self._look, owned=True)
        got = False
        try:
            got = self._block(timeout)
        finally:
            probing.waits.clear()
            if got:
                self._got(frame)
            else:
                probing.waits.end(self._number, False)
        return got

    def _look(self) -> Outlook:
        return probing.look_at_owner(self._number, self._owner, self._owner != 0)

    # what Condition uses

    def _is_owned(self) -> bool:
        return self._lock._is_owned()  # type: ignore[attr-defined, no-any-return]

    def _release_save(self) -> Any:
        if self._owner == _get_ident():
            self._count = self._owner = 0
            probing.note(pack_code(Kind.RELEASE, self._number), probing.place(_getframe(1)), 0)
        return self._lock._release_save()  # type: ignore[attr-defined]

    def _acquire_restore(self, saved: Any) -> None:
        frame = _getframe(1)
        if self._take(False):
            for _ in range(saved[0] - 1):
                self._take()
        else:
            probing.waits.begin(self._number, frame, None, self._look, owned=True)
            self._lock._acquire_restore(saved)  # type: ignore[attr-defined]  # as in C, no exception ends this wait
            probing.waits.clear()
        self._got(frame, saved[0])

    def _recursion_count(self) -> int:
        return self._count if self._owner == _get_ident() else 0

    def __reduce_ex__(self, protocol: Any) -> Any:
        return self._lock.__reduce_ex__(protocol)  # or raises, as the plain lock does

    def _at_fork_reinit(self) -> None:
        self._lock._at_fork_reinit()  # type: ignore[attr-defined]
        self._owner = self._count = 0

    def __repr__(self) -> str:
        return repr(self._lock)


def observed_rlock(name: str, frame: Optional[FrameType]) -> ObservedRLock:
    """The lock of a condition that was made without one."""
    return ObservedRLock(probing.things.declare("rlock", frame, name=name))
