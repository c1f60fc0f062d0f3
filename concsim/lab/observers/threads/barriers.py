"""``Barrier``, patched in place; only those the program makes are watched."""

from __future__ import annotations

import threading
from typing import Any, Optional

from concsim.lab.observers.threads.made import NUMBER, Outlook, is_own, number_of
from concsim.lab.patching.methods import patch
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code


class BarrierObserver:
    """Sees who waits for the others, and when they may go on."""

    modules = {"threading": "_patch"}

    def __init__(self, things: Things, waits: Waits) -> None:
        self._things, self._waits = things, waits
        self._note = things.journal.note
        self._places = things.places

    def _patch(self, module: Any) -> None:
        patch(threading.Barrier, "__init__", self._make_barrier)
        patch(threading.Barrier, "wait", self._make_barrier_wait)
        patch(threading.Barrier, "_release", self._make_opening(1))
        patch(threading.Barrier, "_break", self._make_opening(-1))
        patch(threading.Barrier, "reset", self._make_opening(0))

    def _make_barrier(self, original: Any) -> Any:
        def __init__(barrier: Any, parties: int, action: Any = None, timeout: Optional[float] = None) -> None:
            original(barrier, parties, action, timeout)
            if is_own(self._things):
                barrier.__dict__[NUMBER] = self._things.declare("barrier", originals.getframe(1), capacity=parties)

        return __init__

    def _make_barrier_wait(self, original: Any) -> Any:
        def wait(barrier: Any, timeout: Optional[float] = None) -> int:
            number = number_of(barrier)
            if not number:
                return original(barrier, timeout)  # type: ignore[no-any-return]
            waits = self._waits

            def look() -> Outlook:
                return (), barrier._state != 0 or waits.count_of(number) >= barrier.parties

            limit = barrier._timeout if timeout is None else timeout
            waits.begin(number, originals.getframe(1), limit, look)
            got = False
            try:
                index: int = original(barrier, timeout)
                got = True
                return index
            finally:
                waits.end(number, got)

        return wait

    def _make_opening(self, how: int) -> Any:
        def make(original: Any) -> Any:
            def opening(barrier: Any) -> None:
                number = number_of(barrier)
                if number:
                    self._waits.wake(number)
                    self._note(pack_code(Kind.SET, number), 0, how)
                original(barrier)

            return opening

        return make
