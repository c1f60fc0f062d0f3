"""The hooks of the `gil` model: they only note that another thread may come in now."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType, MethodType
from typing import Any

from concsim.engine.hooks.effects import SeenInto
from concsim.engine.hooks.visibility import peek_class
from concsim.engine.identity import identity
from concsim.engine.world import World


def let_go_hooks(world: World, seen_into: SeenInto) -> dict[str, Callable[..., Any]]:
    """Hooks by name. *seen_into* tells which functions have hooks of their own."""
    return _loops(world) | _calls(world, seen_into) | _managers(world, seen_into)


def _loops(world: World) -> dict[str, Callable[..., Any]]:
    """What is known from the text, and the rounds of loops."""

    def let_go() -> None:
        world.current.let_go = True

    def resumed(value: Any) -> Any:
        world.current.let_go = True
        return value

    def round_begins(number: int) -> None:
        """A round of a loop begins: behind its back edge, unless it is the first."""
        if world.current.calls.get(number, True):
            world.current.let_go = True
        world.current.calls[number] = True

    def turn(number: int, goes_on: bool) -> None:
        """What comes next is the first round of a loop, or one behind its back edge."""
        world.current.calls[number] = goes_on

    def turned(number: int, value: Any) -> Any:
        world.current.calls[number] = False
        return value

    return {".let_go": let_go, ".resumed": resumed, ".round": round_begins, ".turn": turn, ".turned": turned}


def _calls(world: World, seen_into: SeenInto) -> dict[str, Callable[..., Any]]:
    seen = seen_into.known

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

    def back(number: int, result: Any = None) -> Any:
        """The call has returned."""
        actor = world.current
        if not actor.calls.get(number, False):
            actor.let_go = True
        return result

    return {".called": called, ".back": back}


def _managers(world: World, seen_into: SeenInto) -> dict[str, Callable[..., Any]]:
    after_enter = world.places is not None and world.places.after_enter

    def manager(number: int, value: Any) -> Any:
        """``with`` is about to enter *value*: what is a library's lets go where it is entered, and something in C after it."""
        enter, leave = peek_class(type(value), "__enter__"), peek_class(type(value), "__exit__")
        if not seen_into.holds(enter) if type(enter) is FunctionType else after_enter:
            world.current.let_go = True
        world.current.calls[number] = type(leave) is FunctionType and seen_into.holds(leave)
        return value

    def exited(number: int) -> None:
        """It has been left."""
        if not world.current.calls.get(number, True):
            world.current.let_go = True

    return {".manager": manager, ".exited": exited}
