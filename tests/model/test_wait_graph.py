"""Cycles and deadlocks against their plain definitions, tried out in full on small graphs."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from concsim.model.wait_graph import Verdict, Wait, cycle_from, find_cycles, find_deadlock

NODES = st.integers(0, 5)
WAYS = st.dictionaries(NODES, st.lists(NODES, max_size=3, unique=True), max_size=6)


def has_cycle(ways: dict[int, list[int]]) -> bool:
    try:
        TopologicalSorter(ways).prepare()
    except CycleError:
        return True
    return False


@given(WAYS)
def test_that_cycles_are_cycles_and_none_is_left_beside_them(ways: dict[int, list[int]]) -> None:
    found = find_cycles(ways)
    for cycle in found:
        assert cycle[0] == min(cycle) and len(set(cycle)) == len(cycle)
        assert all(after in ways[before] for before, after in zip(cycle, cycle[1:] + cycle[:1], strict=True))
    met = [node for cycle in found for node in cycle]
    assert len(met) == len(set(met)) and list(found) == sorted(found)
    rest = {node: [one for one in to if one not in met] for node, to in ways.items() if node not in met}
    assert not has_cycle(rest)


def test_that_two_separate_cycles_are_both_found() -> None:
    assert find_cycles({1: [2], 2: [1], 4: [3], 3: [4], 5: [1]}) == ((1, 2), (3, 4))


@given(st.dictionaries(NODES, NODES, max_size=6), NODES)
def test_that_a_way_leads_to_its_cycle(following: dict[int, int], start: int) -> None:
    way = [start]
    while (after := following.get(way[-1])) is not None and after not in way:
        way.append(after)
    expected = [] if after is None else way[way.index(after) :]
    assert cycle_from(start, following.get) == expected


WAITS = st.dictionaries(
    NODES,
    st.builds(Wait, st.just(9), st.lists(NODES, max_size=3, unique=True).map(tuple), st.booleans(), st.booleans(), st.booleans(), st.booleans()),
    max_size=6,
)


def depends_on_them_alone(actor: int, them: set[int], waits: dict[int, Wait], alive: set[int]) -> bool:
    """Whether an actor can only go on once one of *them* does; what one that has ended holds it holds for ever."""
    wait = waits[actor]
    kept = [one in them or (one not in alive and not wait.needs_all) for one in wait.holders]
    return bool(kept) and (any(kept) if wait.needs_all else all(kept))


def largest(candidates: set[int], waits: dict[int, Wait], alive: set[int]) -> set[int]:
    """Of all sets of actors of which each depends on its members alone, all members."""
    every = chain.from_iterable(combinations(sorted(candidates), size) for size in range(len(candidates) + 1))
    closed = [set(one) for one in every if all(depends_on_them_alone(actor, set(one), waits, alive) for actor in one)]
    return set().union(*closed)


@given(st.sets(NODES, min_size=1), WAITS, st.booleans())
def test_that_a_deadlock_is_what_it_is_defined_to_be(alive: set[int], waits: dict[int, Wait], unseen: bool) -> None:
    returns = {actor for actor, one in waits.items() if one.needs_all and not set(one.holders) & alive}
    blocked = {actor for actor in alive if actor in waits and not waits[actor].moving} - returns
    owned = largest({actor for actor in blocked if waits[actor].owned}, waits, alive)
    held = largest({actor for actor in blocked if not waits[actor].handed}, waits, alive)
    if blocked == alive and not unseen:
        expected = Verdict(True, tuple(sorted(blocked)))
    elif owned:
        expected = Verdict(True, tuple(sorted(owned)))
    else:
        expected = Verdict(False, tuple(sorted(held))) if held else None  # type: ignore[assignment]
    assert find_deadlock(alive, waits, unseen) == expected
