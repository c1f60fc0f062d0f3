"""Which attributes and containers another thread could notice, decided from the object at hand.

None of the program's code is run for it: not ``__getattr__``, no property, no metaclass, no ``__class__`` that lies.
"""

from __future__ import annotations

import weakref
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Collection, Iterable
from types import GetSetDescriptorType, MemberDescriptorType, ModuleType
from typing import Any

from concsim.engine.identity import identity

CONTAINERS = frozenset({list, dict, set, bytearray, deque, OrderedDict, defaultdict, Counter})
"""The shared built-in containers whose operations are visible."""


def ids_of(kinds: Iterable[type]) -> frozenset[int]:
    """Types by their addresses: their hash, and what they are equal to, is the program's to define."""
    return frozenset(map(identity, kinds))


CONTAINER_IDS = ids_of(CONTAINERS)
SIMPLE = ids_of((int, str, bytes, float, bool, type(None)))
NO, FIELD, ASK = 1, 2, 3
"""What an attribute of a type is: not visible, a field, or to be looked for in the object."""
MISSING: Any = object()
WHOLE: Any = type("Whole", (), {"__repr__": lambda self: "WHOLE"})()
"""All of an object: every field of it, and all that it holds."""
mro_of = type.__dict__["__mro__"].__get__
names_of = type.__dict__["__dict__"].__get__
_module_of: Any = type.__dict__["__module__"].__get__
module_names_of: Any = vars(ModuleType)["__dict__"].__get__
_known: dict[int, dict[str, int]] = {}
_watched: dict[int, weakref.ref[type]] = {}


def kind_of_attribute(kind: type, name: str) -> int:
    """What attribute *name* of objects of *kind* is. Slots and plain attributes are fields, properties are not."""
    known = _known.get(identity(kind))
    if known is None:
        known = _remember(kind)
    found = known.get(name)
    if found is None:
        found = known[name] = _decide(kind, name)
    return found


def _remember(kind: type) -> dict[str, int]:
    """Types are known by their address: their hash is the program's to define."""
    address = identity(kind)

    def forget(_: object) -> None:
        _known.pop(address, None)
        _watched.pop(address, None)

    _watched[address] = weakref.ref(kind, forget)
    return _known.setdefault(address, {})


def _decide(kind: type, name: str) -> int:
    if is_dunder(name) or issubclass(kind, (ModuleType, type)) or module_of(kind).startswith("concsim.engine"):
        return NO
    held = peek_class(kind, name)
    if held is MISSING:
        return FIELD if has_dict(kind) else NO
    if issubclass(type(held), MemberDescriptorType):
        return FIELD
    if is_c_value(kind):
        return NO if _has(held, "__call__") else FIELD
    if issubclass(type(held), (GetSetDescriptorType, property)) or _has(held, "__set__"):
        return NO
    return ASK if _has(held, "__get__") or issubclass(type(held), type) else FIELD


def is_c_value(kind: type) -> bool:
    """Whether objects of this type are values of `ctypes`, which several threads may share."""
    return any(home_of(base) == "_ctypes" for base in mro_of(kind) or ())


def _has(held: Any, method: str) -> bool:
    return peek_class(type(held), method) is not MISSING


def module_of(kind: type) -> str:
    """The name of the module of a class, "" if it names none."""
    module = names_of(kind).get("__module__", "")
    return module if type(module) is str else ""


def home_of(kind: type) -> str:
    """The same of any class, those made in C as well, which do not say it in their names."""
    module = _module_of(kind)
    return module if type(module) is str else ""


def has_dict(kind: type) -> bool:
    """Whether objects of this type have attributes of their own."""
    return bool(type.__dict__["__dictoffset__"].__get__(kind) != 0)


def is_dunder(name: str) -> bool:
    """``__class__`` and its like belong to the language."""
    return name.startswith("__") and name.endswith("__")


def is_field_of(value: Any, name: str, own_modules: Collection[str]) -> bool:
    """Whether reading or writing *name* of *value* is a visible operation."""
    kind = type(value)
    decision = kind_of_attribute(kind, name)
    if decision == FIELD:
        return True
    if decision == ASK:
        return name in space_of(value)
    if issubclass(kind, ModuleType):
        names = space_of(value)
        module = names.get("__name__")
        return type(module) is str and module in own_modules and is_data(names.get(name, MISSING))
    if issubclass(kind, type) and not is_dunder(name):
        return module_of(value) in own_modules and is_data(peek_class(value, name))
    return False


def space_of(value: Any) -> dict[str, Any]:
    """The names an object holds itself, as ``__dict__`` would give them if nobody had replaced it."""
    kind = type(value)
    if issubclass(kind, ModuleType):
        return module_names_of(value) or {}
    for base in mro_of(kind) or ():
        held = names_of(base).get("__dict__")
        if type(held) is GetSetDescriptorType:
            space = held.__get__(value)
            return space if type(space) is dict else {}
    return {}


def peek_class(kind: type, name: str) -> Any:
    """What a class or its bases hold under *name*, no descriptor asked."""
    for base in mro_of(kind) or ():
        held = names_of(base).get(name, MISSING)
        if held is not MISSING:
            return held
    return MISSING


def is_data(value: Any) -> bool:
    """Whether what a class or module holds is data, not a function, class, module or descriptor."""
    if value is MISSING:
        return True
    return not (issubclass(type(value), (type, ModuleType)) or _has(value, "__get__") or _has(value, "__set__"))


def peek(value: Any, name: str) -> Any:
    """What attribute *name* holds, without running any code; `MISSING` if that cannot be known."""
    if issubclass(type(value), type):
        return peek_class(value, name)
    held = space_of(value).get(name, MISSING)
    if held is not MISSING:
        return held
    held = peek_class(type(value), name)
    if type(held) is MemberDescriptorType or (held is not MISSING and is_c_value(type(value))):
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
        if identity(type(key)) in SIMPLE:
            if issubclass(type(value), dict):
                return dict.get(value, key, MISSING)
            if type(value) is bytearray or type(value) is deque:
                return value[key]
    except (IndexError, TypeError):
        pass
    return MISSING
