"""``Condition``, ``Semaphore``, ``Event`` and ``Barrier``, patched in place; only those the program makes are watched."""

from __future__ import annotations

import threading
import time
from typing import Any, Dict, List, Optional, Tuple

from concsim.lab.observers.threads.observed_lock import ObservedLock
from concsim.lab.observers.threads.observed_rlock import ObservedRLock, observed_rlock
from concsim.lab.observers.threads.probing import probing
from concsim.lab.patching.methods import patch
from concsim.lab.program.things import THREADING_FILES, Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import raw
from concsim.model.events import Kind, pack_code

NUMBER = "_concsim_number"
Look = Tuple[Tuple[int, ...], bool]


def _number(one: Any) -> int:
    return one.__dict__.get(NUMBER, 0)  # type: ignore[no-any-return]


class ConditionObserver:
    """Patches the classes of `threading` that are built on conditions."""

    modules = {"threading": "_patch"}

    def __init__(self, things: Things, waits: Waits) -> None:
        self._things, self._waits = things, waits
        self._note = things.journal.note
        self._places = things.places
        self._waiting: Dict[int, List[int]] = {}
        self._permits: Dict[int, Dict[int, int]] = {}

    def _patch(self, module: Any) -> None:
        patch(threading.Condition, "__init__", self._make_condition)
        patch(threading.Condition, "wait", self._make_wait)
        patch(threading.Condition, "notify", self._make_notify)
        self._patch_semaphore()
        self._patch_event()
        self._patch_barrier()

    def _is_own(self) -> bool:
        """Whether the program's code called the function that called this, through `threading` or not."""
        return self._places.is_called_by_program(raw.getframe(2), ()) and not self._things.is_full()

    # Condition

    def _make_condition(self, original: Any) -> Any:
        def __init__(condition: Any, lock: Any = None) -> None:
            if not self._is_own():
                return original(condition, lock)  # type: ignore[no-any-return]
            frame = raw.getframe(1)
            name = self._places.name_at(frame, "condition")
            if lock is None:
                lock = observed_rlock(name + ".lock", frame)
            number = lock._number if isinstance(lock, (ObservedLock, ObservedRLock)) else 0
            condition.__dict__[NUMBER] = self._things.declare("condition", frame, name=name, lock=number)
            probing.conditions[_number(condition)] = number
            self._waiting[_number(condition)] = []
            original(condition, lock)

        return __init__

    def _make_wait(self, original: Any) -> Any:
        def wait(condition: Any, timeout: Optional[float] = None) -> bool:
            number = _number(condition)
            if not number or not condition._is_owned():
                return original(condition, timeout)  # type: ignore[no-any-return]
            me, waiting = self._things.journal.me(), self._waiting[number]
            waiting.append(me)
            self._waits.begin(number, raw.getframe(1), timeout, _nobody)
            got: bool = False
            try:
                got = original(condition, timeout)
            finally:
                if me in waiting:
                    waiting.remove(me)
                self._waits.end(number, got)
            return got

        return wait

    def _make_notify(self, original: Any) -> Any:
        def notify(condition: Any, n: int = 1) -> None:
            number = _number(condition)
            if number and condition._is_owned():
                place = self._places.place_of(raw.getframe(1))
                waiting = self._waiting[number]
                woken = waiting[: max(n, 0)]
                del waiting[: len(woken)]
                self._waits.wake(number, woken)
                for actor in woken or [0]:
                    self._note(pack_code(Kind.NOTIFY, number), place, actor)
            original(condition, n)

        return notify

    # Semaphore

    def _patch_semaphore(self) -> None:
        patch(threading.Semaphore, "__init__", self._make_semaphore)
        patch(threading.Semaphore, "acquire", self._make_acquire)
        threading.Semaphore.__enter__ = threading.Semaphore.acquire  # type: ignore[method-assign, assignment]
        patch(threading.Semaphore, "release", self._make_release)
        patch(threading.BoundedSemaphore, "release", self._make_release)

    def _make_semaphore(self, original: Any) -> Any:
        def __init__(semaphore: Any, value: int = 1) -> None:
            original(semaphore, value)
            frame: Any = raw.getframe(1)
            if self._places.is_called_by_program(frame, THREADING_FILES) and not self._things.is_full():
                semaphore.__dict__[NUMBER] = self._things.declare("semaphore", frame, capacity=value)
                self._permits[_number(semaphore)] = {}

        return __init__

    def _make_acquire(self, original: Any) -> Any:
        def acquire(semaphore: Any, blocking: bool = True, timeout: Optional[float] = None) -> bool:
            number = _number(semaphore)
            if not number or (not blocking and timeout is not None):
                return original(semaphore, blocking, timeout)  # type: ignore[no-any-return]
            frame = raw.getframe(1)
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

        def look() -> Look:
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
            number = _number(semaphore)
            most = getattr(semaphore, "_initial_value", None)
            refused = n < 1 or (most is not None and semaphore._value + n > most)
            if number and not refused:
                self._permit_given(number)
                place = self._places.place_of(raw.getframe(1))
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

    # Event

    def _patch_event(self) -> None:
        patch(threading.Event, "__init__", self._make_event)
        patch(threading.Event, "wait", self._make_event_wait)
        patch(threading.Event, "set", self._make_set)
        patch(threading.Event, "clear", self._make_clear)

    def _make_event(self, original: Any) -> Any:
        def __init__(event: Any) -> None:
            original(event)
            frame: Any = raw.getframe(1)
            in_timer = frame is not None and frame.f_code is threading.Timer.__init__.__code__
            through = THREADING_FILES if in_timer else ()
            if self._places.is_called_by_program(frame, through) and not self._things.is_full():
                name = "timer" if in_timer else ""
                event.__dict__[NUMBER] = self._things.declare("event", frame, name=name)

        return __init__

    def _make_event_wait(self, original: Any) -> Any:
        def wait(event: Any, timeout: Optional[float] = None) -> bool:
            number = _number(event)
            if not number or event._flag:
                return original(event, timeout)  # type: ignore[no-any-return]
            self._waits.begin(number, raw.getframe(1), timeout, lambda: ((), event._flag))
            got: bool = False
            try:
                got = original(event, timeout)
            finally:
                self._waits.end(number, got)
            return got

        return wait

    def _make_set(self, original: Any) -> Any:
        def set(event: Any) -> None:
            number = _number(event)
            if number:
                self._waits.wake(number)
                self._note(pack_code(Kind.SET, number), self._places.place_of(raw.getframe(1)), 1)
            original(event)

        return set

    def _make_clear(self, original: Any) -> Any:
        def clear(event: Any) -> None:
            original(event)
            if _number(event):
                self._note(pack_code(Kind.SET, _number(event)), self._places.place_of(raw.getframe(1)), 0)

        return clear

    # Barrier

    def _patch_barrier(self) -> None:
        patch(threading.Barrier, "__init__", self._make_barrier)
        patch(threading.Barrier, "wait", self._make_barrier_wait)
        patch(threading.Barrier, "_release", self._make_opening(1))
        patch(threading.Barrier, "_break", self._make_opening(-1))
        patch(threading.Barrier, "reset", self._make_opening(0))

    def _make_barrier(self, original: Any) -> Any:
        def __init__(barrier: Any, parties: int, action: Any = None, timeout: Optional[float] = None) -> None:
            original(barrier, parties, action, timeout)
            if self._is_own():
                barrier.__dict__[NUMBER] = self._things.declare("barrier", raw.getframe(1), capacity=parties)

        return __init__

    def _make_barrier_wait(self, original: Any) -> Any:
        def wait(barrier: Any, timeout: Optional[float] = None) -> int:
            number = _number(barrier)
            if not number:
                return original(barrier, timeout)  # type: ignore[no-any-return]
            waits = self._waits

            def look() -> Look:
                return (), barrier._state != 0 or waits.count_of(number) >= barrier.parties

            limit = barrier._timeout if timeout is None else timeout
            waits.begin(number, raw.getframe(1), limit, look)
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
                number = _number(barrier)
                if number:
                    self._waits.wake(number)
                    self._note(pack_code(Kind.SET, number), 0, how)
                original(barrier)

            return opening

        return make


def _nobody() -> Look:
    """A condition can be notified by anybody."""
    return (), False
