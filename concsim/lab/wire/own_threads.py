"""The lab's own raw threads: the sampler's, and the one that listens for commands. Paused around a fork."""

from __future__ import annotations

import os
import sys
from typing import Callable, Optional

from concsim.lab.program.samplers import Sampler
from concsim.lab.wire import originals
from concsim.lab.wire.commands import Commands
from concsim.lab.wire.own_descriptors import give_up, take
from concsim.model.orders import Order

MOST_LOOKS = 1000


class OwnThreads:
    """Starts, pauses and resumes them. Without *commands* there is no listener."""

    def __init__(self, sampler: Sampler, commands: Optional[Commands], obey: Callable[[Order], None]) -> None:
        self._sampler, self._commands, self._obey = sampler, commands, obey
        self.on_idle: Optional[Callable[[], None]] = None
        self.idle_period: Optional[float] = None
        """What the listener calls while no order comes, and how often, in seconds."""
        self._wake_reader, self._wake_writer = map(take, os.pipe()) if commands is not None else (-1, -1)
        self._listening, self._native = False, 0
        self._listener_done = originals.allocate_lock()
        self._forking = originals.make_rlock()
        self._forks = 0
        """How many forks of one thread are under way: a signal handler may fork in the midst of another."""

    def start(self) -> None:
        """Start them."""
        self._sampler.start()
        self._start_listener()

    def _start_listener(self) -> None:
        if self._commands is not None:
            self._listening = True
            self._listener_done.acquire(False)
            originals.start_new_thread(self._listen, ())

    def _listen(self) -> None:
        self._native = originals.get_native_id()
        try:
            while self._listening and self._commands is not None:
                order = self._commands.next(self._wake_reader, self.on_idle, self.idle_period)
                if order is None:
                    break
                self._obey(order)
        finally:
            self._listener_done.release()

    def pause(self) -> None:
        """Before a fork: raw threads would make it warn, and must not hold a lock while it copies the process."""
        self._forking.acquire()
        self._forks += 1
        if self._forks > 1:
            return
        self._sampler.stop()
        if self._listening:
            self._listening = False
            originals.write(self._wake_writer, b"x")
            self._listener_done.acquire(True, 2.0)
            originals.read(self._wake_reader, 1)
        _wait_until_gone(self._sampler.native, self._native)

    def resume(self) -> None:
        """After a fork, in the parent."""
        if self._forks == 1:
            self.start()
        self._forks -= 1
        self._forking.release()

    def forget_listener(self) -> None:
        """After a fork, in the child: commands are the parent's."""
        self._forking, self._forks = originals.make_rlock(), 0
        if self._commands is not None:
            for fd in (self._commands.fd, self._wake_reader, self._wake_writer):
                give_up(fd)
        self._commands, self._listening = None, False


def _wait_until_gone(*threads: int) -> None:
    """A thread that has done its work is still one to the system, for a moment, and to a fork that would warn of it."""
    if sys.version_info < (3, 12):
        return
    for _ in range(MOST_LOOKS):
        if not any(one and os.path.exists("/proc/self/task/%d" % one) for one in threads):
            return
        originals.sleep(0.0001)
