"""The processes of a run as a tree, and its rows from top to bottom. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from concsim.model.folding.ancestry import without_circles
from concsim.model.folding.state import State

MANY = 16
"""More processes than this of one kind and parent are gathered."""

Key = tuple[int, str]
"""The parent and the kind of gathered processes."""


class Row(NamedTuple):
    """A process, or (*members*) gathered ones. *lines* says for each level above whether its line goes on below."""

    number: int
    depth: int
    is_last: bool
    lines: tuple[bool, ...]
    members: tuple[int, ...] = ()
    key: Key = (0, "")
    is_open: bool = False


def process_numbers(state: State) -> list[int]:
    """The numbers of the processes that are actors as well, as they were declared."""
    return sorted(number for number in state.processes if number in state.actors and number)


def main_number(state: State) -> int:
    """The number of the process that runs the program itself, 0 before it is known."""
    return next((number for number in state.processes if number in state.actors and state.actors[number].kind == "main"), 0)


def parents_of(state: State) -> dict[int, int]:
    """Each process's parent, 0 for none: by its parent's pid, else by who started it."""
    numbers = process_numbers(state)
    by_pid = {state.processes[number].pid: number for number in numbers}
    main = main_number(state)
    found: dict[int, int] = {}
    for number in numbers:
        parent = by_pid.get(state.processes[number].parent_pid, 0)
        starter = state.actors.get(state.actors[number].parent)
        if not parent and starter is not None and starter.number:
            parent = starter.process or main
        found[number] = parent if parent in state.processes else 0
    return without_circles(found)  # the system gives a number again, and then one may seem its own ancestor


def rows_of(state: State, opened: set[Key]) -> list[Row]:
    """The tree from top to bottom; of many processes of one kind there is one row unless it is *opened*."""
    parents = parents_of(state)
    children: dict[int, list[int]] = {}
    for number, parent in parents.items():
        children.setdefault(parent, []).append(number)
    return list(_below(state, 0, (), children, opened))


def _below(
    state: State, parent: int, lines: tuple[bool, ...], children: dict[int, list[int]], opened: set[Key]
) -> Iterator[Row]:  # fmt: skip
    entries = _gathered(state, parent, children)
    depth = len(lines)
    for index, (key, members) in enumerate(entries):
        is_last = index + 1 == len(entries)
        if len(members) == 1:
            yield Row(members[0], depth, is_last, lines)
            yield from _below(state, members[0], (*lines, not is_last), children, opened)
            continue
        is_open = key in opened
        yield Row(0, depth, is_last, lines, members, key, is_open)
        for number in members if is_open else ():
            yield Row(number, depth + 1, number == members[-1], (*lines, not is_last))


def _gathered(state: State, parent: int, children: dict[int, list[int]]) -> list[tuple[Key, tuple[int, ...]]]:
    """The children of a process; those without children of their own together, where they are many of one kind."""
    leaves: dict[str, list[int]] = {}
    for number in children.get(parent, ()):
        if number not in children:
            leaves.setdefault(state.actors[number].kind, []).append(number)
    found: list[tuple[Key, tuple[int, ...]]] = []
    for number in children.get(parent, ()):
        kind = state.actors[number].kind
        together = leaves.get(kind, []) if number not in children else []
        if len(together) <= MANY:
            found.append(((parent, kind), (number,)))
        elif number == together[0]:
            found.append(((parent, kind), tuple(together)))
    return found


def watched_names(state: State) -> list[str]:
    """The names of the watched globals of any process, the program's own first."""
    names = dict.fromkeys(state.watched)
    for process in state.processes.values():
        names.update(dict.fromkeys(process.watched))
    return list(names)
