"""Virtual ``threading.local``."""

from __future__ import annotations

import weakref
from typing import Any, ClassVar

from concsim.engine.actor import Actor
from concsim.engine.primitives.primitive import Primitive


class _Spaces:
    """What one `local` holds for each thread. A thread that ends takes its part along."""

    of_actor: ClassVar[dict[Actor, weakref.WeakSet[_Spaces]]] = {}

    def __init__(self) -> None:
        self.by_actor: dict[Actor, dict[str, Any]] = {}

    def make(self, actor: Actor) -> dict[str, Any]:
        """A new part for *actor*."""
        self.of_actor.setdefault(actor, weakref.WeakSet()).add(self)
        space = self.by_actor[actor] = {}
        return space


def forget_locals(actor: Actor) -> None:
    """A thread has ended."""
    for spaces in _Spaces.of_actor.pop(actor, ()):
        spaces.by_actor.pop(actor, None)


class local:  # noqa: N801 - its name in threading
    """An object whose attributes differ from thread to thread. ``__init__`` runs once in each that touches it."""

    def __new__(cls, /, *args: Any, **kwargs: Any) -> local:
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        object.__setattr__(self, "_spaces", _Spaces())
        object.__setattr__(self, "_arguments", (args, kwargs))
        _spaces(self).make(Primitive.world.current)
        return self

    def _space(self) -> dict[str, Any]:
        spaces, actor = _spaces(self), Primitive.world.current
        space = spaces.by_actor.get(actor)
        if space is None:
            space = spaces.make(actor)
            args, kwargs = object.__getattribute__(self, "_arguments")
            try:
                type(self).__init__(self, *args, **kwargs)
            except BaseException:
                spaces.by_actor.pop(actor, None)  # it is tried again at the next touch
                raise
        return space

    def __getattribute__(self, name: str) -> Any:
        space = local._space(self)
        if name == "__dict__":
            return space
        held = _class_attribute(type(self), name)
        if held is not None and hasattr(type(held), "__set__"):
            return object.__getattribute__(self, name)
        if name in space:
            return space[name]
        return object.__getattribute__(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        space = local._space(self)
        if name == "__dict__":
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        held = _class_attribute(type(self), name)
        if held is not None and hasattr(type(held), "__set__"):
            object.__setattr__(self, name, value)
        else:
            space[name] = value

    def __delattr__(self, name: str) -> None:
        space = local._space(self)
        if name == "__dict__":
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        if name not in space:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        del space[name]


def _spaces(one: local) -> _Spaces:
    return object.__getattribute__(one, "_spaces")  # type: ignore[no-any-return]


def _class_attribute(kind: type, name: str) -> Any:
    for base in kind.__mro__:
        if name in base.__dict__:
            return base.__dict__[name]
    return None


local.__module__ = "_thread"
local.__name__ = local.__qualname__ = "_local"
