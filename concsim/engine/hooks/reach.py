"""Which shared objects can be reached from what code that is not seen into is handed."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Collection, Iterable
from types import FunctionType, MethodType
from typing import Any

from concsim.engine.hooks.shapes import CONTAINER, FOREIGN, FROZEN, INERT, MODELLED, OWN, WINDOW, shape_of
from concsim.engine.hooks.visibility import SIMPLE, space_of
from concsim.engine.identity import identity

FARTHEST = 400
"""So many objects are looked at. What lies beyond is not counted."""
NEAREST = 12
"""So many where only views and iterators are looked through: a program may put a million of them into one another."""


class Reach:
    """What is reached, each object once, nearest first."""

    def __init__(self, own_modules: Collection[str]) -> None:
        self._own = own_modules

    def things(self, given: Iterable[Any], deep: bool = True) -> list[Any]:
        """The containers and objects reached from *given*: what they hold as well, if *deep*."""
        found: list[Any] = []
        waiting: deque[tuple[Any, bool]] = deque([(one, True) for one in given if identity(type(one)) not in SIMPLE])
        if not waiting:
            return found
        seen: set[int] = set()
        most = FARTHEST if deep else NEAREST + len(waiting)
        while waiting and len(seen) < most:
            value, near = waiting.popleft()
            if identity(value) in seen:
                continue
            shape = shape_of(type(value), self._own)
            if shape == INERT and not near:
                continue
            seen.add(identity(value))
            if shape in (CONTAINER, OWN, FOREIGN):
                found.append(value)
            if deep or shape in (WINDOW, FROZEN, INERT):
                waiting.extend((one, False) for one in self._inside(value, shape))
        return found

    def _inside(self, value: Any, shape: int) -> Iterable[Any]:
        """What an object holds, no code of the program's run."""
        if shape == INERT:
            return _closure(value)
        if shape == MODELLED:
            return ()
        if shape in (OWN, FOREIGN):
            return list(space_of(value).values()) if shape == OWN else ()
        return gc.get_referents(value)


def _closure(value: Any) -> Iterable[Any]:
    if type(value) is MethodType:
        return (value.__self__, value.__func__)
    if type(value) is FunctionType and value.__closure__:
        return [held for cell in value.__closure__ for held in _held(cell)]
    return ()


def _held(cell: Any) -> tuple[Any, ...]:
    try:
        return (cell.cell_contents,)
    except ValueError:  # nothing yet
        return ()
