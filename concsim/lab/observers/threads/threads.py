"""``threading.Thread`` and ``Timer``: when threads start, end, join and fail."""

from __future__ import annotations

import threading
import traceback
from types import FrameType, TracebackType
from typing import Any, Optional, Tuple, Type

from concsim.lab.patching.methods import patch
from concsim.lab.program.places import Places
from concsim.lab.program.things import THREADING_FILES, Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import ErrorRaised, Kind, pack_code
from concsim.model.own_work import own_work
from concsim.model.tracebacks import strip_all

NUMBER = "_concsim_number"
OWN = "_concsim_own"


@own_work
def describe_error(
    places: Places, actor: int, type_: Type[BaseException], value: Optional[BaseException], tb: Optional[TracebackType]
) -> ErrorRaised:
    """The record of an uncaught exception, with the last place of it in the program's own files."""
    place = 0
    for frame, line in traceback.walk_tb(tb):
        base = places.base_of(frame.f_code.co_filename)
        if base >= 0:
            place = base | line
    text = "".join(traceback.format_exception(type_, value, tb))
    try:
        message = str(value)
    except BaseException:  # a person's __str__ may do anything
        message = ""
    return ErrorRaised(originals.monotonic_ns(), actor, type_.__name__, message, place, text[-20_000:])


class ThreadObserver:
    """Patches Thread in place."""

    modules = {"threading": "_patch"}
    kinds = {"thread": "t"}
    nature = {"threading": ("parallel",), "_thread": ("parallel",)}

    def __init__(self, things: Things, waits: Waits) -> None:
        self.things, self.waits = things, waits
        self.failed = False

    def _patch(self, module: Any) -> None:
        patch(threading.Thread, "__init__", self._make_init)
        patch(threading.Thread, "start", self._make_start)
        patch(threading.Thread, "_bootstrap_inner", self._make_bootstrap)
        patch(threading.Thread, "join", self._make_join)

    def _make_init(self, original: Any) -> Any:
        def __init__(thread: Any, *args: Any, **kwargs: Any) -> None:
            original(thread, *args, **kwargs)
            if self.things.places.is_called_by_program(originals.getframe(1), THREADING_FILES):
                setattr(thread, OWN, True)

        return __init__

    def _make_start(self, original: Any) -> Any:
        def start(thread: Any) -> None:
            if not getattr(thread, OWN, False) or thread._started.is_set():
                return original(thread)  # type: ignore[no-any-return]
            frame = originals.getframe(1)
            self.adopt(thread, frame)
            try:
                original(thread)
            except BaseException:
                self.things.alive.pop(getattr(thread, NUMBER), None)
                raise

        return start

    def adopt(self, thread: Any, frame: Optional[FrameType]) -> int:
        """Show this thread: declare it, watch for the exception that may end it."""
        kind = "timer" if isinstance(thread, threading.Timer) else "thread"
        number = self.things.declare_actor(thread, kind, frame)
        setattr(thread, NUMBER, number)
        self.things.journal.note(pack_code(Kind.START, number), self.things.places.place_of(frame))
        hook = thread._invoke_excepthook

        def invoke_excepthook(thread: Any) -> Any:
            import sys

            type_, value, tb = sys.exc_info()
            if type_ is not None and not issubclass(type_, SystemExit):
                self.failed = True
                strip_all(value)
                self.things.journal.send(describe_error(self.things.places, number, type_, value, tb))
            return hook(thread)

        thread._invoke_excepthook = invoke_excepthook
        return number

    def _make_bootstrap(self, original: Any) -> Any:
        def _bootstrap_inner(thread: Any) -> None:
            number = getattr(thread, NUMBER, 0)
            if not number:
                return original(thread)  # type: ignore[no-any-return]
            self.things.begin(number)
            try:
                original(thread)
            finally:
                self.things.end(number)

        return _bootstrap_inner

    def _make_join(self, original: Any) -> Any:
        def join(thread: Any, timeout: Optional[float] = None) -> None:
            number = getattr(thread, NUMBER, 0)
            if not number or not thread.is_alive() or thread is threading.current_thread():
                return original(thread, timeout)  # type: ignore[no-any-return]
            alive = self.things.alive

            def look() -> Tuple[Tuple[int, ...], bool]:
                return (number,), number not in alive

            self.waits.begin(number, originals.getframe(1), timeout, look, owned=True, needs_all=True)
            try:
                original(thread, timeout)
            finally:
                self.waits.end(number, number not in alive)

        return join
