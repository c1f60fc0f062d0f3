"""Reading files that anybody may have named: only plain ones, and never more than was asked for.

A FIFO would make the reader wait for ever, ``/dev/zero`` would fill the memory, and looking first is no help: it may be
another file when it is opened.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

NOTHING = "there is nothing to be read yet"
"""A file of the kernel's own may look plain and be none."""


class NoPlainFileError(OSError):
    """A folder, FIFO, socket or device."""


def _open(path: Path) -> int:
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    if stat.S_ISREG(os.fstat(fd).st_mode):
        return fd
    os.close(fd)
    raise NoPlainFileError(f"{path} is not a file")


def is_plain(path: Path) -> bool:
    """Whether a plain file is there, links followed."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def read_plain(path: Path, largest: int) -> bytes | None:
    """A plain file's bytes, None if there are more than *largest*. Raises `OSError`, `NoPlainFileError` among them."""
    try:
        fd = _open(path)
    except ValueError as error:  # a name with a NUL
        raise FileNotFoundError(str(error)) from None
    with os.fdopen(fd, "rb") as file:
        data = file.read(largest + 1)
    if data is None:
        raise NoPlainFileError(NOTHING)
    return data if len(data) <= largest else None


def head_of(path: Path, size: int) -> bytes:
    """The first bytes of a plain file, b"" where there is none that can be read."""
    try:
        with os.fdopen(_open(path), "rb") as file:
            return file.read(size) or b""  # None: see NOTHING
    except (OSError, ValueError):
        return b""
