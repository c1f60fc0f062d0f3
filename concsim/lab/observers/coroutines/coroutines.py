"""What the observers of greenlets, generators and tasks share: declaring them, noting who hands the thread to whom."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Tuple

from concsim.lab.program.samplers import Sampler
from concsim.lab.program.texts import Texts
from concsim.lab.program.things import Things
from concsim.lab.program.unnoticed import called
from concsim.lab.running.faults import Faults
from concsim.lab.running.own_process import OwnProcess
from concsim.lab.wire import originals
from concsim.model.events import ActorDeclared, Aggregated, FrameSeen, Kind, Remark

MOST_ACTORS = 40_000
ROWS_A_TICK = 600
"""How many hand-overs are recorded in a tick of the sampler; what is more is counted."""
LONG = 100_000_000
"""A hub or loop that cannot go on for so long, in nanoseconds, is blocked."""


class Coroutines:
    """One process's greenlets, generators and tasks."""

    def __init__(self, own: OwnProcess, things: Things, texts: Texts, sampler: Sampler, faults: Faults) -> None:
        self.own, self.things, self.journal, self.texts = own, things, things.journal, texts
        self.sampler, self.faults = sampler, faults
        self.left = ROWS_A_TICK
        self.skipped = 0
        self._since = 0
        self._made = 0
        self._origins: Dict[int, Tuple[int, int]] = {}
        self.hubs: Dict[int, int] = {}
        """The hub or loop of each thread, by the thread's identity."""
        self.on_tick: List[Callable[[], None]] = []
        self.on_send: Callable[[int, Any], None] = lambda caller, frame: None
        """Called with who is about to be suspended, for it advances a generator, and the frame in which it does."""
        self._blocked: Dict[int, int] = {}
        self._moved_at: Dict[int, int] = {}
        sampler.on_tick.append(self._tick)
        self.things.on_block.append(self.block)
        faults.block_hub = self.block_hub
        own.at_restart.append(self._restart)

    def _restart(self) -> None:
        """Begin anew in a forked child."""
        self.hubs.clear()
        self._blocked.clear()
        self._moved_at.clear()

    def declare(self, kind: str, name: str, frame: Any, parent: int = 0, again: int = 0) -> int:
        """The number of a new actor of a kind; with *again*, a better name for that one. 0 when there are too many."""
        if again:
            id_, number = self.things.ids[again], again
            parent, place = self._origins.get(again, (parent, 0))
        else:
            parent, place = parent or self.journal.me(), self.things.places.place_of(frame)
            if self._made >= MOST_ACTORS:
                if self._made == MOST_ACTORS:
                    self._made += 1
                    self.journal.send(Remark(originals.monotonic_ns(), "too_many_actors", {"count": MOST_ACTORS}))
                return 0
            self._made += 1
            id_, number = self.things.id_of(kind), self.journal.new_number()
            self._origins[number] = parent, place
        self.things.ids[number], self.things.names[number] = id_, name
        now = originals.monotonic_ns()
        self.journal.send(ActorDeclared(now, number, id_, name, kind, parent, place, process=self.things.process))
        return number

    def name_of(self, frame: Any, kind: str, function: Any) -> str:
        """What the program calls it: what it is assigned to, else the function that it runs."""
        name = self.things.places.name_at(frame, kind)
        if " at line " in name or name == kind:
            return called(function) or name
        return name

    # hand-overs

    def hand_over(self, kind: Kind, source: int, target: int, place: int, text: int) -> None:
        """Note that *source* gave the thread to *target*, which is the calling thread's actor from now on."""
        ident = originals.get_ident()
        self.journal.actors[ident] = target
        self._moved_at[ident] = originals.monotonic_ns()
        if ident in self._blocked:
            self._unblock(ident)
        self.journal.note_of(source, kind, target, place, text)
        if self._moved_at[ident] >= self.journal.due:
            self.journal.flush()

    def block(self, seconds: float) -> None:
        """The calling actor is about to keep its thread, and with it the hub, for so long."""
        ident = originals.get_ident()
        hub, me = self.hubs.get(ident, 0), self.journal.me()
        if hub and me and me != hub and ident not in self._blocked and seconds * 1e9 >= LONG / 10:
            self._blocked[ident] = me
            now = originals.monotonic_ns()
            self.journal.note_of(me, Kind.BLOCKED, hub, 0, max(now - self._moved_at.get(ident, now), 1))

    def block_hub(self, seconds: float) -> None:
        """Called in a hub or loop: keep it from going on for so long."""
        hub = self.hubs.get(originals.get_ident(), 0)
        self.journal.note_of(hub, Kind.BLOCKED, hub, 0, 1)
        self.journal.flush()
        originals.sleep(seconds)
        self.journal.note_of(hub, Kind.BLOCKED, hub, 0, 0)

    def _unblock(self, ident: int) -> None:
        me, hub = self._blocked.pop(ident, 0), self.hubs.get(ident, 0)
        if me and hub:
            self.journal.note_of(me, Kind.BLOCKED, hub, 0, 0)

    def _tick(self) -> None:
        """From the sampler: give room for more rows, say what was counted, see whether a hub is kept from going on."""
        self.left = ROWS_A_TICK
        now = originals.monotonic_ns()
        if self.skipped:
            count, self.skipped = self.skipped, 0
            self.journal.send(Aggregated(self._since or now, now, count))
        self._since = now
        for act in self.on_tick:
            act()
        for ident, hub in list(self.hubs.items()):
            self._look_at_hub(ident, hub, now)

    def _look_at_hub(self, ident: int, hub: int, now: int) -> None:
        """Say who keeps a hub from going on, if somebody does for long."""
        moved, me = self._moved_at.get(ident, now), self.journal.actors.get(ident, 0)
        if not me or me == hub or now - moved <= LONG or ident in self._blocked:
            return
        self.journal.note_of(me, Kind.BLOCKED, hub, 0, now - moved)
        self._blocked[ident] = me
        if self._moved_at.get(ident, now) != moved:  # it went on meanwhile, and saw nothing to take back
            self._unblock(ident)

    # frames

    def say_frame(self, actor: int, frame: Any, values: Dict[str, str], depth: int = 0, at: Optional[int] = None) -> None:
        """Where an actor's innermost own function stands; *at* is its place where the frame does not tell."""
        place = self.things.places.place_of(frame) if at is None else at
        name = frame.f_code.co_name
        self.journal.send(FrameSeen(originals.monotonic_ns(), actor, name, place, values, depth))
