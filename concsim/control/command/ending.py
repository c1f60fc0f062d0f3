"""A command that is asked to end: by Ctrl-C, or by SIGTERM from a time limit, a system or CI."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from types import FrameType

from concsim.control.command.streams import give_up

PATIENCE = 2.0
"""So many seconds whoever reads what a command prints has to go on reading once it was asked to end."""
AGAIN = 0.5


class Ending:
    """Hears that the command is to end: it cleans up as after Ctrl-C, and waits no longer for whoever does not read.

    A write to a full pipe waits for its reader for ever, at the interpreter's end too. One word must be enough.
    """

    def __init__(self) -> None:
        self.was_terminated = False
        """Whether it was SIGTERM."""
        self._was_asked = self._closing = False
        self._before = {}
        if signal.getsignal(signal.SIGTERM) is not signal.SIG_IGN:  # whoever started us may not want us to hear it
            self._before[signal.SIGTERM] = signal.signal(signal.SIGTERM, self._on_terminate)
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._before[signal.SIGINT] = signal.signal(signal.SIGINT, self._on_interrupt)

    def close(self) -> None:
        """Say what is still to be said, and leave signals to whoever had them."""
        self._closing = True
        if self._was_asked:
            _flush_or_give_up()
            if hasattr(signal, "setitimer"):
                signal.setitimer(signal.ITIMER_REAL, 0)
            return
        for number, before in self._before.items():
            signal.signal(number, before)

    def _on_terminate(self, number: int, frame: FrameType | None) -> None:
        self.was_terminated = True
        self._on_interrupt(number, frame)

    def _on_interrupt(self, number: int, frame: FrameType | None) -> None:
        if self._closing:  # all is done: nobody is left to be told
            os._exit(128 + number)
        self._was_asked = True
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, _stop_waiting)
            signal.setitimer(signal.ITIMER_REAL, PATIENCE, AGAIN)
        raise KeyboardInterrupt


def _stop_waiting(number: int, frame: FrameType | None) -> None:
    """Give up the streams that take nothing now; who waits in a write to one tries again, and writes to nowhere."""
    taking_nothing = [stream for stream in (sys.stdout, sys.stderr) if not _takes(stream)]
    for stream in taking_nothing:
        give_up(stream)
    if not taking_nothing:
        return
    for thread in threading.enumerate():
        if thread.ident is not None and thread is not threading.current_thread():
            signal.pthread_kill(thread.ident, number)  # a write that a signal cuts short is tried again


def _flush_or_give_up() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            give_up(stream)


def _takes(stream: object) -> bool:
    try:
        poll = select.poll()
        poll.register(stream.fileno(), select.POLLOUT)  # type: ignore[attr-defined]
        return bool(poll.poll(0))
    except (OSError, ValueError, AttributeError):  # closed, or not a file
        return True
