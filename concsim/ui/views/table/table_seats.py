"""Who sits at the table, and which locks lie on it: actors in a ring, a list of locks between them. No Qt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import cos, pi, sin

from concsim.model.folding.entities import Actor, Thing
from concsim.model.folding.state import State

LOCKS = ("lock", "rlock")
MOST = 12


@dataclass(frozen=True)
class Table:
    """Numbers of the actors in their order, of the locks between them, and of other locks in use; *hidden*: no seat."""

    seats: tuple[int, ...]
    between: tuple[int, ...]
    middle: tuple[int, ...]
    hidden: int = 0


def table_of(state: State) -> Table:
    """The table at the state's moment."""
    locks = [one for one in state.things.values() if one.kind in LOCKS]
    between = _longest_list(locks)
    waited = {one.waits_for for one in state.actors.values()}
    middle = tuple(one.number for one in locks if one not in between and (one.owners or one.number in waited))
    seats = [number for number, one in sorted(state.actors.items()) if _sits(one, {lock.number for lock in locks})]
    shown = tuple(one.number for one in between[:MOST])
    return Table(tuple(seats[:MOST]), shown, middle[:MOST], max(0, len(seats) - MOST))


def _longest_list(locks: list[Thing]) -> list[Thing]:
    """The locks that the program made as one list (forks[0], forks[1] …), else all of them."""
    lists = Counter(one.name.partition("[")[0] for one in locks if one.name.endswith("]"))
    if not lists:
        return locks
    name, _ = lists.most_common(1)[0]
    return [one for one in locks if one.name.startswith(name + "[")]


def _sits(actor: Actor, locks: set[int]) -> bool:
    """Main has a seat only while it has to do with a lock: mostly it waits for the others to end."""
    return bool(actor.number) and (actor.kind != "main" or bool(locks & actor.holds.keys()) or actor.waits_for in locks)


def ring(count: int, half: bool = False) -> list[tuple[float, float]]:
    """Places on a circle of radius 1, clockwise from the top; *half*: each half a place on, between two others."""
    angles = [2 * pi * (index + half / 2) / count for index in range(count)]
    return [(sin(angle), -cos(angle)) for angle in angles]
