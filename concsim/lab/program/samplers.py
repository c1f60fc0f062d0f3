"""What is looked at now and then: watched globals, each thread's line, the holders of hot locks.

One raw thread, invisible to ``threading.enumerate()``, about sixty times a second as far as the GIL lets it, and never
for more than a twentieth of the time. Watched globals are also looked at by the program's own threads when they give a
lock back, so a chart of a value guarded by a lock is exact.
"""

from __future__ import annotations

import json
from collections import Counter, OrderedDict, defaultdict, deque
from typing import Any, Callable, Dict, List, Optional, Tuple

from concsim.lab.observers.threads.locks import LockObserver, owner_of
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import Kind, Sampled, WatchSeen, pack_code

PERIOD = 0.016
SHARE = 20
LONGEST_REST = 0.1
COOLING = 60
LONGEST_TEXT = 2_000
UNCHANGEABLE = (int, float, bool)
CONTAINERS = frozenset({list, tuple, dict, set, frozenset, range, deque, defaultdict, OrderedDict, Counter})
SHOWN = CONTAINERS | {int, float, bool, str, bytes, complex, type(None)}
"""What is shown by its own text; other objects by their type, for their ``repr`` is the person's code."""
LARGEST = 1 << 63
TEXT_PERIOD = 250_000_000
LONG = 500
"""A container with more items is not written out at every line of a run recorded by line."""


def plain_value(value: Any) -> Any:
    """What stands in memory shared between processes: a Value's number, an Array's items; anything else as it is.

    Its lock is not taken: looking makes nobody wait.
    """
    if type(value).__module__ != "multiprocessing.sharedctypes":
        return value
    shared = value.get_obj() if hasattr(value, "get_obj") else value
    return shared.value if hasattr(shared, "value") and not isinstance(shared.value, bytes) else list(shared)


def _number_of(value: Any) -> Optional[float]:
    """What a chart draws of a value: a number as it is, a container's length. No code of the person's is run for it."""
    try:
        for base in (float, int):
            if issubclass(type(value), base):
                return base.__float__(value)  # a subclass may have one of the person's
        return float(len(value)) if type(value) in CONTAINERS else None
    except Exception:  # a number too large for a float
        return None


def _sum_of(value: Any) -> Optional[float]:
    if type(value) not in CONTAINERS:
        return _number_of(value)
    try:
        return float(sum(value.values() if isinstance(value, dict) else value))
    except Exception:
        return None


def _json_of(value: Any) -> Tuple[Any, bool]:
    try:
        text = json.dumps(value, allow_nan=False)
        if len(text) > 64 * LONGEST_TEXT:
            return None, False
        return json.loads(text), True
    except Exception:
        if isinstance(value, (set, frozenset)) or type(value).__name__ == "deque":
            try:
                return _json_of(sorted(value) if isinstance(value, (set, frozenset)) else list(value))
            except Exception:
                return None, False
        return None, False


class Watch:
    """One watched global. `summed`: its chart draws the sum of its items."""

    __slots__ = ("code", "last", "name", "said", "said_at", "seen", "summed")

    def __init__(self, name: str, number: int, summed: bool) -> None:
        self.name, self.summed = name, summed
        self.code = pack_code(Kind.VALUE, number)
        self.last: Optional[float] = None
        self.seen: Any = None
        self.said: Optional[str] = None
        self.said_at = 0


class Sampler:
    """Looks at globals, lines and holders."""

    def __init__(self, things: Things, waits: Waits, locks: LockObserver, names: Dict[str, bool]) -> None:
        self._things, self._waits, self._locks = things, waits, locks
        self._journal = things.journal
        self._names = names
        self.watches: List[Watch] = [self._make_watch(name) for name in names]
        self.globals: Dict[str, Any] = {}
        self._lines: Dict[int, int] = {}
        self._owners: Dict[int, int] = {}
        self.on_tick: List[Callable[[], None]] = []
        """Called once a tick, on the sampler's thread."""
        self.text_period, self.long_text_period = TEXT_PERIOD, TEXT_PERIOD
        """How long, by the clock in force, a global's text is not said again; and that of a long container."""
        self._ticks = 0
        self._rest = PERIOD
        self._has_noted = False
        self._gate = originals.allocate_lock()
        self._done = originals.allocate_lock()
        self._running = False
        self.native = 0
        """Its thread, to the system."""

    def _make_watch(self, name: str) -> Watch:
        return Watch(name, self._things.declare("watch", None, name=name), self._names[name])

    def restart(self) -> None:
        """Begin anew in a forked child: its globals are its own."""
        for watch in self.watches:
            watch.__init__(watch.name, self._things.declare("watch", None, name=watch.name), watch.summed)  # type: ignore[misc]
        self._lines.clear()
        self._owners.clear()
        self._gate, self._done = originals.allocate_lock(), originals.allocate_lock()
        self._running = False
        self._rest = PERIOD

    def look(self) -> None:
        """Note each watched global whose number has changed."""
        values = self.globals
        now, extend, actor_of = originals.monotonic_ns, self._journal.rows.extend, self._journal.actors.get
        for watch in self.watches:
            value = values.get(watch.name)
            if value is watch.seen:
                continue
            value = plain_value(value)
            # a container is the same object with other contents: only what cannot change is passed over next time
            if type(value) in UNCHANGEABLE:
                watch.seen = value
                number = value if -LARGEST < value < LARGEST else None  # type: ignore[operator]
            else:
                watch.seen, number = None, _sum_of(value) if watch.summed else _number_of(value)
            if number is not None and number != watch.last:
                watch.last = number
                extend((now(), actor_of(originals.get_ident(), 0), watch.code, 0, number))

    def look_at_text(self, now: int, final: bool = False) -> None:
        """Say a watched global's text when it has changed, now and then; always at the end."""
        for watch in self.watches:
            if watch.name not in self.globals:
                continue
            value = plain_value(self.globals[watch.name])
            is_long = type(value) in CONTAINERS and len(value) > LONG
            if not final and now - watch.said_at < (self.long_text_period if is_long else self.text_period):
                continue
            try:
                text = (repr(value) if type(value) in SHOWN else object.__repr__(value))[:LONGEST_TEXT]
            except Exception as error:  # a person's __repr__ may do anything
                text = "<%s>" % type(error).__name__
            if text != watch.said or final:
                watch.said, watch.said_at = text, now
                data, is_json = _json_of(value)
                identity, kind = id(value), type(value).__name__
                process = self._things.process
                self._journal.send(WatchSeen(now, watch.name, text, data, is_json, identity, kind, process))

    def look_at_lines(self) -> None:
        """Note where each thread is, if that has changed."""
        actors, place_of = self._journal.actors, self._things.places.place_of
        for ident, frame in originals.current_frames().items():
            actor = actors.get(ident)
            if actor:
                place = place_of(frame)
                if place and self._lines.get(actor) != place:
                    self._lines[actor] = place
                    self._journal.note_of(actor, Kind.LINE, 0, place)

    def look_at_holders(self) -> None:
        """Note who holds the hot locks; every second see whether they are still hot."""
        hot = list(self._locks.hot.items())
        for number, lock in hot:
            if number not in self._locks.said:
                self._locks.said[number] = True
                self._journal.send(Sampled(originals.monotonic_ns(), number, True))
            owner = owner_of(lock)[1]
            if self._owners.get(number) != owner:
                self._owners[number] = owner
                self._journal.note_of(owner, Kind.OWNER, number, 0, owner)
        self._ticks += 1
        if self._ticks % COOLING == 0:
            for lock in self._locks.cool():
                number, owner = owner_of(lock)
                self._owners.pop(number, None)
                self._journal.note_of(owner, Kind.OWNER, number, 0, owner)

    def tick(self) -> None:
        """One look at everything."""
        self.look()
        self.look_at_lines()
        self.look_at_holders()
        self.look_at_text(originals.monotonic_ns())
        self._waits.refresh()
        for act in self.on_tick:
            act()
        self._has_noted = bool(self._journal.rows)
        self._journal.flush()

    # the raw thread

    def start(self) -> None:
        """Begin looking."""
        self._gate.acquire(False)
        self._done.acquire(False)
        self._running = True
        originals.start_new_thread(self._run, ())

    def stop(self) -> None:
        """Stop looking and wait until the thread is gone (before a fork, and at the end)."""
        if self._running:
            self._running = False
            self._gate.release()
            self._done.acquire(True, 2.0)

    def _run(self) -> None:
        self.native = originals.get_native_id()
        pause = PERIOD
        while not self._gate.acquire(True, pause) and self._running:
            pause = self.tick_and_rest()
        self._done.release()

    def tick_and_rest(self) -> float:
        """One look at everything, and for how many seconds to rest after it.

        What counts is what the look itself computed: while it waits for the GIL the program goes on.
        """
        used, noted = originals.thread_time(), len(self._journal.rows)
        try:
            self.tick()
        except Exception:  # the program may change what is looked at while it is looked at
            pass
        spent = originals.thread_time() - used
        return max(self._next_rest(noted > 0 or self._has_noted), min(spent * SHARE, 1.0))

    def _next_rest(self, busy: bool) -> float:
        """A child process in which nothing happens is looked at less and less often: there may be hundreds of it."""
        if not self._things.process or busy:
            self._rest = PERIOD
        else:
            self._rest = min(self._rest * 1.5, LONGEST_REST)
        return self._rest
