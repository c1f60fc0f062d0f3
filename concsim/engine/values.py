"""Values as short texts. None of the program's code is run for it, and no text depends on an address."""

from __future__ import annotations

from collections import OrderedDict, defaultdict, deque
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from concsim.engine.hooks.visibility import ids_of, space_of
from concsim.engine.identity import identity
from concsim.engine.recorder import shorten

LONGEST = 80
ITEMS = 8
DEEPEST = 3
PLAIN = ids_of((bool, float, complex, type(None), type(...), bytes))
BRACKETS = {
    identity(list): ("[", "]"), identity(tuple): ("(", ")"), identity(set): ("{", "}"), identity(frozenset): ("frozenset({", "})"),
    identity(deque): ("deque([", "])"),
}  # fmt: skip
HEAP_TYPE = 1 << 9
"""Set in the flags of a class that a program has made; the exceptions of the language itself lack it."""
MAPPINGS = ids_of((dict, OrderedDict, defaultdict))


def show(value: Any, name_of: Any = None, depth: int = 0) -> str:
    """A value as text of at most `LONGEST` characters. *name_of* may name an object of the program."""
    text = _show(value, name_of, depth)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _show(value: Any, name_of: Any, depth: int) -> str:
    kind = type(value)
    if kind is int:
        return shorten(value)
    if kind is str:
        return repr(value if len(value) <= LONGEST else value[:LONGEST])
    if identity(kind) in PLAIN:
        return repr(value[:LONGEST]) if kind is bytes else repr(value)
    if identity(kind) in BRACKETS or identity(kind) in MAPPINGS:
        return _show_container(value, kind, name_of, depth)
    if name_of is not None:
        name = name_of(value)
        if name:
            return str(name)
    return _describe(value, kind)


def _show_container(value: Any, kind: type, name_of: Any, depth: int) -> str:
    if depth >= DEEPEST:
        return "…"
    try:
        if identity(kind) in MAPPINGS:
            pairs = [
                f"{show(key, name_of, depth + 1)}: {show(item, name_of, depth + 1)}"
                for key, item in list(dict.items(value))[:ITEMS]
            ]
            return "{" + ", ".join(pairs) + (", …" if len(value) > ITEMS else "") + "}"
        items = [item for _, item in zip(range(ITEMS), value, strict=False)]
    except RuntimeError:  # it changed meanwhile
        return "…"
    shown = [show(item, name_of, depth + 1) for item in items]
    if kind in (set, frozenset):
        shown.sort()
    begin, end = BRACKETS[identity(kind)]
    if not shown and kind in (set, frozenset):
        return f"{kind.__name__}()"
    more = ", …" if len(value) > ITEMS else "," if kind is tuple and len(value) == 1 else ""
    return begin + ", ".join(shown) + more + end


def _describe(value: Any, kind: type) -> str:
    if kind is FunctionType or kind is BuiltinFunctionType:
        return f"{value.__name__}()"
    if kind is MethodType:
        return f"{getattr(value.__func__, '__name__', '?')}()" if type(value.__func__) is FunctionType else "method()"
    if issubclass(kind, ModuleType):
        return f"module {space_of(value).get('__name__', '?')}"
    if issubclass(kind, type):
        return f"class {type.__getattribute__(value, '__name__')}"
    if issubclass(kind, BaseException) and not kind.__flags__ & HEAP_TYPE:
        return f"{kind.__name__}"
    return f"<{type.__getattribute__(kind, '__name__')}>"
