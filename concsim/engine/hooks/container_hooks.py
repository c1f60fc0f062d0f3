"""Hooks for containers as a whole: read by a function or an operator, looked into, looped over."""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable, Sequence
from types import FunctionType, GeneratorType
from typing import Any

from concsim.engine.chance_watch import ChanceWatch, may_be_chance
from concsim.engine.hooks.reach import Reach
from concsim.engine.hooks.shapes import CONTAINER, FOREIGN, FROZEN, INERT, MODELLED, OWN, WINDOW, shape_of
from concsim.engine.hooks.stand_ins import Each, Resumed, gaps_of_loops
from concsim.engine.hooks.stepping import CALL, READ, Stepping
from concsim.engine.hooks.visibility import CONTAINER_IDS, SIMPLE, is_field_of, peek, peek_class, peek_item
from concsim.engine.identity import identity
from concsim.engine.instrument.nodes import AUGMENTED, SYMBOLS
from concsim.engine.instrument.sharing import IN_CALL
from concsim.engine.instrument.site import Site


class ContainerHooks:
    """Made for one world. Each method named like a hook is that hook."""

    def __init__(self, stepping: Stepping, own_modules: set[str], is_own: Callable[[str], bool]) -> None:
        self._stepping, self._own, self._is_own = stepping, own_modules, is_own
        self._world, self._variables = stepping.world, stepping.variables
        self._sites = stepping.world.sites
        self._reach = Reach(own_modules)
        self._chance = ChanceWatch(stepping.world, stepping.world.recorder)
        self._loops = gaps_of_loops(stepping.world.places)

    def by_name(self) -> dict[str, Callable[..., Any]]:
        """The hooks as instrumented code calls them."""
        names = ("matched", "whole", "text", "member", "each", "left", "right", "operand", "onto", "change", "chance", "ordered")
        hooks = {"." + name: getattr(self, name) for name in names}
        return hooks | {".change" + name: self.changing(getattr(operator, name[1:]), SYMBOLS[name]) for name in AUGMENTED.values()}

    def _read(self, site: Site, things: Sequence[Any]) -> None:
        """Read all of *things* in one step."""
        first, *others = things
        number = self._variables.number_of_whole(first)
        self._stepping.step(site, READ, number, peeking=lambda: first, also=others)

    # as a whole

    def whole(self, number: int, value: Any) -> Any:
        """A container is about to be read as a whole: its length, its truth, a copy."""
        if identity(type(value)) in CONTAINER_IDS:
            self._read(self._sites[number], (value,))
        elif shape_of(type(value), self._own) in (CONTAINER, WINDOW):
            things = self._reach.things((value,), deep=False)
            if things:
                self._read(self._sites[number], things)
        return value

    def text(self, number: int, value: Any) -> Any:
        """The text of *value* is about to be made: of a container, that of all it holds."""
        if shape_of(type(value), self._own) in (CONTAINER, WINDOW, FROZEN):
            things = self._reach.things((value,))
            if things:
                self._read(self._sites[number], things)
        return value

    def member(self, number: int, value: Any, *key: Any) -> Any:
        """``key in value`` is about to be asked."""
        kind = type(value)
        if not (key and issubclass(kind, dict) and identity(kind) in CONTAINER_IDS):
            return self.whole(number, value)
        target = self._variables.number_of_item(value, key[0])
        self._stepping.step(self._sites[number], READ, target, peeking=lambda: peek_item(value, key[0]))
        return value

    def matched(self, number: int, subject: Any, *names: str) -> Any:
        """*subject* is about to be matched with patterns that look at these of its attributes, and at what it holds."""
        site, kind = self._sites[number], type(subject)
        if shape_of(kind, self._own) in (CONTAINER, WINDOW):
            return self.whole(number, subject)
        places = peek_class(kind, "__match_args__")
        looked_at = [*names, *(places if type(places) is tuple else ())]
        fields = [one for one in dict.fromkeys(looked_at) if type(one) is str and is_field_of(subject, one, self._own)]
        if len(fields) > 1:
            self._stepping.note_unseen(site, "match")
        if fields:
            target = self._variables.number_of_field(subject, fields[0])
            self._stepping.step(site, READ, target, peeking=lambda: peek(subject, fields[0]), also=(subject,))
        return subject

    def each(self, number: int, value: Any, made: int = 0, where: int = IN_CALL) -> Any:
        """A loop is about to run over *value*; of a shared container every item is a step.

        With *made* it was made for the loop by a call: nobody else resumes a generator that was. *where* says which kind of loop it is.
        """
        site, kind, gaps = self._sites[number], type(value), self._loops[where]
        if identity(kind) in CONTAINER_IDS:
            self._chance.iterate(value, site.line)
            return Each(self._stepping, site, value, value, gaps)
        shape = shape_of(kind, self._own)
        if shape == CONTAINER and type(peek_class(kind, "__iter__")) is not FunctionType:
            return Each(self._stepping, site, value, value, gaps)
        if kind is GeneratorType and not made:
            return Resumed(self._stepping, site, value)
        if shape == WINDOW:
            things = self._reach.things((value,), deep=False)
            return Each(self._stepping, site, value, things[0], gaps) if things else value
        return value

    # operators

    def left(self, number: int, value: Any) -> Any:
        """The left operand, where it cannot be evaluated once more."""
        if identity(type(value)) not in SIMPLE:
            self._world.current.calling[identity(sys._getframe(1)), number] = value
        return value

    def right(self, number: int, value: Any) -> Any:
        """The right operand is there as well."""
        calling = self._world.current.calling
        left = calling.pop((identity(sys._getframe(1)), number), 0) if calling else 0
        return self.operand(number, value, left)

    def operand(self, number: int, right: Any, left: Any) -> Any:
        """Both operands of an operator are there."""
        kind = type(left)
        if (kind is int or kind is str) and type(right) is kind:
            return right
        if identity(kind) in SIMPLE and identity(type(right)) in SIMPLE:
            return right
        things = [value for value in (left, right) if self._is_read(value)]
        if things:
            found = self._reach.things(things)
            if found:
                self._read(self._sites[number], found)
        return right

    def _is_read(self, value: Any) -> bool:
        """Whether an operator reads what *value* holds, unseen."""
        shape = shape_of(type(value), self._own)
        if shape in (INERT, MODELLED):
            return False
        if shape != OWN:
            return True
        made = peek_class(type(value), "__eq__")
        return type(made) is FunctionType and not self._is_own(made.__code__.co_filename)

    def onto(self, number: int, operand: Any, target: Any) -> Any:
        """``target op= operand`` is about to be done, in place if *target* is a container."""
        if type(target) is not int:
            site = self._sites[number]
            self._put_onto(site, site.name, target, operand)
        return operand

    def change(self, number: int, operate: Callable[[Any, Any], Any], value: Any, operand: Any) -> Any:
        """The same, done."""
        self.onto(number, operand, value)
        return operate(value, operand)

    def changing(self, operate: Callable[[Any, Any], Any], symbol: str) -> Callable[[Any, Any], Any]:
        """The same for what has just been read, at the site of the reading."""
        world = self._world

        def change(value: Any, operand: Any) -> Any:
            if type(value) is not int and world.current.site is not None:
                self._put_onto(world.current.site, symbol, value, operand)
            return operate(value, operand)

        return change

    def _put_onto(self, site: Site, symbol: str, target: Any, operand: Any) -> None:
        if identity(type(target)) not in CONTAINER_IDS and shape_of(type(target), self._own) not in (CONTAINER, FOREIGN):
            return
        also = self._reach.things((operand,), deep=False)
        number = self._variables.number_of_whole(target)
        self._stepping.step(site, CALL, number, f" {symbol} {self._variables.show(operand)}", also=also, also_read=True)

    # chance

    def chance(self, number: int, function: Any) -> Any:
        """A function is called whose answer may differ from run to run."""
        site = self._sites[number]
        self._chance.note(site.name, site.line)
        return function

    def ordered(self, number: int, value: Any) -> Any:
        """A loop is about to run over a set that nobody else can reach: its order may differ from run to run."""
        self._chance.iterate(value, self._sites[number].line)
        return value

    def see_chance(self, site: Site, holder: Any) -> None:
        """``holder.name`` is about to be called."""
        if may_be_chance(holder):
            self._chance.method(holder, site.name, site.line)

