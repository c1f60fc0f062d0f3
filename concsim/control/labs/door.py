"""The door at which the processes of a run knock: each that comes gets a channel of its own and a block of numbers."""

from __future__ import annotations

import json
import os
import secrets
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from concsim.model.encoding import FrameReader
from concsim.model.events import BLOCK_NUMBERS, KIND_BITS, MAIN_NUMBERS

LONGEST_HELLO = 4096
BLOCKS = ((1 << 32 - KIND_BITS) - MAIN_NUMBERS) // BLOCK_NUMBERS - 1
_PEER = struct.Struct("3i")


@dataclass
class Guest:
    """A process that has knocked. `actor` is its number, 0 until it has one; `hello` what it has said so far."""

    line: socket.socket
    reader: FrameReader = field(default_factory=FrameReader)
    pid: int = 0
    actor: int = 0
    hello: bytes = b""
    is_in: bool = False
    said_end: bool = False


class Door:
    """Listens at an address of its own, in Linux's namespace without files; only this user's processes are let in."""

    def __init__(self) -> None:
        self.address = f"concsim-{os.getpid()}-{secrets.token_hex(8)}"
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind("\0" + self.address)
        self._listener.listen(512)
        self._listener.setblocking(False)
        self._blocks = 0
        self.is_full = False
        """Whether somebody had to be sent away because there are no more numbers."""

    def fileno(self) -> int:
        """The descriptor to wait on."""
        return self._listener.fileno()

    def open(self) -> Guest | None:
        """Whoever knocks now."""
        try:
            line, _ = self._listener.accept()
        except OSError:
            return None
        pid, uid, _ = _PEER.unpack(line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size))
        if uid != os.getuid():
            line.close()
            return None
        line.setblocking(False)
        return Guest(line, pid=pid)

    def hear(self, guest: Guest, data: bytes) -> bytes:
        """What a guest says before it is in; gives what belongs to its channel already. A bad guest is sent away."""
        guest.hello += data
        hello, found, rest = guest.hello.partition(b"\n")
        if not found:
            if len(guest.hello) > LONGEST_HELLO:
                self.send_away(guest)
            return b""
        try:
            words = json.loads(hello)
            guest.actor = int(words.get("actor", 0))
            guest.is_in = words.get("wants") != "numbers"
            guest.line.send(json.dumps({"first": self._next_block()}).encode() + b"\n")
        except (ValueError, AttributeError, TypeError, OSError):
            self.send_away(guest)
        return rest

    def _next_block(self) -> int:
        if self._blocks >= BLOCKS:
            self.is_full = True
            return 0
        self._blocks += 1
        return MAIN_NUMBERS + (self._blocks - 1) * BLOCK_NUMBERS

    @staticmethod
    def send_away(guest: Guest) -> None:
        """Shut its line; reading it gives the end."""
        try:
            guest.line.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def close(self) -> None:
        """Nobody is let in any more."""
        self._listener.close()


def exit_status_of(pid: int, read: Callable[[str], bytes] | None = None) -> tuple[bool, int | None]:
    """Whether a process has ended, and its exit status where the system still tells: its parent has not asked yet."""
    try:
        data = (read or _read)(f"/proc/{pid}/stat")
    except OSError:
        return True, None
    fields = data.rpartition(b")")[2].split()
    if fields[0] not in (b"Z", b"X"):
        return False, None
    try:
        status = int(fields[49])
    except (IndexError, ValueError):
        return True, None
    return True, -(status & 0x7F) if status & 0x7F else status >> 8


def _read(path: str) -> bytes:
    return Path(path).read_bytes()
