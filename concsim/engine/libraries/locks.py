"""Locks of libraries are virtual while a program is stepped: a real one excludes no virtual thread from another.

What a library makes while the program runs is made virtual; what its modules hold already, made when they were imported, is
replaced for the time of an execution. Both are silent: an operation on one is a step only where somebody has to wait.
"""

from __future__ import annotations

import _thread
import sys
import threading
from collections.abc import Iterator
from types import FrameType, ModuleType
from typing import Any

from concsim.engine.identity import identity
from concsim.engine.libraries.new_modules import NewModules
from concsim.engine.primitives.lock import Lock
from concsim.engine.primitives.primitive import Primitive
from concsim.engine.primitives.rlock import RLock

_LOCK, _RLOCK = type(_thread.allocate_lock()), type(_thread.RLock())
MAKERS: tuple[tuple[ModuleType, str, type], ...] = (
    (_thread, "allocate_lock", Lock), (_thread, "RLock", RLock), (threading, "Lock", Lock), (threading, "RLock", RLock),
    (threading, "_allocate_lock", Lock), (threading, "_CRLock", RLock),
)  # fmt: skip
_REAL = {identity(getattr(module, name)): kind for module, name, kind in MAKERS if getattr(module, name, None) is not None}
_made: dict[int, Any] = {}
"""What stands in for each real maker, by the maker's address: made once, and not at each execution."""
LEFT = ("concsim", "threading", "_thread", "importlib", "_frozen_importlib", "multiprocessing", "asyncio", "gevent", "greenlet")
"""Modules that are left as they are: ours, those that a program is given others for, and imports, which have locks of their own kind."""


class LibraryLocks:
    """What stands for the locks of libraries. `begin` and `end` come around each execution."""

    def __init__(self) -> None:
        self._modules = NewModules()
        self._on = False
        self._held: list[tuple[dict[str, Any], str, Any]] = []
        self._makers: list[tuple[dict[str, Any], str, Any]] = []

    def begin(self) -> None:
        """From now on."""
        self._on = True
        self.look()
        self._replace(self._held, self._makers)

    def end(self) -> None:
        """No longer."""
        self._on = False
        for space, name, real in (*self._held, *self._makers):
            space[name] = real

    def look_again(self) -> None:
        """Modules may have been imported."""
        if self._on:
            known = len(self._held), len(self._makers)
            self.look()
            self._replace(self._held[known[0] :], self._makers[known[1] :])

    def _replace(self, held: list[tuple[dict[str, Any], str, Any]], makers: list[tuple[dict[str, Any], str, Any]]) -> None:
        for space, name, real in held:
            _put(space, name, real)
        for space, name, real in makers:
            space[name] = _maker(real)

    def look(self) -> None:
        """Look into the modules that nobody has looked into; what is found there is replaced when an execution begins."""
        if not self._makers:
            self._makers += [(vars(module), name, vars(module)[name]) for module, name, _ in MAKERS if name in vars(module)]
        for name, module in self._modules.take():
            if name.partition(".")[0] not in LEFT and name != "__main__":
                self._look_into(vars(module))

    def _look_into(self, space: dict[str, Any]) -> None:
        for name, value in list(space.items()):
            kind = type(value)
            if kind is _LOCK or kind is _RLOCK:
                self._held.append((space, name, value))
            elif identity(value) in _REAL:
                self._makers.append((space, name, value))
            else:
                self._held += [(inner, key, held) for inner, key, held in _locks_in(value)]


def _locks_in(value: Any) -> Iterator[tuple[dict[str, Any], str, Any]]:
    """The locks that an object of a library's class holds itself."""
    space = getattr(value, "__dict__", None) if not isinstance(value, (type, ModuleType)) and type(type(value)) is type else None
    if type(space) is dict:
        for key, held in space.items():
            if type(held) is _LOCK or type(held) is _RLOCK:
                yield space, key, held


def is_lock(value: Any) -> bool:
    """Whether it is a lock, a real one or one of ours."""
    return type(value) in (_LOCK, _RLOCK, Lock, RLock)


def _put(space: dict[str, Any], name: str, real: Any) -> None:
    space[name] = (RLock if type(real) is _RLOCK else Lock).hidden(name)


def _maker(real: Any) -> Any:
    """What makes locks in the place of *real*."""
    return _made.get(identity(real)) or _make_maker(real)


def _make_maker(real: Any) -> Any:
    kind: Any = _REAL[identity(real)]

    def make(*given: Any, **named: Any) -> Any:
        return kind(*given, **named) if _is_for_program(sys._getframe(1)) else real(*given, **named)

    return _made.setdefault(identity(real), make)


def _is_for_program(frame: FrameType | None) -> bool:
    """Whether a lock is made on behalf of the program: under one of its frames, and not by an import."""
    while frame is not None:
        name = frame.f_code.co_filename
        if name in Primitive.places.files:
            return True
        if name.startswith("<frozen importlib"):
            return False
        frame = frame.f_back
    return False


LIBRARY_LOCKS = LibraryLocks()
