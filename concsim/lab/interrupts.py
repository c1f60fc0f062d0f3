"""Signal handlers of the program run where its own code is, or a library's: never in the middle of what we do.

A handler may raise, and so end a wait or leave a loop. In one of our functions it would leave a lock held that the program
believes free. There the signal is raised again, for as long as it takes to come out of them.
"""

from __future__ import annotations

import _thread
import functools
import signal
import sys
from types import FrameType, FunctionType
from typing import Any, Dict, Optional

from concsim.lab.patching import patch
from concsim.model.own_work import is_inside, is_ours

_raise_again: Any = _thread.interrupt_main if sys.version_info >= (3, 10) else signal.raise_signal
"""Only says that the signal is there: from Python 3.11 on other ways call the handler at once."""


class Interrupts:
    """Stands before the program's handlers."""

    def __init__(self) -> None:
        self._wakeup = -1
        self._again: Dict[int, Any] = {}

    def patch(self) -> None:
        """Stand before the handler that there is, and those to come."""
        before = signal.getsignal(signal.SIGINT)
        patch(signal, "signal", self._make_signal)
        patch(signal, "getsignal", lambda original: lambda signalnum: _behind(original(signalnum)))
        patch(signal, "set_wakeup_fd", self._make_wakeup)
        if before is signal.default_int_handler:
            signal.signal(signal.SIGINT, before)

    def _make_signal(self, original: Any) -> Any:
        def signal_(signalnum: int, handler: Any) -> Any:
            guarded = self._guard(int(signalnum), handler) if callable(handler) else handler
            return _behind(original(signalnum, guarded))

        return signal_

    def _make_wakeup(self, original: Any) -> Any:
        """Whoever is told of signals by a descriptor is told of each as often as it is raised."""

        def set_wakeup_fd(fd: int, **how: Any) -> int:
            before: int = original(fd, **how)
            self._wakeup = fd
            return before

        return set_wakeup_fd

    def _guard(self, number: int, handler: Any) -> Any:
        def guard(signum: int, frame: Optional[FrameType]) -> Any:
            if frame is not None and self._wakeup == -1 and is_inside(frame):
                return self._later(number)
            while frame is not None and is_ours(frame.f_code):
                frame = frame.f_back
            return handler(signum, frame)

        guard.__dict__[_BEHIND] = handler
        return guard

    def _later(self, number: int) -> Any:
        """What raises the signal again when the interpreter throws it away: in C, where no frame of ours is interrupted."""
        kind = self._again.get(number)
        if kind is None:
            finish = staticmethod(functools.partial(_raise_again, number))
            kind = self._again[number] = type("Again", (), {"__slots__": (), "__del__": finish})
        return kind()


_BEHIND = "concsim_handler"


def _behind(handler: Any) -> Any:
    """The program's own handler."""
    return handler.__dict__.get(_BEHIND, handler) if type(handler) is FunctionType else handler
