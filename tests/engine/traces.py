"""Executions up to the order of what is independent: their traces, as the footprints of their steps make them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any, NamedTuple

from concsim.engine.actor import Actor, Halt
from concsim.engine.execution import Ended
from concsim.engine.footprints import Footprint, Footprints, dependent
from concsim.engine.schedulers.every import EverySchedule
from concsim.engine.world import World
from tests.engine.exploring import engine_for

Event = tuple[str, int]
"""An actor's path, and as the how-manieth of its steps it comes."""


class Trace(NamedTuple):
    """The steps of an execution, and which of two dependent ones came first."""

    events: frozenset[Event]
    order: frozenset[tuple[Event, Event]]


class Following:
    """Lets another choose, and keeps what each step touches, by names that last."""

    def __init__(self, every: EverySchedule) -> None:
        self._every = every

    def attach(self, world: World) -> None:
        """Told once per execution."""
        self._world = world
        self.steps: list[tuple[str, Footprint]] = []
        self._every.attach(world)

    def choose(self, ready: list[Actor], current: Actor | None) -> Actor | Halt:
        """Whoever the other chooses."""
        chosen = self._every.choose(ready, current)
        if isinstance(chosen, Actor):
            self.steps.append((chosen.path, self.lasting(self.footprints.of(chosen))))
        return chosen

    footprints: Footprints

    def lasting(self, footprint: Footprint) -> Footprint:
        """The same by names that last."""
        return tuple(one._replace(thing=self.footprints.lasting(one) or one.thing) for one in footprint)  # type: ignore[arg-type]

    def trace(self) -> Trace:
        """That of the execution that has ended."""
        steps, counts, named = list(self.steps), dict[str, int](), list[tuple[Event, Footprint]]()
        for actor in self._world.actors:
            last = max((at for at, (path, _) in enumerate(steps) if path == actor.path), default=None)
            if last is not None and actor.path != "main":
                steps[last] = (actor.path, (*steps[last][1], *self.lasting(self.footprints.of_end(actor))))
        for path, footprint in steps:
            counts[path] = counts.get(path, 0) + 1
            named.append(((path, counts[path]), footprint))
        pairs = frozenset(
            (one, other) for (one, mine), (other, theirs) in combinations(named, 2) if one[0] != other[0] and dependent(mine, theirs)
        )  # fmt: skip
        return Trace(frozenset(event for event, _ in named), pairs)


class WorkersOnly(EverySchedule):
    """Every schedule of those whom main starts: main goes first until it joins, and then when nobody else can."""

    def _options(self, ready: list[Actor]) -> list[Actor]:
        options = [*ready, *self._world.late]
        others = [one for one in options if one.id != "main"]
        busy = [one for one in options if one.id == "main" and one.operation != "join"]
        return busy or others or options


def traces(
    source: str, outcome: Callable[[Ended, Mapping[str, Any]], Any], *, every: EverySchedule | None = None, most: int = 50_000, **how: Any
) -> dict[Trace, set[Any]] | None:  # fmt: skip
    """What executions of each trace come to, over every schedule; None where there are more, or where not all is seen."""
    every = every or EverySchedule()
    following, found = Following(every), dict[Trace, set[Any]]()
    with engine_for(source, **how) as (engine, _):
        engine.recorder.on = False
        following.footprints = Footprints(engine.world, engine.variables)
        for _ in range(most):
            ended = engine.execute(following)
            trace = following.trace()
            engine.abandon()
            found.setdefault(trace, set()).add(outcome(ended, engine.space))
            if engine.world.unseen:
                return None
            if not every.advance():
                return found
    return None
