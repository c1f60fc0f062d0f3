"""What a loop of the program's is handed in place of a shared container's iterator."""

from __future__ import annotations

import copy
import operator
from typing import Any

from concsim.engine.hooks.stepping import READ, Stepping
from concsim.engine.instrument.site import Site


class Each:
    """An iterator over a shared container, or a view of one. It is the own iterator in all that a program can ask of it."""

    __slots__ = ("_iterator", "_site", "_stepping", "_target", "_thing")

    def __init__(self, stepping: Stepping, site: Site, value: Any, thing: Any) -> None:
        self._stepping, self._site, self._thing = stepping, site, thing
        self._target = stepping.variables.number_of_whole(thing)
        self._iterator = iter(value)

    def __iter__(self) -> Each:
        return self

    def __next__(self) -> Any:
        thing = self._thing
        if thing is not None:
            self._stepping.step(self._site, READ, self._target, peeking=lambda: thing)
        try:
            return next(self._iterator)
        except StopIteration:
            self._thing = None  # as the container's own iterator, it no longer holds it
            raise

    def __length_hint__(self) -> int:
        return operator.length_hint(self._iterator)

    def __reduce__(self) -> Any:
        return self._iterator.__reduce__()

    def __copy__(self) -> Any:
        return copy.copy(self._iterator)


class Resumed:
    """A loop over a generator that others may resume as well."""

    __slots__ = ("_generator", "_site", "_stepping")

    def __init__(self, stepping: Stepping, site: Site, generator: Any) -> None:
        self._stepping, self._site, self._generator = stepping, site, generator

    def __iter__(self) -> Resumed:
        return self

    def __next__(self) -> Any:
        self._stepping.enter(self._site, self._generator)
        return next(self._generator)
