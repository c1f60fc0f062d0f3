"""gevent: greenlets spawned, the hub and what it waits for, patched modules, a hub that is kept from going on.

Switches are seen by the trace of greenlets. Here is what that cannot see: where a greenlet was spawned and what it is
called, who sleeps and until when, and when the hub has nothing to do but wait.
"""

from __future__ import annotations

from typing import Any, Callable

from concsim.lab.observers.coroutines.coroutines import Coroutines
from concsim.lab.observers.coroutines.green_locks import observe_green_locks
from concsim.lab.observers.coroutines.greenlets import GreenletObserver
from concsim.lab.observers.threads.threads import NUMBER
from concsim.lab.patching.methods import patch
from concsim.lab.patching.substitutes import offer, stand_in
from concsim.lab.program.unnoticed import in_class
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code


class GeventObserver:
    """Patches what is Python in gevent, and offers the program's files a Greenlet that says where it was made."""

    modules = {"gevent.hub": "_patch_hub", "gevent": "_patch_gevent", "gevent.monkey": "_patch_monkey"}
    nature = {"gevent": ("coroutines", "hub")}

    def __init__(self, coroutines: Coroutines, greenlets: GreenletObserver, waits: Waits) -> None:
        self._all, self._greenlets, self._waits = coroutines, greenlets, waits
        self._things, self._journal = coroutines.things, coroutines.journal

    def _patch_monkey(self, module: Any) -> None:
        patch(module, "patch_all", self._make_patch_all)

    def _patch_hub(self, module: Any) -> None:
        self._greenlets.kind_of_hub = module.Hub
        patch(module, "sleep", self._make_sleep)
        patch(module.Hub, "run", self._make_run)

    def _make_sleep(self, original: Any) -> Any:
        def sleep(seconds: float = 0, ref: bool = True) -> Any:
            if self._journal.me() and isinstance(seconds, (int, float)) and seconds > 0:
                self._waits.sleep(originals.getframe(1), seconds)
            return original(seconds, ref)

        return sleep

    def _make_run(self, original: Any) -> Any:
        """The hub's own loop begins: watch it go to wait and come back, which is what its loop's watchers are for."""

        def run(hub: Any) -> Any:
            self._watch_loop(hub)
            return original(hub)

        return run

    def _watch_loop(self, hub: Any) -> None:
        idle, woken = pack_code(Kind.WAIT, 0), pack_code(Kind.WAKE, 0)
        number = hub.__dict__.get(NUMBER, 0)
        if not number:
            return
        before, after = hub.loop.prepare(ref=False, priority=-2), hub.loop.check(ref=False, priority=2)

        def noter(code: int, value: float) -> Callable[[], None]:
            kind = code & 63

            def note() -> None:
                if self._all.left > 0:
                    self._journal.note_of(number, kind, 0, 0, value)

            return note

        before.start(noter(idle, -1))
        after.start(noter(woken, 1))
        self._kept = getattr(self, "_kept", [])
        self._kept += [before, after]
        loop = hub.loop
        self._all.faults.hubs.append(lambda call: loop.run_callback_threadsafe(call))

    def _patch_gevent(self, module: Any) -> None:
        observed = self._make_class(module.Greenlet)
        names = {"Greenlet": observed, "spawn": observed.spawn, "spawn_later": observed.spawn_later}
        offer(module, self._things.places, names)
        import gevent.greenlet

        offer(gevent.greenlet, self._things.places, {"Greenlet": observed})

    def _make_class(self, plain: Any) -> Any:
        everything, greenlets = self._all, self._greenlets

        class Observed(plain):  # type: ignore[misc]
            def __init__(self, /, *args: Any, **kwargs: Any) -> None:
                plain.__init__(self, *args, **kwargs)
                run = args[0] if args else kwargs.get("run")
                function = run if run is not None else in_class(type(self), "_run")
                greenlets.declare(self, everything.things.places.own_frame(originals.getframe(1)), function)

            def __setattr__(self, name: str, value: Any) -> None:
                plain.__setattr__(self, name, value)
                if name == "name" and type(value) is str and greenlets.number_of(self):
                    everything.declare("greenlet", value, None, again=greenlets.number_of(self))

        return stand_in(plain, Observed)

    def _make_patch_all(self, original: Any) -> Any:
        def patch_all(*args: Any, **kwargs: Any) -> Any:
            result = original(*args, **kwargs)
            observe_green_locks(self._things, self._waits)
            return result

        return patch_all
