"""``threading.Lock`` and ``RLock`` as the program's files get them: wrappers that say who holds them and who waits.

A recorded use costs a few times a plain one. A lock that is used very often is *hot*: its class is changed to one that
keeps only the owner, which is what naming a deadlock needs, and the sampler looks at its holder. Never below that.

A hot lock must not let another thread in while it is held, or a plain loop that never contends becomes a convoy in
which every use is a switch. The interpreter lets others in at function entry and after calls: so a hot lock is taken by
a ``for`` step, which is no call, and given back by the plain lock's own ``__exit__``. While a hot lock is locked its
owner is therefore right, but for the moment in which a thread that had to wait has it and not yet the GIL; verdicts
about such locks are confirmed by a second look (see `waits`).
"""

from __future__ import annotations

import _thread
import functools
import threading
import weakref
from types import FrameType
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple, Type

from concsim.lab import raw
from concsim.lab.things import THREADING_FILES, Things
from concsim.lab.waits import Waits
from concsim.model.encoding import FIELDS
from concsim.model.events import KIND_BITS, Kind, pack_code

_get_ident = raw.get_ident
_getframe = raw.getframe
_quick_getframe = raw.quick_getframe  # a with statement stands in a Python frame


class _Context:
    """What the wrappers of one lab share; set by `observe`."""

    things: Things
    waits: Waits
    note: Any
    place: Any
    actors: Dict[int, int]


_c = _Context()
_now = raw.monotonic_ns
_extend: Any = None
_actor_of: Any = None
_base_of: Any = None
_journal: Any = None
_look: Optional[Callable[[], None]] = None


class ObservedLock:
    """A lock of the program. `_owner` is the thread identity of its holder, 0 for nobody."""

    _tries: Iterator[bool]
    __slots__ = ("__weakref__", "_acquired", "_free", "_lock", "_number", "_owner", "_released", "_take", "_tries")

    def __init__(self, number: int) -> None:
        self._lock = raw.allocate_lock()
        self._take, self._free = self._lock.acquire, self._lock.release
        self._number, self._owner = number, 0
        self._acquired, self._released = pack_code(Kind.ACQUIRE, number), pack_code(Kind.RELEASE, number)

    def __enter__(self) -> bool:
        # written out: the commonest probe, and each call in it would cost as much as the lock
        if self._take(False):
            me = self._owner = _get_ident()
            frame = _quick_getframe(1)
            base = _base_of(frame.f_code.co_filename, -1)
            place = base | frame.f_lineno if base >= 0 else _c.place(frame)
            _extend((_now(), _actor_of(me, 0), self._acquired, place, 1))
            return True
        return self._wait(-1, _getframe(1))

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        owner = self._owner
        if owner:
            self._owner = 0
            if _look is not None:
                _look()
            now = _now()
            _extend((now, _actor_of(owner, 0), self._released, 0, 0))
            if now >= _journal.due:
                _journal.flush()
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
        _c.note(self._acquired, _c.place(_getframe(1)), 1)
        return True

    def release(self) -> None:
        if self._owner:
            if self._owner != _get_ident():
                _c.things.mark_handed(self._number)
            self._owner = 0
            _c.note(self._released, _c.place(_getframe(1)), 0)
        self._free()

    def locked(self) -> bool:
        return self._lock.locked()

    acquire_lock, release_lock, locked_lock = acquire, release, locked

    def _wait(self, timeout: float, frame: Optional[FrameType]) -> bool:
        _c.waits.begin(self._number, frame, timeout, self._look)
        got = False
        try:
            got = self._take(True, timeout)
        finally:
            _c.waits.clear()
            if got:
                self._owner = _get_ident()
                _c.note(self._acquired, _c.place(frame), 1)
            else:
                _c.waits.end(self._number, False)
        return got

    def _look(self) -> Tuple[Tuple[int, ...], bool]:
        return _look_at_owner(self._number, self._owner, self._lock.locked())

    def _at_fork_reinit(self) -> None:
        self._lock._at_fork_reinit()  # type: ignore[attr-defined]
        self._owner = 0

    def __repr__(self) -> str:
        return repr(self._lock)


def _look_at_owner(number: int, owner: int, locked: bool) -> Tuple[Tuple[int, ...], bool]:
    """On whom a waiter depends: the holder; a lock that is just changing hands counts as free."""
    if not locked or not owner:
        return (), True
    actor = _c.actors.get(owner, -1)
    if actor > 0 and _about_to_release(actor, number):
        return (), True
    return (actor,), actor == 0


def _about_to_release(actor: int, lock: int) -> bool:
    """A holder that waits on a condition is on its way to giving the condition's lock back."""
    pending = _c.waits.pending.get(actor)
    return pending is not None and _conditions.get(pending.target) == lock


_conditions: Dict[int, int] = {}


def register_condition(number: int, lock: int) -> None:
    """Condition *number* gives its lock back while it waits."""
    _conditions[number] = lock


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
            raw.sleep(pause)
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


class ObservedRLock:
    """A reentrant lock of the program; `_count` is how often its owner holds it."""

    __slots__ = ("__weakref__", "_count", "_lock", "_number", "_owner", "_take")

    def __init__(self, number: int) -> None:
        self._lock = raw.make_rlock()
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
            self._got(_getframe(1))
            return True
        return self._wait(-1, _getframe(1))

    def _got(self, frame: Optional[FrameType], count: int = 1) -> None:
        self._owner = _get_ident()
        self._count += count
        _c.note(pack_code(Kind.ACQUIRE, self._number), _c.place(frame), self._count)

    def release(self) -> None:
        if self._owner == _get_ident():
            self._count -= 1
            _c.note(pack_code(Kind.RELEASE, self._number), _c.place(_getframe(1)), self._count)
            if not self._count:
                self._owner = 0
        self._lock.release()

    def __exit__(self, *error: object) -> None:
        self.release()

    def locked(self) -> bool:
        """Whether anybody holds it (a method of RLock from Python 3.14 on)."""
        return self._count > 0

    def _wait(self, timeout: float, frame: Optional[FrameType]) -> bool:
        _c.waits.begin(self._number, frame, timeout, self._look, owned=True)
        got = False
        try:
            got = self._take(True, timeout)
        finally:
            _c.waits.clear()
            if got:
                self._got(frame)
            else:
                _c.waits.end(self._number, False)
        return got

    def _look(self) -> Tuple[Tuple[int, ...], bool]:
        return _look_at_owner(self._number, self._owner, self._owner != 0)

    # what Condition uses

    def _is_owned(self) -> bool:
        return self._lock._is_owned()  # type: ignore[attr-defined, no-any-return]

    def _release_save(self) -> Any:
        if self._owner == _get_ident():
            self._count = self._owner = 0
            _c.note(pack_code(Kind.RELEASE, self._number), _c.place(_getframe(1)), 0)
        return self._lock._release_save()  # type: ignore[attr-defined]

    def _acquire_restore(self, saved: Any) -> None:
        frame = _getframe(1)
        if not self._take(False):
            _c.waits.begin(self._number, frame, None, self._look, owned=True)
            self._take()
            _c.waits.clear()
        for _ in range(saved[0] - 1):
            self._take()
        self._got(frame, saved[0])

    def _recursion_count(self) -> int:
        return self._count if self._owner == _get_ident() else 0

    def _at_fork_reinit(self) -> None:
        self._lock._at_fork_reinit()  # type: ignore[attr-defined]
        self._owner = self._count = 0

    def __repr__(self) -> str:
        return repr(self._lock)


def _make_factory(plain: Any, kind: str, wrapper: Type[Any], registry: List[Any]) -> Any:
    """A stand-in for the factory *plain*: the program's own files get wrappers, everybody else the plain lock.

    It is a class whose instances are both kinds, so that ``isinstance(lock, threading.Lock)`` says what it would say.
    """

    class Factory(type):
        def __call__(cls, *args: Any, **kwargs: Any) -> Any:
            frame = _getframe(1)
            if not args and not kwargs and _c.things.places.is_called_by_program(frame) and not _c.things.is_full():
                lock = wrapper(_c.things.declare(kind, frame))
                registry.append(lock)
                return lock
            return plain(*args, **kwargs)

        def __instancecheck__(cls, one: object) -> bool:
            return isinstance(one, (wrapper, type(plain())))

        def __repr__(cls) -> str:
            return repr(plain)

    return Factory(plain.__name__, (), {"__doc__": plain.__doc__, "__module__": plain.__module__, "__slots__": ()})


class LockObserver:
    """Replaces the lock factories, cools and heats locks."""

    def __init__(self, things: Things, waits: Waits) -> None:
        _c.things, _c.waits = things, waits
        _c.note, _c.place, _c.actors = things.journal.note, things.places.place_of, things.journal.actors
        global _extend, _actor_of, _base_of, _journal
        _journal = things.journal
        _extend, _actor_of = things.journal.rows.extend, things.journal.actors.get
        _base_of = things.places.bases.get
        waits.doubtful = lambda number: number in self.said or number in self.hot
        self._journal = things.journal
        self._locks: Any = weakref.WeakValueDictionary()
        self.hot: Dict[int, ObservedLock] = {}
        self._warmth: Dict[int, int] = {}
        self.said: Dict[int, bool] = {}

    def patch(self) -> None:
        """Put the factories in place; the plain ones stay with the lab and the libraries."""
        locks = _Registry(self._locks)
        lock = _make_factory(raw.allocate_lock, "lock", ObservedLock, locks)
        threading.Lock = lock  # type: ignore[assignment, misc]
        _thread.allocate_lock = lock
        threading.RLock = _make_factory(threading.RLock, "rlock", ObservedRLock, [])  # type: ignore[misc, assignment]

    def heat(self, part: List[Any], span: int) -> None:
        """From the journal: the rows of the last *span* nanoseconds; locks used too often in them become hot."""
        counts: Dict[int, int] = {}
        for code in part[2::FIELDS]:
            counts[code] = counts.get(code, 0) + 1
        often = HOT_RATE * span // 1_000_000_000
        busy = {code >> KIND_BITS: count for code, count in counts.items() if count > often}
        self._warmth = {number: self._warmth.get(number, 0) + count for number, count in busy.items()}
        for number in [number for number, warmth in self._warmth.items() if warmth > HOT_USES]:
            lock = self._locks.get(number)
            if lock is not None and type(lock) is ObservedLock:
                make_hot(lock)
                self.hot[number] = lock
                del self._warmth[number]

    def cool(self) -> List[ObservedLock]:
        """From the sampler, now and then: record hot locks use by use again; if they are still busy they heat again."""
        cooled = list(self.hot.values())
        self.hot.clear()
        for lock in cooled:
            lock.__class__ = ObservedLock
        return cooled


HOT_RATE = 30_000
"""A lock taken more often than this in a second becomes hot …"""
HOT_USES = 8_000
"""… once it has been taken so often without a pause."""


class _Registry(List[Any]):
    """Locks by number, filled by the factory."""

    def __init__(self, by_number: Any) -> None:
        super().__init__()
        self._by_number = by_number

    def append(self, lock: Any) -> None:
        self._by_number[lock._number] = lock


def look_on_release(look: Optional[Callable[[], None]], note: Callable[..., None]) -> None:
    """Look at the watched globals whenever a lock is given back, before anybody else can take it."""
    global _look
    _look = look
    if look is None:
        return
    release, mask = int(Kind.RELEASE), (1 << KIND_BITS) - 1

    def note_and_look(code: int, place: int = 0, value: float = 0) -> None:
        if code & mask == release:
            look()
        note(code, place, value)

    _c.note = note_and_look


def owner_of(lock: ObservedLock) -> Tuple[int, int]:
    """The lock's number and the actor that holds it, 0 for nobody."""
    return lock._number, _c.actors.get(lock._owner, 0) if lock._lock.locked() else 0


def observed_rlock(name: str, frame: Optional[FrameType]) -> ObservedRLock:
    """The lock of a condition that was made without one."""
    return ObservedRLock(_c.things.declare("rlock", frame, name=name))


__all__ = ["THREADING_FILES", "LockObserver", "ObservedLock", "ObservedRLock", "observed_rlock", "owner_of", "register_condition"]
