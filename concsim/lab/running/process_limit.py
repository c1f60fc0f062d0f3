"""How many processes a run may have at once: a program that forks without end is refused as the system would refuse it.

All processes of the run share a small file, a slot for the process id of each. Whoever is about to start one more looks
for a slot that is free, or whose process has gone.
"""

from __future__ import annotations

import errno
import os
import struct
import sys
from types import FrameType
from typing import Any, Callable, List, Mapping, Optional

from concsim.lab.patching.methods import patch
from concsim.lab.patching.on_import import ImportWatch
from concsim.lab.running.called_from import call_from
from concsim.lab.wire import originals
from concsim.lab.wire.journal import Journal
from concsim.model.events import Remark

DEFAULT = 256
NOWHERE = -1
LIMITED = "_concsim_limited"
WARNS = sys.version_info >= (3, 12)
"""Whether a fork may warn, of threads."""


class ProcessLimit:
    """Patches what makes processes."""

    def __init__(self, journal: Journal, spec: Mapping[str, Any]) -> None:
        self._journal = journal
        self.most = int(spec.get("processes", DEFAULT))
        self._path: str = spec.get("folder", "") and os.path.join(spec["folder"], "processes")
        self._slot = struct.Struct("<i")
        self._said = False
        self._free_turn()
        self.pause: Callable[[], None] = lambda: None
        self.resume: Callable[[], None] = lambda: None
        """What the lab's own threads do around a fork."""

    def patch(self, imports: ImportWatch) -> None:
        """Ask before every fork."""
        if not self._path or not hasattr(os, "fork"):
            return
        import fcntl  # where there is a fork there is this

        self._fcntl = fcntl
        patch(os, "fork", self._make_fork)
        if hasattr(os, "forkpty"):
            patch(os, "forkpty", self._make_fork)
        for name, owner in (("subprocess", "_fork_exec"), ("_posixsubprocess", "fork_exec")):
            imports.when_imported(name, lambda module, owner=owner: self._patch_exec(module, owner))  # type: ignore[misc]

    def _patch_exec(self, module: Any, name: str) -> None:
        original = getattr(module, name, None)
        if original is not None and not hasattr(original, LIMITED):  # subprocess may have taken ours already
            setattr(module, name, self._make_fork(original))

    def _make_fork(self, original: Any) -> Any:
        def fork(*args: Any) -> Any:
            at = self._find_slot()
            if at is None:
                self._refuse()
            try:
                pid = self._fork(original, args, originals.getframe(1))
            except BaseException:
                self._fill(at, 0)
                raise
            if _number(pid):
                self._fill(at, _number(pid))
            else:
                self._free_turn()  # another thread may have had it
            return pid

        setattr(fork, LIMITED, True)
        return fork

    def _fork(self, original: Any, args: Any, frame: Optional[FrameType]) -> Any:
        """The lab's own threads, which leave for a fork, are back when the interpreter has decided whether to warn of threads."""
        if args and not any(map(callable, args)):  # a command, with nothing to run before it
            return original(*args)
        if not WARNS:
            return call_from(frame, original, *args)
        self.pause()
        pid: Any = None
        try:
            pid = call_from(frame, original, *args)
        finally:
            if pid is None or _number(pid):
                self.resume()
        return pid

    def _refuse(self) -> None:
        if not self._said:
            self._said = True
            self._journal.send(Remark(originals.monotonic_ns(), "process_limit", {"limit": self.most}))
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    def _free_turn(self) -> None:
        self._turn, self._inside = originals.make_rlock(), 0

    def _find_slot(self) -> Any:
        """A place in the file, None if all are taken; `NOWHERE` where the file cannot be had: as another user, say."""
        try:
            with self._turn:
                self._inside += 1
                try:
                    return self._take_slot(locks=self._inside == 1)
                finally:
                    self._inside -= 1
        except OSError:
            return NOWHERE

    def _take_slot(self, locks: bool) -> Any:
        """A free slot, now ours. Whoever forks in a signal handler may be in the midst of this, and have the lock."""
        os.makedirs(os.path.dirname(self._path), 0o700, exist_ok=True)
        fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl = self._fcntl
        try:
            if locks:
                fcntl.flock(fd, fcntl.LOCK_EX)
            slots = self._slots(fd)
            at = next((index for index, pid in enumerate(slots) if not _is_there(pid)), len(slots))
            if at >= self.most - 1:  # the program itself is the first
                return None
            os.pwrite(fd, self._slot.pack(originals.getpid()), at * self._slot.size)
            return at
        finally:
            if locks:  # a child forked meanwhile has this file open too: closing it here alone would free nothing
                fcntl.flock(fd, fcntl.LOCK_UN)
            os.close(fd)

    def _slots(self, fd: int) -> List[int]:
        data = os.pread(fd, self.most * self._slot.size, 0)
        return [pid for (pid,) in self._slot.iter_unpack(data[: len(data) // self._slot.size * self._slot.size])]

    def _fill(self, at: int, pid: int) -> None:
        if at == NOWHERE:
            return
        try:
            fd = os.open(self._path, os.O_RDWR)
        except OSError:
            return
        try:
            os.pwrite(fd, self._slot.pack(pid), at * self._slot.size)
        finally:
            os.close(fd)


def _number(pid: Any) -> int:
    """What a fork gives: in a pseudo-terminal it is a pair."""
    return int(pid[0]) if isinstance(pid, tuple) else int(pid)


def _is_there(pid: int) -> bool:
    """Whether the process lives. One that has ended and is waited for by nobody holds no slot."""
    if pid <= 0:
        return False
    try:
        with open("/proc/%d/stat" % pid, "rb") as file:
            return file.read().rpartition(b")")[2].split()[0] not in (b"Z", b"X")
    except OSError:
        if os.path.isdir("/proc/self"):
            return False
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
