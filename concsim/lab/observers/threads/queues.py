"""``queue.Queue`` and its kin: depth after each item, who waits for room and who for an item."""

from __future__ import annotations

import queue
from typing import Any, Optional, Set, Tuple

from concsim.lab.observers.threads.observed_simple_queue import make_simple_queue
from concsim.lab.patching.methods import patch
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code

NUMBER = "_concsim_number"
QUEUE_FILES = (queue.__file__,)
Outlook = Tuple[Tuple[int, ...], bool]


class QueueObserver:
    """Patches the Python queues in place and gives the program's files an observed SimpleQueue."""

    modules = {"queue": "_patch"}
    nature = {"queue": ("parallel",)}

    def __init__(self, things: Things, waits: Waits) -> None:
        self._things, self._waits = things, waits
        self._note = things.journal.note
        self._places = things.places
        self._hooked: Set[type] = set()

    def _patch(self, module: Any) -> None:
        patch(queue.Queue, "__init__", self._make_init)
        patch(queue.Queue, "put", self._make_put)
        patch(queue.Queue, "get", self._make_get)
        patch(queue.Queue, "join", self._make_join)
        if hasattr(queue.Queue, "shutdown"):
            patch(queue.Queue, "shutdown", self._make_shutdown)
        queue.SimpleQueue = make_simple_queue(queue.SimpleQueue, self._things, self._waits)  # type: ignore[misc]

    def _make_init(self, original: Any) -> Any:
        def __init__(one: Any, maxsize: int = 0) -> None:
            original(one, maxsize)
            frame: Any = originals.getframe(1)
            if self._places.is_called_by_program(frame, QUEUE_FILES) and not self._things.is_full():
                one.__dict__[NUMBER] = self._things.declare("queue", frame, capacity=maxsize)
                self._hook(type(one))

        return __init__

    def _hook(self, cls: type) -> None:
        """See each item at the moment it goes in or out, under the queue's own lock, whichever subclass does it."""
        for owner in cls.__mro__:
            if owner in self._hooked or owner is object:
                continue
            self._hooked.add(owner)
            if "_put" in vars(owner):
                patch(owner, "_put", self._make_moved(Kind.PUT))
            if "_get" in vars(owner):
                patch(owner, "_get", self._make_moved(Kind.GET))

    def _make_moved(self, kind: Kind) -> Any:
        def make(original: Any) -> Any:
            def moved(one: Any, *args: Any) -> Any:
                number = one.__dict__.get(NUMBER, 0)
                if not number:
                    return original(one, *args)
                self._waits.clear()
                try:
                    return original(one, *args)
                finally:
                    self._note(pack_code(kind, number), self._places.place_of(originals.getframe(1)), one._qsize())

            return moved

        return make

    def _make_put(self, original: Any) -> Any:
        def put(one: Any, item: Any, block: bool = True, timeout: Optional[float] = None) -> None:
            number = one.__dict__.get(NUMBER, 0)
            if not number or not block or (timeout is not None and timeout <= 0):
                return original(one, item, block, timeout)  # type: ignore[no-any-return]
            if not 0 < one.maxsize <= one._qsize():
                try:
                    return original(one, item, False)  # type: ignore[no-any-return]
                except queue.Full:
                    pass
            self._waits.begin(number, originals.getframe(1), timeout, lambda: ((), not 0 < one.maxsize <= one._qsize() or _is_shut(one)))
            return self._await(number, lambda: original(one, item, True, timeout))  # type: ignore[no-any-return]

        return put

    def _make_get(self, original: Any) -> Any:
        def get(one: Any, block: bool = True, timeout: Optional[float] = None) -> Any:
            number = one.__dict__.get(NUMBER, 0)
            if not number or not block or (timeout is not None and timeout <= 0):
                return original(one, block, timeout)
            if one._qsize():
                try:
                    return original(one, False)
                except queue.Empty:
                    pass
            self._waits.begin(number, originals.getframe(1), timeout, lambda: ((), one._qsize() > 0 or _is_shut(one)))
            return self._await(number, lambda: original(one, True, timeout))

        return get

    def _await(self, number: int, call: Any) -> Any:
        got = False
        try:
            result = call()
            got = True
            return result
        finally:
            self._waits.clear()
            if not got:
                self._waits.end(number, False)

    def _make_shutdown(self, original: Any) -> Any:
        def shutdown(one: Any, immediate: bool = False) -> None:
            number = one.__dict__.get(NUMBER, 0)
            if number:
                self._waits.wake(number)
            original(one, immediate)

        return shutdown

    def _make_join(self, original: Any) -> Any:
        def join(one: Any) -> None:
            number = one.__dict__.get(NUMBER, 0)
            if not number or not one.unfinished_tasks:
                return original(one)  # type: ignore[no-any-return]
            self._waits.begin(number, originals.getframe(1), None, lambda: ((), not one.unfinished_tasks))
            try:
                original(one)
            finally:
                self._waits.end(number, not one.unfinished_tasks)

        return join


def _is_shut(one: Any) -> bool:
    return bool(getattr(one, "is_shutdown", False))
