"""Which attributes and containers another thread could notice, decided from the object at hand."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict, deque
from types import GetSetDescriptorType, MemberDescriptorType, ModuleType
from typing import Any

CONTAINERS = frozenset({list, dict, set, bytearray, deque, OrderedDict, defaultdict, Counter})
"""The shared built-in containers whose operations are visible."""
NO, FIELD, ASK = 1, 2, 3
"""What an attribute of a type is: not visible, a field, or to be looked for in the object."""
MISSING: Any = object()
UNSEEN = ("concsim.engine.", "builtins.type")
_known: dict[tuple[type, str], int] = {}


def kind_of_attribute(kind: type, name: str) -> int:
    """What attribute *name* of objects of *kind* is. Slots and plain attributes are fields, properties are not."""
    key = (kind, name)
    found = _known.get(key)
    if found is None:
        found = _known[key] = _decide(kind, name)
    return found


def _decide(kind: type, name: str) -> int:
    if kind.__module__.startswith("concsim.engine") or issubclass(kind, (ModuleType, type)) or is_dunder(name):
        return NO
    for base in kind.__mro__:
        held = base.__dict__.get(name, MISSING)
        if held is MISSING:
            continue
        if isinstance(held, MemberDescriptorType):
            return FIELD
        if isinstance(held, (GetSetDescriptorType, property)) or hasattr(type(held), "__set__"):
            return NO
        return ASK if hasattr(type(held), "__get__") or isinstance(held, type) else FIELD
    return FIELD if has_dict(kind) else NO


def has_dict(kind: type) -> bool:
    """Whether objects of this type have attributes of their own."""
    return kind.__dictoffset__ != 0


def is_dunder(name: str) -> bool:
    """``__class__`` and its like belong to the language."""
    return name.startswith("__") and name.endswith("__")


def is_field_of(value: Any, name: str, own_modules: set[str]) -> bool:
    """Whether reading or writing *name* of *value* is a visible operation."""
    kind = type(value)
    decision = kind_of_attribute(kind, name)
    if decision == FIELD:
        return True
    if decision == ASK:
        return name in getattr(value, "__dict__", ())
    if isinstance(value, ModuleType):
        return value.__name__ in own_modules and is_data(value.__dict__.get(name, MISSING))
    if isinstance(value, type) and not is_dunder(name):
        return value.__module__ in own_modules and is_data(peek_class(value, name))
    return False


def peek_class(value: type, name: str) -> Any:
    """What a class or its bases hold under *name*, no descriptor asked."""
    for base in type.mro(value) if value is not type else (type,):
        if name in base.__dict__:
            return base.__dict__[name]
    return MISSING


def is_data(value: Any) -> bool:
    """Whether what a class or module holds is data, not a function, class, module or descriptor."""
    if value is MISSING:
        return True
    return not (isinstance(value, (type, ModuleType)) or hasattr(type(value), "__get__") or hasattr(type(value), "__set__"))


def peek(value: Any, name: str) -> Any:
    """What attribute *name* holds, without running any code; `MISSING` if that cannot be known."""
    if isinstance(value, type):
        return peek_class(value, name)
    try:
        space = object.__getattribute__(value, "__dict__")
        if name in space:
            return space[name]
    except (AttributeError, TypeError):
        pass
    held = peek_class(type(value), name)
    if isinstance(held, MemberDescriptorType):
        try:
            return held.__get__(value)
        except AttributeError:
            return MISSING
    return held


def peek_item(value: Any, key: Any) -> Any:
    """What an item holds, without running any code of the program's."""
    try:
        if type(value) is list and type(key) is int:
            return value[key]
        if type(key) in (int, str, bytes, float, bool, type(None)):
            if isinstance(value, dict):
                return dict.get(value, key, MISSING)
            if type(value) in (bytearray, deque):
                return value[key]
    except (IndexError, TypeError):
        pass
    return MISSING
