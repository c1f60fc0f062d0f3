"""The lab's host: waits for its command, observes, runs the program, reports the end."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from typing import Any, Dict

from concsim.lab import raw, reach
from concsim.lab.channel import Channel
from concsim.lab.commands import Commands
from concsim.lab.journal import Journal
from concsim.lab.launch import Launch, find_module
from concsim.lab.observe_conditions import ConditionObserver
from concsim.lab.observe_locks import LockObserver
from concsim.lab.observe_pools import PoolObserver
from concsim.lab.observe_queues import QueueObserver
from concsim.lab.observe_threads import ThreadObserver, describe_error
from concsim.lab.observe_time import observe_sleep
from concsim.lab.observed_lock import connect_quick_path
from concsim.lab.places import Places
from concsim.lab.probing import probing
from concsim.lab.samplers import Sampler
from concsim.lab.streams import observe_streams
from concsim.lab.things import Things
from concsim.lab.waits import Waits, signals_may_wake
from concsim.model.events import Kind, Remark, pack_code

DRAIN_SECONDS = 10.0


class Host:
    """One run of one program."""

    def __init__(self, channel: Channel, commands: Commands) -> None:
        self.journal = Journal(channel)
        self._commands = commands
        self._wake_reader, self._wake_writer = os.pipe()
        self._listening = False
        self._listener_done = raw.allocate_lock()
        self._raw_threads = False
        self._forking = raw.allocate_lock()

    def run(self, spec: Dict[str, Any]) -> int:
        """Run the program of *spec* and give its exit status."""
        self._set_up(spec)
        atexit.register(self._last_words)
        main_thread = threading.main_thread()
        self.main = self.things.declare_actor(main_thread, "main", None)
        self.things.begin(self.main)
        self._start_own_threads()
        os.register_at_fork(
            before=self._before_fork, after_in_parent=self._after_fork, after_in_child=self._in_forked_child
        )
        status = self._launch.run(self._main_failed)
        self._wait_for_threads()
        self.flush_streams()
        self._report_end()
        return status

    def _set_up(self, spec: Dict[str, Any]) -> None:
        path = spec["path"]
        if spec.get("module"):
            sys.path.insert(0, spec["directory"])
            try:
                path = find_module(spec["module"])[0]
            except Exception:  # the launch will say so in the program's own words
                pass
            sys.path.pop(0)
        self._launch = Launch(path, spec.get("module", ""), spec.get("arguments", []), spec.get("parameters", {}))
        places = Places(self.journal, path)
        self.things = Things(self.journal, places)
        self.things.handed = set(spec.get("handed", ()))
        self.waits = Waits(self.things)
        self.waits.unseen = self._unseen
        locks = LockObserver(self.things, self.waits)
        self.sampler = Sampler(self.things, self.waits, locks, spec.get("watch", {}))
        self.sampler.globals = self._launch.main.__dict__
        look = self.sampler.look if self.sampler.watches else None
        probing.connect(self.things, self.waits, look)
        connect_quick_path(self.things, look)
        self.journal.on_busy = locks.heat
        watched = list(spec.get("watch", {}))
        self.things.reach = lambda thread: reach.reached(thread, self.sampler.globals, watched)
        self.flush_streams = observe_streams(self.things)
        self._launch.prepare(spec["directory"])
        if spec.get("switch_interval"):
            sys.setswitchinterval(spec["switch_interval"])
        self._observe(locks)

    def _observe(self, locks: LockObserver) -> None:
        threads = ThreadObserver(self.things, self.waits)
        locks.patch()
        threads.patch()
        ConditionObserver(self.things, self.waits).patch()
        QueueObserver(self.things, self.waits).patch()
        PoolObserver(self.things, self.waits, threads).patch()
        observe_sleep(self.things, self.waits)
        self._count_raw_threads()

    def _count_raw_threads(self) -> None:
        """A thread started below `threading` is not shown, and may wake anybody."""
        import _thread

        def start_new_thread(*args: Any, **kwargs: Any) -> Any:
            self._raw_threads = True
            return raw.start_new_thread(*args, **kwargs)

        _thread.start_new_thread = _thread.start_new = start_new_thread  # type: ignore[attr-defined]

    def _unseen(self) -> bool:
        """Whether anything that is not shown may still act."""
        if self._raw_threads or signals_may_wake():
            return True
        known = {id(thread) for thread in list(self.things.alive.values())}
        active = [*threading._active.values(), *threading._limbo.values()]  # type: ignore[attr-defined]
        return any(id(thread) not in known and not _has_ended(thread) for thread in active)

    def _main_failed(self, error: BaseException) -> None:
        record = describe_error(self.things.places, self.main, type(error), error, error.__traceback__)
        self.journal.send(record)

    def _wait_for_threads(self) -> None:
        """What the interpreter does at the end of the main thread: wait for all others but daemons."""
        self.sampler.look()
        main = self.main
        alive = self.things.alive

        def look() -> Any:
            others = tuple(n for n, one in list(alive.items()) if n != main and not one.daemon)
            return others, not others

        self.things.ending = True
        others = look()[0]
        if others:
            self.waits.begin(others[0], None, None, look, owned=True, needs_all=True)
        try:
            threading._shutdown()  # type: ignore[attr-defined]
        except BaseException as error:  # Ctrl-C while waiting ends the run as it ends the program
            self._main_failed(error)
        if others:
            self.waits.end(others[0], True)

    def _report_end(self) -> None:
        self.waits.closed = True
        self.sampler.stop()
        self.sampler.look()
        self.sampler.look_at_holders()
        self.sampler.look_at_text(raw.monotonic_ns(), final=True)
        self.journal.note(pack_code(Kind.END, 0))
        self.things.alive.pop(self.main, None)
        self.journal.flush()

    def _last_words(self) -> None:
        """After the program's own ``atexit``: all that was said goes out."""
        self.flush_streams()
        self.journal.flush()
        self.journal.channel.drain(DRAIN_SECONDS)
        self.journal.on = False  # what is printed while the interpreter takes itself apart goes the plain way

    # the lab's own threads

    def _start_own_threads(self) -> None:
        self.sampler.start()
        self._listening = True
        self._listener_done.acquire(False)
        raw.start_new_thread(self._listen, ())

    def _listen(self) -> None:
        try:
            while self._listening:
                command = self._commands.next(self._wake_reader)
                if command is None:
                    break
                self._obey(command)
        finally:
            self._listener_done.release()

    def _obey(self, command: Dict[str, Any]) -> None:
        if command["do"] == "set":
            self.sampler.globals[command["name"]] = command["value"]
        elif command["do"] == "stop":
            try:
                self.sampler.look()
                self.sampler.look_at_text(raw.monotonic_ns(), final=True)
                self.flush_streams()
                self.journal.flush()
                self.journal.channel.drain(0.2)
            finally:
                os._exit(0)

    def _before_fork(self) -> None:
        """Raw threads would make ``os.fork`` warn, and must not hold a lock while it copies the process."""
        self._forking.acquire()
        self.sampler.stop()
        if self._listening:
            self._listening = False
            raw.write(self._wake_writer, b"x")
            self._listener_done.acquire(True, 2.0)
            raw.read(self._wake_reader, 1)
        self.flush_streams()
        self.journal.flush()

    def _after_fork(self) -> None:
        self._start_own_threads()
        self._forking.release()
        self.journal.send(Remark(raw.monotonic_ns(), "child_unobserved"))

    def _in_forked_child(self) -> None:
        self._forking = raw.allocate_lock()
        self.journal.silence()
        self.journal.actors.clear()
        self.things.alive.clear()
        atexit.unregister(self._last_words)
        for fd in (self._commands.fd, self._wake_reader, self._wake_writer):
            os.close(fd)


def _has_ended(thread: Any) -> bool:
    return not thread.is_alive() and thread._started.is_set()


def main(channel_fd: int, commands_fd: int) -> None:
    """Wait for a command and run it. The interpreter's own end follows, with the program's exit status."""
    for fd in (channel_fd, commands_fd):
        os.set_inheritable(fd, False)
    channel, commands = Channel(channel_fd), Commands(commands_fd)
    spec = commands.next()
    if spec is None:
        return
    if spec.get("do") == "run":
        sys.exit(Host(channel, commands).run(spec))
    if spec.get("do") == "step":
        from concsim.lab.stepping import SteppingHost  # needs greenlet, which live runs do not

        sys.exit(SteppingHost(channel, commands).run(spec))
