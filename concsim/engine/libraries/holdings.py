"""What libraries and the process hold that a program may change by an operation of its own: lists, dicts and sets of theirs, and
their objects' attributes. Looked at when the program first touches one, and again when the execution has ended.

``sys.modules['json'] = mine`` and ``logging.root.handlers.clear()`` call nobody who could tell that something has been left.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from concsim.engine.hooks.visibility import CONTAINER_IDS, MISSING, SIMPLE, module_names_of, names_of, space_of
from concsim.engine.identity import identity
from concsim.engine.libraries.locks import is_lock
from concsim.engine.libraries.new_modules import NewModules
from concsim.engine.primitives.primitive import Primitive

OURS = ("concsim", "__main__")
MOST_ITEMS = 1_000
"""A container of more is not looked into for those that it holds."""


class LibraryHoldings:
    """Knows what libraries hold by its address. It is held by them, and what one has let go costs a look at most."""

    def __init__(self) -> None:
        self._modules = NewModules()
        self._on = False
        self._names: dict[int, str] = {}
        self._touched: list[tuple[Any, Any, int]] = []

    def begin(self) -> None:
        """An execution begins whose holdings somebody wants to know of."""
        self._on = True
        self._touched.clear()
        self.look()

    def look_again(self) -> None:
        """Modules may have been imported."""
        if self._on:
            self.look()

    def look(self) -> None:
        """Look through the modules that are new."""
        for name, module in self._modules.take():
            if name.partition(".")[0] not in OURS:
                self._look_through(name, module_names_of(module) or {})

    def _look_through(self, module: str, space: dict[str, Any]) -> None:
        for name, value in list(space.items()):
            kind = type(value)
            if identity(kind) in SIMPLE or kind is ModuleType or name == "__builtins__":
                continue
            for one in (value, *_held_by(value)):
                self._names.setdefault(identity(one), f"{module}.{name}")

    def touch(self, value: Any) -> None:
        """The program is at an operation on *value*, for the first time in this execution."""
        name = self._names.get(identity(value)) if self._on else None
        if name is None:
            return
        frame = Primitive.places.own_frame(sys._getframe(1))
        self._touched.append((value, _copy(value), frame.f_lineno if frame is not None else 0))
        for one in _held_by(value):  # it may hold others than when it was found
            self._names.setdefault(identity(one), name)

    def end(self) -> tuple[str, int]:
        """The execution has ended: the name of one that is no longer as it was, and at which line the program had first come to
        it; "" and 0 if all are.
        """
        self._on = False
        for value, before, line in self._touched:
            if not _is_same(value, _copy(value), before):
                return self._names.get(identity(value), "a library"), line
        return "", 0


def _held_by(value: Any) -> Iterator[Any]:
    """What belongs to an object of a library's module: containers that it holds, as attributes or items."""
    kind = type(value)
    if identity(kind) in CONTAINER_IDS:
        held = (list(value.values()) if issubclass(kind, dict) else list(value)) if len(value) <= MOST_ITEMS else []
    elif issubclass(kind, type):
        held = list((names_of(value) or {}).values())
    else:
        held = list(space_of(value).values())
    return (one for one in held if identity(type(one)) in CONTAINER_IDS)


def _copy(value: Any) -> Any:
    """What an object holds; no code of the program's is run for it."""
    kind = type(value)
    if issubclass(kind, dict):
        return dict(value)
    if identity(kind) in CONTAINER_IDS:
        return list(value)
    return {name: held for name, held in space_of(value).items() if not is_lock(held)}  # which ours stand for meanwhile


def _is_same(value: Any, now: Any, before: Any) -> bool:
    if type(now) is list:
        return len(now) == len(before) and all(map(_is, now, before))
    if value is sys.modules:  # what was imported meanwhile is nobody's loss
        now = {name: held for name, held in now.items() if name in before or not _was_imported(held)}
    return len(now) == len(before) and all(now.get(key, MISSING) is held for key, held in before.items())


def _is(one: Any, other: Any) -> bool:
    return one is other


def _was_imported(module: Any) -> bool:
    return type(module) is ModuleType and module_names_of(module).get("__spec__") is not None


LIBRARY_HOLDINGS = LibraryHoldings()
