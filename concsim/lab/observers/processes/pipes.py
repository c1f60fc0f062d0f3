"""``multiprocessing.Pipe``: what is sent at one end and received at the other."""

from __future__ import annotations

from typing import Any, Tuple

from concsim.lab.observers.processes.processes import called_by_program
from concsim.lab.observers.threads.threads import NUMBER
from concsim.lab.patching.methods import patch
from concsim.lab.program.texts import Texts, short_text
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code

NAMED_ITEMS = 20_000
OUT = "_concsim_out"
"""On an end of a pipe: the number of the way on which it sends; ``NUMBER`` is the way on which it receives."""


class PipeObserver:
    """Patches connections in place, and how they are sent to other processes. A duplex pipe is two ways."""

    modules = {"multiprocessing.connection": "_patch_module"}

    def __init__(self, things: Things, waits: Waits, texts: Texts) -> None:
        self._things, self._waits, self._texts = things, waits, texts
        self._journal, self._note = things.journal, things.journal.note
        self._named = 0

    def _patch_module(self, module: Any) -> None:
        patch(module, "Pipe", self._make_pipe)
        patch(module.Connection, "send", self._make_send)
        patch(module.Connection, "recv", self._make_recv)
        patch(module, "reduce_connection", self._make_reduce)
        module.reduction.register(module.Connection, module.reduce_connection)

    def _make_pipe(self, original: Any) -> Any:
        def Pipe(duplex: bool = True) -> Tuple[Any, Any]:
            first, second = original(duplex)
            frame = originals.getframe(1)
            if called_by_program(self._things.places, frame) and not self._things.is_full():
                names = self._things.places.name_at(frame, "pipe").strip("()").split(", ")
                self._mark(second, first, frame, names[0])
                if duplex:
                    self._mark(first, second, frame, names[-1])
            return first, second

        return Pipe

    def _mark(self, sender: Any, receiver: Any, frame: Any, name: str) -> None:
        """One way of the pipe is called after the end at which it comes out."""
        number = self._things.declare("pipe", frame, name=name)
        sender.__dict__[OUT] = receiver.__dict__[NUMBER] = number

    def _make_send(self, original: Any) -> Any:
        def send(one: Any, obj: Any) -> None:
            original(one, obj)
            self._moved(Kind.PUT, one.__dict__.get(OUT, 0), originals.getframe(1), obj)

        return send

    def _make_recv(self, original: Any) -> Any:
        def recv(one: Any) -> Any:
            number = one.__dict__.get(NUMBER, 0)
            if not number or not self._journal.on:
                return original(one)
            frame = originals.getframe(1)
            if _has_something(one):
                obj = original(one)
            else:
                obj = self._waits.outside(number, frame, None, lambda: original(one))
            self._moved(Kind.GET, number, frame, obj)
            return obj

        return recv

    def _moved(self, kind: Kind, number: int, frame: Any, obj: Any) -> None:
        if not number or not self._journal.on:
            return
        self._note(pack_code(kind, number), self._things.places.place_of(frame), -1)
        if self._named < NAMED_ITEMS:
            self._named += 1
            text = self._texts.number_of_text(short_text(obj))
            if text:
                self._note(pack_code(Kind.ITEM, number), 0, text if kind == Kind.PUT else -text)

    def _make_reduce(self, original: Any) -> Any:
        def reduce_connection(one: Any) -> Any:
            """The numbers go along as attributes: whoever is not of the run can read it all the same."""
            numbers = {name: one.__dict__[name] for name in (NUMBER, OUT) if name in one.__dict__}
            reduced = original(one)
            return (*reduced, numbers) if numbers and len(reduced) == 2 else reduced

        return reduce_connection


def _has_something(one: Any) -> bool:
    """Whether receiving would not wait, as far as one can tell: the end of the other side counts as something."""
    try:
        return bool(one.poll(0))
    except (OSError, EOFError):
        return True
