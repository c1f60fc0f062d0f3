"""Which calls of libraries are done in several pieces, though each counts as one operation.

Another thread may come in between two pieces, which no schedule here tries. So nothing is proved of a program that makes such a
call while others are at work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from types import FunctionType, MethodType
from typing import Any

from concsim.engine.hooks.effects import SeenInto
from concsim.engine.hooks.shapes import OWN, shape_of
from concsim.engine.hooks.visibility import home_of, mro_of, names_of

LOCKED = frozenset({"logging", "logging.handlers", "queue", "concurrent.futures.thread", "concurrent.futures._base", "warnings", "traceback", "linecache"})
"""Modules of the library that look after themselves: what they change they change under a lock, or nobody notices."""
_MAKING = frozenset({"__init__", "__new__", "__del__", "__init_subclass__", "__post_init__", "__class_getitem__"})
"""Methods that the language calls, but not because an object was handed to somebody."""


class Pieces:
    """Tells it from the function that is called and what it is handed."""

    def __init__(self, seen_into: SeenInto, own_modules: Collection[str]) -> None:
        self._seen_into, self._own = seen_into, own_modules

    def has(self, function: Any, given: Iterable[Any], things: Iterable[Any]) -> bool:
        """Whether *function*, handed *given*, which reaches *things*, comes back to the program or is written in Python."""
        if type(function) is MethodType:
            function = function.__func__
        if type(function) is FunctionType:
            return not self._seen_into.holds(function) and str(function.__module__) not in LOCKED
        inner = getattr(function, "__wrapped__", None) if home_of(type(function)) == "functools" else None
        return any(map(self._is_called_back, (inner, *given))) or any(map(self._has_methods, things))

    def _is_called_back(self, value: Any) -> bool:
        """A function of the program's, handed to somebody, is handed to be called."""
        if type(value) is MethodType:
            value = value.__func__
        return type(value) is FunctionType and self._seen_into.holds(value)

    def _has_methods(self, value: Any) -> bool:
        """Whether the language itself comes to a function of the program's when it compares, hashes, shows *value* and so on."""
        kind = type(value)
        if shape_of(kind, self._own) != OWN:
            return False
        return any(
            type(held) is FunctionType and name.startswith("__") and name not in _MAKING and self._seen_into.holds(held)
            for base in mro_of(kind) or () for name, held in list(names_of(base).items())
        )  # fmt: skip
