"""Orders come as they went, and nothing else is an order."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concsim.model.orders import (
    BringFault,
    Choose,
    Every,
    Named,
    Order,
    Person,
    Replayed,
    RunProgram,
    SetParameter,
    StepProgram,
    Stop,
    decode_order,
    encode_order,
)

IDS = st.lists(st.text(max_size=5), max_size=4).map(tuple)
VALUES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
JSON = st.recursive(VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=8)
SPECS = st.dictionaries(st.text(), JSON, max_size=4)
SCHEDULINGS = st.one_of(
    st.none(), st.builds(Person, st.none() | IDS, st.integers()), st.builds(Named, st.text(), st.text()),
    st.builds(Replayed, IDS), st.builds(Every, st.integers(0), IDS, IDS),
)  # fmt: skip
ORDERS = st.one_of(
    st.builds(RunProgram, SPECS), st.builds(StepProgram, SPECS, st.text(), SCHEDULINGS, st.integers(), st.integers(0), SPECS),
    st.builds(Choose, st.text(), st.text()), st.builds(SetParameter, st.text(), JSON), st.builds(BringFault, st.text(), st.integers()),
    st.just(Stop()),
)  # fmt: skip


@given(ORDERS)
def test_that_an_order_comes_as_it_went(order: Order) -> None:
    line = encode_order(order)
    assert decode_order(line) == order
    assert line.endswith(b"\n") and line.count(b"\n") == 1


@pytest.mark.parametrize("words", [
    [], 3, None, {}, {"is": "Record"}, {"is": "Choose"}, {"is": "Stop", "more": 1}, {"is": ["Stop"]},
    {"is": "StepProgram", "spec": {}, "model": "gil", "scheduling": {"is": "Stop"}}, {"is": "StepProgram", "spec": {}, "scheduling": 1},
])  # fmt: skip
def test_that_what_is_no_order_is_refused(words: object) -> None:
    with pytest.raises(ValueError, match="not an order"):
        decode_order(json.dumps(words).encode())
