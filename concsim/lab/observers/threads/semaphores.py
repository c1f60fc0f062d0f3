"""``Semaphore`` and ``BoundedSemaphore``, patched in place; only those the program makes are watched."""

from __future__ import annotations

import threading
import time
from typing import Any, Dict, Optional

from concsim.lab.observers.threads.made import NUMBER, Outlook, number_of
from concsim.lab.patching.methods import patch
from concsim.lab.program.things import THREADING_FILES, Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code


class SemaphoreObserver:
    """Keeps account of who has how many permits."""

    modules = {"threading": "_patch"}

    def __init__(self, things: Things, waits: Waits) -> None:
        self._things, self._waits = things, waits
        self._note = things.journal.note
        self._places = things.places
        self._permits: Dict[int, Dict[int, int]] = {}

    def _patch(self, module: Any) -> None:
        patch(threading.Semaphore, "__init__", self._make_semaphore)
        patch(threading.Semaphore, "acquire", self._make_acquire)
        threading.Semaphore.__enter__ = threading.Semaphore.acquire  # type: ignore[method-assign, assignment]
        patch(threading.Semaphore, "release", self._make_release)
        patch(threading.BoundedSemaphore, "release", self._make_release)

    def _make_semaphore(self, original: Any) -> Any:
        def __init__(semaphore: Any, value: int = 1) -> None:
            original(semaphore, value)
            frame: Any = originals.getframe(1)
            if self._places.is_called_by_program(frame, THREADING_FILES) and not self._things.is_full():
                semaphore.__dict__[NUMBER] = self._things.declare("semaphore", frame, capacity=value)
                self._permits[number_of(semaphore)] = {}

        return __init__

    def _make_acquire(self, original: Any) -> Any:
        def acquire(semaphore: Any, blocking: bool = True, timeout: Optional[float] = None) -> bool:
            number = number_of(semaphore)
            if not number or (not blocking and timeout is not None):
                return original(semaphore, blocking, timeout)  # type: ignore[no-any-return]
            frame = originals.getframe(1)
            if original(semaphore, False):
                return self._permit_taken(semaphore, number, frame)
            if not blocking:
                return False
            return self._await_permit(original, semaphore, number, frame, timeout)

        return acquire

    def _permit_taken(self, semaphore: Any, number: int, frame: Any) -> bool:
        holders, me = self._permits[number], self._things.journal.me()
        holders[me] = holders.get(me, 0) + 1
        self._note(pack_code(Kind.ACQUIRE, number), self._places.place_of(frame), semaphore._value)
        return True

    def _await_permit(self, original: Any, semaphore: Any, number: int, frame: Any, timeout: Optional[float]) -> bool:
        """Wait as Semaphore does, but with the wait cleared before a permit is taken (see `waits`)."""
        end = None if timeout is None else time.monotonic() + timeout

        def look() -> Outlook:
            return tuple(self._permits[number]), semaphore._value > 0

        self._waits.begin(number, frame, timeout, look)
        while True:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                self._waits.end(number, False)
                return False
            try:
                with semaphore._cond:
                    if semaphore._value == 0:
                        semaphore._cond.wait(left)
            finally:
                self._waits.clear()
            if original(semaphore, False):
                return self._permit_taken(semaphore, number, frame)
            self._waits.begin(number, frame, left, look, quiet=True)

    def _make_release(self, original: Any) -> Any:
        def release(semaphore: Any, n: int = 1) -> None:
            number = number_of(semaphore)
            most = getattr(semaphore, "_initial_value", None)
            refused = n < 1 or (most is not None and semaphore._value + n > most)
            if number and not refused:
                self._permit_given(number)
                place = self._places.place_of(originals.getframe(1))
                self._note(pack_code(Kind.RELEASE, number), place, semaphore._value + n)
            original(semaphore, n)

        return release

    def _permit_given(self, number: int) -> None:
        """Take one permit off the giver's account, or off somebody's when it is handed on."""
        holders, me = self._permits[number], self._things.journal.me()
        giver = me if me in holders else next(iter(holders), 0)
        if giver != me:
            self._things.mark_handed(number)
        if holders.get(giver, 0) <= 1:
            holders.pop(giver, None)
        else:
            holders[giver] -= 1
