"""``Condition``, patched in place; only those the program makes are watched."""

from __future__ import annotations

import threading
from typing import Any, Dict, List, Optional

from concsim.lab.observers.threads.made import NUMBER, Outlook, is_own, number_of
from concsim.lab.observers.threads.observed_lock import ObservedLock
from concsim.lab.observers.threads.observed_rlock import ObservedRLock, observed_rlock
from concsim.lab.observers.threads.probing import probing
from concsim.lab.patching.methods import patch
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code


class ConditionObserver:
    """Sees who waits for a notification, and whom one wakes."""

    modules = {"threading": "_patch"}

    def __init__(self, things: Things, waits: Waits) -> None:
        self._things, self._waits = things, waits
        self._note = things.journal.note
        self._places = things.places
        self._waiting: Dict[int, List[int]] = {}

    def _patch(self, module: Any) -> None:
        patch(threading.Condition, "__init__", self._make_condition)
        patch(threading.Condition, "wait", self._make_wait)
        patch(threading.Condition, "notify", self._make_notify)

    def _make_condition(self, original: Any) -> Any:
        def __init__(condition: Any, lock: Any = None) -> None:
            if not is_own(self._things):
                return original(condition, lock)  # type: ignore[no-any-return]
            frame = originals.getframe(1)
            name = self._places.name_at(frame, "condition")
            if lock is None:
                lock = observed_rlock(name + ".lock", frame)
            number = lock._number if isinstance(lock, (ObservedLock, ObservedRLock)) else 0
            condition.__dict__[NUMBER] = self._things.declare("condition", frame, name=name, lock=number)
            probing.conditions[number_of(condition)] = number
            self._waiting[number_of(condition)] = []
            original(condition, lock)

        return __init__

    def _make_wait(self, original: Any) -> Any:
        def wait(condition: Any, timeout: Optional[float] = None) -> bool:
            number = number_of(condition)
            if not number or not condition._is_owned():
                return original(condition, timeout)  # type: ignore[no-any-return]
            me, waiting = self._things.journal.me(), self._waiting[number]
            waiting.append(me)
            self._waits.begin(number, originals.getframe(1), timeout, _nobody)
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
            number = number_of(condition)
            if number and condition._is_owned():
                place = self._places.place_of(originals.getframe(1))
                waiting = self._waiting[number]
                woken = waiting[: max(n, 0)]
                del waiting[: len(woken)]
                self._waits.wake(number, woken)
                for actor in woken or [0]:
                    self._note(pack_code(Kind.NOTIFY, number), place, actor)
            original(condition, n)

        return notify


def _nobody() -> Outlook:
    """A condition can be notified by anybody."""
    return (), False
