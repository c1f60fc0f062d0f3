"""``greenlet``: created, switched from and to with what value, ended; also the greenlets of gevent.

The C class is never replaced: subclasses of it, gevent's in C among them, must stay subclasses. The program's own files
get, when they ask the module for it, a subclass that says where it was made; everything else is seen by greenlet's own
trace function. Past a budget switches are counted only.
"""

from __future__ import annotations

from typing import Any, Dict

from concsim.lab.observers.coroutines.coroutines import Coroutines
from concsim.lab.observers.threads.threads import NUMBER
from concsim.lab.patching.substitutes import offer, stand_in
from concsim.lab.program.unnoticed import called, in_class, is_kind, slot_of
from concsim.lab.wire import originals
from concsim.model.events import Kind

VALUES_SHOWN = 5_000
MADE_BY_THREADS = ("_bootstrap", "__bootstrap")


class GreenletObserver:
    """Traces the switches of every thread that has greenlets."""

    modules = {"greenlet": "_patch_module"}
    nature = {"greenlet": ("coroutines",)}
    kinds = {"greenlet": "g", "hub": "h"}

    def __init__(self, coroutines: Coroutines) -> None:
        self._all = coroutines
        self._things, self._journal, self._texts = coroutines.things, coroutines.journal, coroutines.texts
        self._greenlet: Any = None
        self._class: Any = None
        self._names_of: Any = None
        """Gives a greenlet's ``__dict__``, whatever its class says about attributes."""
        self._values = VALUES_SHOWN
        self._sent = 0
        self._last: Dict[int, int] = {}
        self.kind_of_hub: Any = None

    def _patch_module(self, module: Any) -> None:
        if self._greenlet is not None:
            return
        self._greenlet, self._names_of = module, module.greenlet.__dict__["__dict__"].__get__
        self._is_dead, self._frame_of = (module.greenlet.__dict__[name].__get__ for name in ("dead", "gr_frame"))
        self._offered = self._make_class(module.greenlet)
        offer(module, self._things.places, {"greenlet": self._offered})
        self._things.on_begin.append(self._adopt_thread)
        self._adopt_thread(self._journal.me())

    def _adopt_thread(self, number: int) -> None:
        """The calling thread, or gevent's idea of one, has begun: its greenlet is this actor."""
        self._names_of(self._greenlet.getcurrent())[NUMBER] = number
        self._last[originals.get_ident()] = number
        self._greenlet.settrace(self._make_trace())

    def _make_class(self, plain: Any) -> Any:
        observer = self

        class Observed(plain):  # type: ignore[misc]
            def __init__(self, /, *args: Any, **kwargs: Any) -> None:
                plain.__init__(self, *args, **kwargs)
                run = args[0] if args else kwargs.get("run")
                observer.declare(self, originals.getframe(1), run if run is not None else in_class(type(self), "run"))

            def switch(self, /, *args: Any, **kwargs: Any) -> Any:
                observer.send(args, kwargs)
                return plain.switch(self, *args, **kwargs)

        self._class = Observed
        return stand_in(plain, Observed)

    def declare(self, one: Any, frame: Any, run: Any, kind: str = "greenlet") -> int:
        """Show a new greenlet."""
        if originals.get_ident() not in self._last:  # a thread older than the module: no other could set its trace
            self._adopt_thread(self._journal.me())
        number = self._all.declare(kind, self._all.name_of(frame, kind, run), frame)
        self._names_of(one)[NUMBER] = number
        return number

    def number_of(self, one: Any) -> int:
        """The number of a greenlet, 0 if it has none."""
        return self._names_of(one).get(NUMBER, 0)  # type: ignore[no-any-return]

    def send(self, args: Any, kwargs: Any) -> None:
        """A value is about to cross with the next switch; after many of them the method is the plain one again."""
        self._values -= 1
        if self._values < 0:
            try:
                del self._class.switch
            except AttributeError:
                pass
            return
        value = args[0] if len(args) == 1 and not kwargs else args or kwargs or None
        self._sent = self._texts.number_of(value)

    # the trace

    def _make_trace(self) -> Any:
        everything, step, ended, actors = self._all, self._step, self._ended, self._journal.actors
        is_dead, offered = self._is_dead, self._offered
        get_ident = originals.get_ident

        def trace(event: str, args: Any) -> None:
            if everything.left > 0:
                everything.left -= 1
                step(args[0], args[1])
                return
            if not everything.skipped:
                actors.pop(get_ident(), None)  # nobody can tell who it is until switches are recorded again
            everything.skipped += 1
            one = args[0]
            # who is true is alive, which is quicker to ask; of a class of the program's own, which may answer otherwise, it is not
            if not (type(one) is offered and one) and is_dead(one):
                ended(one)

        return trace

    def _ended(self, one: Any) -> None:
        """Ends are never left out: what has ended does not come again."""
        number = self.number_of(one)
        if number:
            self._journal.note_of(number, Kind.END)

    def _step(self, origin: Any, target: Any) -> None:
        ident, sent, self._sent = originals.get_ident(), self._sent, 0
        source = self.number_of(origin) or self._see(origin)
        number = self.number_of(target) or self._see(target)
        last, self._last[ident] = self._last.get(ident, source), number
        frame: Any = self._frame_of(origin)
        place = self._things.places.place_of(frame) if frame is not None else 0
        if source != last and last:
            source, place = last, 0  # between them, switches were counted only
        if self._is_dead(origin):  # also where this is the first switch that is recorded again
            self._ended(origin)
        if not number or not source:
            self._journal.actors[ident] = number
            return
        self._all.hand_over(Kind.SWITCH, source, number, place, sent)

    def _see(self, one: Any) -> int:
        """A greenlet that was not made by the program's own call of the class: gevent's, or a library's."""
        if self.kind_of_hub is not None and is_kind(one, self.kind_of_hub):
            number = self._all.declare("hub", "hub", None, self._all.own.main)
            self._all.hubs[originals.get_ident()] = number
        else:
            name = called(self._run_of(one))
            if name in MADE_BY_THREADS:
                return 0  # a thread, after monkey.patch_all(): it will say who it is when it begins
            number = self._all.declare("greenlet", name or "greenlet", None)
        self._names_of(one)[NUMBER] = number
        return number

    def _run_of(self, one: Any) -> Any:
        """What a greenlet runs, None if that cannot be told."""
        for name in ("_run", "run"):
            own = self._names_of(one).get(name)
            found = own if own is not None else slot_of(one, name)
            if found is None:
                found = in_class(type(one), name)
            if called(found):
                return found
        return None
