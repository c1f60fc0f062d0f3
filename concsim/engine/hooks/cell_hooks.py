"""Hooks for variables that closures share. Each is told the cell itself: two closures of one function have two of them."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any

from concsim.engine.hooks.stepping import Stepping
from concsim.engine.hooks.visibility import MISSING
from concsim.model.events import Kind


class CellHooks:
    """Made for one world. Each method named like a hook is that hook; *holder* is a function that does nothing but hold the cell."""

    def __init__(self, stepping: Stepping) -> None:
        self._stepping, self._sites = stepping, stepping.world.sites

    def by_name(self) -> dict[str, Callable[..., Any]]:
        """The hooks as instrumented code calls them."""
        return {"." + name: getattr(self, name) for name in ("cell", "put_cell", "drop_cell")}

    def _number(self, name: str, cell: Any) -> int:
        return self._stepping.variables.number_of_cell(cell, name)

    def cell(self, number: int, holder: FunctionType) -> None:
        """The variable is about to be read."""
        site, cell = self._sites[number], holder.__closure__[0]  # type: ignore[index]
        self._stepping.step(site, Kind.READ, self._number(site.name, cell), peeking=lambda: contents(cell))

    def put_cell(self, number: int, value: Any, holder: FunctionType) -> Any:
        """*value* is about to be written to it."""
        site, cell = self._sites[number], holder.__closure__[0]  # type: ignore[index]
        self._stepping.step(site, Kind.WRITE, self._number(site.name, cell), value)
        return value

    def drop_cell(self, number: int, holder: FunctionType) -> None:
        """It is about to be deleted."""
        site, cell = self._sites[number], holder.__closure__[0]  # type: ignore[index]
        self._stepping.step(site, Kind.DELETE, self._number(site.name, cell))


def contents(cell: Any) -> Any:
    """What a cell holds, `MISSING` for nothing."""
    try:
        return cell.cell_contents
    except ValueError:
        return MISSING
