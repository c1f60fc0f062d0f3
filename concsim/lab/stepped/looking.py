"""Looks at a run that a person steps before each choice: at watched globals, and at the local variables of who has come.

What a thread has read and not yet written lies in its local variables. Steps that are only repeated are looked at as well: who
goes another way from the past keeps the past, in charts too.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from concsim.engine.actor import Actor, Halt, Scheduler
from concsim.engine.execution import Engine
from concsim.engine.watching import Watching
from concsim.engine.world import World
from concsim.lab.program.unnoticed import locals_of
from concsim.model.events import FrameSeen

MOST_VALUES = 12
MOST_STEPS = 20_000
"""So many steps of one stretch are looked at. After them nothing is said, which is not wrong."""
NOT_DATA = (ModuleType, FunctionType, BuiltinFunctionType, MethodType)


class Looking:
    """A scheduler that looks, and lets *scheduler* choose. `begin_stretch` is told where a person decides."""

    def __init__(self, scheduler: Scheduler, engine: Engine, watching: Watching) -> None:
        self._inner, self._engine, self._watching = scheduler, engine, watching
        engine.world.on_forget.append(self._forget)
        self._forget()

    def _forget(self) -> None:
        self._said: dict[int, tuple[str, dict[str, str]]] = {}
        self._left, self._met = MOST_STEPS, 0

    def attach(self, world: World) -> None:
        """Told once per execution."""
        self._inner.attach(world)

    def choose(self, ready: list[Actor], current: Actor | None) -> Actor | Halt:
        """The choice of the other."""
        if self._engine.recorder.on:
            if self._left > 0:
                self._watching.look()
            if current is not None and not current.ended:
                self._look(current, sys._getframe(1))
            if len(self._engine.world.actors) > self._met:
                self._look_at_waiting(self._engine.world.actors[self._met :])
        return self._inner.choose(ready, current)

    def begin_stretch(self) -> None:
        """Look again from now on, at everybody."""
        self._left = MOST_STEPS
        self._look_at_waiting(self._engine.world.actors)

    def _look_at_waiting(self, actors: Sequence[Actor]) -> None:
        """At those who are suspended at an operation."""
        self._met = len(self._engine.world.actors)
        for actor in actors:
            frame = None if actor.ended else actor.glet.gr_frame
            if frame is not None:
                self._look(actor, frame)

    def _look(self, actor: Actor, frame: Any) -> None:
        self._left -= 1
        if self._left < 0:
            if self._left == -1:
                for number in list(self._said):
                    self._say(number, "", {}, 0)
            return
        found = self._engine.places.own_frame(frame)
        if found is not None:
            place = actor.site.place if actor.site is not None else 0
            self._say(actor.number, found.f_code.co_name, self._values(found), place)

    def _say(self, number: int, function: str, values: dict[str, str], place: int) -> None:
        if self._said.get(number, ("", {})) != (function, values):
            self._said[number] = function, values
            self._engine.recorder.send(FrameSeen(self._engine.world.time, number, function, place, values))

    def _values(self, frame: Any) -> dict[str, str]:
        if frame.f_code.co_name == "<module>":
            return {}  # those are the globals
        shared = {*frame.f_code.co_cellvars, *frame.f_code.co_freevars}  # variables of closures, which others may change meanwhile
        found = [(name, value) for name, value in locals_of(frame).items() if name not in shared]
        shown = [(name, value) for name, value in found if name.isidentifier() and name != "_" and _is_data(value)]
        return {name: self._engine.world.show(value) for name, value in shown[:MOST_VALUES]}


def _is_data(value: Any) -> bool:
    """Whether a person would look for it among the variables. What its class says of equality is asked of nobody."""
    return not (issubclass(type(value), type) or any(type(value) is one for one in NOT_DATA))
