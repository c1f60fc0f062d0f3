"""Hooks for calls: what a function of a library is handed, and which of it that function reads or changes.

CPython has no hook for what happens in C. So a call of code that is not seen into counts, at its line, as one operation on
all that it reaches; of what is in `effects` it is known what it does. The function is called by the program itself: nothing
stands between the caller and the called, who may look at each other's frames.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from concsim.engine.hooks.container_hooks import ContainerHooks
from concsim.engine.hooks.effects import (
    BUFFERED,
    BUFFERS,
    CHANGES_FIRST,
    LOOKS,
    NOTHING,
    READS,
    UNKNOWN,
    Effect,
    SeenInto,
    known_effect,
)
from concsim.engine.hooks.object_hooks import ObjectHooks
from concsim.engine.hooks.shapes import CONTAINER, FOREIGN, FROZEN, INERT, MODELLED, OWN, shape_of
from concsim.engine.hooks.touching import Touching
from concsim.engine.hooks.visibility import CONTAINER_IDS, MISSING, peek, peek_class, space_of
from concsim.engine.identity import identity
from concsim.engine.instrument.site import Site

_METHOD_WRAPPER = type([].__len__)
_UNBOUND = (type(list.append), type(list.__len__))
_LRU: Any = type(__import__("functools").lru_cache(lambda: None))


class Noted:
    """A call whose arguments are being evaluated."""

    __slots__ = ("effect", "function", "given", "holder")

    def __init__(self, function: Any, effect: Effect, holder: Any = MISSING) -> None:
        self.function, self.effect, self.holder = function, effect, holder
        self.given: list[Any] = []


class CallHooks:
    """Made for one world. Each method named like a hook is that hook."""

    def __init__(
        self, objects: ObjectHooks, containers: ContainerHooks, touching: Touching, seen_into: SeenInto, own_modules: set[str],
    ) -> None:  # fmt: skip
        self._objects, self._containers, self._touching = objects, containers, touching
        self._own = own_modules
        self._world, self._sites = touching.world, touching.world.sites
        self._seen_into = seen_into

    def by_name(self) -> dict[str, Callable[..., Any]]:
        """The hooks as instrumented code calls them."""
        return {"." + name: getattr(self, name) for name in ("function", "go", "argument", "last", "method", "later", "print")}

    # calls of functions

    def function(self, number: int, function: Any, *given: Any) -> Any:
        """``function(given…)`` is about to be called."""
        effect = self._effect_at(self._sites[number], function)
        if effect is not None:
            self._touching.call(self._sites[number], function, effect, given)
        return function

    def go(self, number: int, function: Any) -> Any:
        """The same where the arguments are yet to be evaluated: `argument` is told of each, `last` of the last."""
        effect = self._effect_at(self._sites[number], function)
        if effect is not None:
            self._note(number, Noted(function, effect))
        return function

    def _effect_at(self, site: Site, function: Any) -> Effect | None:
        """`_effect_of`, asked once for each function that is called at *site*: most often there is one."""
        kind = type(function)
        key = function.__code__ if kind is FunctionType else function
        if key is site.callee:
            known: Effect | None = site.effect
            return known
        effect = self._effect_of(function)
        if kind is FunctionType or known_effect(function) is not None:  # of others the site would keep what they hold
            site.callee, site.effect = key, effect
        return effect

    def _note(self, number: int, noted: Noted) -> None:
        self._world.current.calling[identity(sys._getframe(2)), number] = noted

    def argument(self, number: int, value: Any) -> Any:
        """An argument, but the last."""
        calling = self._world.current.calling
        if calling:
            noted = calling.get((identity(sys._getframe(1)), number))
            if noted is not None:
                noted.given.append(value)
        return value

    def last(self, number: int, value: Any) -> Any:
        """The last argument: now the call is made."""
        calling = self._world.current.calling
        if calling:
            noted = calling.pop((identity(sys._getframe(1)), number), None)
            if noted is not None:
                noted.given.append(value)
                self._make(self._sites[number], noted)
        return value

    def _make(self, site: Site, noted: Noted) -> None:
        if noted.holder is MISSING:
            self._touching.call(site, noted.function, noted.effect, noted.given)
        else:
            self._touching.method(site, noted.holder, noted.effect, noted.given)

    def print(self, function: Any) -> Any:
        """``print`` is about to be called: what it prints is one operation."""
        self._world.current.printing = None
        return function

    # calls of methods

    def method(self, number: int, holder: Any, *given: Any) -> Any:
        """``holder.name(given…)`` is about to be called."""
        site = self._sites[number]
        if identity(type(holder)) in CONTAINER_IDS:
            if hasattr(holder, site.name):
                self._touching.container(site, holder, given)
            return holder
        effect = self._effect_of_method(site, holder)
        if effect is not None:
            self._touching.method(site, holder, effect, given)
        return holder

    def later(self, number: int, holder: Any) -> Any:
        """The same where the arguments are yet to be evaluated."""
        effect = self._effect_of_method(self._sites[number], holder)
        if effect is not None:
            self._note(number, Noted(None, effect, holder))
        return holder

    def _effect_of_method(self, site: Site, holder: Any) -> Effect | None:
        kind = type(holder)
        shape = shape_of(kind, self._own)
        if shape == OWN:
            return self._of_own(site, holder)
        if shape == CONTAINER:
            return UNKNOWN if self._is_foreign(peek_class(kind, site.name)) else None
        if shape == INERT:
            return self._of_inert(site, holder)
        if shape in (MODELLED, FROZEN):
            self._world.current.printing = None  # it may be a stream
            self._objects.see_field(site, holder)
            return None
        if kind is super:
            return self._of_bound(getattr(holder, site.name, None))
        self._objects.see_field(site, holder)
        return UNKNOWN

    def _of_own(self, site: Site, holder: Any) -> Effect | None:
        """A method of the program's own class: seen as it runs, unless a library's class wrote it."""
        held = peek(holder, site.name) if self._objects.see_field(site, holder) else peek_class(type(holder), site.name)
        return self._effect_of(held) if held is not MISSING and callable(held) else None

    def _of_inert(self, site: Site, holder: Any) -> Effect | None:
        self._containers.see_chance(site, holder)
        if issubclass(type(holder), ModuleType):
            self._objects.see_field(site, holder)
            return self._effect_of(space_of(holder).get(site.name))
        if issubclass(type(holder), type):
            self._objects.see_field(site, holder)
            held = peek_class(holder, site.name)
            inner = getattr(held, "__func__", held) if type(held) in (staticmethod, classmethod) else held
            return self._effect_of(inner) if inner is not MISSING else None
        return READS if issubclass(type(holder), (str, bytes)) else None

    def _is_foreign(self, held: Any) -> bool:
        """Whether a method of a container is one that another than the program wrote."""
        return held is not MISSING and not (type(held) is FunctionType and self._seen_into.holds(held))

    # what is called

    def _effect_of(self, function: Any) -> Effect | None:
        """What a call of *function* does that is not seen as it happens; None for nothing."""
        kind = type(function)
        if kind is FunctionType:
            return None if self._seen_into.holds(function) else known_effect(function) or UNKNOWN
        found = known_effect(function)
        if found is not None:
            return None if found is NOTHING else found
        if kind is MethodType:
            return self._effect_of(function.__func__) and UNKNOWN
        if issubclass(kind, type):
            return self._of_class(function)
        if kind is BuiltinFunctionType or kind is _METHOD_WRAPPER:
            return self._of_bound(function)
        if kind is partial:
            return self._effect_of(function.func) and UNKNOWN
        if kind in _UNBOUND:
            return CHANGES_FIRST
        if kind is _LRU:
            return UNKNOWN
        shape = shape_of(kind, self._own)
        # one that holds nothing that changes, as operator.itemgetter(1), is handed what does
        return UNKNOWN if shape == FOREIGN or (shape == INERT and peek_class(kind, "__call__") is not MISSING) else None

    def _of_bound(self, function: Any) -> Effect | None:
        """A method in C, taken off its object."""
        holder = getattr(function, "__self__", None)
        if holder is None or type(holder) is ModuleType:
            return UNKNOWN
        if issubclass(type(holder), BUFFERED) and function.__name__ == "__init__":
            return BUFFERS
        shape = shape_of(type(holder), self._own)
        if shape in (MODELLED, FROZEN):
            return None
        return LOOKS if shape == INERT else UNKNOWN

    def _of_class(self, cls: Any) -> Effect | None:
        """Making an object: of the program's own classes only where a container or a library takes the arguments."""
        if issubclass(cls, BUFFERED):
            return BUFFERS
        shape = shape_of(cls, self._own)
        if shape in (MODELLED, INERT):
            return None
        made = peek_class(cls, "__init__")
        if type(made) is FunctionType and (self._seen_into.holds(made) or made.__code__.co_filename == "<string>"):
            return None
        return None if shape == OWN and type(made) is not FunctionType else LOOKS
