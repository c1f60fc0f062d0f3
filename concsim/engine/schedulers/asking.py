"""Somebody is asked before every step: the person at the window."""

from __future__ import annotations

from collections.abc import Callable

from concsim.engine.actor import Actor
from concsim.engine.schedulers.random_order import RandomOrder
from concsim.engine.world import World
from concsim.model.events import ChoiceOffered, Pending
from concsim.model.orders import Choose

CHANGES = frozenset({
    "write", "delete", "call", "print", "acquire", "release", "wait", "notify", "set", "clear", "put", "get", "start",
    "join", "sleep", "abort", "reset", "submit", "shutdown", "done",
})  # fmt: skip
Ask = Callable[[ChoiceOffered], Choose]
"""Shows what can be chosen and gives the order."""
TO_FIRST_THREAD = Choose("", "choice")
"""Whoever is alone in being able to go on goes, until there is another thread."""


class Asking:
    """Follows one order after the other.

    An order names an actor and how long it goes on: until "operation" (one step), "line" (it comes to another line),
    "change" (its next operation would change something), "end" (as long as it can go on), or "choice": whoever is
    alone in being able to go on goes, until there is another thread.
    """

    def __init__(self, ask: Ask, seed: int = 0, to_first_thread: bool = True) -> None:
        self._ask, self._to_first_thread = ask, to_first_thread
        self._dice = RandomOrder(seed)
        self._order: Choose | None = None

    def attach(self, world: World) -> None:
        """Told once per execution."""
        self._world = world
        self._order = TO_FIRST_THREAD if self._to_first_thread else None
        self._begun = -1
        self._dice.attach(world)

    def choose(self, ready: list[Actor], current: Actor | None) -> Actor:
        """The actor of the order, or that of a new one."""
        while True:
            found = self._follow(ready)
            if found is not None:
                return found
            self._order = self._ask(offer(self._world, ready))
            self._begun = self._world.time

    def _follow(self, ready: list[Actor]) -> Actor | None:
        """Who goes on by the order under way; None when it has been carried out."""
        order = self._order
        if order is None:
            return None
        if order is TO_FIRST_THREAD:
            return ready[0] if len(self._world.actors) == 1 and ready else None
        actor = self._named(order, ready)
        if actor is None:
            self._order = None
            return None
        if self._world.time == self._begun:  # its first step
            self._line = actor.site.line if actor.site is not None else 0
            return actor
        if self._goes_on(actor, order):
            return actor
        self._order = None
        return None

    def _goes_on(self, actor: Actor, order: Choose) -> bool:
        until = order.until
        if actor.blocked and order.actor:
            return False
        if until == "line":
            return actor.site is not None and actor.site.line == self._line
        if until == "change":
            return actor.pending[0] not in CHANGES
        return until in ("end", "random")

    def _named(self, order: Choose, ready: list[Actor]) -> Actor | None:
        if not order.actor:
            return self._dice.choose(ready, None)
        return next((one for one in (*ready, *self._world.late) if one.id == order.actor), None)


def offer(world: World, ready: list[Actor], ended: bool = False) -> ChoiceOffered:
    """What everybody would do next, and who can be chosen."""
    pending = tuple(_pending(world, actor, ready) for actor in world.actors if not actor.ended)
    return ChoiceOffered(world.time, world.step, world.clock, pending, ended)


def _pending(world: World, actor: Actor, ready: list[Actor]) -> Pending:
    operation, target, text = actor.pending
    if operation == "write":
        text = world.show(actor.wanted)
    choice = actor.choice
    if choice == "ready" and actor not in ready:
        choice = "held"
    place = actor.site.place if actor.site is not None else 0
    return Pending(actor.number, operation, target, place, choice, text, -1.0 if actor.deadline is None else actor.deadline)
