"""Other objects in the place of a module's own, for the program's own files and nobody else.

A C class cannot be patched. The program's files are offered a subclass that observes, and a *stand-in* below it which
says of every instance of the plain class that it is one of its own.
"""

from __future__ import annotations

from abc import ABCMeta
from types import FunctionType, ModuleType
from typing import Any, Dict, Protocol, Tuple

from concsim.lab.wire import originals

_ABSTRACT = "_abc_impl"
_stands_for: Dict[int, Tuple[Any, Any]] = {}
"""By the identity of a stand-in: the plain class, and the observing subclass of it."""


class StandIn(type(Protocol)):  # type: ignore[misc]
    """The class of stand-ins and of the program's subclasses of them.

    It is a subclass of ABCMeta and of Protocol's, so that a program's class may have one of theirs as well.
    """

    def __new__(cls, name: str, bases: Any, names: Any, **options: Any) -> Any:
        abstract = any(_ABSTRACT in getattr(one, "__dict__", ()) for one in bases)
        return super().__new__(cls, name, bases, names, **options) if abstract else type.__new__(cls, name, bases, names, **options)

    def __instancecheck__(cls, one: object) -> bool:
        if id(cls) in _stands_for:
            return isinstance(one, _stands_for[id(cls)][0])
        return ABCMeta.__instancecheck__(cls, one) if _ABSTRACT in cls.__dict__ else type.__instancecheck__(cls, one)

    def __subclasscheck__(cls, one: Any) -> bool:
        if id(cls) in _stands_for:
            return issubclass(one, _stands_for[id(cls)][0])
        return ABCMeta.__subclasscheck__(cls, one) if _ABSTRACT in cls.__dict__ else type.__subclasscheck__(cls, one)


StandIn.__name__ = StandIn.__qualname__ = "type"
StandIn.__module__ = "builtins"


def stand_in(plain: Any, observing: Any) -> Any:
    """What to offer in the place of *plain*: a class below its subclass *observing*, with the looks of the plain one."""
    offered = StandIn("StandIn", (observing,), {})
    for one in (observing, offered):
        _dress(one, plain)
    _stands_for[id(offered)] = plain, observing
    return offered


def _dress(one: Any, plain: Any) -> None:
    one.__name__, one.__qualname__, one.__module__ = plain.__name__, plain.__qualname__, plain.__module__
    one.__doc__ = plain.__doc__
    for name, value in list(vars(one).items()):
        if type(value) is FunctionType:
            value.__qualname__, value.__module__ = plain.__qualname__ + "." + name, plain.__module__


def bases_of_class(has_options: bool, *bases: Any) -> Tuple[Any, ...]:
    """The bases of a class statement of the program's: where another metaclass is to be, a stand-in's would not do."""
    if has_options or any(type(one) not in (type, StandIn) for one in bases):
        return tuple(_stands_for[id(one)][1] if id(one) in _stands_for else one for one in bases)
    return bases


def offer(module: ModuleType, places: Any, names: Dict[str, Any]) -> None:
    """Let the program's own files, and nobody else, find other objects under these names of a module.

    Whoever asks is seen by the frame that asks: an import statement or an attribute of the module.
    """
    plain = {name: module.__dict__[name] for name in names}

    def make(name: str) -> property:
        def get(self: Any) -> Any:
            frame = originals.getframe(1)
            own = frame is not None and places.base_of(frame.f_code.co_filename) >= 0
            return names[name] if own else self.__dict__.get(name, plain[name])

        def put(self: Any, value: Any) -> None:
            self.__dict__[name] = value
            names[name] = value

        return property(get, put)

    base = type(module)
    module.__class__ = type(base.__name__, (base,), {name: make(name) for name in names})
