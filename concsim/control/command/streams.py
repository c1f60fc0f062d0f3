"""The command's own standard streams: there whatever it was started with, and given up where nothing can be written."""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO


class ForgivingError:
    """Standard error that takes what it cannot write for written: the exit status says the rest."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.error: OSError | None = None
        """Why it was given up, once it was."""

    def write(self, text: str) -> int:
        """Write it, if that can be done."""
        try:
            return self._stream.write(text)
        except OSError as error:
            self._give_up(error)
            return len(text)

    def flush(self) -> None:
        """Flush it, if that can be done."""
        try:
            self._stream.flush()
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        self.error = error
        give_up(self._stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def have_standard_streams() -> None:
    """Put the null device in place of streams that were closed at the start.

    Their numbers would go to the next files opened, and the programs that we start would read and write those.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
            os.set_inheritable(number, True)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))
    if not isinstance(sys.stderr, ForgivingError):
        sys.stderr = ForgivingError(sys.stderr)  # type: ignore[assignment]


def give_up(stream: TextIO) -> None:
    """Let what is still to be written to a stream that takes nothing go nowhere, at the interpreter's end as well."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):  # no number is free, or the stream has none
        pass


def own_terminal() -> int | None:
    """The descriptor of the terminal that standard input is, None for another input or while another job has the terminal."""
    try:
        found = sys.stdin.fileno()
        return found if os.isatty(found) and os.tcgetpgrp(found) == os.getpgrp() else None
    except (OSError, ValueError, AttributeError):
        return None
