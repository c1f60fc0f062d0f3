"""The program's standard streams: what it prints goes to the channel with the thread that printed it."""

from __future__ import annotations

import io
import os
import sys
from typing import Any, Callable, Iterable, Optional, Tuple

from concsim.lab.program.things import Things
from concsim.lab.wire import originals
from concsim.model.events import InputWanted, OutputPrinted
from concsim.model.own_work import waits_inside

QUEUED_OUTPUT = 1 << 20


class PrintedStream(io.RawIOBase):
    """The raw end of ``sys.stdout`` or ``sys.stderr``. `fd` is where the plain stream would have written."""

    def __init__(self, name: str, fd: int, things: Things) -> None:
        super().__init__()
        self.stream, self._fd, self._things = name, fd, things
        self._decode, self._ident = _Decoder(), originals.get_ident
        self.owner = 0
        """The only thread whose text is said from the program's end on."""
        self.late: Optional[Callable[[bytes], int]] = None
        """What writes when the lab has said its last words: nothing else of it can be relied on then."""

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._fd

    def isatty(self) -> bool:
        return False

    def write(self, data: Any) -> int:
        if self.owner and self.owner != self._ident():
            return len(data)
        if self.late is not None:
            return self.late(bytes(data))
        size = len(data)
        journal = self._things.journal
        if not journal.on:
            return originals.write(self._fd, data)
        text = self._decode(bytes(data))
        if text:
            place = self._things.places.place_of(originals.getframe(1))
            journal.send(OutputPrinted(originals.monotonic_ns(), self.stream, text, journal.me(), place))
            journal.channel.wait_for_room(QUEUED_OUTPUT)
        return size


class _Decoder:
    """UTF-8 in pieces that may cut a character in two."""

    def __init__(self) -> None:
        import codecs

        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def __call__(self, data: bytes) -> str:
        return self._decoder.decode(data)


class AskedStream(io.RawIOBase):
    """The raw end of ``sys.stdin``: says when the program waits for a line and when it has one."""

    def __init__(self, fd: int, things: Things) -> None:
        super().__init__()
        self._fd, self._things = fd, things

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._fd

    def isatty(self) -> bool:
        return os.isatty(self._fd)

    @waits_inside
    def readinto(self, buffer: Any) -> int:
        journal = self._things.journal
        sys.stdout.flush()
        journal.send(InputWanted(originals.monotonic_ns(), journal.me(), True))
        data = originals.read(self._fd, len(buffer))
        journal.send(InputWanted(originals.monotonic_ns(), journal.me(), False))
        buffer[: len(data)] = data
        return len(data)


class Unlocked(io.BufferedWriter):
    """What stands between a text stream and its raw end: it keeps nothing, so it needs no lock.

    A lock here would abort the program at its end, when a daemon thread was stopped while it had it: a thread is in the
    middle of a write much longer in our streams than in the plain ones. And what one thread writes goes out in its own
    call: another's flush would say it as its own.
    """

    def write(self, data: Any) -> int:
        return self.raw.write(data)  # type: ignore[return-value]

    def flush(self) -> None:
        if self.closed:
            raise ValueError("flush of closed file")


def _text(raw_stream: io.RawIOBase, errors: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(Unlocked(raw_stream), encoding="utf-8", errors=errors, line_buffering=True)


def leave_streams_to_me(ends: Iterable[PrintedStream]) -> None:
    """The program's end: only what the calling thread prints is said from now on; others can only be daemons."""
    for end in ends:
        end.owner = originals.get_ident()


def observe_streams(things: Things) -> Tuple[Callable[[], None], Tuple[PrintedStream, ...]]:
    """Put the observed streams in place of the program's; returns what flushes them, and their raw ends."""
    ends = PrintedStream("stdout", 1, things), PrintedStream("stderr", 2, things)
    out, err = _text(ends[0], "strict"), _text(ends[1], "backslashreplace")
    sys.stdout = sys.__stdout__ = out  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = err  # type: ignore[misc]
    asked = io.BufferedReader(AskedStream(0, things))
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(asked, encoding="utf-8")  # type: ignore[misc]

    def flush() -> None:
        for stream in (getattr(sys, "stdout", None), out, getattr(sys, "stderr", None), err):
            _flush_quietly(stream)

    return flush, ends


def _flush_quietly(stream: Optional[Any]) -> None:
    try:
        stream.flush()  # type: ignore[union-attr]
    except Exception:  # the program may have closed or replaced it
        pass


