"""A lock of the program: it says who holds it and who waits.

A recorded use costs a few times a plain one. A lock that is used very often is *hot*: its class is changed to one that
keeps only the owner, which is what naming a deadlock needs, and the sampler looks at its holder. Never below that.

A hot lock must not let another thread in while it is held, or a plain loop that never contends becomes a convoy in
which every use is a switch. The interpreter lets others in at function entry and after calls: so a hot lock is taken by
a ``for`` step, which is no call, and given back by the plain lock's own ``__exit__``. While a hot lock is locked its
owner is therefore right, but for the moment in which a thread that had to wait has it and not yet the GIL; verdicts
about such locks are confirmed by a second look (see `waits`).
"""

from __future__ import annotations

import functools
from types import FrameType
from typing import Any, Callable, Iterator, Optional

from concsim.lab.observers.threads.probing import Outlook, probing
from concsim.lab.program.things import Things
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code
from concsim.model.own_work import waits_inside

_get_ident = originals.get_ident
_getframe = originals.getframe
_quick_getframe = originals.quick_getframe  # a with statement stands in a Python frame
_now = originals.monotonic_ns
_extend: Any = None
_actor_of: Any = None
_base_of: Any = None
_journal: Any = None
_look: Optional[Callable[[], None]] = None


def connect_quick_path(things: Things, look: Optional[Callable[[], None]]) -> None:
    """What the written-out probes below use directly."""
    global _extend, _actor_of, _base_of, _journal, _look
    _journal, _look = things.journal, look
    _extend, _actor_of = things.journal.rows.extend, things.journal.actors.get
    _base_of = things.places.bases.get


class ObservedLock:
    """A lock of the program. `_owner` is the thread identity of its holder, 0 for nobody."""

    _tries: Iterator[bool]
    __slots__ = ("__weakref__", "_acquired", "_free", "_lock", "_number", "_owner", "_released", "_take", "_tries")

    def __init__(self, number: int) -> None:
        self._lock = originals.allocate_lock()
        self._take, self._free = self._lock.acquire, self._lock.release
        self._number, self._owner = number, 0
        self._acquired, self._released = pack_code(Kind.ACQUIRE, number), pack_code(Kind.RELEASE, number)

    def __enter__(self) -> bool:
        # written out: the commonest probe, and each call in it would cost as much as the lock
        if self._take(False):
            try:
                me = self._owner = _get_ident()
                frame = _quick_getframe(1)
                base = _base_of(frame.f_code.co_filename, -1)
                place = base | frame.f_lineno if base >= 0 else probing.place(frame)
                _extend((_now(), _actor_of(me, 0), self._acquired, place, 1))
            except BaseException:  # set from another thread: the with statement has not begun
                self._owner = 0
                self._free()
                raise
            return True
        return self._wait(-1, _getframe(1))

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        owner = self._owner
        try:
            if owner:
                self._owner = 0
                if _look is not None:
                    _look()
                now = _now()
                _extend((now, _actor_of(owner, 0), self._released, 0, 0))
                if now >= _journal.due:
                    _journal.flush()
        finally:
            self._free()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        if blocking and timeout == -1:
            if not self._take(False):
                return self._wait(-1, _getframe(1))
        elif not blocking or timeout < 0:
            if not self._take(blocking, timeout):  # or raises, as the plain lock does
                return False
        elif not self._take(False):
            return self._wait(timeout, _getframe(1))
        self._owner = _get_ident()
        probing.note(self._acquired, probing.place(_getframe(1)), 1)
        return True

    def release(self) -> None:
        try:
            if self._owner:
                if self._owner != _get_ident():
                    probing.things.mark_handed(self._number)
                self._owner = 0
                probing.note(self._released, probing.place(_getframe(1)), 0)
        finally:
            self._free()

    def locked(self) -> bool:
        return self._lock.locked()

    acquire_lock, release_lock, locked_lock = acquire, release, locked

    @waits_inside
    def _block(self, timeout: float) -> bool:
        _get_ident()  # the interpreter asks after a call whether an exception is due, not before it waits
        for got in map(self._take, (True,), (timeout,)):  # a step is no call: what it takes is returned
            return got
        return False

    def _wait(self, timeout: float, frame: Optional[FrameType]) -> bool:
        probing.waits.begin(self._number, frame, timeout, self._look)
        got = False
        try:
            got = self._block(timeout)
        finally:
            probing.waits.clear()
            if got:
                self._owner = _get_ident()
                probing.note(self._acquired, probing.place(frame), 1)
            else:
                probing.waits.end(self._number, False)
        return got

    def _look(self) -> Outlook:
        return probing.look_at_owner(self._number, self._owner, self._lock.locked())

    def __reduce_ex__(self, protocol: Any) -> Any:
        return self._lock.__reduce_ex__(protocol)  # or raises, as the plain lock does

    def _at_fork_reinit(self) -> None:
        self._lock._at_fork_reinit()  # type: ignore[attr-defined]
        self._owner = 0

    def __repr__(self) -> str:
        return repr(self._lock)


class HotLock(ObservedLock):
    """The same lock in a busy time: only the owner is kept. Each hot lock has a subclass with its own ``__exit__``."""

    __slots__ = ()

    def __enter__(self) -> bool:
        me = _get_ident()
        for got in self._tries:
            self._owner = me
            return got
        return self._back_off(_getframe(1))

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        if blocking and timeout == -1:
            me = _get_ident()
            for got in self._tries:
                self._owner = me
                return got
            return self._back_off(_getframe(1))
        return ObservedLock.acquire(self, blocking, timeout)

    def release(self) -> None:
        self._owner = 0
        self._free()

    def _back_off(self, frame: Optional[FrameType]) -> bool:
        """The lock is held: let its holder run on for a moment before queueing up for real."""
        self._tries = _tries_of(self._take)
        for pause in BACK_OFF:
            originals.sleep(pause)
            if self._take(False):
                self._owner = _get_ident()
                return True
        return self._wait(-1, frame)

    acquire_lock, release_lock = acquire, release


BACK_OFF = (0, 0.0005, 0.001, 0.002, 0.004)


def _tries_of(take: Any) -> Iterator[bool]:
    """An iterator that takes the lock at each step, and is exhausted when that fails."""
    return iter(functools.partial(take, False), False)


def make_hot(lock: ObservedLock) -> None:
    """Let a lock keep only its owner from now on."""
    lock._tries = _tries_of(lock._take)
    plain_exit = {"__slots__": (), "__exit__": lock._lock.__exit__}
    lock.__class__ = type("HotLock", (HotLock,), plain_exit)
