"""The world of one stepped program: its actors, its virtual time, and the turn that goes from one to the next.

Everything happens in one OS thread. Whoever is at a visible operation asks the scheduler in line and switches straight
to the greenlet of the chosen. The root greenlet is entered only when an actor has ended or nobody can go on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import greenlet

from concsim.engine.actor import Aborted, Actor, Halt, Scheduler
from concsim.engine.hooks.operations import FLUSH_STEPS, Clock, Operations
from concsim.engine.instrument.site import Site
from concsim.engine.recorder import Recorder
from concsim.model.events import ALONE, STEP_NS, ActorDeclared, Kind
from concsim.model.interpreters import GilPlaces

if TYPE_CHECKING:
    from concsim.engine.spinning import Spinning

NEVER = 1 << 62
Choose = Callable[[list[Actor], "Actor | None"], "Actor | Halt"]
EPOCH = 1_700_000_000.0
"""What the virtual ``time.time()`` shows at the start."""


class World(Operations):
    """Actors and the turn. `time` counts steps in units of `STEP_NS`; `clock` is the virtual time in seconds."""

    __slots__ = (
        "_closing",
        "_scheduler",
        "actors",
        "changed",
        "choose",
        "ending",
        "free_threaded",
        "going",
        "halted",
        "left",
        "numbers",
        "on_change",
        "on_forget",
        "on_hush",
        "places",
        "returning",
        "root",
        "show",
        "sites",
        "spinning",
        "starting",
        "threads",
        "unseen",
    )  # fmt: skip
    # slots: with so many attributes an instance dictionary is slow to look in, and every step looks

    def __init__(self, recorder: Recorder, places: GilPlaces | None = None) -> None:
        self.recorder = recorder
        self.log = recorder.extend
        self.clock_thing = Clock()
        self.names: dict[int, str] = {}
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
        self._scheduler: Choose = _stay
        self.choose: Choose = _stay
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

    # actors

    def new_actor(self, name: str, daemon: bool, run: Callable[[], None], place: int = 0, number: int = 0) -> Actor:
        """A new actor that will run *run*; "main" is the first, then t1, t2 …"""
        parent = self.current.number if self.current is not None else 0
        kind, id_ = ("thread", f"t{self.threads}") if self.threads else ("main", "main")
        self.threads += 1
        actor = Actor(number or self.new_number(), id_, name, daemon)
        actor.glet = greenlet.greenlet(run, self.root)
        actor.switch = actor.glet.switch
        self.actors.append(actor)
        self.ready.append(actor)
        self.going += not daemon
        self.names[actor.number] = name
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

    # the turn

    def turn(self, actor: Actor) -> None:
        """Let somebody go; comes back when *actor* has been chosen."""
        if not self.ready and not self.late:
            self.root.switch()  # nobody can go on: the root knows what that means
        else:
            chosen = self.choose(self.ready, actor)
            if chosen.blocked:
                chosen = self.settle(chosen)
            if chosen is not actor:
                self.current = chosen  # type: ignore[assignment]
                chosen.switch()  # type: ignore[union-attr]
        if self.time >= self.due:
            self.tick()

    def settle(self, chosen: Actor | Halt) -> Actor:
        """What a choice of somebody who cannot go on by himself means: time comes to the end of his wait, or all ends."""
        if isinstance(chosen, Halt):
            self.halt(chosen)
            raise AssertionError("an execution that was ended went on")
        self.let_time_pass(chosen)
        return chosen

    def hush(self, on: bool) -> None:
        """Let no step be taken and nobody else go, or let them again: for what belongs to one operation."""
        was_quiet = bool(self.quiet)
        self.quiet += 1 if on else -1
        self._adapt(was_quiet)

    def begin_lap(self, loop: tuple[int, int]) -> None:
        """The current actor begins a round of a loop that only looks: from now on it is followed what is read and written."""
        if not self.quiet and self.spinning.lap(loop) and self.spinning.asked is None:
            self.spinning.asked = self._scheduler
            self._adapt(bool(self.quiet))

    def _adapt(self, was_quiet: bool) -> None:
        """The one place where it follows from what is going on who decides, and whether operations are steps."""
        if self.ending:
            self.choose = _refuse
        elif self.quiet:
            self.choose = _stay
        elif self.returning is not None:
            self.choose = self._return
        elif self.spinning is not None and self.spinning.asked is not None:
            self.choose = self.spinning.choose
        else:
            self.choose = self._scheduler
        if bool(self.quiet) != was_quiet:
            self.on_hush(not was_quiet)

    def _return(self, ready: list[Actor], current: Actor | None) -> Actor:
        assert self.returning is not None
        return self.returning

    def take_turn(self, actor: Actor) -> None:
        """`turn` where the interpreter model has a say: under a GIL only after a place that lets go."""
        if self.quiet:
            return
        if self.free_threaded or actor.let_go:
            actor.let_go = False
            self.turn(actor)
        else:
            self.turn_alone(actor)

    def let_nobody_in_after_enter(self) -> None:
        """``with`` has entered a manager in C: up to 3.13 that is no place where the interpreter lets go."""
        if self.places is not None and not self.places.after_enter:
            self.current.let_go = False

    def turn_alone(self, actor: Actor) -> None:
        """A step at which nobody else can get in; a scheduler that counts steps is asked all the same."""
        if self.returning is None:
            self.recorder.row(self.time, actor.number, Kind.READY, ALONE)
            chosen = self.choose([actor], actor)
            if chosen.blocked:
                self.settle(chosen)
        if self.time >= self.due:
            self.tick()

    # the execution

    def run(self, main: Callable[[], None], scheduler: Scheduler) -> None:
        """Run to the end of all actors, *scheduler* deciding. Raises `Halt` if it ends otherwise: "deadlock", "limit", …"""
        self.root = greenlet.getcurrent()
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

    def halt(self, halt: Halt) -> None:
        """End the execution, wherever it is. Not raised in an actor, whose program might catch it."""
        if greenlet.getcurrent() is self.root:
            raise halt
        self.halted = halt
        self.root.switch()

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


def _stay(ready: list[Actor], current: Actor | None) -> Actor:
    assert current is not None
    return current


def _refuse(ready: list[Actor], current: Actor | None) -> Actor:
    raise Aborted
