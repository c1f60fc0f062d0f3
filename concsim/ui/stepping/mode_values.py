"""The parameters' values in Live and in Step: what is set goes along, but for those that stepping has small values for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concsim.control.sessions.step_order import small_values
from concsim.model.programs.program import Program


class ModeValues:
    """Keeps, while one program is on the stage, the values that do not go along to the other mode as they were left."""

    def __init__(self) -> None:
        self._left: dict[str, dict[str, Any]] = {}

    def forget(self) -> None:
        """Another program: nothing of it has been set."""
        self._left = {}

    def carry(self, program: Program | None, values: Mapping[str, Any], before: str, mode: str) -> dict[str, Any]:
        """What a mode begins with where *values* are set in the one *before*."""
        own = small_values(program) if program is not None else {}
        self._left[before] = {name: value for name, value in values.items() if name in own}
        shared = {name: value for name, value in values.items() if name not in own}
        return {**shared, **self._left.get(mode, {})}
