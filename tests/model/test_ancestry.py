"""Nobody is their own ancestor, and that is found out in time that grows with how many there are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from concsim.model.encoding import Batch
from concsim.model.events import ActorDeclared, Kind, RoundStarted, pack_code
from concsim.model.folding.ancestry import FARTHEST, closes_circle, without_circles
from concsim.model.folding.state import State
from concsim.model.recordings.snapshot import from_text, to_text


def tops(parents: dict[int, int]) -> set[int]:
    """Where each arrives that walks up."""
    found = set()
    for number in parents:
        for _ in range(len(parents) + 2):
            if number not in parents:
                break
            number = parents[number]
        found.add(number)
    return found - {number for number in found if number not in parents}


@given(st.dictionaries(st.integers(1, 12), st.integers(0, 14)))
def test_that_whoever_walks_up_arrives(parents: dict[int, int]) -> None:
    found = without_circles(parents)
    assert found.keys() == parents.keys() and tops(found) == set()
    changed = {number for number in parents if found[number] != parents[number]}
    for number in changed:  # nothing is taken away but what closes a circle
        assert found[number] == 0
        above = parents[number]
        while above in parents and above != number:
            above = parents[above]
        assert above == number


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(0, 9)), max_size=40))
def test_that_nobody_becomes_their_own_ancestor_in_whatever_order_it_is_said(edges: list[tuple[int, int]]) -> None:
    state = State()
    state.fold_record(RoundStarted(1, 1))
    for time, (number, parent) in enumerate(edges, 2):
        if time % 2 or not parent:
            state.fold_record(ActorDeclared(time, number, str(number), str(number), "thread", parent))
        else:
            state.fold_batch(Batch([time], [parent], [pack_code(Kind.START, number)], [0], [0.0]))
        assert tops({one: actor.parent for one, actor in state.actors.items()}) == set()


def test_that_a_later_one_may_have_started_an_earlier_one() -> None:
    state = State()
    state.fold_record(RoundStarted(1, 1))
    for number in (1, 2, 3):
        state.fold_record(ActorDeclared(number, number, str(number), str(number), "thread", 1 if number > 1 else 0))
    state.fold_batch(Batch([5, 6], [3, 2], [pack_code(Kind.START, 2), pack_code(Kind.START, 3)], [0, 0], [0.0, 0.0]))
    assert [state.actors[number].parent for number in (2, 3)] == [3, 1]
    assert [from_text(to_text(state)).actors[number].parent for number in (2, 3)] == [3, 1]


def test_that_a_chain_of_many_is_walked_by_nobody() -> None:
    asked = 0

    class Counting(dict):  # type: ignore[type-arg]
        def get(self, *words):  # type: ignore[no-untyped-def]
            nonlocal asked
            asked += 1
            return super().get(*words)

    state = State()
    state.fold_record(RoundStarted(1, 1))
    state.cast.actors = state.actors = Counting()
    many = 5_000
    for number in range(1, many):
        state.fold_record(ActorDeclared(number, number, str(number), str(number), "task", number - 1))
    assert asked < 10 * many
    assert state.actors[many - 1].parent == many - 2


def test_that_no_walk_goes_on_for_ever() -> None:
    asked: list[int] = []
    assert closes_circle(1, 2, lambda number: asked.append(number) or 3)  # type: ignore[func-returns-value]
    assert len(asked) == FARTHEST
