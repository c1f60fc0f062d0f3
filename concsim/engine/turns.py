"""The turn that goes from one actor to the next: who is asked who goes, and what a choice means."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import greenlet

from concsim.engine.actor import Aborted, Actor, Halt
from concsim.engine.hooks.operations import Operations
from concsim.model.events import ALONE, Kind
from concsim.model.interpreters import GilPlaces

if TYPE_CHECKING:
    from concsim.engine.spinning import Spinning

Choose = Callable[[list[Actor], "Actor | None"], "Actor | Halt"]


class Turns(Operations):
    """The part of the world that lets somebody go. `_adapt` is the one place where it follows who decides."""

    __slots__ = (
        "_scheduler", "choose", "ending", "free_threaded", "halted", "on_hush", "places", "returning", "root", "spinning",
    )  # fmt: skip

    _scheduler: Choose
    choose: Choose
    ending: bool
    free_threaded: bool
    halted: Halt | None
    on_hush: Callable[[bool], None]
    places: GilPlaces | None
    returning: Actor | None
    root: Any
    spinning: Spinning

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
            self.choose = refuse_all
        elif self.quiet:
            self.choose = stay
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

    def halt(self, halt: Halt) -> None:
        """End the execution, wherever it is. Not raised in an actor, whose program might catch it."""
        if greenlet.getcurrent() is self.root:
            raise halt
        self.halted = halt
        self.root.switch()


def stay(ready: list[Actor], current: Actor | None) -> Actor:
    """Whoever acts goes on."""
    assert current is not None
    return current


def refuse_all(ready: list[Actor], current: Actor | None) -> Actor:
    """Nobody goes on: the execution is over."""
    raise Aborted
