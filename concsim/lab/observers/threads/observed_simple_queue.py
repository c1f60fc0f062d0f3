"""A ``SimpleQueue`` of the program. The plain one is written in C: libraries and ``isinstance`` go on with it."""

from __future__ import annotations

import abc
import queue
from typing import Any, Optional

from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code
from concsim.model.own_work import waits_inside


def make_simple_queue(plain: Any, things: Things, waits: Waits) -> Any:
    """A stand-in for the class *plain* that observes the queues that the program's files make."""
    made = _observed(plain, _kinship(plain, things), things, waits)
    made.__name__, made.__qualname__, made.__module__ = plain.__name__, plain.__qualname__, plain.__module__
    return made


def _kinship(plain: Any, things: Things) -> Any:
    """The class of that class: who calls it decides what is made; both kinds are its instances."""

    class Kinship(abc.ABCMeta):  # type: ignore[misc]
        def __call__(cls, *args: Any, **kwargs: Any) -> Any:
            frame, ours = originals.getframe(1), cls.__base__ is plain
            if ours and (not things.places.is_called_by_program(frame) or things.is_full()):
                return plain(*args, **kwargs)
            one = super().__call__(*args, **kwargs)
            one._concsim_number = things.declare("queue", frame)
            return one

        def __instancecheck__(cls, one: object) -> bool:
            ours = cls.__base__ is plain
            return isinstance(one, plain) if ours else super().__instancecheck__(one)

    return Kinship


def _observed(plain: Any, kinship: Any, things: Things, waits: Waits) -> Any:
    note, place_of = things.journal.note, things.places.place_of

    class Observed(plain, metaclass=kinship):  # type: ignore[misc, metaclass]
        _concsim_number = 0  # until it is made: a subclass may put and get while it is

        def put(self, item: Any, block: bool = True, timeout: Optional[float] = None) -> None:
            number = self._concsim_number
            if not number:
                return plain.put(self, item, block, timeout)  # type: ignore[no-any-return]
            waits.wake(number)
            plain.put(self, item, block, timeout)
            note(pack_code(Kind.PUT, number), place_of(originals.getframe(1)), self.qsize())

        def put_nowait(self, item: Any) -> None:
            self.put(item)

        def get(self, block: bool = True, timeout: Optional[float] = None) -> Any:
            number, frame = self._concsim_number, originals.getframe(1)
            if not number:
                return plain.get(self, block, timeout)
            try:
                item = plain.get(self, False)
            except queue.Empty:
                if not block or (timeout is not None and timeout <= 0):
                    return plain.get(self, block, timeout)
                item = self._next(frame, timeout)
            note(pack_code(Kind.GET, number), place_of(frame), self.qsize())
            return item

        @waits_inside
        def _block(self, timeout: Optional[float]) -> Any:
            originals.get_ident()  # see `ObservedLock._block`
            for item in map(plain.get, (self,), (True,), (timeout,)):
                return item

        def _next(self, frame: Any, timeout: Optional[float] = None) -> Any:
            number, got = self._concsim_number, False
            waits.begin(number, frame, timeout, lambda: ((), self.qsize() > 0))
            try:
                item = self._block(timeout)
                got = True
                return item
            finally:
                waits.end(number, got)

        def get_nowait(self) -> Any:
            return self.get(block=False)

    return Observed
