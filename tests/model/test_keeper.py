"""What is kept of a run while it goes on is kept a piece at a time, and is the state as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from concsim.model.events import ActorDeclared, RoundEnded, RoundStarted
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.pieces import ROWS
from concsim.model.recordings.keeper import Keeper
from concsim.model.recordings.overview import from_bytes
from concsim.model.recordings.recording import Recording
from concsim.model.recordings.recording_writer import RecordingWriter
from concsim.model.recordings.snapshot import from_text, to_text

CROWD = 20 * ROWS


def crowd() -> State:
    state = State(History())
    state.fold_record(RoundStarted(1, 1))
    for number in range(1, CROWD + 1):
        state.fold_record(ActorDeclared(number, number, f"t{number}", f"task {number}", "task", number // 2))
    return state


@pytest.fixture
def recording(tmp_path: Path) -> Iterator[RecordingWriter]:
    writer = RecordingWriter(tmp_path / "crowd.concsim")
    yield writer
    writer.close()


def pieces(keeper: Keeper) -> int:
    done = 0
    while keeper.busy:
        keeper.go_on()
        done += 1
    return done


def test_that_a_snapshot_of_a_crowd_is_kept_in_pieces(recording: RecordingWriter) -> None:
    state, keeper = crowd(), Keeper(recording)
    keeper.folded(1, state, seconds=0.3)
    assert not keeper.busy, "ten times what it is thought to take, for a crowd"
    keeper.folded(2, state, seconds=1_000.0)
    assert pieces(keeper) > 2 * CROWD / ROWS, "a snapshot and an overview"
    keeper.folded(3, state, seconds=0.001)
    assert not keeper.busy
    recording.flush()
    kept = Recording(recording.path)
    seq, text = kept.snapshot_before(state.time)
    overview = kept.overview()
    kept.close()
    assert seq == 2 and text is not None and to_text(from_text(text)) == to_text(state)
    assert overview is not None and overview.seq == 2
    again = from_text(overview.state, from_bytes(overview.history))
    assert to_text(again) == to_text(state) and again.history is not None and state.history is not None
    assert set(again.history.lanes) == set(state.history.lanes)


def test_that_a_round_that_ends_while_its_overview_is_due_has_one(recording: RecordingWriter) -> None:
    state, keeper = crowd(), Keeper(recording)
    ended = RoundEnded(CROWD + 1, 1, "ok")
    state.fold_record(ended)
    keeper.folded(1, state, seconds=1_000.0)
    keeper.round_ended(state)
    keeper.finish(state)
    assert pieces(keeper) < 4 * CROWD / ROWS, "one snapshot and one overview"
    keeper.finish(state)
    assert not keeper.busy, "nothing has been added"
