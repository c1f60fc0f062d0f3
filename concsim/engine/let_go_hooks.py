"""The hooks of the `gil` model: they only note that another thread may come in now."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType, MethodType
from typing import Any

from concsim.engine.world import World


def let_go_hooks(world: World) -> dict[str, Callable[..., Any]]:
    """Hooks by name."""

    def let_go() -> None:
        world.current.let_go = True

    def resumed(value: Any) -> Any:
        world.current.let_go = True
        return value

    def called(function: Any) -> Any:
        """A Python function lets go where it is entered; anything else after the call."""
        if isinstance(function, FunctionType):
            return function
        if isinstance(function, MethodType) and isinstance(function.__func__, FunctionType):
            return function
        return LetsGo(world, function) if callable(function) else function

    return {".let_go": let_go, ".resumed": resumed, ".called": called}


class LetsGo:
    """Calls what is no Python function, and lets go afterwards."""

    __slots__ = ("_function", "_world")

    def __init__(self, world: World, function: Any) -> None:
        self._world, self._function = world, function

    def __call__(self, /, *given: Any, **named: Any) -> Any:
        result = self._function(*given, **named)
        self._world.current.let_go = True
        return result
