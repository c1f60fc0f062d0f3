"""The program's objects and frames read without its noticing: no code of its classes is run, nothing is kept alive."""

from __future__ import annotations

import sys
from functools import partial
from types import BuiltinFunctionType, CoroutineType, FunctionType, GeneratorType, MethodType
from types import GetSetDescriptorType as Slot
from types import MemberDescriptorType as OtherSlot
from typing import Any, Callable, Dict, Tuple

_mro_of: Any = type.__dict__["__mro__"].__get__
_names_of: Any = type.__dict__["__dict__"].__get__
_name_of: Any = type.__dict__["__name__"].__get__
SLOTS = frozenset({Slot, OtherSlot})
"""What C says of its own objects, and ``__slots__``."""
SNAPSHOTS = sys.version_info < (3, 13)
OPTIMIZED = 1
"""The flag of code whose variables are not in a namespace of its own, as a module's and a class's are."""
GIVE_LOCALS = frozenset({"locals", "vars"})
UNSHARED = 3
"""References to a dict that nobody has but a frame, one variable, and the call that counts them."""
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


def variable_in(frame: Any, holds: Callable[[Any], bool]) -> str:
    """The first variable of a frame, else the first global, whose value is the one that *holds* accepts; "" if none."""
    for name, value in [*locals_of(frame).items(), *frame.f_globals.items()]:
        if holds(value) and type(name) is str and name.isidentifier():
            return name
    return ""


def kept_in(one: Any) -> Dict[str, Any]:
    """What an object of a class written in Python has in its ``__dict__``."""
    slot = in_class(type(one), "__dict__")
    found = slot.__get__(one) if type(slot) is Slot else None
    return {name: value for name, value in dict(found).items() if type(name) is str} if type(found) is dict else {}


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


def locals_of(frame: Any) -> Dict[str, Any]:
    """A frame's local variables.

    Until Python 3.13 a function's frame keeps the dict that it gives, ``locals()`` gives the same one, and a tracer's
    changes in it are written back. So a function that may have it is left alone, and what has been put in is taken out.
    """
    if not SNAPSHOTS or not frame.f_code.co_flags & OPTIMIZED:
        return dict(frame.f_locals)
    is_traced = sys.gettrace() is not None or sys.getprofile() is not None  # then the dict is made anew all the time
    if not is_traced and not GIVE_LOCALS.isdisjoint(frame.f_code.co_names):
        return {}
    snapshot = frame.f_locals
    found = dict(snapshot)
    if not is_traced and sys.getrefcount(snapshot) <= UNSHARED:
        code = frame.f_code
        for name in (*code.co_varnames, *code.co_cellvars, *code.co_freevars):
            snapshot.pop(name, None)
    return found
