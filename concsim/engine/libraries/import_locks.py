"""The locks under which modules are loaded: whoever imports one that another thread is still loading waits for it.

All virtual threads are one thread to `importlib`, which would give each of them the module as far as it has come.
"""

from __future__ import annotations

import sys
from functools import cached_property
from threading import get_ident
from typing import Any

from concsim.engine.actor import Actor
from concsim.engine.primitives.primitive import Primitive
from concsim.engine.primitives.rlock import RLock

_bootstrap: Any = sys.modules["_frozen_importlib"]
_real = _bootstrap._ModuleLock
_awaited: dict[Actor, ModuleLock] = {}
_stepped = 0
"""The thread of the system that the virtual threads run in."""


class ModuleLock:
    """Stands for ``importlib._bootstrap._ModuleLock``: an `RLock` that notices when it would close a circle of imports.

    Other threads of this process, which are nobody in the program, have a real one for themselves.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._others = _real(name)

    @cached_property
    def _lock(self) -> RLock:
        """The virtual threads': made when one of them comes, for it has the next of their numbers."""
        return RLock.hidden(f"import of {self.name}")  # type: ignore[no-any-return]

    def acquire(self) -> bool:
        """Wait for whoever loads the module. Raises importlib's `_DeadlockError` where that one waits for an import of ours."""
        if get_ident() != _stepped:
            return bool(self._others.acquire())
        actor = Primitive.world.current
        if self._closes_circle(actor):
            raise _bootstrap._DeadlockError(f"deadlock detected by {self!r}")
        _awaited[actor] = self
        try:
            return self._lock.acquire()
        finally:
            _awaited.pop(actor, None)

    def release(self) -> None:
        """It is loaded, or has failed."""
        (self._lock if get_ident() == _stepped else self._others).release()

    def _closes_circle(self, actor: Actor) -> bool:
        lock: ModuleLock | None = self
        seen: set[Actor] = set()
        while lock is not None and lock._lock.owner is not None and lock._lock.owner not in seen:
            owner = lock._lock.owner
            if owner is actor:
                return lock is not self
            seen.add(owner)
            lock = _awaited.get(owner)
        return False

    def __repr__(self) -> str:
        return f"_ModuleLock({self.name!r}) at {id(self)}"


def watch() -> None:
    """From now on. Called by the thread that the virtual threads run in."""
    global _stepped
    _stepped = get_ident()
    _awaited.clear()
    _bootstrap._ModuleLock = ModuleLock


def forget() -> None:
    """No longer."""
    _bootstrap._ModuleLock = _real
