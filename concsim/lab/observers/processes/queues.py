"""``multiprocessing.Queue`` and its kin: what goes in on one side and comes out on the other, and who waits."""

from __future__ import annotations

import weakref
from queue import Empty, Full
from typing import Any, Callable, Optional

from concsim.lab.observers.processes.processes import BETWEEN, called_by_program
from concsim.lab.observers.threads.threads import NUMBER
from concsim.lab.patching.methods import patch
from concsim.lab.program.texts import Texts, short_text
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.running.faults import Faults
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code

POOL = "_concsim_pool"
"""On a pool's own queue of tasks: the number of the pool."""
THROUGH = (*BETWEEN, "queues.py")
NAMED_ITEMS = 20_000
"""After so many, a process's items are counted and no longer named."""


class ProcessQueueObserver:
    """Patches the queues of multiprocessing in place; their numbers travel with them."""

    modules = {"multiprocessing.queues": "_patch_queues"}

    def __init__(self, things: Things, waits: Waits, texts: Texts, faults: Faults) -> None:
        self._things, self._waits, self._texts, self._faults = things, waits, texts, faults
        self._journal, self._note = things.journal, things.journal.note
        self._named = 0
        self._feeders: Any = weakref.WeakKeyDictionary()
        """By the thread that writes a queue's items into its pipe: the queue's number."""

    def _patch_queues(self, module: Any) -> None:
        for cls, kind in ((module.Queue, "queue"), (module.SimpleQueue, "simple queue")):
            patch(cls, "__init__", self._make_init(kind))
            patch(cls, "__getstate__", make_getstate)
            patch(cls, "__setstate__", make_setstate)
            patch(cls, "put", self._make_put)
            patch(cls, "get", self._make_get)
        patch(module.Queue, "_start_thread", self._make_start_thread)
        patch(module.Queue, "_finalize_join", self._make_finalize_join)
        module.Queue._finalize_join = staticmethod(module.Queue._finalize_join)
        patch(module.JoinableQueue, "join", self._make_join)
        # a joinable queue has a state and a put of its own, which do not go through Queue's put
        patch(module.JoinableQueue, "put", self._make_put)
        patch(module.JoinableQueue, "__setstate__", make_setstate)
        patch(module.JoinableQueue, "__getstate__", _make_joinable_getstate)

    def _make_init(self, kind: str) -> Callable[[Any], Any]:
        def make(original: Any) -> Any:
            def __init__(one: Any, *args: Any, **kwargs: Any) -> None:
                original(one, *args, **kwargs)
                frame = originals.getframe(1)
                if called_by_program(self._things.places, frame, THROUGH) and not self._things.is_full() and NUMBER not in one.__dict__:
                    size = args[0] if args else kwargs.get("maxsize", 0)
                    capacity = size if isinstance(size, int) else 0
                    one.__dict__[NUMBER] = self._things.declare(kind, frame, capacity=capacity)
                    self._faults.keep(one.__dict__[NUMBER], one)

            return __init__

        return make

    def _make_put(self, original: Any) -> Any:
        def put(one: Any, obj: Any, block: bool = True, timeout: Optional[float] = None) -> None:
            number = one.__dict__.get(NUMBER, 0)
            simple = not hasattr(one, "_sem")
            if not number or not self._journal.on:
                return original(one, obj) if simple else original(one, obj, block, timeout)  # type: ignore[no-any-return]
            frame = originals.getframe(1)
            if simple:
                original(one, obj)
            else:
                self._wait_for(one, number, frame, block, timeout, lambda *how: original(one, obj, *how), Full)
            self._moved(one, Kind.PUT, number, frame, obj)
            return None

        return put

    def _make_get(self, original: Any) -> Any:
        def get(one: Any, block: bool = True, timeout: Optional[float] = None) -> Any:
            number = one.__dict__.get(NUMBER, 0)
            simple = not hasattr(one, "_sem")
            if not number or not self._journal.on:
                return original(one) if simple else original(one, block, timeout)
            frame = originals.getframe(1)
            if simple:
                obj = self._get_simply(one, number, frame, original)
            else:
                obj = self._wait_for(one, number, frame, block, timeout, lambda *how: original(one, *how), Empty)
            self._moved(one, Kind.GET, number, frame, obj)
            return obj

        return get

    def _get_simply(self, one: Any, number: int, frame: Any, original: Any) -> Any:
        if not one.empty():
            return original(one)
        return self._waits.outside(number, frame, None, lambda: original(one))

    def _wait_for(
        self, one: Any, number: int, frame: Any, block: bool, timeout: Optional[float], call: Any, refusal: Any
    ) -> Any:
        """Do it at once if it can be done, else say that one waits."""
        if not block:
            return call(False)
        try:
            return call(False)
        except refusal:
            if timeout is not None and timeout <= 0:
                raise
        return self._waits.outside(number, frame, timeout, lambda: call(True, timeout))

    def _moved(self, one: Any, kind: Kind, number: int, frame: Any, obj: Any) -> None:
        self._note(pack_code(kind, number), self._things.places.place_of(frame), depth_of(one))
        if self._named < NAMED_ITEMS:
            self._named += 1
            text = self._texts.number_of_text(short_text(obj))
            if text:
                self._note(pack_code(Kind.ITEM, number), 0, text if kind == Kind.PUT else -text)

    def _make_start_thread(self, original: Any) -> Any:
        def _start_thread(one: Any) -> None:
            original(one)
            if NUMBER in one.__dict__:
                self._feeders[one._thread] = one.__dict__[NUMBER]

        return _start_thread

    def _make_finalize_join(self, original: Any) -> Any:
        """A process that ends waits until what it has put into a queue is in the pipe, which has little room."""

        def _finalize_join(feeder: Any) -> None:
            thread = feeder()
            number = self._feeders.get(thread, 0) if thread is not None else 0
            if not number or not self._journal.on:
                return original(feeder)  # type: ignore[no-any-return]
            return self._waits.outside(number, None, None, lambda: original(feeder))  # type: ignore[no-any-return]

        return _finalize_join

    def _make_join(self, original: Any) -> Any:
        def join(one: Any) -> None:
            number = one.__dict__.get(NUMBER, 0)
            if not number or one._unfinished_tasks._semlock._is_zero():
                return original(one)  # type: ignore[no-any-return]
            waits = self._waits
            return waits.outside(number, originals.getframe(1), None, lambda: original(one))  # type: ignore[no-any-return]

        return join


def depth_of(one: Any) -> int:
    """How many items are in a queue now, -1 where nobody can tell."""
    try:
        return int(one.qsize())
    except (NotImplementedError, AttributeError, OSError):
        return -1


class Carried(tuple):  # type: ignore[type-arg]
    """A queue's own state, and the numbers that travel with it."""

    __slots__ = ()


def _numbers_of(one: Any) -> tuple:  # type: ignore[type-arg]
    return one.__dict__.get(NUMBER, 0), one.__dict__.get(POOL, 0)


def make_getstate(original: Any) -> Any:
    """State with the object's numbers behind it, if it has any; receivers are started by way of us, and know."""

    def __getstate__(one: Any) -> Any:
        numbers = _numbers_of(one)
        return ("concsim", original(one), numbers) if any(numbers) else original(one)

    return __getstate__


def make_setstate(original: Any) -> Any:
    """The other side of it."""

    def __setstate__(one: Any, state: Any) -> None:
        if isinstance(state, tuple) and len(state) == 3 and state[0] == "concsim":
            _, state, numbers = state
            for name, number in zip((NUMBER, POOL), numbers):
                if number:
                    one.__dict__[name] = number
        original(one, state)

    return __setstate__


def _make_joinable_getstate(original: Any) -> Any:
    """JoinableQueue adds to what Queue's gives, which must be Queue's own there."""

    def __getstate__(one: Any) -> Any:
        from multiprocessing.queues import Queue

        plain, numbers = Queue.__getstate__.__wrapped__, _numbers_of(one)  # type: ignore[attr-defined]
        state = (*plain(one), one._cond, one._unfinished_tasks)
        return ("concsim", state, numbers) if any(numbers) else state

    return __getstate__
