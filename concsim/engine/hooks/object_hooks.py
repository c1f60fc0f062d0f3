"""Hooks for attributes, items, containers and iteration: what is visible is decided from the object at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from types import FunctionType, ModuleType
from typing import Any

from concsim.engine.hooks.reach import Reach
from concsim.engine.hooks.shapes import CONTAINER, FOREIGN, OWN, WINDOW, shape_of
from concsim.engine.hooks.stepping import DELETE, READ, WRITE, Stepping
from concsim.engine.hooks.variables import Shown
from concsim.engine.hooks.visibility import (
    CONTAINER_IDS,
    MISSING,
    is_field_of,
    kind_of_attribute,
    peek,
    peek_class,
    peek_item,
)
from concsim.engine.hooks.visibility import FIELD as IS_FIELD
from concsim.engine.identity import identity
from concsim.engine.instrument.site import Site

_METHODS: dict[int, str] = {READ: "__getitem__", WRITE: "__setitem__", DELETE: "__delitem__"}


class ObjectHooks:
    """Made for one world. Each method named like a hook is that hook."""

    def __init__(self, stepping: Stepping, own_modules: set[str]) -> None:
        self._stepping, world, self._own = stepping, stepping.world, own_modules
        self._world, self._variables, self._step = world, stepping.variables, stepping.step
        self._sites = world.sites
        self._reach = Reach(own_modules)

    def by_name(self) -> dict[str, Callable[..., Any]]:
        """The hooks as instrumented code calls them."""
        names = (
            "field", "put_field", "aim_field", "drop_field", "item", "key", "get_item", "put_item", "aim_item", "aim_key",
            "set_item", "drop_item", "delete_item", "stash",
        )  # fmt: skip
        return {"." + name: getattr(self, name) for name in names}

    # attributes

    def _is_field(self, value: Any, name: str) -> bool:
        return kind_of_attribute(type(value), name) == IS_FIELD or is_field_of(value, name, self._own)

    def field(self, number: int, holder: Any) -> Any:
        """``holder.name`` is about to be read."""
        self.see_field(self._sites[number], holder)
        return holder

    def put_field(self, number: int, value: Any, holder: Any) -> Any:
        """``holder.name = value`` is about to be done."""
        site = self._sites[number]
        self._write_field(site, holder, value)
        return value

    def aim_field(self, number: int, holder: Any, stashed: int) -> Any:
        """The same where the value was evaluated before the holder (and is stashed), or is not known."""
        site = self._sites[number]
        value = self._unstash() if stashed else MISSING
        self._write_field(site, holder, value)
        return holder

    def _write_field(self, site: Site, holder: Any, value: Any) -> None:
        if self._is_field(holder, site.name):
            self._step(site, WRITE, self._variables.number_of_field(holder, site.name), value)
        elif issubclass(type(holder), (ModuleType, type)) and shape_of(holder if issubclass(type(holder), type) else type(holder), self._own) != OWN:
            self._stepping.note_left(site, "a library")  # what it is called is to be asked of nobody

    def drop_field(self, number: int, holder: Any) -> Any:
        """``del holder.name`` is about to be done."""
        site = self._sites[number]
        if self._is_field(holder, site.name):
            self._step(site, DELETE, self._variables.number_of_field(holder, site.name))
        return holder

    def stash(self, value: Any) -> Any:
        """Keep what is to be stored, as a text at most, until the target is known."""
        stash = self._world.current.stash
        if len(stash) > 64:  # values of assignments whose targets raised
            stash.clear()
        stash.append(value if type(value) is int else Shown(self._variables.show(value)))
        return value

    def _unstash(self) -> Any:
        stash = self._world.current.stash
        return stash.pop() if stash else MISSING

    # items

    def _item_of(self, holder: Any, key: Any, method: str) -> int:
        """The number of ``holder[key]``; 0 where what the program's own class does with it is seen as it does it."""
        kind = type(holder)
        if identity(kind) in CONTAINER_IDS:
            return self._variables.number_of_item(holder, key)
        shape = shape_of(kind, self._own)
        if shape == CONTAINER and type(peek_class(kind, method)) is not FunctionType:
            return self._variables.number_of_item(holder, key)
        if shape == WINDOW:
            holder = next(iter(self._reach.things((holder,), deep=False)), None)
        elif shape != FOREIGN:
            return 0
        if type(peek_class(kind, method)) is FunctionType:
            self._world.current.let_go = True  # a library's function, which lets go where it is entered
        return 0 if holder is None else self._variables.number_of_whole(holder)

    def _step_item(self, number: int, kind: int, holder: Any, key: Any, value: Any = MISSING) -> None:
        """Be at an operation on ``holder[key]``, if it is visible. Some touch the whole: which item it is depends on the moment,
        all after it move, or the order of the keys is another."""
        target = self._item_of(holder, key, _METHODS[kind])
        if not target:
            return
        from_end = type(key) is int and key < 0
        new = kind == WRITE and issubclass(type(holder), dict) and peek_item(holder, key) is MISSING
        also = (holder,) if from_end or new or kind == DELETE else ()
        again = (lambda: self._item_of(holder, key, _METHODS[kind]) or target) if from_end else None
        peeking = (lambda: peek_item(holder, key)) if kind == READ else None
        self._step(self._sites[number], kind, target, value, peeking, also, again)

    def item(self, number: int, holder: Any, key: Any) -> Any:
        """``holder[key]`` is about to be read."""
        self._step_item(number, READ, holder, key)
        if type(holder) is Counter and peek_item(holder, key) is MISSING:
            self._world.current.let_go = True  # Counter.__missing__ is a function, which lets go where it is entered
        return holder

    def key(self, number: int, holder: Any, key: Any) -> Any:
        """The same, told by the key."""
        self.item(number, holder, key)
        return key

    def get_item(self, number: int, holder: Any, key: Any) -> Any:
        """``holder[key]``."""
        return self.item(number, holder, key)[key]

    def put_item(self, number: int, value: Any, holder: Any, key: Any) -> Any:
        """``holder[key] = value`` is about to be done."""
        self._step_item(number, WRITE, holder, key, value)
        return value

    def aim_item(self, number: int, holder: Any, key: Any, stashed: int) -> Any:
        """The same where the value is stashed or not known."""
        value = self._unstash() if stashed else MISSING
        self._step_item(number, WRITE, holder, key, value)
        return holder

    def aim_key(self, number: int, holder: Any, key: Any) -> Any:
        """The same, told by the key."""
        self.aim_item(number, holder, key, 1)
        return key

    def set_item(self, number: int, value: Any, holder: Any, key: Any) -> None:
        """``holder[key] = value``."""
        self.put_item(number, value, holder, key)
        holder[key] = value

    def drop_item(self, number: int, holder: Any, key: Any) -> Any:
        """``del holder[key]`` is about to be done."""
        self._step_item(number, DELETE, holder, key)
        return holder

    def delete_item(self, number: int, holder: Any, key: Any) -> None:
        """``del holder[key]``."""
        del self.drop_item(number, holder, key)[key]

    def see_field(self, site: Site, holder: Any) -> bool:
        """``holder.name`` is about to be read, if it is a field; whether it is."""
        if not self._is_field(holder, site.name):
            return False
        target = self._variables.number_of_field(holder, site.name)
        self._step(site, READ, target, peeking=lambda: peek(holder, site.name))
        return True
