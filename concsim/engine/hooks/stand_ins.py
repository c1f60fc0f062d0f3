"""What the program is handed in place of a shared container's iterator, or of a container whose method it will call."""

from __future__ import annotations

import copy
import operator
from typing import TYPE_CHECKING, Any

from concsim.engine.instrument.site import Site
from concsim.model.events import Kind

if TYPE_CHECKING:
    from concsim.engine.hooks.object_hooks import ObjectHooks


class Each:
    """An iterator over a shared container. It is the container's own in all that a program can ask of it."""

    __slots__ = ("_hooks", "_iterator", "_site", "_target", "_value")

    def __init__(self, hooks: ObjectHooks, site: Site, value: Any) -> None:
        self._hooks, self._site, self._value = hooks, site, value
        self._target = hooks._variables.number_of_whole(value)
        self._iterator = iter(value)

    def __iter__(self) -> Each:
        return self

    def __next__(self) -> Any:
        value = self._value
        if value is not None:
            self._hooks._step(self._site, Kind.READ, self._target, peeking=lambda: value)
        try:
            return next(self._iterator)
        except StopIteration:
            self._value = None  # as the container's own iterator, it no longer holds it
            raise

    def __length_hint__(self) -> int:
        return operator.length_hint(self._iterator)

    def __reduce__(self) -> Any:
        return self._iterator.__reduce__()

    def __copy__(self) -> Any:
        return copy.copy(self._iterator)


class Later:
    """Stands for a container whose method is called once its arguments are there."""

    __slots__ = ("_holder", "_hooks", "_site")

    def __init__(self, hooks: ObjectHooks, site: Site, holder: Any) -> None:
        self._hooks, self._site, self._holder = hooks, site, holder

    def __getattribute__(self, name: str) -> Any:
        mine = object.__getattribute__
        hooks, site, holder = mine(self, "_hooks"), mine(self, "_site"), mine(self, "_holder")
        method = getattr(holder, name)

        def call(*given: Any, **named: Any) -> Any:
            hooks._call(site, holder, given, named)
            return method(*given, **named)

        return call
