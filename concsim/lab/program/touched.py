"""Which watched globals a thread can touch: by the names its code uses, and by the objects handed to it."""

from __future__ import annotations

from types import CodeType, FunctionType
from typing import Any, Dict, Iterable, Set, Tuple

DEPTH = 4


def _code_of(one: Any) -> Any:
    one = getattr(one, "__func__", one)
    return getattr(one, "__code__", None)


def _names(code: CodeType, values: Dict[str, Any], depth: int, seen: Set[CodeType]) -> Set[str]:
    if depth == 0 or code in seen:
        return set()
    seen.add(code)
    found = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found |= _names(constant, values, depth, seen)
    for name in code.co_names:
        called = values.get(name)
        if isinstance(called, FunctionType):
            found |= _names(called.__code__, values, depth - 1, seen)
    return found


def reached(thread: Any, values: Dict[str, Any], watched: Iterable[str]) -> Tuple[str, ...]:
    """The names among *watched* that the thread's target or run method can reach through *values*, the globals."""
    watched = list(watched)
    target = getattr(thread, "_target", None)
    code = _code_of(target) if target is not None else _code_of(type(thread).run)
    names = _names(code, values, DEPTH, set()) if isinstance(code, CodeType) else set()
    args, kwargs = getattr(thread, "_args", ()), getattr(thread, "_kwargs", {})
    handed = list(vars(thread).values())
    handed += args if isinstance(args, (tuple, list)) else ()  # an iterator would be used up by looking
    handed += kwargs.values() if isinstance(kwargs, dict) else ()
    by_hand = {id(one) for one in handed}
    return tuple(name for name in watched if name in names or (name in values and id(values[name]) in by_hand))
