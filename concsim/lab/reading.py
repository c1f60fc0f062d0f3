"""Attributes of the program's objects read without running any code of its classes: no ``__getattr__``, no property."""

from __future__ import annotations

from functools import partial
from types import BuiltinFunctionType, CoroutineType, FunctionType, GeneratorType, MethodType
from types import GetSetDescriptorType as Slot
from types import MemberDescriptorType as OtherSlot
from typing import Any, Tuple

_mro_of: Any = type.__dict__["__mro__"].__get__
_names_of: Any = type.__dict__["__dict__"].__get__
_name_of: Any = type.__dict__["__name__"].__get__
SLOTS = frozenset({Slot, OtherSlot})
"""What C says of its own objects, and ``__slots__``."""
NAMED = frozenset({FunctionType, BuiltinFunctionType, CoroutineType, GeneratorType})


def mro_of(kind: Any) -> Tuple[Any, ...]:
    """The real bases of a class, itself first."""
    return _mro_of(kind)  # type: ignore[no-any-return]


def is_kind(one: Any, kind: Any) -> bool:
    """Whether an object really is of a class, whatever it says."""
    return type(one) is kind or any(base is kind for base in mro_of(type(one)))


def in_class(kind: Any, name: str) -> Any:
    """What a class has under a name, as it was put there; None if nothing."""
    for base in mro_of(kind):
        names = _names_of(base)
        if name in names:
            return names[name]
    return None


def slot_of(one: Any, name: str) -> Any:
    """What C, or ``__slots__``, keeps in an object under a name; None if nothing."""
    slot = in_class(type(one), name)
    try:
        return slot.__get__(one) if type(slot) in SLOTS else None
    except AttributeError:  # there is nothing in it now
        return None


def self_of(callback: Any) -> Any:
    """The object of which this is a method, None if it is none."""
    kind = type(callback)
    return callback.__self__ if kind is MethodType or kind is BuiltinFunctionType else slot_of(callback, "__self__")


def called(function: Any) -> str:
    """The name of a function, method, class or coroutine, empty for anything else that can be called."""
    while type(function) is partial:
        function = function.func
    if type(function) is MethodType:
        function = function.__func__
    if type(function) in NAMED:
        return str(function.__name__)
    return str(_name_of(function)) if is_kind(function, type) else ""
