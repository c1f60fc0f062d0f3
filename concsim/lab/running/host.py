"""The lab's host: waits for its command, observes, runs the program, reports the end."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from typing import Any, Dict, Optional

from concsim.lab.observers.threads.threads import describe_error
from concsim.lab.own_imports import forget_hidden, library_first
from concsim.lab.running.ending import End, end_of, leave
from concsim.lab.running.launch import Launch, begin_path, find_module
from concsim.lab.running.observers import Observers
from concsim.lab.running.observing import Observing, set_switch_interval
from concsim.lab.running.own_process import OwnProcess
from concsim.lab.wire import originals
from concsim.lab.wire.channel import Channel
from concsim.lab.wire.commands import Commands
from concsim.lab.wire.own_threads import OwnThreads
from concsim.model.events import LINES, ProcessSeen
from concsim.model.orders import BringFault, Order, RunProgram, SetParameter, StepProgram, Stop
from concsim.model.tracebacks import strip_all

DRAIN_SECONDS = 10.0


class Host:
    """One run of one program. A forked child goes on in a copy of it."""

    def __init__(self, channel: Channel, commands: Commands) -> None:
        self._channel, self._commands = channel, commands

    def run(self, spec: Dict[str, Any]) -> End:
        """Run the program of *spec* to the end of its main thread's code; how the interpreter is to end."""
        self._set_up(spec)
        atexit.register(self._last_words)
        self.things.begin(self.own.main)
        self.threads.start()
        self.own.watch_forks(self.threads)
        end = self._see_end(self._launch_program())
        self._begin_last_wait()
        atexit.register(self._report_end, end.status)
        return end

    def _launch_program(self) -> Optional[BaseException]:
        return self._launch.run()

    def _see_end(self, error: Optional[BaseException]) -> End:
        if error is None:
            return End()
        if not issubclass(type(error), SystemExit):
            strip_all(error)
            tb = error.__traceback__
            self.journal.send(describe_error(self.things.places, self.own.main, type(error), error, tb))
        return end_of(error)

    def _set_up(self, spec: Dict[str, Any]) -> None:
        path = self._path_of(spec)
        self._launch = Launch(path, spec)
        self.observing = Observing(self._channel, spec, path, self._launch.main.__dict__)
        self.observing.at_end.append(self._launch.let_go)
        self.things, self.journal = self.observing.things, self.observing.journal
        self._launch.prepare(spec["directory"])
        set_switch_interval(spec)
        self.observing.patch()
        main = self.things.declare_actor(threading.main_thread(), "main", None)
        self.journal.send(ProcessSeen(originals.monotonic_ns(), main, originals.getpid(), os.getppid(), "main"))
        self.own = OwnProcess(self.observing, spec, main)
        self.own.patch()
        self.observers = Observers(self.observing, self.own)
        self.observers.observe(spec)
        self.threads = OwnThreads(self.observing.sampler, self._commands, self._obey)

    @staticmethod
    def _path_of(spec: Dict[str, Any]) -> str:
        path: str = spec["path"]
        if spec.get("module"):
            before = list(sys.path)
            begin_path(spec["directory"])
            forget_hidden()
            try:
                path = find_module(spec["module"])[0]
            except Exception:  # the launch will say so in the program's own words
                pass
            sys.path[:] = before
        return path

    def _begin_last_wait(self) -> None:
        """The interpreter waits at the end of the main thread for all others but daemons."""
        self.observing.sampler.look()
        main, alive = self.own.main, self.things.alive

        def look() -> Any:
            others = tuple(n for n, one in list(alive.items()) if n != main and not one.daemon)
            return others, not others

        self.things.ending = True
        others = look()[0]
        self._waited = others[0] if others else 0
        if others:
            self.observing.waits.begin(others[0], None, None, look, owned=True, needs_all=True)

    def _report_end(self, status: int) -> None:
        """Before the program's own ``atexit``: the threads have ended."""
        if self._waited:
            self.observing.waits.end(self._waited, True)
        self.observing.flush_streams()
        self.observing.waits.closed = True
        self.observing.sampler.stop()
        self.observing.look_once_more()
        self.own.status = status

    def _last_words(self) -> None:
        """After the program's own ``atexit``, which waits for its child processes."""
        self.own.say_end(self.own.status)
        self.observing.last_words(DRAIN_SECONDS)

    # commands

    def _obey(self, order: Order) -> None:
        if isinstance(order, SetParameter):
            self.observing.set_global(order.name, order.value)
        elif isinstance(order, BringFault):
            self.observers.faults.bring(order.fault, order.pid)
        elif isinstance(order, Stop):
            try:
                self.observing.sampler.look()
                self.observing.sampler.look_at_text(originals.monotonic_ns(), final=True)
                self.observing.last_words(0.2)
            finally:
                originals.quick_exit(0)


def main(channel_fd: int, commands_fd: int) -> None:
    """Wait for a command and run it. The interpreter's own end follows, with the program's exit status."""
    for fd in (channel_fd, commands_fd):
        os.set_inheritable(fd, False)
    channel, commands = Channel(channel_fd), Commands(commands_fd)
    order = commands.next()
    end = _run(channel, commands, order) if order is not None else None
    if end is not None:
        leave(end)


def _run(channel: Channel, commands: Commands, order: Order) -> Optional[End]:
    if isinstance(order, RunProgram):
        return Host(channel, commands).run(order.spec)
    if not isinstance(order, StepProgram):
        return None
    before = library_first()
    if order.model == LINES:
        from concsim.lab.stepped.line_host import LineHost

        sys.path[:] = before
        return LineHost(channel, commands, order.limit_steps).run(order.spec)
    from concsim.lab.stepped.stepping import SteppingHost  # needs greenlet, which live runs do not

    sys.path[:] = before
    return SteppingHost(channel, commands).run(order)
