"""What an object is to the engine: a container, a window on one, the program's own, somebody else's. Decided from its type.

None of the program's code is run for it: types are known by their addresses, as in `visibility`.
"""

from __future__ import annotations

import _io
import array
import collections
import itertools
import types
import weakref
from collections.abc import Collection
from typing import Any

from concsim.engine.hooks.visibility import CONTAINERS, home_of, ids_of, mro_of
from concsim.engine.identity import identity

INERT, CONTAINER, WINDOW, FROZEN, OWN, MODELLED, FOREIGN = range(1, 8)
"""What a type can be.

`INERT`: nothing in it can change, or nobody would notice. `CONTAINER`: a built-in container, or a class that is one.
`WINDOW`: a view or an iterator, through which another object is reached. `FROZEN`: holds others and cannot change itself.
`OWN`: a class of the program's. `MODELLED`: one of the engine's. `FOREIGN`: a library's.
"""
ARRAYS = (array.array,)
_BASES = (list, dict, set, bytearray, collections.deque, *ARRAYS)
_WINDOWS = ids_of((
    type({}.keys()), type({}.values()), type({}.items()), type(iter([])), type(reversed([])), type(iter({})),
    type(iter({}.values())), type(iter({}.items())), type(iter(set())), type(iter(())), type(iter(bytearray())),
    type(iter(collections.deque())), type(iter(collections.OrderedDict())), type(collections.OrderedDict().keys()),
    type(collections.OrderedDict().values()), type(collections.OrderedDict().items()), type(reversed({})),
    type(reversed(collections.deque())), enumerate, zip, map, filter, memoryview, types.MappingProxyType,
    type(iter(array.array("b"))), type(iter("")), type(iter(range(0))), type(iter(int, 0)),
    *(one for one in vars(itertools).values() if isinstance(one, type)),
))  # fmt: skip
_INERT = (
    int, str, float, complex, bytes, bool, type(None), type(...), type(NotImplemented), range, slice, type, BaseException,
    types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.CodeType, types.FrameType,
    types.TracebackType, property, staticmethod, classmethod,
)  # fmt: skip
_INERT_MODULES = frozenset({
    "re", "datetime", "decimal", "fractions", "uuid", "pathlib", "pathlib._local", "struct", "_struct", "enum", "typing", "types",
    "ipaddress", "zoneinfo", "numbers", "string", "_sre", "operator", "traceback", "inspect", "greenlet", "argparse",
})  # fmt: skip
"""Of their objects nothing changes that a thread would notice in another."""
_MODELLED_MODULES = frozenset({
    "threading", "_thread", "queue", "_queue", "time", "random", "concurrent.futures", "concurrent.futures._base",
    "concurrent.futures.thread",
})  # fmt: skip
_known: dict[int, int] = {}
_watched: dict[int, weakref.ref[type]] = {}


def shape_of(kind: type, own_modules: Collection[str]) -> int:
    """What objects of a type are."""
    found = _known.get(identity(kind))
    return found if found is not None else _remember(kind, own_modules)


def _remember(kind: type, own_modules: Collection[str]) -> int:
    address = identity(kind)

    def forget(_: object) -> None:
        _known.pop(address, None)
        _watched.pop(address, None)

    _watched[address] = weakref.ref(kind, forget)
    found = _known[address] = _decide(kind, own_modules)
    return found


def _decide(kind: type, own_modules: Collection[str]) -> int:
    if issubclass(kind, _BASES):
        return CONTAINER
    if identity(kind) in _WINDOWS:
        return WINDOW
    if issubclass(kind, (tuple, frozenset)):
        return FROZEN
    modules = [home_of(one) for one in mro_of(kind) or (kind,)]
    if any(one in _MODELLED_MODULES or one.startswith("concsim.") for one in modules):
        return MODELLED
    if modules[0] in own_modules and "_ctypes" not in modules:
        return OWN
    return INERT if issubclass(kind, _INERT) or modules[0] in _INERT_MODULES else FOREIGN


def is_stream(value: Any) -> bool:
    """Whether it is a file or a stream, which keeps its own order."""
    return issubclass(type(value), _io._IOBase)


_known.update(dict.fromkeys(ids_of(CONTAINERS), CONTAINER))
