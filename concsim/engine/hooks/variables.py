"""What a stepped program reads and writes: its variables, numbered and named as the program would write them."""

from __future__ import annotations

import weakref
from types import ModuleType
from typing import Any

from concsim.engine.hooks.held import Held
from concsim.engine.hooks.visibility import SIMPLE, WHOLE, space_of
from concsim.engine.identity import identity
from concsim.engine.libraries.holdings import LIBRARY_HOLDINGS
from concsim.engine.recorder import Recorder
from concsim.engine.values import show
from concsim.engine.world import World
from concsim.model.events import ObjectDeclared


class Shown:
    """A value of which only the text was kept."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class Variables:
    """Numbers for globals, attributes, items and whole containers; an object keeps its numbers while it lives."""

    def __init__(self, world: World, recorder: Recorder) -> None:
        self._world, self._recorder = world, recorder
        world.show = self.show
        self.spaces: list[dict[str, Any]] = []
        self.cells: dict[int, int] = {}
        """The numbers of cells by their addresses, for the hooks."""
        self.held = Held(self._forget)
        self.clear()
        world.on_forget.append(self.clear)

    def clear(self) -> None:
        """Forget all of an execution."""
        self._numbers: dict[int, dict[Any, int]] = {}
        self.cells.clear()
        self._names: dict[int, str] = {}
        self._counts: dict[str, int] = {}
        self._watchers: dict[int, Any] = {}
        self.held.clear()
        self._holders: dict[int, Any] = {}
        self._places: dict[int, tuple[int, Any]] = {}

    def place_of(self, number: int) -> tuple[int, Any]:
        """The object that a variable is part of, by its address, and which part of it; itself, where it is of none."""
        return self._places.get(number) or (number, WHOLE)

    def see_space(self, holder: Any) -> None:
        """The program has got hold of the dictionary of an object: its items are the object's fields."""
        self._holders[identity(space_of(holder))] = holder

    def _declare(self, holder: int, key: Any, name: str, alone: bool = False) -> int:
        number = self._world.new_number()
        if not alone:
            self._places[number] = holder, WHOLE if key is None else key
        self._numbers.setdefault(holder, {})[key] = number
        self._world.names[number] = name
        self._recorder.send(ObjectDeclared(self._world.time, number, "variable", name))
        return number

    def _known(self, holder: int, key: Any) -> int | None:
        numbers = self._numbers.get(holder)
        return None if numbers is None else numbers.get(key)

    def number_of_global(self, space: dict[str, Any], name: str) -> int:
        """The number of a global."""
        return self._known(identity(space), name) or self._declare_global(space, name)

    def _declare_global(self, space: dict[str, Any], name: str) -> int:
        number = self._declare(identity(space), name, name, alone=True)
        self._world.lasting[number] = str(space.get("__name__", "")), name
        return number

    def number_of_cell(self, cell: Any, name: str) -> int:
        """The number of a variable shared by closures, which is a cell of its own each time its function is called."""
        found = self.cells.get(identity(cell))
        if found is None:
            count = self._counts[name] = self._counts.get(name, 0) + 1
            self._watch(cell)
            self._world.note_met(identity(cell))
            found = self._declare(identity(cell), None, name if count == 1 else f"{name} #{count}")
            self.cells[identity(cell)] = found
        return found

    def number_of_field(self, holder: Any, field: str) -> int:
        """The number of an attribute."""
        found = self._known(identity(holder), field)
        return found or self._declare(identity(holder), field, f"{self.name_of(holder)}.{field}")

    def number_of_item(self, holder: Any, key: Any) -> int:
        """The number of an item; of the whole container where the key is not simple."""
        if self._holders and type(key) is str and identity(holder) in self._holders:
            return self.number_of_field(self._holders[identity(holder)], key)
        if identity(type(key)) not in SIMPLE:
            return self.number_of_whole(holder)
        if type(key) is int and key < 0 and issubclass(type(holder), list):
            key += len(holder)
        index = (type(key), key)
        return self._known(identity(holder), index) or self._declare(identity(holder), index, f"{self.name_of(holder)}[{show(key)}]")

    def number_of_whole(self, holder: Any) -> int:
        """The number of a container as one thing."""
        return self._known(identity(holder), None) or self._declare(identity(holder), None, self.name_of(holder))

    def name_of(self, value: Any) -> str:
        """What the program calls an object: the global that holds it, else its kind and a count."""
        found = self._names.get(identity(value))
        if found is None:
            found = self._names[identity(value)] = self._find_name(value)
            self._world.note_met(identity(value))
            LIBRARY_HOLDINGS.touch(value)
            self._watch(value)
        return found

    def show(self, value: Any) -> str:
        """A value as text."""
        return value.text if type(value) is Shown else show(value, self.known_name)

    def known_name(self, value: Any) -> str:
        """`name_of` an object that holds variables, "" for others."""
        return self._names.get(identity(value), "")

    def _find_name(self, value: Any) -> str:
        for space in self.spaces:
            named = [(name, held) for name, held in space.items() if type(name) is str and not name.startswith("__")]
            for name, held in named:
                if held is value:
                    return name
            for name, held in named:
                if type(held) is list or type(held) is tuple:
                    for index, item in enumerate(held[:200]):
                        if item is value:
                            return f"{name}[{index}]"
                elif type(held) is dict and held is not space:
                    for key, item in list(held.items())[:200]:
                        if item is value:
                            return f"{name}[{show(key)}]"
        if issubclass(type(value), type):
            return str(type.__getattribute__(value, "__name__"))
        if issubclass(type(value), ModuleType):
            return str(space_of(value).get("__name__", "module"))
        kind = type.__getattribute__(type(value), "__name__")
        count = self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"{kind}" if count == 1 else f"{kind} #{count}"

    def _watch(self, value: Any) -> None:
        """Forget an object when it goes, so that a new one at its address gets numbers of its own."""
        address = identity(value)
        try:
            self._watchers[address] = weakref.ref(value, lambda _: self._forget(address))
        except TypeError:
            self.held.add(address, value)

    def _forget(self, address: int) -> None:
        for known in (self._names, self._watchers, self._numbers, self.cells):
            known.pop(address, None)  # type: ignore[attr-defined]
