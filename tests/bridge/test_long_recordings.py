"""Long recordings: opened at once, every moment near, the older stretches thinned after a limit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from concsim.bridge import run_model
from concsim.bridge.rewind import Rewinder
from concsim.bridge.run_model import RunModel
from concsim.control.labs.labs import Labs
from concsim.control.sessions.session import Session, describe
from concsim.control.sessions.setting import Setting
from concsim.model import pieces
from concsim.model.encoding import BATCH, encode_batch
from concsim.model.events import Kind, pack_code
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.programs.program import read_program
from concsim.model.recordings import keeper, overview, recording_writer
from concsim.model.recordings.packs import deflate
from concsim.model.recordings.recording import Recording, copy_recording, fold
from concsim.model.recordings.recording_writer import RecordingWriter
from concsim.model.recordings.snapshot import to_text

BUSY = """
# /// concsim
# watch = { total = "" }
# ///
import queue, threading, time
total = 0
lock, box = threading.Lock(), queue.Queue(5)
SECONDS = 1.5
LEAST = 0
END = time.monotonic() + SECONDS
def put():
    global total
    while time.monotonic() < END or total < LEAST:
        with lock:
            total += 1
        box.put(total)
def get():
    while time.monotonic() < END or total < LEAST:
        try: box.get(timeout=0.05)
        except queue.Empty: pass
for work in (put, put, get, get):
    threading.Thread(target=work).start()
"""
ENOUGH = 20_000
"""Additions, for a recording that is too large for its limit."""
Run = Callable[..., RunModel]


@pytest.fixture
def run(tmp_path: Path, qapp: object, qtbot) -> Iterator[Run]:
    """A busy run, shown to its end; recordings opened with `opened`."""
    made: list[tuple[RunModel, RecordingWriter, Labs]] = []

    def run(limit: int = 0, plan: tuple[dict[str, object], ...] = ()) -> RunModel:
        path = tmp_path / "busy.py"
        path.write_text(BUSY)
        program = read_program(path)
        recording = RecordingWriter(tmp_path / f"{len(made)}.concsim")
        describe(recording, program, "")
        labs, model = Labs(), RunModel()
        made.append((model, recording, labs))
        least = ENOUGH if limit else 0  # on a busy machine not much is done in a second
        session = Session(program, Setting({**program.defaults(), "LEAST": least}, plan=plan), labs, recording)
        recording.limit = limit
        model.start(session, recording.path)
        qtbot.waitUntil(lambda: not model.running and model.is_at_rest, timeout=60_000)
        return model

    yield run
    for model, recording, labs in made:
        session = model.session
        model.close_run()
        assert session is None or session.join(20)
        labs.close()
        recording.close()


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    """A copy of a run's recording, changed."""

    def saved(model: RunModel, *statements: str) -> Path:
        assert model.session is not None
        model.flush()
        path = tmp_path / "saved.concsim"
        copy_recording(model.session.recording.path, path)
        with sqlite3.connect(path) as database:
            for one in statements:
                database.execute(one)
        database.close()
        return path

    return saved


def opened(model: RunModel, path: Path) -> RunModel:
    """The recording in another window, nothing of it folded yet."""
    other = RunModel()
    assert model.program is not None
    other.show_recording(model.program, path)
    return other


def fold_all(model: RunModel, qtbot) -> None:
    qtbot.waitUntil(lambda: model.is_at_rest, timeout=60_000)


def drawn(model: RunModel) -> object:
    lanes = {number: (list(one.times), list(one.values)) for number, one in model.lanes.items()}
    series = {name: (list(one.times), list(one.values)) for name, one in model.history.all_series.items()}
    return lanes, series, model.history.rounds


def test_that_one_opens_without_being_folded(run: Run, saved: Callable[..., Path], qtbot) -> None:
    model = run()
    assert model.state.count > 10_000
    other = opened(model, saved(model))
    assert other.folds == 0
    assert to_text(other.state) == to_text(model.state)
    assert drawn(other) == drawn(model)
    ended: list[object] = []
    other.round_ended.connect(ended.append)
    other.show_recording(model.program, other.recording_path)  # type: ignore[arg-type]
    assert ended == [model.state.ended]
    fold_all(other, qtbot)
    assert to_text(other.state) == to_text(model.state) and other.folds == 0
    other.close_run()


@pytest.mark.parametrize("damage", [
    "DELETE FROM overviews", "UPDATE overviews SET history = x'00'", "UPDATE overviews SET state = x'00'", "UPDATE overviews SET seq = 'x'",
])  # fmt: skip
def test_that_before_it_is_folded_any_moment_is_reached(run: Run, saved: Callable[..., Path], qtbot, damage: str) -> None:
    model = run()
    other = opened(model, saved(model, damage))
    assert other.state.count == 0 and (other.began, other.newest) == (model.began, model.newest)
    for share in (4, 6, 9):
        moment = model.began + (model.newest - model.began) * share // 10
        other.show_moment(moment)
        model.show_moment(moment)
        assert to_text(other.state) == to_text(model.state) and other.state.count > 0 and other.is_exact
    other.show_newest()
    model.show_newest()
    fold_all(other, qtbot)
    assert other.state.count == model.state.count
    other.close_run()


def test_that_nothing_is_folded_while_a_snapshot_is_written(run: Run, saved: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "COST", 0)
    monkeypatch.setattr(keeper, "SNAPSHOT_EVERY", 0.0)
    monkeypatch.setattr(pieces, "ROWS", 1)
    model = run()
    path = saved(model)
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT time FROM snapshots ORDER BY seq").fetchall()
    assert len(rows) > 10
    recording = Recording(path)
    state, done = State(), 0
    for (time,) in rows:
        seq, text = recording.snapshot_before(time)
        for frame in recording.frames(done):
            if frame.seq > seq:
                break
            fold(state, frame)
        done = seq
        assert text == to_text(state)
    recording.close()


def test_that_a_moment_that_is_far_is_looked_for_while_the_window_goes_on(run: Run, saved: Callable[..., Path], qtbot, monkeypatch) -> None:
    monkeypatch.setattr(run_model, "SEEK_SECONDS", 0.0)
    model = run()
    other = opened(model, saved(model, "DELETE FROM snapshots"))
    newest, changes = to_text(other.state), []
    other.changed.connect(lambda: changes.append(other.is_seeking))
    moment = (model.began + model.newest) // 2
    other.show_moment(moment)
    assert other.is_seeking and other.moment == moment and to_text(other.state) == newest and changes == []
    fold_all(other, qtbot)
    assert not other.is_seeking and changes[-1] is False
    model.show_moment(moment)
    fold_all(model, qtbot)
    assert to_text(other.state) == to_text(model.state) != newest
    other.show_moment(moment + 1)
    assert other.is_seeking
    other.show_newest()
    assert not other.is_seeking and to_text(other.state) == newest
    other.show_moment(moment + 1)
    other.close_run()
    assert not other.is_seeking


def test_that_one_whose_overview_is_older_than_what_went_opens_to_its_end(run: Run, saved: Callable[..., Path], qtbot) -> None:
    model = run(limit=200_000)
    path = saved(model)
    first = Recording(path)
    state, seq = State(History()), 0
    for frame in first.frames():
        if frame.seq != seq + 1:
            break
        seq = frame.seq
        fold(state, frame)
    first.close()
    assert 0 < state.count < model.state.count and state.history is not None
    with closing(sqlite3.connect(path)) as database:
        values = (seq, state.time, deflate(to_text(state).encode()), deflate(overview.to_bytes(state.history)))
        database.execute("UPDATE overviews SET seq = ?, time = ?, state = ?, history = ?", values)
        database.commit()
    other, said = opened(model, path), []
    other.failed.connect(said.append)
    fold_all(other, qtbot)
    assert said == [] and to_text(other.state) == to_text(model.state)
    assert other.history.rounds == model.history.rounds


def test_that_where_too_much_is_in_a_state_that_is_said_and_nothing_goes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording_writer, "LARGEST_SNAPSHOT", 100)
    model = run(limit=200_000)
    assert [one.code for one in model.state.remarks] == ["too_rich"]
    assert model.thinned_until == 0


def test_that_of_processes_that_are_written_one_after_the_other_a_moment_has_both(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "a.concsim")
    frames = [([10, 100], 1), ([60], 5), ([20, 30], 2), ([40, 200], 3), ([300], 4)]
    for times, actor in frames:
        writer.append(times[0], BATCH, encode_batch([one for time in times for one in (time, actor, pack_code(Kind.BEGIN, 0), 0, 0.0)])[5:])
    writer.close()
    rewinder = Rewinder(tmp_path / "a.concsim")
    for moment, count in ((5, 0), (10, 1), (25, 2), (50, 4), (99, 5), (100, 6), (250, 7), (300, 8)):
        assert rewinder.state_at(moment, None).state.count == count
    rewinder.close()


def test_that_of_older_stretches_only_some_moments_are_kept(run: Run, saved: Callable[..., Path], qtbot) -> None:
    model = run(limit=200_000)
    assert model.session is not None and model.began < model.thinned_until < model.newest
    assert [one.code for one in model.state.remarks] == ["thinned"]
    other = opened(model, saved(model))
    assert other.thinned_until == model.thinned_until
    fold_all(other, qtbot)
    mine, theirs = model.history, other.history
    assert theirs.rounds == mine.rounds and theirs.lanes.keys() == mine.lanes.keys()
    for ours, its in zip(mine.lanes.values(), theirs.lanes.values(), strict=True):  # how finely depends on what was folded at once
        assert its.times[0] == ours.times[0] and its.values[-1] == ours.values[-1], "the overview tells of what is gone"
    for one in (model, other):
        inexact = 0
        for share in range(1, 40):
            moment = one.began + (one.thinned_until - one.began) * share // 40
            one.show_moment(moment)
            assert one.state.time <= moment
            inexact += not one.is_exact
        assert inexact > 10, "how many snapshots are left in between depends on how busy the machine was"
        one.show_moment((one.thinned_until + one.newest) // 2)
        assert one.is_exact
        one.show_newest()
        assert one.is_exact
    other.close_run()


def test_that_a_long_round_before_the_last_is_drawn_from_its_overview(run: Run, saved: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "LONG_ROUND", 0.0)
    model = run(plan=({"SECONDS": 0.5}, {"SECONDS": 0.3}))
    first, second = model.history.rounds
    path = saved(model)
    shown = []
    for statements in ((), ("DELETE FROM overviews WHERE round = 1",)):
        other = opened(model, saved(model, *statements) if statements else path)
        other.show_moment((first.began + first.ended) // 2)
        shown.append((set(other.lanes), set(other.known_actors), {one.values[-1] for one in other.lanes.values()}))
        assert other.state.round == 1 and max(one.times[-1] for one in other.lanes.values()) <= first.ended < second.began
        other.close_run()
    assert shown[0] == shown[1] and shown[0][0]
