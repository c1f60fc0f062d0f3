"""Records a program line by line, with local variables: what runs in one thread has one order, and the recording is it."""

from __future__ import annotations

import linecache
import sys
import threading
from inspect import CO_GENERATOR
from typing import Any, Dict, List

from concsim.lab.observers.coroutines.generators import values_of
from concsim.lab.running.observing import Observing
from concsim.lab.wire import originals
from concsim.model.events import (
    FIRST_SITE,
    STEP_NS,
    FrameSeen,
    Kind,
    Remark,
    SitesSeen,
    unpack_place,
)

MOST_LINES = 100_000
LONG_TEXT_LINES = 100
"""A long container's text is said again after so many lines."""
ROOM = 4 << 20
ENOUGH = 1 << 30


class StepClock:
    """A clock that counts lines. It stands in the lab for the machine's from before anything is observed."""

    def __init__(self) -> None:
        self.steps = 0

    def now(self) -> int:
        """The time of the step taken last."""
        return self.steps * STEP_NS

    def install(self) -> None:
        """Let everything that notes an event ask this clock."""
        originals.monotonic_ns = self.now


class LineRecorder:
    """A trace function over the program's own files. Each line is a step, taken by whoever has the thread."""

    def __init__(self, observing: Observing, clock: StepClock, coroutines: Any, limit: int) -> None:
        self._observing, self._clock, self._coroutines = observing, clock, coroutines
        self._journal, self._places = observing.journal, observing.things.places
        self._limit = limit or MOST_LINES
        self._sites: Dict[int, int] = {}
        self._said: Dict[int, Any] = {}
        self.full = False

    def start(self) -> None:
        """Trace from the next call on, in this thread and those to come."""
        self._coroutines.left = ENOUGH
        self._coroutines.on_send = self._say_caller
        self._observing.sampler.text_period = 0
        self._observing.sampler.long_text_period = LONG_TEXT_LINES * STEP_NS
        threading.settrace(self._trace)
        sys.settrace(self._trace)

    def stop(self) -> None:
        """Trace no more."""
        sys.settrace(None)
        threading.settrace(None)  # type: ignore[arg-type]

    def _trace(self, frame: Any, event: str, arg: Any) -> Any:
        if self.full or self._places.base_of(frame.f_code.co_filename) < 0:
            return None
        return self._on_line

    def _on_line(self, frame: Any, event: str, arg: Any) -> Any:
        if event == "line" and not self.full and not _is_hook(frame):
            self._step(frame)
        return self._on_line

    def _step(self, frame: Any) -> None:
        if self._clock.steps >= self._limit:
            self.full = True
            self._journal.send(Remark(originals.monotonic_ns(), "line_limit", {"limit": self._limit}))
            return
        place, me = self._places.place_of(frame), self._journal.me()
        self._say_what_the_line_before_left(me, frame, place)
        self._clock.steps += 1
        self._coroutines.left = ENOUGH
        self._journal.note_of(me, Kind.LINE_STEP, 0, FIRST_SITE | self._site_of(place, frame.f_code.co_filename))
        self._journal.channel.wait_for_room(ROOM)

    def _say_what_the_line_before_left(self, me: int, frame: Any, place: int) -> None:
        """Python calls before it runs a line: the values are what the last step made of them, and are of its time."""
        self._say_frame(me, frame, place)
        self._observing.sampler.look()
        self._observing.sampler.look_at_text(originals.monotonic_ns(), final=False)

    def _site_of(self, place: int, filename: str) -> int:
        found = self._sites.get(place)
        if found is None:
            found = self._sites[place] = len(self._sites)
            file, line = unpack_place(place)
            text = linecache.getline(filename, line).rstrip()
            indent = len(text) - len(text.lstrip())
            self._journal.send(SitesSeen(originals.monotonic_ns(), found, (file, line, indent, line, len(text))))
        return found

    def _say_frame(self, me: int, frame: Any, place: int) -> None:
        function, values = frame.f_code.co_name, values_of(frame)
        said = (function, place, values)
        if self._said.get(me) != said:
            self._said[me] = said
            self._journal.send(FrameSeen(originals.monotonic_ns(), me, function, place, values, self._depth(frame)))

    def _say_caller(self, actor: int, frame: Any) -> None:
        """A function that was called and is over before a generator is advanced in the same line is not what is suspended."""
        frame = self._places.own_frame(frame)
        if frame is not None and not self.full:
            self._say_frame(actor, frame, self._places.place_of(frame))

    def _depth(self, frame: Any) -> int:
        above: List[Any] = []
        while frame.f_back is not None:
            frame = frame.f_back
            if self._places.base_of(frame.f_code.co_filename) >= 0:
                above.append(frame)
        return len(above)


def _is_hook(frame: Any) -> bool:
    """Whether the line is the hooks' own, put into a generator's or an iterator's body in the line of its ``def``."""
    code = frame.f_code
    woven = code.co_flags & CO_GENERATOR or code.co_name == "__next__"
    return bool(woven) and frame.f_lineno == code.co_firstlineno
