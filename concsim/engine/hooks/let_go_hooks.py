"""The hooks of the `gil` model: they only note that another thread may come in now."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Iterator
from types import FunctionType, MethodType
from typing import Any

from concsim.engine.hooks.effects import SeenInto
from concsim.engine.identity import identity
from concsim.engine.world import World

_NEVER, _SECOND = object(), operator.itemgetter(1)


class Rounds:
    """What a comprehension runs over: it lets go in front of each item but the first, and of that too where it is *entered*.

    It asks for the iterator when it is asked for its own: where that cannot be had, the interpreter says so at the right place.
    """

    __slots__ = ("_entered", "_iterable", "_let_go")

    def __init__(self, iterable: Any, let_go: Callable[[], None], entered: int) -> None:
        self._iterable, self._let_go, self._entered = iterable, let_go, entered

    def __iter__(self) -> Iterator[Any]:
        going: Iterator[Any] = iter(self._let_go, _NEVER)
        # nothing of it is a Python function: none of our frames is between the comprehension and a generator of the program's
        return map(_SECOND, zip(going if self._entered else itertools.chain((None,), going), iter(self._iterable), strict=False))


def let_go_hooks(world: World, seen_into: SeenInto) -> dict[str, Callable[..., Any]]:
    """Hooks by name. *seen_into* tells which functions have hooks of their own."""
    seen = seen_into.known

    def let_go() -> None:
        world.current.let_go = True

    def resumed(value: Any) -> Any:
        world.current.let_go = True
        return value

    def called(number: int, function: Any) -> Any:
        """A call is about to be made: a Python function lets go where it is entered, anything else after the call.

        Which of both it is, is kept for `back`, by the place of the call: nothing may stand between the caller and
        the called, who may look at each other's frames.
        """
        inner = function.__func__ if type(function) is MethodType else function
        # a library's function lets go where it is entered, and at many places after that
        if type(inner) is FunctionType:
            known = seen.get(identity(inner.__code__))  # looked up here: a call more would be one more before the stack is full
            world.current.calls[number] = known[1] if known is not None else seen_into.holds(inner)
        else:
            world.current.calls[number] = False
        return function

    def back(number: int, result: Any) -> Any:
        """The call has returned."""
        actor = world.current
        if not actor.calls.get(number, False):
            actor.let_go = True
        return result

    def rounds(iterable: Any, entered: int) -> Rounds:
        return Rounds(iterable, let_go, entered)

    return {".let_go": let_go, ".resumed": resumed, ".called": called, ".back": back, ".rounds": rounds}
