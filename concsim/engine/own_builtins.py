"""The engine's modules keep the builtins that they began with, whatever the program puts in their place.

A program may replace ``builtins.len``. Hooks run in the midst of it, and a hook that called the program's ``len`` would be part
of what it looks at.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

PREFIX = "concsim.engine."
_OWN = dict(vars(builtins))


class _OwnBuiltins(Loader):
    """A loader that gives a module builtins of its own before it runs: functions take over what they find when they are made."""

    def __init__(self, plain: Any) -> None:
        self._plain = plain

    def __getattr__(self, name: str) -> Any:
        return getattr(self._plain, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        made: ModuleType | None = self._plain.create_module(spec)
        return made

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["__builtins__"] = _OWN
        self._plain.exec_module(module)


class _Finder(MetaPathFinder):
    """Finds the engine's modules as others would."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if not fullname.startswith(PREFIX):
            return None
        for one in sys.meta_path:
            found = one.find_spec(fullname, path, target) if one is not self else None
            if found is not None and found.loader is not None:
                found.loader = _OwnBuiltins(found.loader)
                return found
        return None


def keep_builtins() -> None:
    """From now on, for modules not imported yet."""
    sys.meta_path.insert(0, _Finder())
