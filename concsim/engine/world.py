"""The world of one stepped program: its actors, its virtual time, and the turn that goes from one to the next.

Everything happens in one OS thread. Whoever is at a visible operation asks the scheduler in line and switches straight
to the greenlet of the chosen. The root greenlet is entered only when an actor has ended or nobody can go on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import greenlet

from concsim.engine.actor import Aborted, Actor, Halt, Scheduler
from concsim.engine.hooks.operations import FLUSH_STEPS, Clock
from concsim.engine.instrument.site import Site
from concsim.engine.parking import Parking
from concsim.engine.recorder import Recorder
from concsim.engine.turns import Choose, Turns, stay
from concsim.model.events import STEP_NS, ActorDeclared, Kind
from concsim.model.interpreters import GilPlaces

if TYPE_CHECKING:
    from concsim.engine.spinning import Spinning

Lasting = tuple[str, "int | str"]
"""A name that lasts: an actor's path, and as the how-manieth of its things it was made (negative: first come to); a module's global."""
NEVER = 1 << 62
EPOCH = 1_700_000_000.0
"""What the virtual ``time.time()`` shows at the start."""


class World(Turns):
    """Actors and the turn. `time` counts steps in units of `STEP_NS`; `clock` is the virtual time in seconds."""

    __slots__ = (
        "_closing",
        "actors",
        "changed",
        "going",
        "lasting",
        "left",
        "numbers",
        "on_change",
        "on_forget",
        "parking",
        "show",
        "sites",
        "starting",
        "threads",
        "unseen",
    )  # fmt: skip
    # slots: with so many attributes an instance dictionary is slow to look in, and every step looks

    def __init__(self, recorder: Recorder, places: GilPlaces | None = None) -> None:
        self.recorder = recorder
        self.log = recorder.extend
        recorder.hush = self.hush
        self.clock_thing = Clock()
        self.parking = Parking()
        self.names: dict[int, str] = {}
        self.lasting: dict[int, Lasting] = {}
        """The names that things have in every equivalent execution, by number, or by address where they have none."""
        self.places, self.free_threaded = places, places is None
        self.sites: list[Site] = []
        self.show: Callable[[Any], str] = repr
        self.site_here: Callable[[], Site | None] = lambda: None
        self.on_block: Callable[[Actor], None] = lambda actor: None
        self.on_unblock: Callable[[Actor], None] = lambda actor: None
        self.on_hush: Callable[[bool], None] = lambda on: None
        """Told when operations cease to be steps, and when they are again."""
        self.on_change: Callable[[], None] | None = None
        """Told at the next operation after one that changed an object or a container."""
        self.changed = False
        self.on_forget: list[Callable[[], None]] = []
        self.limit = NEVER
        self._scheduler: Choose = stay
        self.choose: Choose = stay
        """Whoever decides now, asked directly, for it is asked at every step; see `_adapt`."""
        self.quiet = 0
        self.spinning: Spinning = None  # type: ignore[assignment]
        """Made with the variables, which need a world."""
        self.unseen: dict[tuple[str, int], str] = {}
        """What was not seen into, by file and line: of this and of earlier executions."""
        self.left: dict[str, int] = {}
        """What an execution has left in a library or the process, and at which line."""
        self.clear()

    def clear(self) -> None:
        """Begin another execution."""
        self.actors: list[Actor] = []
        self.ready: list[Actor] = []
        self.late: list[Actor] = []
        """Actors whose wait has an end: they can be chosen if time is let pass."""
        self.current: Actor = None  # type: ignore[assignment]
        self.root: Any = None
        self.time = 0
        self.due = min(FLUSH_STEPS * STEP_NS, self.limit)
        self.passed = 0.0
        self.early = 0
        """Waits whose time was let come to its end while others could have gone on."""
        self.numbers = 0
        self.threads = 0
        was_quiet, self.quiet = bool(self.quiet), 0
        self._closing = self.ending = False
        self.returning: Actor | None = None
        self.starting: Actor | None = None
        self.going = 0
        """Actors that have not ended, daemons not counted."""
        self._adapt(was_quiet)
        self.halted: Halt | None = None
        self.names.clear()
        self.lasting.clear()
        self.clock_thing.contenders.clear()
        for site in self.sites:
            site.code = 0
        for forget in self.on_forget:
            forget()

    @property
    def step(self) -> int:
        """How many steps were taken."""
        return self.time // STEP_NS

    def new_number(self) -> int:
        """The next number for an actor, object or variable."""
        self.numbers += 1
        return self.numbers

    def note_made(self, number: int) -> None:
        """The current actor has made a thing: who, and as the how-manieth of its own, is the same in every equivalent execution."""
        maker = self.current
        if maker is None:  # before main began
            self.lasting[number] = "", number
        else:
            maker.made += 1
            self.lasting[number] = maker.path, maker.made

    def note_met(self, address: int) -> None:
        """The same of what nobody was seen to make: the current actor is the first that came to it."""
        comer = self.current
        comer.met += 1
        self.lasting[address] = comer.path, -comer.met

    # actors

    def is_one_left(self) -> bool:
        """Whether there is nobody beside the current actor."""
        return all(one.ended or one is self.current for one in self.actors)

    def new_actor(self, name: str, daemon: bool, run: Callable[[], None], place: int = 0, number: int = 0) -> Actor:
        """A new actor that will run *run*; "main" is the first, then t1, t2 …"""
        starter = self.current
        parent, path = (0, "main") if starter is None else (starter.number, starter.path_of_next())
        kind, id_ = ("thread", f"t{self.threads}") if self.threads else ("main", "main")
        self.threads += 1
        actor = Actor(number or self.new_number(), id_, name, daemon, path)
        actor.glet = self.parking.take(run)
        actor.switch = actor.glet.switch
        self.actors.append(actor)
        self.ready.append(actor)
        self.going += not daemon
        self.names[actor.number] = name
        self.lasting.setdefault(actor.number, (path, 0))
        self.recorder.send(ActorDeclared(self.time, actor.number, id_, name, kind, parent, place, daemon))
        return actor

    def begin(self, actor: Actor) -> None:
        """Run a new actor up to its first visible operation, and come back: its begin is part of its first step."""
        starter, before = self.current, self.returning
        self.recorder.row(self.time, actor.number, Kind.BEGIN)
        self.current, self.returning = actor, starter
        self._adapt(bool(self.quiet))
        try:
            # begun by the root: a greenlet is as deep as the one that begins it, and each may begin the next
            self.starting = actor
            self.root.switch()
        finally:
            self.current, self.returning = starter, before
            self._adapt(bool(self.quiet))
        if not actor.ended and not actor.blocked:  # that it waits or sleeps was noted as it began to
            self.recorder.row(self.time, actor.number, Kind.READY)

    def end(self, actor: Actor) -> None:
        """An actor's function has returned or raised. What its frames leave behind may still run code: in silence."""
        self.going -= not (actor.daemon or actor.ended)
        actor.ended = self._closing = True
        self.hush(True)
        if actor in self.ready:
            self.ready.remove(actor)
        self.recorder.row(self.time, actor.number, Kind.END)

    def _close(self) -> None:
        """The greenlet of an actor that has ended is gone."""
        if self._closing:
            self._closing = False
            self.hush(False)
            self.spinning.wake_all()

    # the execution

    def run(self, main: Callable[[], None], scheduler: Scheduler) -> None:
        """Run to the end of all actors, *scheduler* deciding. Raises `Halt` if it ends otherwise: "deadlock", "limit", …"""
        self.root = greenlet.getcurrent()
        self.parking.open(self.root)
        chosen: Actor | None = self.new_actor("MainThread", False, main)
        scheduler.attach(self)
        self._scheduler = scheduler.choose
        self._adapt(bool(self.quiet))
        self.recorder.row(0, chosen.number, Kind.BEGIN)  # type: ignore[union-attr]
        try:
            while chosen is not None:
                self.current = chosen
                chosen.switch()
                self._begin_waiting()
                if self.halted is not None:
                    raise self.halted
                chosen = self._next()
        finally:
            self.parking.close()
            self.recorder.flush()

    def _begin_waiting(self) -> None:
        """Begin whoever is to begin: whoever comes back here has ended, can't go on, or begins another."""
        self._close()
        while self.starting is not None:
            actor, self.starting = self.starting, None
            actor.switch()
            self._close()

    def _next(self) -> Actor | None:
        if self.returning is not None:
            return self.returning
        if not self.going:
            return None
        if not self.ready and not self.late:
            raise Halt("livelock" if any(map(self.spinning.spins, self.actors)) else "deadlock")
        chosen = self.choose(self.ready, None)
        return self.settle(chosen) if chosen.blocked else chosen  # type: ignore[return-value]

    def abandon(self) -> None:
        """Unwind what is left of an execution. No operation of it is carried out any more."""
        self.ending = True
        self._adapt(bool(self.quiet))
        self.recorder.on, was = False, self.recorder.on
        for actor in self.actors:
            for _ in range(3):
                if actor.ended or not actor.glet:
                    break
                try:
                    actor.glet.throw(Aborted)
                except BaseException:  # whatever its last words are, nobody hears them
                    pass
                self._close()
        self.recorder.reset()
        self.recorder.on = was
