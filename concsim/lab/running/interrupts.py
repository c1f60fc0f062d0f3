"""Signal handlers of the program run where its own code is, or a library's: never in the middle of what we do.

A handler may raise, and so end a wait or leave a loop. In one of our functions it would leave a lock held that the program
believes free. There the signal is raised again, for as long as it takes to come out of them. Should the program wait then
and there, where the interpreter does not ask, a thread of ours wakes it with a signal of the system's.
"""

from __future__ import annotations

import _thread
import functools
import signal
import sys
from types import FrameType, FunctionType
from typing import Any, Dict, Optional

from concsim.lab.patching.methods import patch
from concsim.lab.wire import originals
from concsim.model.own_work import is_inside, is_ours

_raise_again: Any = _thread.interrupt_main if sys.version_info >= (3, 10) else signal.raise_signal
"""Only says that the signal is there: from Python 3.11 on other ways call the handler at once."""
STEPS_OUT = {(3, 9): 4, (3, 10): 1}.get(sys.version_info[:2], 0)
"""How often the interpreter asks between the return of a function and the ``try`` that follows it."""
PATIENCE = 0.005
WAKES = range(signal.SIGRTMAX, signal.SIGRTMIN, -1) if hasattr(signal, "SIGRTMAX") else range(0)
"""Signals that say nothing, one of which makes the interpreter look whether another is due."""


class Interrupts:
    """Stands before the program's handlers."""

    def __init__(self) -> None:
        self._wakeup = -1
        self._again: Dict[int, Any] = {}
        self._due: Dict[int, int] = {}
        """Signals that have come and are still to be handled, and how often the interpreter may ask outside before they are."""
        self._set: Any = None
        self._get = signal.getsignal

    def patch(self) -> None:
        """Stand before the handler that there is, and those to come."""
        before = signal.getsignal(signal.SIGINT)
        patch(signal, "signal", self._make_signal)
        patch(signal, "getsignal", lambda original: lambda signalnum: _behind(original(signalnum)))
        patch(signal, "set_wakeup_fd", self._make_wakeup)
        if before is signal.default_int_handler:
            signal.signal(signal.SIGINT, before)

    def _make_signal(self, original: Any) -> Any:
        self._set = original

        def signal_(signalnum: int, handler: Any) -> Any:
            guarded = self._guard(signalnum, handler) if callable(handler) else handler
            return _behind(original(signalnum, guarded))

        return signal_

    def _make_wakeup(self, original: Any) -> Any:
        """Whoever is told of signals by a descriptor is told of each as often as it is raised."""

        def set_wakeup_fd(fd: int, **how: Any) -> int:
            before: int = original(fd, **how)
            self._wakeup = fd
            return before

        return set_wakeup_fd

    def _guard(self, number: Any, handler: Any) -> Any:
        def guard(signum: int, frame: Optional[FrameType]) -> Any:
            if frame is not None and self._wakeup == -1 and self._is_too_early(number, frame):
                return self._later(number)
            self._due.pop(number, None)
            while frame is not None and is_ours(frame.f_code):
                frame = frame.f_back
            return handler(signum, frame)

        guard.__dict__[_BEHIND] = handler
        return guard

    def _is_too_early(self, number: int, frame: FrameType) -> bool:
        if is_inside(frame):
            return True
        left = self._due.get(number, 0)
        if left:
            self._due[number] = left - 1
        return left > 0

    def _later(self, number: int) -> Any:
        """What raises the signal again when the interpreter throws it away: in C, where no frame of ours is interrupted."""
        if number not in self._due:
            self._due[number] = STEPS_OUT
            self._have_woken(number)
        kind = self._again.get(number)
        if kind is None:
            finish = staticmethod(functools.partial(_raise_again, number))
            kind = self._again[number] = type("Again", (), {"__slots__": (), "__del__": finish})
        return kind()

    def _have_woken(self, number: int) -> None:
        """Have the thread woken by a signal that the program makes no use of."""
        free = next((one for one in WAKES if self._get(one) in (signal.SIG_DFL, _wake_up)), None)
        if free is not None:
            self._set(free, _wake_up)
            originals.start_new_thread(self._wake, (number, originals.get_ident(), free))

    def _wake(self, number: int, thread: int, by: int) -> None:
        """Where the program waits, only a signal of the system's ends its wait."""
        while True:
            originals.sleep(PATIENCE)
            if number not in self._due:
                return
            if self._get(by) is not _wake_up:  # the program has found a use for it
                return
            signal.pthread_kill(thread, by)


def _wake_up(signum: int, frame: Optional[FrameType]) -> None:
    """The system's call is over."""


_BEHIND = "concsim_handler"
_wake_up.__dict__[_BEHIND] = signal.SIG_DFL


def _behind(handler: Any) -> Any:
    """The program's own handler."""
    return handler.__dict__.get(_BEHIND, handler) if type(handler) is FunctionType else handler
