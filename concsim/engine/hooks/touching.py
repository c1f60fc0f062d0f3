"""One operation on all that a call which is not seen into reaches."""

from __future__ import annotations

import io
import signal
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from types import FunctionType, GeneratorType, MethodType
from typing import Any

from concsim.engine.hooks.effects import FUNCTIONS, Effect, SeenInto
from concsim.engine.hooks.leaving import may_leave, may_leave_by, module_of_function
from concsim.engine.hooks.pieces import Pieces
from concsim.engine.hooks.reach import Reach
from concsim.engine.hooks.shapes import CONTAINER, OWN, WINDOW, is_stream, shape_of
from concsim.engine.hooks.stepping import CALL, DELETE, READ, WRITE, Stepping
from concsim.engine.hooks.visibility import CONTAINER_IDS, MISSING, SIMPLE, home_of, is_field_of, peek, peek_class
from concsim.engine.identity import identity
from concsim.engine.instrument.sharing import READING
from concsim.engine.instrument.site import Site
from concsim.engine.refusal import refuse

HARMLESS_HANDLERS = (signal.SIG_DFL, signal.SIG_IGN, signal.default_int_handler)
IN_MEMORY = (io.StringIO, io.BytesIO)


class Touching:
    """Takes the step of a call whose effect is known by its function, or not at all."""

    def __init__(self, stepping: Stepping, own_modules: Collection[str], seen_into: SeenInto) -> None:
        self._stepping, self._own = stepping, own_modules
        self._pieces = Pieces(seen_into, own_modules)
        self.world, self._variables = stepping.world, stepping.variables
        self._reach = Reach(own_modules)

    def call(self, site: Site, function: Any, effect: Effect, given: Sequence[Any]) -> None:
        """``function(given…)`` is being called."""
        if self.world.quiet:
            return
        if effect.special:
            self._special(site, effect.special, given)
            return
        if effect.writes == -2 and may_leave(function):
            self._stepping.note_left(site, module_of_function(function))
        if type(function) in (FunctionType, MethodType):
            self.world.current.let_go = True  # where it is entered
        holder = getattr(function, "__self__", None)
        if identity(type(holder)) in CONTAINER_IDS:
            self.container(site, holder, given, function.__name__)
            return
        bound = shape_of(type(holder), self._own) in (CONTAINER, WINDOW)
        things = self._things((holder, *given) if bound else (function, *given), effect.deep)
        if effect.writes != -1 or effect.pieces:
            self._look_for_pieces(site, function, given, things)
        if bound and things:
            self._take(site, f"{function.__name__}({self._words(given)})", things, changes=function.__name__ not in READING)
        elif things:
            text = f" {_name(function, site)}({self._words(given)})"
            self._take(site, text, things, changes=self._changes(effect, given, things))

    def method(self, site: Site, holder: Any, effect: Effect, given: Sequence[Any]) -> None:
        """``holder.name(given…)`` is being called."""
        if self.world.quiet or (is_stream(holder) and type(holder) not in IN_MEMORY):
            return
        if effect.special:
            self._special(site, effect.special, given)
            return
        if effect.writes == -2 and may_leave_by(holder, site.name):
            self._stepping.note_left(site, home_of(holder if issubclass(type(holder), type) else type(holder)))
        if shape_of(type(holder), self._own) == CONTAINER:
            self.container(site, holder, given)
            return
        things = self._things((holder, *given), effect.deep)
        if effect.writes != -1 or effect.pieces:
            held = peek(holder, site.name)
            self._look_for_pieces(site, peek_class(type(holder), site.name) if held is MISSING else held, given, things)
        if things:
            beginning = "" if things[0] is holder else " "
            self._take(site, f"{beginning}{site.name}({self._words(given)})", things, changes=effect.writes != -1)

    def container(self, site: Site, holder: Any, given: Sequence[Any], name: str = "") -> None:
        """``holder.name(given…)`` is being called, a method that the container has from the language."""
        if self.world.quiet:
            return
        name = name or site.name
        also: Sequence[Any] = ()
        for one in given:
            if identity(type(one)) not in SIMPLE:
                also = self._things(given, deep=False)
                break
        if type(holder) is Counter:
            self._look_for_pieces(site, peek_class(Counter, name), given, (holder,))
        number = self._variables.number_of_whole(holder)
        if name in READING:
            self._stepping.step(site, READ, number, peeking=lambda: holder, also=also)
        else:
            self._stepping.step(site, CALL, number, f"{name}({self._words(given)})", also=also, also_read=True)

    def _look_for_pieces(self, site: Site, function: Any, given: Sequence[Any], things: Sequence[Any]) -> None:
        if things and not self.world.is_one_left() and self._pieces.has(function, given, things):
            self._stepping.note_unseen(site, _name(function, site))

    def _changes(self, effect: Effect, given: Sequence[Any], things: list[Any]) -> bool:
        if effect.writes < 0:
            return effect.writes == -2
        return len(given) > effect.writes and any(one is given[effect.writes] for one in things)

    def _things(self, given: Sequence[Any], deep: bool) -> list[Any]:
        return self._reach.things(given, deep)

    def _words(self, given: Sequence[Any]) -> str:
        return ", ".join([self._variables.show(one) for one in given])

    def _take(self, site: Site, text: str, things: list[Any], changes: bool) -> None:
        """Take the step. A *text* that begins with a blank is no method of the first thing."""
        number = self._variables.number_of_whole
        first, *others = things
        if changes:
            self._stepping.step(site, CALL, number(first), text, also=others)
        else:
            self._stepping.step(site, READ, number(first), peeking=lambda: first, also=others)

    # what is looked at in a way of its own

    def _special(self, site: Site, what: str, given: Sequence[Any]) -> None:
        looks: dict[str, Callable[..., None]] = {"getattr": self._get, "setattr": self._set, "delattr": self._delete, "vars": self._alias, "next": self._next, "source": self._source, "buffer": self._buffer}
        if what == "signal":
            self._signal(given)
        look = looks.get(what)
        if look is not None and given:
            look(site, *given)

    def _get(self, site: Site, holder: Any, name: Any = "", *_: Any) -> None:
        if type(name) is str and is_field_of(holder, name, self._own):
            target = self._variables.number_of_field(holder, name)
            self._stepping.step(site, READ, target, peeking=lambda: peek(holder, name))

    def _set(self, site: Site, holder: Any, name: Any = "", value: Any = MISSING) -> None:
        if type(name) is str and is_field_of(holder, name, self._own):
            self._stepping.step(site, WRITE, self._variables.number_of_field(holder, name), value)

    def _delete(self, site: Site, holder: Any, name: Any = "") -> None:
        if type(name) is str and is_field_of(holder, name, self._own):
            self._stepping.step(site, DELETE, self._variables.number_of_field(holder, name))

    def _alias(self, site: Site, holder: Any) -> None:
        self._variables.see_space(holder)

    def _signal(self, given: Sequence[Any]) -> None:
        """Signals come between any two operations of the main thread, which nobody chooses here. To let them be is harmless."""
        if not (len(given) == 2 and any(given[1] is one for one in HARMLESS_HANDLERS)):
            refuse("signal")

    def _buffer(self, site: Site, *streams: Any) -> None:
        own = next((type(one) for one in streams if shape_of(type(one), self._own) == OWN), None)
        if own is not None:
            refuse(f"a buffer of io over {own.__name__}")

    def _source(self, site: Site, source: Any, *_: Any) -> None:
        if not self.world.quiet:
            self._stepping.note_unseen(site, site.name)

    def _next(self, site: Site, iterator: Any, *_: Any) -> None:
        if type(iterator) is GeneratorType:
            self._stepping.enter(site, iterator)
            return
        things = self._things((iterator,), deep=False)
        if things:
            self._take(site, "next", things, changes=False)


def _name(function: Any, site: Site) -> str:
    """What a function is called."""
    name = function.__name__ if type(function) in FUNCTIONS else ""
    return name or site.name or str(type.__getattribute__(type(function), "__name__"))
