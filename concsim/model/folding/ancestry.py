"""Who has made whom: nobody is their own ancestor, so that whoever walks up arrives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

FARTHEST = 1_000
"""So many steps up are walked to find out whether a circle would be closed."""


def closes_circle(number: int, parent: int, parent_of: Callable[[int], int]) -> bool:
    """Whether *number* is, or may be, an ancestor of *parent*; `parent_of` gives 0 above the topmost."""
    for _ in range(FARTHEST):
        if not parent:
            return False
        if parent == number:
            return True
        parent = parent_of(parent)
    return True


def without_circles(parents: Mapping[int, int]) -> dict[int, int]:
    """The same, with 0 for the last of each circle. Takes as long as there are many, however deep they lie."""
    found: dict[int, int] = {}
    for number in parents:
        path: dict[int, int] = {}
        while number in parents and number not in found and number not in path:
            path[number] = parents[number]
            number = parents[number]
        if number in path:
            path[number] = 0
        found |= path
    return found
