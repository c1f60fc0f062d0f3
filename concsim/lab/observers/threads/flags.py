"""``Event``, and the one in a ``Timer``, patched in place; only those the program makes are watched."""

from __future__ import annotations

import threading
from typing import Any, Optional

from concsim.lab.observers.threads.made import NUMBER, number_of
from concsim.lab.patching.methods import patch
from concsim.lab.program.things import THREADING_FILES, Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code


class EventObserver:
    """Sees who waits for an event, and who sets it."""

    modules = {"threading": "_patch"}

    def __init__(self, things: Things, waits: Waits) -> None:
        self._things, self._waits = things, waits
        self._note = things.journal.note
        self._places = things.places

    def _patch(self, module: Any) -> None:
        patch(threading.Event, "__init__", self._make_event)
        patch(threading.Event, "wait", self._make_event_wait)
        patch(threading.Event, "set", self._make_set)
        patch(threading.Event, "clear", self._make_clear)

    def _make_event(self, original: Any) -> Any:
        def __init__(event: Any) -> None:
            original(event)
            frame: Any = originals.getframe(1)
            in_timer = frame is not None and frame.f_code is threading.Timer.__init__.__code__
            through = THREADING_FILES if in_timer else ()
            if self._places.is_called_by_program(frame, through) and not self._things.is_full():
                name = "timer" if in_timer else ""
                event.__dict__[NUMBER] = self._things.declare("event", frame, name=name)

        return __init__

    def _make_event_wait(self, original: Any) -> Any:
        def wait(event: Any, timeout: Optional[float] = None) -> bool:
            number = number_of(event)
            if not number or event._flag:
                return original(event, timeout)  # type: ignore[no-any-return]
            self._waits.begin(number, originals.getframe(1), timeout, lambda: ((), event._flag))
            got: bool = False
            try:
                got = original(event, timeout)
            finally:
                self._waits.end(number, got)
            return got

        return wait

    def _make_set(self, original: Any) -> Any:
        def set(event: Any) -> None:
            number = number_of(event)
            if number:
                self._waits.wake(number)
                self._note(pack_code(Kind.SET, number), self._places.place_of(originals.getframe(1)), 1)
            original(event)

        return set

    def _make_clear(self, original: Any) -> Any:
        def clear(event: Any) -> None:
            original(event)
            if number_of(event):
                self._note(pack_code(Kind.SET, number_of(event)), self._places.place_of(originals.getframe(1)), 0)

        return clear
