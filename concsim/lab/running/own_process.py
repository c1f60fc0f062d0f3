"""Follows the program into the processes it starts: each joins the run with a channel and numbers of its own."""

from __future__ import annotations

import operator
import os
import threading
from typing import Any, Callable, Dict, List, Mapping

from concsim.lab.patching.methods import patch
from concsim.lab.program.texts import Texts
from concsim.lab.running.observing import Observing
from concsim.lab.running.process_limit import ProcessLimit
from concsim.lab.wire import originals
from concsim.lab.wire.channel import Channel
from concsim.lab.wire.joining import knock, more_numbers
from concsim.lab.wire.numbers import Numbers
from concsim.lab.wire.own_threads import OwnThreads
from concsim.model.events import BLOCK_NUMBERS, Kind, ProcessEnded, ProcessSeen, pack_code
from concsim.model.exit_status import is_c_int
from concsim.model.own_work import on_behalf

DRAIN_SECONDS = 5.0


class Starting(threading.local):
    """What the calling thread is about to fork: a declared process and how it is made. Nothing for a plain fork."""

    number = 0
    id = ""
    method = ""
    silent = False


class OwnProcess:
    """This process, as one of the run. `main` is the number of its main actor."""

    def __init__(self, observing: Observing, spec: Mapping[str, Any], main: int) -> None:
        self.observing, self.spec, self.main = observing, spec, main
        self.things, self.journal = observing.things, observing.journal
        self.address: str = spec.get("door", "")
        self.starting = Starting()
        self.limit = ProcessLimit(self.journal, spec)
        self.texts = Texts(self.journal)
        self.at_restart: List[Callable[[], None]] = []
        """What begins anew in a forked child."""
        self.status: Any = 0
        self._said_end = False
        self._parent = 0
        self.is_server_child = False
        """This is multiprocessing's fork server, or a child it has forked that does not know yet which it is."""

    def patch(self) -> None:
        """See this process end, or become another program."""
        self.limit.patch(self.observing.imports)
        os._exit = self._make_exit(os._exit)  # type: ignore[assignment]
        for name in ("execv", "execve"):
            patch(os, name, self._make_exec)

    def look_in(self, names: Dict[str, Any], let_go: Callable[[], None]) -> None:
        """These are the program's globals; at the end *let_go* lets go of them."""
        self.observing.sampler.globals = names
        self.observing.at_end.append(let_go)

    @property
    def has_children(self) -> bool:
        """Whether it has started others."""
        return self.observing.has_children

    @has_children.setter
    def has_children(self, value: bool) -> None:
        self.observing.has_children = value

    # forks

    def watch_forks(self, threads: OwnThreads) -> None:
        """Be there whenever the process is copied."""
        self._threads = threads
        self.limit.pause, self.limit.resume = self._pause, self._resume
        os.register_at_fork(
            before=self._before_fork, after_in_parent=self._after_fork, after_in_child=self._in_forked_child
        )

    def _before_fork(self) -> None:
        if self.is_server_child:
            return
        self._pause()
        self.observing.flush_streams()
        self.observing.sampler.look_at_text(originals.monotonic_ns(), final=True)  # what the fork copies is known before its copy
        self.journal.flush()
        self.has_children = True
        self._parent = self.journal.me()

    def _after_fork(self) -> None:
        self._resume()

    def _pause(self) -> None:
        if not self.is_server_child:
            self._threads.pause()

    def _resume(self) -> None:
        if not self.is_server_child:
            self._threads.resume()

    def _in_forked_child(self) -> None:
        try:
            self._begin_child()
        except Exception:  # unobserved is better than broken: a program that gave up its rights may read nothing of ours
            self.journal.silence()

    def _begin_child(self) -> None:
        self._threads.forget_listener()
        if self.is_server_child:
            return
        started = self.starting
        if started.silent:  # a library's process
            self.journal.silence()
            return
        number, id_, method = started.number, started.id, started.method or "os.fork"
        started.number = 0
        self.join(number, id_, method, self._parent)

    def join(self, number: int, id_: str, method: str, parent: int) -> None:
        """Be a process of the run from now on; a plain fork, which nobody has declared, declares itself."""
        joined = knock(self.address, {"actor": number})
        if joined is None:
            self.journal.silence()
            return
        numbers = Numbers(joined.first, BLOCK_NUMBERS, lambda: more_numbers(self.address))
        old, channel = self.journal.channel, Channel(joined.fd)
        old.abandon()
        if not number:
            number = self._declare_fork(channel, numbers, parent)
        else:
            self.things.ids[number] = id_
        self.observing.restart(channel, numbers, number)
        self.texts.restart()
        for restart in self.at_restart:
            restart()
        self.main, self._said_end, self.status = number, False, 0
        self.journal.send(ProcessSeen(originals.monotonic_ns(), number, originals.getpid(), os.getppid(), method))
        self.things.alive[number] = threading.current_thread()
        self.things.begin(number)
        self.observing.sampler.look_at_text(originals.monotonic_ns(), final=True)
        self._threads.start()

    def _declare_fork(self, channel: Channel, numbers: Numbers, parent: int) -> int:
        self.journal.restart(channel, numbers)
        name = "fork %d" % originals.getpid()
        return self.things.declare_other(name, "fork", "f%d" % originals.getpid(), None, parent)

    # the end of a process

    def say_end(self, status: Any) -> None:
        """This process ends with *status*; said once."""
        if self._said_end or not self.journal.on:
            return
        self._said_end = True
        self.things.alive.pop(self.main, None)
        self.journal.note(pack_code(Kind.END, 0))
        self.journal.send(ProcessEnded(originals.monotonic_ns(), self.main, status))

    def end(self, status: int) -> None:
        """The program's own code has ended here, with *status*."""
        self.observing.look_once_more()
        self.observing.flush_streams()
        self.status = status
        self.say_end(status)

    def _make_exit(self, original: Any) -> Any:
        def _exit(status: int) -> None:
            """``os._exit``, after what was seen has gone out."""
            try:
                if self.journal.on and is_c_int(status):
                    self.observing.sampler.look_at_text(originals.monotonic_ns(), final=True)
                    self.say_end(operator.index(status) & 0xFF)
                    self.journal.send_out()
                    self.journal.channel.drain(DRAIN_SECONDS)
            finally:
                original(status)

        return _exit

    def _make_exec(self, original: Any) -> Any:
        @on_behalf
        def exec_(*args: Any) -> None:
            """``os.execv``, after what was seen has gone out: nothing of this process is left if it succeeds."""
            if self.journal.on:
                self.observing.sampler.look_at_text(originals.monotonic_ns(), final=True)
                self.journal.send_out()
                self.journal.channel.drain(DRAIN_SECONDS)
            original(*args)

        return exec_

    def spec_for_children(self) -> Dict[str, Any]:
        """What a child that does not inherit this process's memory needs to know."""
        return dict(self.spec)
