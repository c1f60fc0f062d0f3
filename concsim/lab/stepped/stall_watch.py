"""Notices that a program recorded line by line runs no line any more: it waits, for ever as far as can be seen."""

from __future__ import annotations

import time
from typing import Any, Callable

from concsim.lab.program.things import Things
from concsim.lab.stepped.line_recorder import StepClock
from concsim.lab.wire import originals
from concsim.model.events import Remark, unpack_place

PERIOD = 1.0
"""Seconds between two looks."""
PATIENCE = 60.0
"""Seconds without a line, and without work of the processor's, after which it is said."""
IDLE = 0.05
"""So many seconds of the processor's between two looks are no work."""
OWN_THREADS = 1
"""The thread that looks."""
OWN_WAKEUP = 1
"""What a loop of asyncio's listens to that waits for nothing: its own wakeup."""


class StallWatch:
    """Looks now and then, on the lab's own thread. *main* is the identity of the program's main thread."""

    def __init__(self, clock: StepClock, things: Things, main: int) -> None:
        self._clock, self._things, self._main = clock, things, main
        self._steps, self._since, self._used = -1, 0.0, 0.0
        self._was_endless = self._said = False

    def look(self, now: Callable[[], float] = time.monotonic, used: Callable[[], float] = time.process_time) -> None:
        """Say it once, where it stands still."""
        processor, self._used = used() - self._used, used()
        if self._clock.steps != self._steps or processor > IDLE:
            self._steps, self._since, self._was_endless, self._said = self._clock.steps, now(), False, False
            return
        frame = originals.current_frames().get(self._main)
        was_endless, self._was_endless = self._was_endless, waits_for_ever(frame)
        if not self._said and ((was_endless and self._was_endless) or now() - self._since > PATIENCE):
            self._said = True
            self._say(frame)

    def _say(self, frame: Any) -> None:
        own = self._things.places.own_frame(frame)
        line = unpack_place(self._things.places.place_of(own))[1] if own is not None else 0
        self._things.journal.send(Remark(originals.monotonic_ns(), "no_line", {"line": line}))
        self._things.journal.channel.flush()


def waits_for_ever(frame: Any) -> bool:
    """Whether a thread, given by its frame, is in a loop of asyncio's that waits without an end and for nothing but to be woken.

    Nobody wakes it where there is no other thread. Source: ``BaseEventLoop._run_once``, whose ``timeout`` is None where
    nothing is ready and nothing scheduled.
    """
    while frame is not None:
        if frame.f_code.co_name == "_run_once" and frame.f_globals.get("__name__") == "asyncio.base_events":
            names = frame.f_locals
            listened = names["self"]._selector.get_map() if hasattr(names.get("self"), "_selector") else None
            alone = len(originals.current_frames()) <= 1 + OWN_THREADS
            return "timeout" in names and names["timeout"] is None and listened is not None and len(listened) <= OWN_WAKEUP and alone
        frame = frame.f_back
    return False
