"""Where the nodes of a wait-for graph lie: cycles on circles, the rest in columns. Pure, no Qt.

Places are centres, in cells of *width* by *height*, in which a node and its words fit; no two cells overlap. The same
nodes and edges always give the same places.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache
from math import ceil, cos, pi, sin
from typing import NamedTuple

Key = Hashable
Pair = tuple[Key, Key]


class Place(NamedTuple):
    """The centre of a node."""

    x: float
    y: float


class Layout(NamedTuple):
    """Places, and the size of the rectangle from (0, 0) that holds all cells."""

    places: dict[Key, Place]
    width: float
    height: float


@lru_cache(maxsize=16)
def lay_out(
    nodes: tuple[Key, ...], edges: tuple[Pair, ...], cycles: tuple[tuple[Key, ...], ...], width: float, height: float,
    tall: int = 4, stretch: float = 1.0,
) -> Layout:  # fmt: skip
    """Cycles on circles at the left, the others right of them in columns: held, wanted, waiting, from left to right.

    *tall* is how many cells a column may have before it goes on in another one; a cycle of more than four nodes lies on
    a circle made *stretch* times as wide.
    """
    blocks = [_circle(_turned(cycle, edges), width, height, stretch) for cycle in cycles]
    bound = {node for cycle in cycles for node in cycle}
    rest = [node for node in nodes if node not in bound]
    columns = _columns(rest, _levels(rest, edges, bound), edges, tall)
    if columns:
        blocks.append(_stack(columns, width, height))
    return _side_by_side(blocks)


def _turned(cycle: tuple[Key, ...], edges: Sequence[Pair]) -> tuple[Key, ...]:
    """The cycle begun so that the node most wanted from outside comes to lie at the right, half a turn on."""
    inside = set(cycle)
    wanted = [sum(end == node and start not in inside for start, end in edges) for node in cycle]
    first = (wanted.index(max(wanted)) - len(cycle) // 2) % len(cycle) if any(wanted) else 0
    return cycle[first:] + cycle[:first]


def _on_circle(count: int, radius: float, stretch: float) -> list[Place]:
    angles = [pi + 2 * pi * index / count for index in range(count)]
    return [Place(radius * stretch * cos(angle), radius * sin(angle)) for angle in angles]


def circle_radius(count: int, width: float, height: float, stretch: float = 1.0) -> float:
    """The smallest radius, in steps, at which *count* cells on a circle do not overlap."""
    radius = height
    while not _is_clear(_on_circle(count, radius, stretch), width, height):
        radius += height / 8
    return radius


def _is_clear(places: list[Place], width: float, height: float) -> bool:
    near = range(1, min(len(places) - 1, 6) + 1)
    return all(
        abs(one.x - places[index - step].x) >= width or abs(one.y - places[index - step].y) >= height
        for index, one in enumerate(places)
        for step in near
    )


def _circle(cycle: tuple[Key, ...], width: float, height: float, stretch: float) -> Layout:
    wide = stretch if len(cycle) > 4 else 1.0
    radius = circle_radius(len(cycle), width, height, wide)
    return _from_origin(dict(zip(cycle, _on_circle(len(cycle), radius, wide), strict=True)), width, height)


def _from_origin(places: dict[Key, Place], width: float, height: float) -> Layout:
    left = min(place.x for place in places.values()) - width / 2
    top = min(place.y for place in places.values()) - height / 2
    moved = {node: Place(place.x - left, place.y - top) for node, place in places.items()}
    right = max(place.x for place in moved.values()) + width / 2
    return Layout(moved, right, max(place.y for place in moved.values()) + height / 2)


def _levels(nodes: list[Key], edges: Sequence[Pair], bound: set[Key]) -> dict[Key, int]:
    """How many steps each node is from where the waiting ends; nodes in cycles are at 0."""
    levels = dict.fromkeys(nodes, 0)
    for _ in nodes:
        changed = False
        for start, end in edges:
            below = 0 if end in bound else levels.get(end, 0)
            if start in levels and levels[start] < below + 1:
                levels[start] = below + 1
                changed = True
        if not changed:
            break
    return levels


def _columns(nodes: list[Key], levels: dict[Key, int], edges: Sequence[Pair], tall: int) -> list[list[Key]]:
    """Nodes level by level, each column ordered as what it points to, cut where it is taller than *tall*."""
    columns: list[list[Key]] = []
    order: dict[Key, float] = {}
    for level in sorted(set(levels.values())):
        column = [node for node in nodes if levels[node] == level]
        column.sort(key=lambda node: min((order.get(end, 0.0) for start, end in edges if start == node), default=0.0))
        order.update({node: index / len(column) for index, node in enumerate(column)})
        parts = ceil(len(column) / tall)
        each = ceil(len(column) / parts)
        columns += [column[i : i + each] for i in range(0, len(column), each)]
    return columns


def _stack(columns: list[list[Key]], width: float, height: float) -> Layout:
    """Columns beside each other; a long chain of single nodes goes up and down so that it needs less width."""
    chain = len(columns) > 3 and all(len(column) == 1 for column in columns)
    pitch = width * (0.6 if chain else 1.1)
    tallest = max(len(column) for column in columns)
    places = {}
    for x, column in enumerate(columns):
        shift = 1.6 * height * (x % 2) if chain else (tallest - len(column)) * height / 2
        for y, node in enumerate(column):
            places[node] = Place(x * pitch, shift + y * height)
    return _from_origin(places, width, height)


def _side_by_side(blocks: list[Layout]) -> Layout:
    places: dict[Key, Place] = {}
    left, height = 0.0, max((block.height for block in blocks), default=0.0)
    for block in blocks:
        top = (height - block.height) / 2
        places.update({node: Place(place.x + left, place.y + top) for node, place in block.places.items()})
        left += block.width
    return Layout(places, left, height)
