"""All steps of a stepped run in columns: what a person jumps to, and what each actor does next."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from typing import NamedTuple

from concsim.model.encoding import Batch
from concsim.model.events import FIRST_SITE, KIND_BITS, KIND_MASK, STEPS


class Taken(NamedTuple):
    """The step taken last: what `Kind` of row it was, by whom, on what, at which site.

    A write tells whose value it wrote over, and whether that was a lost update: the writer had read the variable
    before the other wrote it, so what it wrote knows nothing of it.
    """

    step: int
    actor: int
    kind: int
    target: int
    value: float
    site: int
    over_actor: int = 0
    over_value: float = 0.0
    over_is_text: bool = True
    lost: bool = False


class StepRow(NamedTuple):
    """One step as its row says it; `site` is -1 where none was known."""

    step: int
    actor: int
    kind: int
    target: int
    value: float
    site: int


class StepLog:
    """Steps 1, 2, 3 … in the order they were taken."""

    def __init__(self) -> None:
        self._actors, self._codes, self._places = array("I"), array("I"), array("I")
        self._values = array("d")
        self._of_actor: dict[int, array[int]] = {}

    def __len__(self) -> int:
        return len(self._actors)

    def add(self, batch: Batch) -> None:
        """Take the steps out of a batch of rows."""
        for actor, code, place, value in zip(batch.actors, batch.codes, batch.places, batch.values, strict=True):
            if code & KIND_MASK in STEPS:
                self._add(actor, code, place, value)

    def _add(self, actor: int, code: int, place: int, value: float) -> None:
        self._actors.append(actor)
        self._codes.append(code)
        self._places.append(place)
        self._values.append(value)
        steps = self._of_actor.get(actor)
        if steps is None:
            steps = self._of_actor[actor] = array("I")
        steps.append(len(self._actors))

    def row(self, step: int) -> StepRow:
        """Step number *step*. Raises `IndexError` if there is none."""
        if not 0 < step <= len(self._actors):
            raise IndexError(step)
        index = step - 1
        code, place = self._codes[index], self._places[index]
        site = place - FIRST_SITE if place >= FIRST_SITE else -1
        return StepRow(step, self._actors[index], code & KIND_MASK, code >> KIND_BITS, self._values[index], site)

    def actor_of(self, step: int) -> int:
        """Who took step number *step*."""
        return self._actors[step - 1]

    def actors(self, until: int | None = None) -> array[int]:
        """Who took each of the first *until* steps."""
        return self._actors[:until]

    def takers(self) -> Collection[int]:
        """Who took a step at all."""
        return self._of_actor.keys()

    def next_of(self, actor: int, after: int) -> StepRow | None:
        """The first step of an actor after step *after*, if it took one."""
        steps = self._of_actor.get(actor)
        if steps is None:
            return None
        index = bisect_right(steps, after)
        return self.row(steps[index]) if index < len(steps) else None

    def steps_of(self, actor: int, first: int, last: int) -> array[int]:
        """The numbers of an actor's steps from step *first* to step *last*."""
        steps = self._of_actor.get(actor)
        if steps is None:
            return array("I")
        return steps[bisect_left(steps, first) : bisect_right(steps, last)]

    def first_difference(self, other: StepLog, until: int) -> int:
        """The first of *until* steps in which the other differs, 0 if none does."""
        for step in range(1, min(until, len(self)) + 1):
            index = step - 1
            if index >= len(other) or self.row(step) != other.row(step):
                return step
        return 0

    def last_of(self, actor: int, until: int) -> StepRow | None:
        """The last step of an actor up to step *until*."""
        steps = self._of_actor.get(actor)
        index = bisect_right(steps, until) - 1 if steps is not None else -1
        return self.row(steps[index]) if steps is not None and index >= 0 else None
