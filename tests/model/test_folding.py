"""However the rows of a run come in batches, and wherever its state was kept and read again: the state is the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concsim.model.encoding import Batch, parts
from concsim.model.folding import quick_fold
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.recordings import overview
from concsim.model.recordings.snapshot import from_text, to_text
from tests.model.strategies import batch, is_record, stories
from tests.model.test_overview import parts as parts_of
from tests.model.test_quick_fold import Program, prepared

SIZES = st.integers(1, 12)


def fold(state: State, story: list[Any], size: int = 1 << 30) -> State:
    """Fold a story, its rows in batches of so many."""
    for part in story:
        if is_record(part):
            state.fold_record(part)
        else:
            for one in parts(batch(part), size):
                state.fold_batch(one)
    return state


@given(stories(), SIZES)
def test_that_batches_of_any_size_come_to_the_same_state(story: list[Any], size: int) -> None:
    row_by_row = to_text(fold(State(), story, 1))
    assert to_text(fold(State(), story, size)) == row_by_row
    assert to_text(fold(State(History()), story)) == row_by_row, "a history changes nothing of the state"


@given(stories())
@settings(max_examples=40)
def test_that_a_state_that_was_kept_at_any_moment_goes_on_as_it_would_have(story: list[Any]) -> None:
    whole, resumed = State(), State()
    for part in story:
        fold(whole, [part])
        resumed = from_text(to_text(fold(resumed, [part])))
        assert known(resumed) == known(whole)


def known(state: State) -> Any:
    """What is known at the moment; and of what choices are drawn from, without a look at how it is kept."""
    return json.loads(to_text(state)), state.stepped.alone, state.offer, state.taken, state.deadlock, state.ended, state.asking


@given(stories())
def test_that_a_history_that_was_kept_goes_on_as_it_would_have(story: list[Any]) -> None:
    whole, resumed = State(History()), State(History())
    for part in story:
        fold(whole, [part])
        fold(resumed, [part])
        assert resumed.history is not None and whole.history is not None
        resumed = from_text(to_text(resumed), overview.from_bytes(overview.to_bytes(resumed.history)))
        assert resumed.history is not None
        assert kept(resumed.history) == kept(whole.history)


def kept(history: History) -> dict[str, Any]:
    """What is kept of a history: of who printed what, the text; of what steps wrote over, nothing."""
    found = parts_of(history)
    del found["overs"]
    return found | {"output": [(one.time, one.stream, one.text) for one in history.output]}


# many rows at once


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Batches of two rows are folded at once already."""
    monkeypatch.setattr(quick_fold, "FEWEST", 2)
    yield


@st.composite
def programs(draw: st.DrawFn) -> Batch:
    """Rows that a real program could have made."""
    program = Program(0)
    program.random = draw(st.randoms(use_true_random=False))
    for _ in range(draw(st.integers(1, 40))):
        program.step()
    return batch([program.rows[at : at + 5] for at in range(0, len(program.rows), 5)] or [[1, 1, 0, 0, 0.0]])


@given(made=programs(), size=st.integers(2, 80))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_folding_at_once_in_batches_of_any_size_comes_to_the_same_state(quick: None, made: Batch, size: int) -> None:
    at_once, row_by_row = prepared(), prepared()
    for one in parts(made, size):
        at_once.fold_batch(one)
    for one in parts(made, 1):
        row_by_row.fold_batch(one)
    assert to_text(at_once) == to_text(row_by_row)
