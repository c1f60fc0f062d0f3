"""The numbers among a program's values that a chart can place."""

from __future__ import annotations

from typing import Any

LARGEST_DRAWN = 1e300
"""Beyond it, a chart's own margins are infinite."""


def can_be_drawn(value: Any) -> bool:
    """Whether it is a number, and neither infinite nor a whole number beyond every float."""
    return type(value) in (int, float) and abs(value) <= LARGEST_DRAWN
