"""The lab's own descriptors: out of the way of the numbers that the program gets, and spared when it closes everything.

Who turns into a daemon closes all descriptors it may have inherited. The lab's would be closed as well, and what the
program opens next would get their numbers, and the lab's frames.
"""

from __future__ import annotations

import errno
import os
from typing import Any, Set

from concsim.lab.patching.methods import patch
from concsim.lab.wire import originals

FIRST = 200
_own: Set[int] = set()


def take(fd: int) -> int:
    """Make a descriptor the lab's own; its number from now on."""
    try:
        import fcntl

        moved = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, FIRST)
    except (ImportError, OSError):  # so many may not be open here
        moved = fd
    else:
        originals.close(fd)
    _own.add(moved)
    return moved


def give_up(fd: int) -> None:
    """Close one of them."""
    _own.discard(fd)
    try:
        originals.close(fd)
    except OSError:
        pass


def spare() -> None:
    """Let ``os.close`` and ``os.closerange`` treat them as if they were not there."""
    patch(os, "close", _make_close)
    patch(os, "closerange", _make_closerange)


def _make_close(original: Any) -> Any:
    def close(fd: int) -> None:
        if type(fd) is int and fd in _own:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        original(fd)

    return close


def _make_closerange(original: Any) -> Any:
    def closerange(fd_low: int, fd_high: int, /) -> None:
        low = fd_low
        for fd in sorted(_own):
            if low <= fd < fd_high:
                original(low, fd)
                low = fd + 1
        original(low, fd_high)

    return closerange
