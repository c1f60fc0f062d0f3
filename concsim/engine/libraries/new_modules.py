"""Which modules have been imported since somebody last looked."""

from __future__ import annotations

import sys
import weakref
from types import ModuleType
from typing import Any

from concsim.engine.hooks.visibility import module_names_of
from concsim.engine.primitives.primitive import Primitive


class NewModules:
    """Gives each module of a library once; one that was taken away and has been imported again is another module."""

    def __init__(self) -> None:
        self._seen: dict[str, weakref.ref[ModuleType]] = {}
        self._last: tuple[Any, ...] = ()

    def take(self) -> list[tuple[str, ModuleType]]:
        """Those that are new, by their names; none of the program's own."""
        last = _last()
        if last == self._last:
            return []
        self._last = last
        found = [(name, one) for name, one in list(sys.modules.items()) if type(name) is str and self._is_new(name, one)]
        self._seen.update((name, weakref.ref(one)) for name, one in found)
        return found

    def _is_new(self, name: str, module: Any) -> bool:
        seen = self._seen.get(name)
        return (seen is None or seen() is not module) and _is_library(module)


def _last() -> tuple[Any, ...]:
    """What changes with every import, and costs less than to look at all: how many there are, and which came last."""
    name = next(reversed(sys.modules), "")
    return len(sys.modules), name, id(sys.modules.get(name))


def _is_library(module: Any) -> bool:
    if type(module) is not ModuleType:
        return False
    file = (module_names_of(module) or {}).get("__file__")
    return type(file) is not str or file not in Primitive.places.files
