"""What the operating system says of the run's processes and threads, looked at from a process of its own.

``python os_watcher.py CHANNEL_FD`` reads lines ``PID TID ACTOR OLD`` from its standard input (OLD is 1 for one that was there
before the run, whose time until now does not count) and writes batches of rows to CHANNEL_FD: each one's core, its state, how long it has been on a core and ready without one, and the memory of processes.
It ends with its input. No process of the run could look so evenly: each waits for its own GIL and for a core.

A process that could run is "R" to the system, whether it has a core or waits for one. Its scheduling statistics tell:
of those on one core, the one that was on it longest since the last look is running, the others are ready.
"""

from __future__ import annotations

import os
import select
import sys
import time
from typing import Any, Dict, List, Optional, Tuple

PERIOD = 0.02
SHARE = 15
LONGEST_PERIOD = 0.5
MEMORY_EVERY = 0.4
RUNNING, READY, WAITING, STOPPED, ENDED = range(5)
STATES = {"R": READY, "S": WAITING, "D": WAITING, "I": WAITING, "T": STOPPED, "t": STOPPED, "Z": ENDED, "X": ENDED}


class Watched:
    """One process or thread, and what was said of it last."""

    def __init__(self, pid: int, tid: int, actor: int, old: bool) -> None:
        self.actor, self.is_process = actor, pid == tid
        self.base: Optional[Tuple[float, float]] = None if old else (0.0, 0.0)
        self.folder = "/proc/%d/task/%d/" % (pid, tid)
        self.maps = "/proc/%d/smaps_rollup" % pid
        self.core = self.state = -1
        self.ran = self.delayed = -1.0
        self.memory = -1
        self.letter, self.gained = "", 0.0
        self._unready_at = 0
        """When it was last seen to wait, or to have had a core; 0 before it was looked at."""

    def look(self, now: int) -> bool:
        """Read its state at *now*, in nanoseconds; whether it is still there."""
        stat = _read(self.folder + "stat")
        if stat is None:
            return False
        fields = stat.rpartition(b")")[2].split()
        self.letter, self.now_on = fields[0].decode(), int(fields[36])
        times = _read(self.folder + "schedstat")
        ran, delayed = _two(times) if times else (int(fields[11]) * 1e7 + int(fields[12]) * 1e7, 0.0)
        if self.base is None:
            self.base = ran, delayed
        ran, delayed = ran - self.base[0], delayed - self.base[1]
        self.gained = ran - self.ran if self.ran >= 0 else 0.0
        excess = self._excess(delayed, now)
        self.base = self.base[0], self.base[1] + excess
        self.new = (ran, delayed - excess)
        if self.letter != "R" or self.gained > 0 or not self._unready_at:
            self._unready_at = now
        return True

    def _excess(self, delayed: float, now: int) -> float:
        """What the system says too much: that it was ready while it was seen to wait.

        Kernels that take a sleeper out of the queue late (Linux 6.12 on) may count its sleep as a delay when it wakes.
        """
        if not self._unready_at:
            return 0.0
        return max(delayed - self.delayed - (now - self._unready_at), 0.0)


def _two(times: bytes) -> Tuple[float, float]:
    ran, delayed = times.split()[:2]
    return float(ran), float(delayed)


def _read(path: str) -> Optional[bytes]:
    try:
        fd = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        return os.read(fd, 4096)
    except OSError:
        return None
    finally:
        os.close(fd)


class Watcher:
    """Looks at all of them now and then, for at most a small share of the time."""

    def __init__(self, channel: int, kinds: Any, encode: Any, pack: Any) -> None:
        self._channel, self._encode = channel, encode
        self._codes = {kind: pack(kind, 0) for kind in (kinds.CORE, kinds.OS_STATE, kinds.RAN, kinds.DELAYED, kinds.MEMORY)}
        self._kinds = kinds
        self._watched: Dict[Tuple[int, int], Watched] = {}
        self._rows: List[Any] = []
        self._memory_at = 0.0

    def run(self) -> None:
        """Until the input ends."""
        rest, period, text = 0.0, PERIOD, b""
        while True:
            ready, _, _ = select.select([0], [], [], rest)
            if ready:
                data = os.read(0, 65536)
                if not data:
                    return
                text = self._take_orders(text + data)
            began = time.monotonic()
            self._look()
            period = min(max(PERIOD, (time.monotonic() - began) * SHARE), LONGEST_PERIOD)
            rest = period if self._watched else None  # type: ignore[assignment]

    def _take_orders(self, text: bytes) -> bytes:
        lines = text.split(b"\n")
        for line in lines[:-1]:
            pid, tid, actor, old = (int(word) for word in line.split())
            self._watched[pid, tid] = Watched(pid, tid, actor, bool(old))
        return lines[-1]

    def _look(self) -> None:
        now = time.monotonic_ns()
        for key, one in list(self._watched.items()):
            if not one.look(now):
                self._note(now, one, self._kinds.OS_STATE, ENDED)
                del self._watched[key]
        self._say_states(now)
        if time.monotonic() > self._memory_at:
            began = time.monotonic()
            self._say_memory(now)
            self._memory_at = time.monotonic() + max(MEMORY_EVERY, (time.monotonic() - began) * SHARE)
        if self._rows:
            data = self._encode(self._rows)
            self._rows = []
            while data:
                data = data[os.write(self._channel, data) :]

    def _say_states(self, now: int) -> None:
        on_core: Dict[int, Watched] = {}
        for one in self._watched.values():
            other = on_core.get(one.now_on)
            if one.letter == "R" and (one.gained > 0 or one.ran < 0) and (other is None or one.gained > other.gained):
                on_core[one.now_on] = one
        running = {one.actor for one in on_core.values()}
        for one in self._watched.values():
            state = STATES.get(one.letter, WAITING)
            if one.actor in running:
                state = RUNNING
            kinds = self._kinds
            if state != one.state:
                one.state = state
                self._note(now, one, kinds.OS_STATE, state)
            if one.now_on != one.core and (one.gained > 0 or one.core < 0):
                one.core = one.now_on
                self._note(now, one, kinds.CORE, one.core)
            if one.new[0] != one.ran:
                self._note(now, one, kinds.RAN, one.new[0])
            if one.new[1] != one.delayed:
                self._note(now, one, kinds.DELAYED, one.new[1])
            one.ran, one.delayed = one.new

    def _say_memory(self, now: int) -> None:
        for one in self._watched.values():
            data = _read(one.maps) if one.is_process else None
            if data:
                lines = [line.split() for line in data.splitlines() if line.startswith(b"Private_")]
                size = sum(int(words[1]) for words in lines) * 1024
                if size != one.memory:
                    one.memory = size
                    self._note(now, one, self._kinds.MEMORY, size)

    def _note(self, now: int, one: Watched, kind: int, value: float) -> None:
        self._rows += (now, one.actor, self._codes[kind], 0, value)


if __name__ == "__main__":
    HERE = os.path.dirname(os.path.realpath(__file__))
    if os.path.realpath(sys.path[0]) == HERE:
        del sys.path[0]
    sys.path.insert(0, os.path.dirname(os.path.dirname(HERE)))  # for one import: it may be where all libraries are
    import concsim  # noqa: F401

    del sys.path[0]
    from concsim.model.encoding import encode_batch
    from concsim.model.events import Kind, pack_code

    Watcher(int(sys.argv[1]), Kind, encode_batch, pack_code).run()
