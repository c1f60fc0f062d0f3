"""All that observes one process: the journal, the observers of the libraries, the sampler."""

from __future__ import annotations

import os
import sys
import threading
from typing import Any, Callable, Dict, List, Mapping

from concsim.lab.observers.threads.locks import LockObserver
from concsim.lab.observers.threads.observed_lock import connect_quick_path
from concsim.lab.observers.threads.probing import probing
from concsim.lab.observers.threads.sleeping import observe_sleep
from concsim.lab.patching.hooks import retire_hooks
from concsim.lab.patching.on_import import ImportWatch
from concsim.lab.program import touched
from concsim.lab.program.places import Places
from concsim.lab.program.samplers import Sampler
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits, signals_may_wake
from concsim.lab.running.auditing import Hooks
from concsim.lab.running.interrupts import Interrupts
from concsim.lab.running.last_output import make_writer
from concsim.lab.running.shown_errors import ShownErrors
from concsim.lab.running.streams import leave_streams_to_me, observe_streams
from concsim.lab.wire import originals
from concsim.lab.wire.channel import Channel
from concsim.lab.wire.journal import Journal
from concsim.lab.wire.numbers import Numbers
from concsim.lab.wire.own_descriptors import spare
from concsim.model.own_work import on_behalf


class Observing:
    """Watches the process it is made in, once `patch` has been called."""

    def __init__(
        self, channel: Channel, spec: Mapping[str, Any], path: str, names: Dict[str, Any], silent: bool = False
    ) -> None:
        self.journal = Journal(channel)
        if silent:
            self.journal.silence()
        self.things = Things(self.journal, Places(self.journal, path))
        self.things.handed = set(spec.get("handed", ()))
        self.waits = Waits(self.things)
        self.waits.unseen = self._unseen
        self.locks = LockObserver(self.things, self.waits)
        self.sampler = Sampler(self.things, self.waits, self.locks, spec.get("watch", {}))
        self.sampler.globals = names
        look = self.sampler.look if self.sampler.watches else None
        probing.connect(self.things, self.waits, look)
        connect_quick_path(self.things, look)
        self.journal.on_busy = self.locks.heat
        watched = list(spec.get("watch", {}))
        self.things.reach = lambda thread: touched.reached(thread, self.sampler.globals, watched)
        self.flush_streams, self._streams = observe_streams(self.things)
        self.at_end: List[Callable[[], None]] = []
        """What lets go of the program's module, so that what it holds goes when it would go without us."""
        self.imports = ImportWatch()
        self.has_children = False
        self._raw_threads = False

    def patch(self) -> None:
        """Be in the way of what is no library's: hooks, signals, errors, sleeps, imports."""
        Hooks().patch()
        Interrupts().patch()
        shown = ShownErrors()
        shown.install()
        self.at_end.append(shown.remove)
        observe_sleep(self.things, self.waits)
        spare()
        self._count_raw_threads()
        self.imports.install()

    def _count_raw_threads(self) -> None:
        """A thread started below `threading` is not shown, and may wake anybody."""
        import _thread

        @on_behalf
        def start_new_thread(*args: Any, **kwargs: Any) -> Any:
            self._raw_threads = True
            return originals.start_new_thread(*args, **kwargs)

        _thread.start_new_thread = _thread.start_new = start_new_thread  # type: ignore[attr-defined]

    def _unseen(self) -> bool:
        """Whether anything that is not shown may still act: another process of the run counts as such."""
        if self._raw_threads or self.things.process or signals_may_wake() or (self.has_children and _children_live()):
            return True
        known = {id(thread) for thread in list(self.things.alive.values())}
        active = [*threading._active.values(), *threading._limbo.values()]  # type: ignore[attr-defined]
        return any(id(thread) not in known and not _has_ended(thread) for thread in active)

    def restart(self, channel: Channel, numbers: Numbers, process: int) -> None:
        """Begin anew in a forked child, of which *process* is the number."""
        self.journal.restart(channel, numbers)
        self.things.restart(process)
        self.waits.restart()
        self.things.places.say_files()
        self.sampler.restart()
        self.has_children = self._raw_threads = False
        for stream in self._streams:
            stream.late, stream.owner = None, 0

    def look_once_more(self) -> None:
        """At the end of the program's own code: what its globals and locks have come to."""
        self.sampler.look()
        self.sampler.look_at_holders()
        self.sampler.look_at_text(originals.monotonic_ns(), final=True)
        for act in self.sampler.on_tick:
            act()

    def set_global(self, name: str, value: Any) -> None:
        """A live parameter was moved."""
        self.sampler.globals[name] = value

    def last_words(self, seconds: float) -> None:
        """All that was said goes out; after it, only what is printed while the interpreter takes itself apart."""
        self.flush_streams()
        channel = self.journal.channel
        if self.journal.on:
            leave_streams_to_me(self._streams)
        self.journal.send_out()
        channel.drain(seconds)
        if self.journal.on and not channel.closed:
            for stream in self._streams:
                stream.late = make_writer(channel, stream.stream, self.journal.me())
        self.journal.on = False
        self.sampler.globals = {}
        self.flush_streams = lambda: None  # what is still in a stream goes out when the interpreter lets go of it
        for let_go in self.at_end:
            let_go()
        retire_hooks()


def _has_ended(thread: Any) -> bool:
    return not thread.is_alive() and thread._started.is_set()


def _children_live() -> bool:
    """Whether this process has children; where the system does not say, it may."""
    try:
        for task in os.listdir("/proc/self/task"):
            with open("/proc/self/task/%s/children" % task, "rb") as file:
                if file.read():
                    return True
    except OSError:
        return True
    return False


def set_switch_interval(spec: Mapping[str, Any]) -> None:
    """As the person chose it."""
    if spec.get("switch_interval"):
        sys.setswitchinterval(spec["switch_interval"])
