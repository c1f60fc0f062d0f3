"""Managers: the process that holds the shared objects, and the queues that others reach through it."""

from __future__ import annotations

from queue import Empty
from typing import Any, Optional

from concsim.lab.observers.processes.processes import ProcessObserver, called_by_program
from concsim.lab.observers.threads.threads import NUMBER
from concsim.lab.patching.methods import patch
from concsim.lab.program.texts import Texts, short_text
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code

QUEUES = ("Queue", "JoinableQueue")
MOVES = {"put": Kind.PUT, "put_nowait": Kind.PUT, "get": Kind.GET, "get_nowait": Kind.GET}


class ManagerObserver:
    """Patches managers and their proxies in place. A proxy's number travels with it."""

    modules = {"multiprocessing.managers": "_patch_module"}

    def __init__(self, processes: ProcessObserver, things: Things, waits: Waits, texts: Texts) -> None:
        self._processes, self._things, self._waits, self._texts = processes, things, waits, texts
        self._journal, self._note, self._places = things.journal, things.journal.note, things.places

    def _patch_module(self, module: Any) -> None:
        patch(module.BaseManager, "start", self._make_start)
        patch(module.Server, "serve_forever", self._make_serve)
        patch(module.BaseProxy, "__init__", self._make_init)
        patch(module.BaseProxy, "__reduce__", self._make_reduce)
        patch(module.BaseProxy, "_callmethod", self._make_call)

    def _make_start(self, original: Any) -> Any:
        def start(manager: Any, *args: Any, **kwargs: Any) -> Any:
            own = called_by_program(self._places, originals.getframe(1))
            before, self._processes.adopting = self._processes.adopting, "manager" if own else ""
            try:
                return original(manager, *args, **kwargs)
            finally:
                self._processes.adopting = before

        return start

    def _make_serve(self, original: Any) -> Any:
        def serve_forever(server: Any) -> Any:
            """A manager's process does nothing by itself: threads of the library's answer those who ask it."""
            return self._waits.outside(0, None, None, lambda: original(server))

        return serve_forever

    def _make_init(self, original: Any) -> Any:
        def __init__(proxy: Any, token: Any, *args: Any, **kwargs: Any) -> None:
            original(proxy, token, *args, **kwargs)
            frame = originals.getframe(1)
            made_here = kwargs.get("manager") is not None
            if made_here and token.typeid in QUEUES and called_by_program(self._places, frame):
                proxy.__dict__[NUMBER] = self._things.declare("manager queue", frame)

        return __init__

    def _make_reduce(self, original: Any) -> Any:
        def __reduce__(proxy: Any) -> Any:
            """The number goes along as an attribute: whoever is not of the run can read it all the same."""
            number, reduced = proxy.__dict__.get(NUMBER, 0), original(proxy)
            return (*reduced, {NUMBER: number}) if number and len(reduced) == 2 else reduced

        return __reduce__

    def _make_call(self, original: Any) -> Any:
        def _callmethod(proxy: Any, methodname: str, args: Any = (), kwds: Any = None) -> Any:
            kwds = {} if kwds is None else kwds
            number = proxy.__dict__.get(NUMBER, 0)
            if not number or methodname not in MOVES or not self._journal.on:
                return original(proxy, methodname, args, kwds)
            kind, frame = MOVES[methodname], originals.getframe(2)
            if methodname == "get" and _may_wait(args, kwds):
                result = self._get(proxy, number, frame, original, args, kwds)
            else:
                result = original(proxy, methodname, args, kwds)
            self._moved(kind, number, frame, args[0] if kind == Kind.PUT and args else result)
            return result

        return _callmethod

    def _get(self, proxy: Any, number: int, frame: Any, original: Any, args: Any, kwds: Any) -> Any:
        try:
            return original(proxy, "get", (False,))
        except Empty:
            pass
        timeout = args[1] if len(args) > 1 else kwds.get("timeout")
        return self._waits.outside(number, frame, timeout, lambda: original(proxy, "get", args, kwds))

    def _moved(self, kind: Kind, number: int, frame: Optional[Any], obj: Any) -> None:
        self._note(pack_code(kind, number), self._places.place_of(frame), -1)
        text = self._texts.number_of_text(short_text(obj))
        if text:
            self._note(pack_code(Kind.ITEM, number), 0, text if kind == Kind.PUT else -text)


def _may_wait(args: Any, kwds: Any) -> bool:
    """Whether a call of a queue's ``get`` is one that waits where there is nothing."""
    return len(args) <= 2 and bool(args[0] if args else kwds.get("block", True))
