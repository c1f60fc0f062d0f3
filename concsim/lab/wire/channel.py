"""The lab's end of the channel: frames written to a pipe that never makes the program wait.

Frames queue in the *outbox*; whoever adds one writes as much as the pipe takes. When the window side reads too slowly
and the outbox is full, batches are counted instead of kept, and the count is sent when there is room again.
"""

from __future__ import annotations

import os
import select
from collections import deque
from typing import Deque, List

from concsim.lab.wire import originals
from concsim.lab.wire.own_descriptors import give_up, take
from concsim.model.encoding import HEADER, encode_record
from concsim.model.events import Aggregated, Record

_now = originals.monotonic_ns
"""The machine's clock, whatever the lab's events are timed by."""
OUTBOX_BYTES = 16 << 20
PIPE_BYTES = 1 << 20
_F_SETPIPE_SZ = 1031


class Channel:
    """Frames out over the pipe *fd*, which is made non-blocking."""

    def __init__(self, fd: int) -> None:
        self.fd = fd = take(fd)
        self._outbox: Deque[bytes] = deque()
        self._size = 0
        self._rest = b""
        self._turn = originals.allocate_lock()
        self._lost: List[int] = [0, 0, 0]  # rows, first time, last time
        self.closed = False
        os.set_blocking(fd, False)
        try:
            import fcntl

            fcntl.fcntl(fd, _F_SETPIPE_SZ, PIPE_BYTES)
        except (ImportError, OSError):
            pass

    def send_record(self, record: Record) -> None:
        """Send a record; records are never dropped."""
        self._put(encode_record(record))
        self.flush()

    def send_batch(self, frame: bytes) -> None:
        """Send a batch's frame, or count its rows if the outbox is full."""
        if self._size > OUTBOX_BYTES:
            count, base = HEADER.unpack_from(frame, 5)
            lost = self._lost
            if not lost[0]:
                lost[1] = base
            lost[0] += count
            lost[2] = _now()
        else:
            if self._lost[0]:
                self._confess()
            self._put(frame)
        self.flush()

    def _confess(self) -> None:
        count, first, last = self._lost
        self._lost = [0, 0, 0]
        self._put(encode_record(Aggregated(first, last, count)))

    def _put(self, frame: bytes) -> None:
        self._size += len(frame)
        self._outbox.append(frame)

    def flush(self, patience: float = 0) -> bool:
        """Write what the pipe takes now; says whether the outbox is empty.

        Another thread's turn is left to it, or waited for, for so many seconds.
        """
        if not self._turn.acquire(patience > 0, patience if patience > 0 else -1):
            return False
        try:
            return self._write()
        finally:
            self._turn.release()

    def _write(self) -> bool:
        """Write what stands in the outbox now. What others add meanwhile is left: whoever writes would never come back."""
        for _ in range(len(self._outbox) + 1):
            if not self._rest:
                if not self._outbox:
                    break
                self._rest = self._outbox.popleft()
            if not self._write_rest():
                return self.closed
        if self._rest or self._outbox:
            return False
        self._size = 0  # until Python 3.10 threads that add to it at once may lose one another's sums
        return True

    def _write_rest(self) -> bool:
        """Write the frame that is under way; whether all of it was taken."""
        while self._rest:
            try:
                sent = originals.write(self.fd, self._rest)
            except BlockingIOError:
                return False
            except OSError:
                self._close_for_good()
                return False
            self._size -= sent
            self._rest = self._rest[sent:]
        return True

    def _close_for_good(self) -> None:
        """Nobody reads any more."""
        self.closed = True
        self._outbox.clear()
        self._rest = b""
        self._size = 0

    def drain(self, seconds: float) -> None:
        """Wait until all is written, at most so long; only when the program has ended."""
        if self._lost[0]:
            self._confess()
        until = _now() + int(seconds * 1e9)
        while not self.flush() and _now() < until:
            select.select([], [self.fd], [], 0.05)

    def wait_for_room(self, bytes_kept: int) -> None:
        """Wait until at most so many bytes are queued: for printed text, which waits in a plain pipe as well."""
        while self._size > bytes_kept and not self.closed:
            self.flush()
            select.select([], [self.fd], [], 0.05)

    def abandon(self) -> None:
        """Close the pipe without a word: a forked child must not write to its parent's channel."""
        fd, self.fd, self.closed = self.fd, -1, True
        self._outbox.clear()
        self._rest = b""
        if fd >= 0:
            give_up(fd)
