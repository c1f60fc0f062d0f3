"""``subprocess``: a command is a box with a process id and an exit status; nothing inside it is seen."""

from __future__ import annotations

import os
from typing import Any, Callable, Optional

from concsim.lab.observers.threads.threads import NUMBER
from concsim.lab.patching.methods import patch
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.running.own_process import OwnProcess
from concsim.lab.wire import originals
from concsim.model.events import Kind, ProcessEnded, ProcessSeen, pack_code

LONGEST = 200


class CommandObserver:
    """Patches Popen in place."""

    modules = {"subprocess": "_patch_module"}
    kinds = {"command": "c"}
    nature = {"subprocess": ("parallel", "processes")}

    def __init__(self, own: OwnProcess, things: Things, waits: Waits) -> None:
        self._own, self._things, self._waits, self._journal = own, things, waits, things.journal

    def _patch_module(self, module: Any) -> None:
        self._files = (module.__file__, os.__file__)
        patch(module.Popen, "__init__", self._make_init)
        patch(module.Popen, "wait", self._make_wait)
        patch(module.Popen, "communicate", self._make_communicate)
        if hasattr(module.Popen, "_handle_exitstatus"):
            patch(module.Popen, "_handle_exitstatus", self._make_handle)

    def _make_init(self, original: Any) -> Any:
        def __init__(popen: Any, *args: Any, **kwargs: Any) -> None:
            frame = originals.getframe(1)
            own = self._things.places.is_called_by_program(frame, self._files)
            self._own.has_children = True
            original(popen, *args, **kwargs)
            if own and self._journal.on:
                self._declare(popen, frame)

        return __init__

    def _declare(self, popen: Any, frame: Any) -> None:
        things, journal = self._things, self._journal
        words = _words_of(popen.args)
        name = os.path.basename(words.split()[0]) if words.split() else "command"
        number = things.declare_other(name, "command", things.id_of("command"), frame, journal.me())
        setattr(popen, NUMBER, number)
        journal.note(pack_code(Kind.START, number), things.places.place_of(frame))
        seen = ProcessSeen(originals.monotonic_ns(), number, popen.pid, originals.getpid(), "command", words[:LONGEST])
        journal.send(seen)
        journal.note_of(number, Kind.BEGIN)

    def _make_wait(self, original: Any) -> Any:
        def wait(popen: Any, timeout: Optional[float] = None) -> Any:
            return self._wait_for(popen, originals.getframe(1), timeout, lambda: original(popen, timeout))

        return wait

    def _make_communicate(self, original: Any) -> Any:
        def communicate(popen: Any, input: Any = None, timeout: Optional[float] = None) -> Any:
            return self._wait_for(popen, originals.getframe(1), timeout, lambda: original(popen, input, timeout))

        return communicate

    def _wait_for(self, popen: Any, frame: Any, timeout: Optional[float], call: Callable[[], Any]) -> Any:
        """A command ends by itself; nobody else can be seen to keep it from that."""
        number, waits = getattr(popen, NUMBER, 0), self._waits
        if not number or self._journal.me() in waits.pending or popen.returncode is not None:
            return call()
        return waits.outside(number, frame, timeout, call)

    def _make_handle(self, original: Any) -> Any:
        def _handle_exitstatus(popen: Any, *args: Any, **kwargs: Any) -> Any:
            result = original(popen, *args, **kwargs)
            number = getattr(popen, NUMBER, 0)
            if number and popen.returncode is not None:
                record = ProcessEnded(originals.monotonic_ns(), number, popen.returncode)
                self._journal.send(record)
            return result

        return _handle_exitstatus


def _words_of(args: Any) -> str:
    """A command as it would be typed: one word or several, as texts, bytes or paths."""
    try:
        return os.fsdecode(args) if isinstance(args, (str, bytes, os.PathLike)) else " ".join(map(os.fsdecode, args))
    except Exception:  # it has started all the same
        return "command"
