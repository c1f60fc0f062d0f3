"""The world of one stepped program: its actors, its virtual time, and the turn that goes from one to the next.

Everything happens in one OS thread. Whoever is at a visible operation asks the scheduler in line and switches straight
to the greenlet of the chosen. The root greenlet is entered only when an actor has ended or nobody can go on.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable
from typing import Any

import greenlet

from concsim.engine.actor import Aborted, Actor, Awaited, Halt, Scheduler
from concsim.engine.instrument.site import Site
from concsim.engine.recorder import Recorder
from concsim.model.events import OPERATION_SPAN, OPERATIONS, STEP_NS, ActorDeclared, Kind, pack_code

STEP_SECONDS = 1e-6
"""How much virtual time a step takes."""
FLUSH_STEPS = 4096
NEVER = 1 << 62
OPERATION_NUMBER = {word: number for number, word in enumerate(OPERATIONS)}
EPOCH = 1_700_000_000.0
"""What the virtual ``time.time()`` shows at the start."""


class Clock:
    """What sleepers wait for."""

    number = 0
    silent = False

    def __init__(self) -> None:
        self.contenders: list[Actor] = []


class World:
    """Actors and the turn. `time` counts steps in units of `STEP_NS`; `clock` is the virtual time in seconds."""

    __slots__ = (
        "_loud", "actors", "changed", "choose", "clock_thing", "current", "due", "ending", "free_threaded",
        "halted", "late", "limit", "log", "names", "numbers", "on_block", "on_change", "on_forget",
        "on_unblock", "passed", "quiet", "ready", "recorder", "returning", "root", "show", "site_here",
        "sites", "threads", "time",
    )  # fmt: skip
    # slots: with so many attributes an instance dictionary is slow to look in, and every step looks

    def __init__(self, recorder: Recorder, free_threaded: bool = True) -> None:
        self.recorder = recorder
        self.log = recorder.extend
        self.clock_thing = Clock()
        self.names: dict[int, str] = {}
        self.free_threaded = free_threaded
        self.sites: list[Site] = []
        self.show: Callable[[Any], str] = repr
        self.site_here: Callable[[], Site | None] = lambda: None
        self.on_block: Callable[[Actor], None] = lambda actor: None
        self.on_unblock: Callable[[Actor], None] = lambda actor: None
        self.on_change: Callable[[], None] | None = None
        """Told at the next operation after one that changed an object or a container."""
        self.changed = False
        self.on_forget: list[Callable[[], None]] = []
        self.limit = NEVER
        self.choose: Callable[[list[Actor], Actor | None], Actor] = _stay
        """The scheduler's choice, asked for directly: it is asked at every step."""
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
        self.due = FLUSH_STEPS * STEP_NS
        self.passed = 0.0
        self.numbers = 0
        self.threads = 0
        self.quiet = 0
        self.ending = False
        self.returning: Actor | None = None
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

    @property
    def clock(self) -> float:
        """The virtual time in seconds since the start."""
        return self.passed + self.time / STEP_NS * STEP_SECONDS

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
        self.names[actor.number] = name
        self.recorder.send(ActorDeclared(self.time, actor.number, id_, name, kind, parent, place, daemon))
        return actor

    def begin(self, actor: Actor) -> None:
        """Run a new actor up to its first visible operation, and come back: its begin is part of its first step."""
        starter, choose = self.current, self.choose
        self.recorder.row(self.time, actor.number, Kind.BEGIN)
        self.choose = lambda ready, current: starter
        self.current, self.returning = actor, starter
        try:
            actor.switch()
        finally:
            self.choose, self.returning = choose, None
            self.current = starter
        if not actor.ended and not actor.blocked:  # that it waits or sleeps was noted as it began to
            self.recorder.row(self.time, actor.number, Kind.READY)

    def _awaited(self, actor: Actor) -> int:
        return actor.awaits.number if actor.blocked and actor.awaits is not None else 0

    def end(self, actor: Actor) -> None:
        """An actor's function has returned or raised."""
        actor.ended = True
        if actor in self.ready:
            self.ready.remove(actor)
        self.recorder.row(self.time, actor.number, Kind.END)

    # the turn

    def turn(self, actor: Actor) -> None:
        """Let somebody go; comes back when *actor* has been chosen."""
        if not self.ready and not self.late:
            self.root.switch()  # nobody can go on: the root knows what that means
        else:
            chosen = self.choose(self.ready, actor)
            if chosen is not actor:
                self.current = chosen
                chosen.switch()
        if self.time >= self.due:
            self.tick()

    def hush(self, on: bool) -> None:
        """Let no step be taken and nobody else go, or let them again: for what belongs to one operation."""
        self.quiet += 1 if on else -1
        if on and self.quiet == 1:
            self._loud, self.choose = self.choose, _stay
        elif not self.quiet:
            self.choose = self._loud

    def take_turn(self, actor: Actor) -> None:
        """`turn` where the interpreter model has a say: under a GIL only after a place that lets go."""
        if self.quiet:
            return
        if self.free_threaded or actor.let_go:
            actor.let_go = False
            self.turn(actor)
        else:
            self.turn_alone(actor)

    def turn_alone(self, actor: Actor) -> None:
        """A step at which nobody else can get in; a scheduler that counts steps is asked all the same."""
        if self.returning is None:
            self.choose([actor], actor)
        if self.time >= self.due:
            self.tick()

    def visible(
        self, operation: str, thing: Awaited, can: Callable[[Actor], bool] | None = None,
        timeout: float | None = None, text: str = "", doing: Callable[[], None] | None = None,
    ) -> bool:  # fmt: skip
        """Be at an operation on *thing*, done when this returns. Waits for *can*; False if the time was up first.

        *doing* is called when it is being done, before its step is recorded.
        """
        actor = self.current
        if thing.silent and (can is None or can(actor)):
            return True
        actor.operation, actor.target, actor.text = operation, thing.number, text
        actor.site = self.site_here()
        actor.let_go = False
        if can is None:
            if not self.quiet:
                self.turn(actor)
            done = True
        else:
            done = self._wait(actor, thing, can, timeout)
        actor.operation, actor.target = operation, thing.number  # a finalizer may have had operations of its own
        self.take_step(actor, text if done or operation == "sleep" else "timeout", doing)
        actor.let_go = True
        return done

    def _wait(self, actor: Actor, thing: Awaited, can: Callable[[Actor], bool], timeout: float | None) -> bool:
        before = actor.awaits, actor.can, actor.deadline
        actor.awaits, actor.can = thing, can
        if timeout is not None:
            actor.deadline = self.clock + timeout
        thing.contenders.append(actor)
        try:
            if not can(actor):
                self.block(actor)
            if not self.quiet or actor.blocked:
                self.turn(actor)
            return can(actor)
        finally:
            if actor.blocked:
                self.unblock(actor)
            thing.contenders.remove(actor)
            actor.awaits, actor.can, actor.deadline = before

    def take_step(self, actor: Actor, text: str = "", doing: Callable[[], None] | None = None) -> None:
        """Record the step of an operation of a primitive."""
        self.time += 0 if self.quiet else STEP_NS
        if doing is not None:
            doing()
        if self.quiet:
            actor.operation = ""
            return
        value = OPERATION_NUMBER[actor.operation] + OPERATION_SPAN * self.recorder.text(text)
        place = actor.site.place if actor.site is not None else 0
        self.log((self.time, actor.number, pack_code(Kind.DO, actor.target), place, value))
        actor.operation, actor.target, actor.text = "", 0, ""

    def tell(self, text: str) -> None:
        """What the step just taken has brought, known only now."""
        if not self.quiet:
            self.recorder.amend(OPERATION_SPAN * self.recorder.text(text))

    # who can go on

    def block(self, actor: Actor) -> None:
        """It cannot go on by itself."""
        actor.blocked = True
        self.ready.remove(actor)
        if actor.awaits is not None and actor.awaits.silent:
            actor.awaits.surface()  # type: ignore[attr-defined]  # only primitives are silent
        if actor.deadline is not None:
            self.late.append(actor)
            self._set_due()
        timeout = -1.0 if actor.deadline is None else actor.deadline - self.clock
        kind = Kind.SLEEP if actor.awaits is self.clock_thing else Kind.WAIT
        self.recorder.row(self.time, actor.number, kind, self._awaited(actor), 0, timeout)
        self.on_block(actor)

    def sleep(self, seconds: float) -> None:
        """Be asleep until the clock has gone on so far."""
        self.visible("sleep", self.clock_thing, lambda actor: seconds <= 0, seconds, f"{seconds:g} s")

    def unblock(self, actor: Actor) -> None:
        """It can go on."""
        actor.blocked = False
        bisect.insort(self.ready, actor, key=lambda one: one.number)
        if actor in self.late:
            self.late.remove(actor)
        self.recorder.row(self.time, actor.number, Kind.READY)
        self.on_unblock(actor)

    def refresh(self, thing: Awaited) -> None:
        """*thing* has changed: those at an operation on it can, or cannot, go on."""
        for actor in thing.contenders:
            if actor is self.current or actor.can is None:
                continue
            can = actor.can(actor)
            if can == actor.blocked:
                (self.unblock if can else self.block)(actor)

    # time

    def let_time_pass(self, actor: Actor) -> None:
        """Let the clock reach the end of *actor*'s wait, and of all shorter ones."""
        if actor.deadline is not None:
            self.passed += max(actor.deadline - self.clock, 0.0)
        self.wake_sleepers()

    def wake_sleepers(self) -> None:
        """Those whose time has come can go on."""
        now = self.clock + STEP_SECONDS / 2
        for actor in [one for one in self.late if one.deadline is not None and one.deadline <= now]:
            self.unblock(actor)
        self._set_due()

    def _set_due(self) -> None:
        due = self.time + FLUSH_STEPS * STEP_NS
        if self.late:
            left = min(one.deadline or 0.0 for one in self.late) - self.clock
            due = min(due, self.time + max(int(left / STEP_SECONDS), 1) * STEP_NS)
        self.due = min(due, max(self.limit, self.time))

    def tick(self) -> None:
        """Now and then: hand the log on, wake sleepers, keep the limit."""
        if self.time >= self.limit:
            self.halt(Halt("limit"))
        self.recorder.flush()
        self.wake_sleepers()

    # the execution

    def run(self, main: Callable[[], None], scheduler: Scheduler) -> None:
        """Run to the end of all actors, *scheduler* deciding. Raises `Halt` if it ends otherwise: "deadlock", "limit", …"""
        self.root = greenlet.getcurrent()
        chosen: Actor | None = self.new_actor("MainThread", False, main)
        scheduler.attach(self)
        self.choose = scheduler.choose
        self.recorder.row(0, chosen.number, Kind.BEGIN)  # type: ignore[union-attr]
        try:
            while chosen is not None:
                self.current = chosen
                chosen.switch()
                if self.halted is not None:
                    raise self.halted
                chosen = self._next()
        finally:
            self.recorder.flush()

    def _next(self) -> Actor | None:
        if self.returning is not None:
            return self.returning
        if all(one.ended or one.daemon for one in self.actors):
            return None
        if not self.ready and not self.late:
            raise Halt("deadlock")
        return self.choose(self.ready, None)

    def halt(self, halt: Halt) -> None:
        """End the execution, wherever it is. Not raised in an actor, whose program might catch it."""
        if greenlet.getcurrent() is self.root:
            raise halt
        self.halted = halt
        self.root.switch()

    def abandon(self) -> None:
        """Unwind what is left of an execution. No operation of it is carried out any more."""
        self.ending = True
        self.choose = _refuse
        self.recorder.on, was = False, self.recorder.on
        for actor in self.actors:
            for _ in range(3):
                if actor.ended or not actor.glet:
                    break
                try:
                    actor.glet.throw(Aborted)
                except BaseException:  # whatever its last words are, nobody hears them
                    pass
        self.recorder.reset()
        self.recorder.on = was


def _stay(ready: list[Actor], current: Actor | None) -> Actor:
    assert current is not None
    return current


def _refuse(ready: list[Actor], current: Actor | None) -> Actor:
    raise Aborted
