"""``multiprocessing.Process``: processes started, joined, ended, in both the parent and the child."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any, Optional, Tuple

from concsim.lab.observers.threads.threads import NUMBER, OWN, describe_error
from concsim.lab.patching.methods import patch
from concsim.lab.program.places import Places
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.running.own_process import OwnProcess
from concsim.lab.wire import originals
from concsim.model.events import Kind, ProcessEnded, ProcessSeen
from concsim.model.exit_status import status_of
from concsim.model.tracebacks import strip_all

KIND = "_concsim_kind"


BETWEEN = ("context.py", "managers.py")
"""Files of multiprocessing that only pass on what the program asks for."""


def called_by_program(places: Places, frame: Any, through: Tuple[str, ...] = BETWEEN) -> bool:
    """Whether the program's own code asks, through frames of these files of multiprocessing."""
    while frame is not None and _is_one_of(frame.f_code.co_filename, through):
        frame = frame.f_back
    return places.is_called_by_program(frame)


def _is_one_of(filename: str, names: Tuple[str, ...]) -> bool:
    folder, name = os.path.split(filename)
    return name in names and os.path.basename(folder) == "multiprocessing"


class ProcessObserver:
    """Patches BaseProcess and the objects that stand for running processes, in place."""

    modules = {
        "multiprocessing.process": "_patch_process",
        "multiprocessing.popen_fork": "_patch_popen",
        "multiprocessing.popen_forkserver": "_patch_popen",
    }
    nature = {"multiprocessing": ("parallel", "processes")}
    kinds = {"process": "p"}

    def __init__(self, own: OwnProcess, things: Things, waits: Waits) -> None:
        self._own, self._things, self._waits, self._journal = own, things, waits, things.journal
        self.adopting = ""
        """While the program makes a pool or a manager, the kind of the processes that multiprocessing makes for it."""
        self._watches_error = False

    def _patch_process(self, module: Any) -> None:
        patch(module.BaseProcess, "__init__", self._make_init)
        patch(module.BaseProcess, "start", self._make_start)
        patch(module.BaseProcess, "join", self._make_join)
        patch(module.BaseProcess, "_bootstrap", self._make_bootstrap)

    def _patch_popen(self, module: Any) -> None:
        patch(module.Popen, "poll", self._make_poll)

    def adopt(self, process: Any, kind: str) -> None:
        """Show this process, whoever has made it, as one of that kind."""
        setattr(process, OWN, True)
        setattr(process, KIND, kind)

    def _make_init(self, original: Any) -> Any:
        def __init__(process: Any, *args: Any, **kwargs: Any) -> None:
            original(process, *args, **kwargs)
            if self.adopting:
                self.adopt(process, self.adopting)
            elif called_by_program(self._things.places, originals.getframe(1)):
                self.adopt(process, "process")

        return __init__

    def _make_start(self, original: Any) -> Any:
        def start(process: Any) -> None:
            started = self._own.starting
            if not getattr(process, OWN, False) or not self._journal.on:
                before, started.silent = started.silent, True
                try:
                    return original(process)  # type: ignore[no-any-return]
                finally:
                    started.silent = before
            if process._popen is not None:
                return original(process)  # type: ignore[no-any-return]
            number = self._declare(process, originals.getframe(1))
            self._own.has_children = True
            started.number, started.id, started.method = number, self._things.ids[number], _method(process)
            try:
                original(process)
            except BaseException:
                self._say_end(number, None)
                raise
            finally:
                started.number = 0
            self._see_started(process, number)
            return None

        return start

    def _declare(self, process: Any, frame: Any) -> int:
        kind, me = getattr(process, KIND, "process"), self._journal.me() or self._own.main
        id_ = self._things.id_of("process")
        number = self._things.declare_other(process.name, kind, id_, frame, me, bool(process.daemon))
        setattr(process, NUMBER, number)
        self._journal.note_of(me, Kind.START, number, self._things.places.place_of(frame))
        return number

    def _see_started(self, process: Any, number: int) -> None:
        process._popen.__dict__[NUMBER] = number
        pid = process.pid or 0
        self._journal.send(ProcessSeen(originals.monotonic_ns(), number, pid, originals.getpid(), _method(process)))

    def _say_end(self, number: int, status: Optional[int]) -> None:
        self._journal.send(ProcessEnded(originals.monotonic_ns(), number, status))

    def _make_poll(self, original: Any) -> Any:
        def poll(popen: Any, *args: Any, **kwargs: Any) -> Optional[int]:
            known = popen.__dict__.get("returncode")
            status: Optional[int] = original(popen, *args, **kwargs)
            number = popen.__dict__.get(NUMBER, 0)
            if number and known is None and status is not None:
                self._say_end(number, status)
            return status

        return poll

    def _make_join(self, original: Any) -> Any:
        def join(process: Any, timeout: Optional[float] = None) -> None:
            number = getattr(process, NUMBER, 0)
            if not number or process._popen is None or process._popen.poll() is not None:
                return original(process, timeout)  # type: ignore[no-any-return]
            waits = self._waits

            waits.begin(number, originals.getframe(1), timeout, lambda: ((), True))  # a process ends by itself
            ended = False
            try:
                original(process, timeout)
                ended = process._popen is None or process._popen.returncode is not None
            finally:
                waits.end(number, ended)
            return None

        return join

    # the child

    def _make_bootstrap(self, original: Any) -> Any:
        def _bootstrap(process: Any, *args: Any, **kwargs: Any) -> Any:
            if self._journal.on and hasattr(process, NUMBER):
                self._watch_error(original.__code__)
            status = original(process, *args, **kwargs)
            if self._journal.on:
                self._own.end(status_of(status))
                self._journal.send_out()
            return status

        return _bootstrap

    def _watch_error(self, bootstrap: Any) -> None:
        """Say the exception that ends it, where multiprocessing prints it: no frame of ours is on its way there."""
        if self._watches_error:  # inherited by a child's child
            return
        self._watches_error = True

        def make(original: Any) -> Any:
            def print_exc(*args: Any, **kwargs: Any) -> None:
                frame = originals.getframe(1)
                if frame is not None and frame.f_code is bootstrap:
                    strip_all(sys.exc_info()[1])
                    self._say_error(*sys.exc_info())
                original(*args, **kwargs)

            return print_exc

        patch(traceback, "print_exc", make)

    def _say_error(self, type_: Any, error: Any, tb: Any) -> None:
        place = tb.tb_next if tb is not None else None
        self._journal.send(describe_error(self._things.places, self._own.main, type_, error, place))


def _method(process: Any) -> str:
    """How a process is started: a context's own Process says so, the plain one asks the default context."""
    method = getattr(type(process), "_start_method", None)
    if method:
        return str(method)
    from multiprocessing import get_start_method

    return str(get_start_method())
