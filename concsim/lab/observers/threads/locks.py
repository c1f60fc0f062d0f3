"""``threading.Lock`` and ``RLock`` as the program's files get them: the wrappers; everybody else gets the plain ones."""

from __future__ import annotations

import _thread
import threading
import weakref
from typing import Any, Callable, Dict, List, Tuple, Type

from concsim.lab.observers.threads.observed_lock import ObservedLock, make_hot
from concsim.lab.observers.threads.observed_rlock import ObservedRLock
from concsim.lab.observers.threads.probing import probing
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import FIELDS, KIND_BITS

HOT_RATE = 30_000
"""A lock taken more often than this in a second becomes hot …"""
HOT_USES = 8_000
"""… once it has been taken so often without a pause."""


def _make_factory(plain: Any, kind: str, wrapper: Type[Any], made: Callable[[Any], None]) -> Any:
    """A stand-in for the factory *plain*: the program's own files get wrappers, everybody else the plain lock.

    *made* is told of each wrapper. It is a class whose instances are both kinds, so that ``isinstance(lock, threading.Lock)`` says what it would say.
    """

    class Factory(type):
        def __call__(cls, *args: Any, **kwargs: Any) -> Any:
            frame = originals.getframe(1)
            if not args and not kwargs and probing.things.places.is_called_by_program(frame) and not probing.things.is_full():
                lock = wrapper(probing.things.declare(kind, frame))
                made(lock)
                return lock
            return plain(*args, **kwargs)

        def __instancecheck__(cls, one: object) -> bool:
            return isinstance(one, (wrapper, type(plain())))

        def __repr__(cls) -> str:
            return repr(plain)

    return Factory(plain.__name__, (), {"__doc__": plain.__doc__, "__module__": plain.__module__, "__slots__": ()})


class LockObserver:
    """Replaces the lock factories, cools and heats locks."""

    modules = {"threading": "_patch"}

    def __init__(self, things: Things, waits: Waits) -> None:
        waits.doubtful = lambda number: number in self.said or number in self.hot
        self._journal = things.journal
        self._locks: Any = weakref.WeakValueDictionary()
        self.hot: Dict[int, ObservedLock] = {}
        self._warmth: Dict[int, int] = {}
        self.said: Dict[int, bool] = {}

    def _patch(self, module: Any) -> None:
        """Put the factories in place; the plain ones stay with the lab and the libraries."""
        lock = _make_factory(originals.allocate_lock, "lock", ObservedLock, self._keep)
        threading.Lock = lock  # type: ignore[assignment, misc]
        _thread.allocate_lock = lock
        threading.RLock = _make_factory(threading.RLock, "rlock", ObservedRLock, lambda _: None)  # type: ignore[misc, assignment]

    def _keep(self, lock: ObservedLock) -> None:
        """As long as the program does: its number may become hot."""
        self._locks[lock._number] = lock

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


def owner_of(lock: ObservedLock) -> Tuple[int, int]:
    """The lock's number and the actor that holds it, 0 for nobody."""
    return lock._number, probing.actors.get(lock._owner, 0) if lock._lock.locked() else 0
