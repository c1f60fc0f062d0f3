"""Every schedule there is, one execution after the other: depth first, for small programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from concsim.engine.actor import Actor, Halt
from concsim.engine.world import World


class EverySchedule:
    """Remembers where a choice was open and what was taken. `advance` moves on to the next schedule.

    *held* names actors that are chosen only when nobody else can go on; *prefix* is followed first and never varied.
    """

    def __init__(self, held: Sequence[str] = (), prefix: Sequence[str] = (), longest: int = 100_000) -> None:
        self._held, self._prefix, self._longest = frozenset(held), tuple(prefix), longest
        self._open: list[int] = []
        self._width: list[int] = []
        self.choices: list[str] = []

    @property
    def state(self) -> dict[str, Any]:
        """Where it is, as plain data."""
        return {
            "held": sorted(self._held), "prefix": list(self._prefix), "longest": self._longest, "open": self._open,
            "width": self._width, "choices": self.choices,
        }  # fmt: skip

    @state.setter
    def state(self, state: dict[str, Any]) -> None:
        self._held, self._prefix, self._longest = frozenset(state["held"]), tuple(state["prefix"]), state["longest"]
        self._open, self._width, self.choices = list(state["open"]), list(state["width"]), list(state["choices"])

    def attach(self, world: World) -> None:
        """Told once per execution."""
        self._world = world
        self._at = 0
        self.choices = []

    def choose(self, ready: list[Actor], current: Actor | None) -> Actor | Halt:
        """The choice that this execution is about, the first where it is new."""
        if len(self.choices) >= self._longest:
            return Halt("limit")
        options = self._options(ready)
        actor = options[0] if len(options) == 1 else options[self._branch(len(options))]
        self.choices.append(actor.id)
        return actor

    def _options(self, ready: list[Actor]) -> list[Actor]:
        late = self._world.late
        options = [*ready, *late] if late else ready
        if len(self.choices) < len(self._prefix):
            return [one for one in options if one.id == self._prefix[len(self.choices)]]
        if self._held:
            free = [one for one in options if one.id not in self._held]
            return free or options
        return options

    def _branch(self, width: int) -> int:
        at = self._at
        self._at += 1
        if at == len(self._open):
            self._open.append(0)
            self._width.append(width)
        return min(self._open[at], width - 1)

    def advance(self) -> bool:
        """Prepare the next schedule; False when all were tried."""
        while self._open:
            if self._open[-1] + 1 < self._width[-1]:
                self._open[-1] += 1
                return True
            self._open.pop()
            self._width.pop()
        return False
