"""Snapshots and overviews that somebody has changed: refused, or read as what views can draw."""

from __future__ import annotations

import dataclasses
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concsim.bridge.rewind import Rewinder
from concsim.bridge.stored import Stored
from concsim.model.encoding import RECORD, decode_batch, encode_record
from concsim.model.errors import DAMAGE, RecordingError
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.recordings import overview, snapshot
from concsim.model.recordings.recording_writer import RecordingWriter
from tests.fuzz.strategies import changed_bytes, changed_json, scalars
from tests.fuzz.test_files import FEW, MANY, QUIET, SOUND, rows

TABLES = ("actors", "things", "watched", "processes", "sites", "remarks", "errors", "frames", "variables")


@st.composite
def changed_state(draw: st.DrawFn, text: str) -> bytes:
    """A state in whose rows some values are others, of any type."""
    values = json.loads(text)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from([one for one in TABLES if values[one]]))
        row = draw(st.sampled_from(values[name]))
        if name == "processes":
            row = row[0]
        row[draw(st.sampled_from(list(row) if isinstance(row, dict) else range(len(row))))] = draw(scalars)
    return json.dumps(values).encode()


def check_types(state: State) -> None:
    """Every value is of the type that a new one has there: that is what views draw without asking."""
    for one in [*state.actors.values(), *state.things.values(), *state.variables.values()]:
        fresh = type(one)(0)
        for name in one.__slots__:
            assert type(getattr(one, name)) is type(getattr(fresh, name)), name
    for process in state.processes.values():
        assert (type(process.pid), type(process.command)) == (int, str)


@st.composite
def kept(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """A state and a history as they are kept, one of them or both changed."""
    state = State(History())
    begin = dataclasses.replace(SOUND[0], model=draw(st.sampled_from(["", "", "gil"])))
    for record in (begin, *SOUND[1:-1]):
        state.fold_record(record)
    for _ in range(draw(st.integers(0, 3))):
        with suppress(*DAMAGE):
            state.fold_batch(decode_batch(rows(draw)))
    assert state.history is not None
    text, data = snapshot.to_text(state), overview.to_bytes(state.history)
    size = int.from_bytes(data[:4], "little")
    if draw(st.booleans()):
        head = draw(changed_json(json.loads(data[4 : 4 + size])))
        data = len(head).to_bytes(4, "little") + head + data[4 + size :]
    elif draw(st.booleans()):
        data = draw(changed_bytes(data))
    return draw(st.one_of(st.just(text.encode()), changed_state(text), changed_state(text), changed_json(json.loads(text)))), data


def recorded(path: Path, state: bytes, history: bytes) -> Path:
    """A recording in which these are kept."""
    path.unlink(missing_ok=True)
    writer = RecordingWriter(path)
    writer.describe(id="", path="x.py", module="", source="x = 1\n", python="", arguments=[], directory="")
    for one in SOUND:
        writer.append(one.time, RECORD, encode_record(one)[5:])
    writer._keep("snapshots", (len(SOUND) // 2, 5), (state,))
    writer._keep("overviews", (1, len(SOUND) - 1, 8), (state, history))
    writer.close()
    return path


def judge(folder: Path, state: bytes, history: bytes) -> None:
    """Open it and go to a moment: what cannot be read is one short complaint."""
    path = recorded(folder / "a.concsim", state, history)
    stored, rewinder = Stored(path), Rewinder(path)
    try:
        if stored.overview is not None:
            check_types(stored.overview)
            snapshot.to_text(stored.overview)
            assert stored.overview.history is not None
            overview.to_bytes(stored.overview.history)
        for moment in (0, 5, 7, 9):
            try:
                check_types(rewinder.state_at(moment, None).state)
            except RecordingError as error:
                assert len(str(error)) < 1_000
    finally:
        stored.close()
        rewinder.close()


@given(made=kept())
@settings(max_examples=FEW, **QUIET)
def test_that_what_is_kept_is_read_or_refused(tmp_path: Path, made: tuple[bytes, bytes]) -> None:
    judge(tmp_path, *made)


@pytest.mark.fuzz
@pytest.mark.timeout(600)
@given(made=kept())
@settings(max_examples=MANY, **QUIET)
def test_that_much_of_what_is_kept_is_read_or_refused(tmp_path: Path, made: tuple[bytes, bytes]) -> None:
    judge(tmp_path, *made)
