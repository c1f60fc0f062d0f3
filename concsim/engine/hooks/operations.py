"""Being at a visible operation: waiting until it can be done, and recording it as a step. Waiting costs no real time."""

from __future__ import annotations

import bisect
from collections.abc import Callable
from typing import Any

from concsim.engine.actor import Actor, Awaited, Halt, Untouched
from concsim.engine.instrument.site import Site
from concsim.engine.recorder import Recorder
from concsim.model.events import OPERATION_SPAN, OPERATIONS, STEP_NS, TIME_UP, TIME_UP_EARLY, Kind, pack_code

STEP_SECONDS = 1e-6
"""How much virtual time a step takes."""
FLUSH_STEPS = 4096
LONGEST_TIMEOUT = float(1 << 52)
"""Seconds; a row's value is a number of 53 bits."""
OPERATION_NUMBER = {word: number for number, word in enumerate(OPERATIONS)}


class Clock(Untouched):
    """What sleepers wait for."""

    number = 0
    _concsim_looks = frozenset({"sleep"})
    silent = in_c = False

    def __init__(self) -> None:
        self.contenders: list[Actor] = []


class Operations:
    """The half of the world that primitives use. A thing's *contenders* are the actors at an operation on it."""

    __slots__ = (
        "clock_thing",
        "current",
        "due",
        "early",
        "late",
        "limit",
        "log",
        "names",
        "on_block",
        "on_unblock",
        "passed",
        "quiet",
        "ready",
        "recorder",
        "site_here",
        "time",
    )  # fmt: skip

    recorder: Recorder
    log: Callable[[tuple[Any, ...]], None]
    clock_thing: Clock
    names: dict[int, str]
    ready: list[Actor]
    late: list[Actor]
    current: Actor
    time: int
    due: int
    limit: int
    passed: float
    early: int
    quiet: int
    site_here: Callable[[], Site | None]
    on_block: Callable[[Actor], None]
    on_unblock: Callable[[Actor], None]

    @property
    def clock(self) -> float:
        """The virtual time in seconds since the start."""
        return self.passed + self.time / STEP_NS * STEP_SECONDS

    def turn(self, actor: Actor) -> None:
        """Let somebody go; comes back when *actor* has been chosen."""
        raise NotImplementedError

    def take_turn(self, actor: Actor) -> None:
        """The same where the interpreter model has a say."""
        raise NotImplementedError

    def halt(self, halt: Halt) -> None:
        """End the execution."""
        raise NotImplementedError

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
        actor.operation, actor.thing, actor.target, actor.text = operation, thing, thing.number, text
        if self.recorder.on:  # else nobody is told where it was
            actor.site = self.site_here()
        if can is None:
            if not self.quiet:
                self._arrive(actor, thing)
            done = True
        else:
            done = self._wait(actor, thing, can, timeout)
        actor.operation, actor.thing, actor.target = operation, thing, thing.number  # a finalizer may have had operations of its own
        self.take_step(actor, text if done or operation == "sleep" else self._time_up(actor), doing)
        actor.let_go = True
        return done

    def _wait(self, actor: Actor, thing: Awaited, can: Callable[[Actor], bool], timeout: float | None) -> bool:
        before = actor.awaits, actor.can, actor.deadline
        actor.awaits, actor.can, actor.hurried = thing, can, False
        if timeout is not None:
            actor.deadline = self.clock + timeout
        thing.contenders.append(actor)
        try:
            if not can(actor):
                self._check_may_wait(actor, thing)
                self.block(actor)
            if actor.blocked:
                self.turn(actor)
            elif not self.quiet:
                self._arrive(actor, thing)
            return can(actor)
        finally:
            if actor.blocked:
                self.unblock(actor)
            thing.contenders.remove(actor)
            actor.awaits, actor.can, actor.deadline = before

    def _time_up(self, actor: Actor) -> str:
        """What is said of a wait whose time was up first."""
        if not actor.hurried:
            return TIME_UP
        self.early += not self.quiet
        return TIME_UP_EARLY

    def _arrive(self, actor: Actor, thing: Awaited) -> None:
        """Be at an operation that need not wait: what is written in C lets nobody in where it is called."""
        if thing.in_c:
            self.take_turn(actor)
        else:
            actor.let_go = False
            self.turn(actor)

    def _check_may_wait(self, actor: Actor, thing: Awaited) -> None:
        """Raises `RuntimeError` where nobody else could be let go: inside an operation, in a finalizer after the end."""
        if self.quiet or actor.ended:
            raise RuntimeError(f"stepping cannot wait for {self.names.get(thing.number, 'this')} here")

    def take_step(self, actor: Actor, text: str = "", doing: Callable[[], None] | None = None) -> None:
        """Record the step of an operation of a primitive."""
        self.time += 0 if self.quiet else STEP_NS
        if doing is not None:
            doing()
        actor.thing = None
        if self.quiet:
            actor.operation = ""
            return
        if self.recorder.on:
            value = OPERATION_NUMBER[actor.operation] + OPERATION_SPAN * self.recorder.text(text)
            place = actor.site.place if actor.site is not None else 0
            self.log((self.time, actor.number, pack_code(Kind.DO, actor.target), place, value))
        actor.operation, actor.target, actor.text = "", 0, ""

    def tell(self, text: str) -> None:
        """What the step just taken has brought, known only now."""
        if not self.quiet:
            self.recorder.amend(self.time, self.current.number, OPERATION_SPAN * self.recorder.text(text))

    def retell(self, before: str, text: str) -> None:
        """The step just taken, said to have brought *before*, has brought *text*."""
        if not self.quiet:
            number = self.recorder.text(text) - self.recorder.text(before)
            self.recorder.amend(self.time, self.current.number, OPERATION_SPAN * number)

    # who can go on

    def _awaited(self, actor: Actor) -> int:
        return actor.awaits.number if actor.blocked and actor.awaits is not None else 0

    def block(self, actor: Actor) -> None:
        """It cannot go on by itself."""
        actor.blocked = True
        self.ready.remove(actor)
        if actor.awaits is not None and actor.awaits.silent:
            actor.awaits.surface()  # type: ignore[attr-defined]  # only primitives are silent
        if actor.deadline is not None:
            self.late.append(actor)
            self._set_due()
        timeout = -1.0 if actor.deadline is None else min(actor.deadline - self.clock, LONGEST_TIMEOUT)
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
        hurried = bool(self.ready)
        if actor.deadline is not None:
            self.passed += max(actor.deadline - self.clock, 0.0)
        for one in self.wake_sleepers():
            one.hurried = hurried

    def wake_sleepers(self) -> list[Actor]:
        """Those whose time has come can go on: these."""
        now = self.clock + STEP_SECONDS / 2
        woken = [one for one in self.late if one.deadline is not None and one.deadline <= now]
        for actor in woken:
            self.unblock(actor)
        self._set_due()
        return woken

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
