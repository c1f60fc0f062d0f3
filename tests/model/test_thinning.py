"""A recording with a limit: what is older is thinned to its snapshots, what is newer stays whole, and it can be opened."""

from __future__ import annotations

import random
import sqlite3
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from concsim.model.encoding import RECORD, encode_record
from concsim.model.events import ObjectDeclared, RoundStarted
from concsim.model.folding.state import State
from concsim.model.recordings import snapshot
from concsim.model.recordings.recording import Recording, fold
from concsim.model.recordings.recording_file import TABLES
from concsim.model.recordings.recording_writer import PACK, RecordingWriter

SECOND = 1_000_000_000
FRAMES = 3_000
LIMIT = 1_000_000


def name_of(number: int) -> str:
    """A name that does not get shorter by being compressed."""
    return f"{number}-{random.Random(number).randbytes(500).hex()}"


def record_of(number: int) -> bytes:
    record = RoundStarted(1, 1) if number == 1 else ObjectDeclared(number * SECOND, 1, "lock", name_of(number))
    return encode_record(record)[5:]


def written(path: Path, limit: int, every: int = 50, told: bool = True) -> RecordingWriter:
    """A recording of an object that has another name every second, with a snapshot now and then; *told* by overviews."""
    writer = RecordingWriter(path)
    writer.limit = limit
    state = State()
    for number in range(1, FRAMES + 1):
        time = 1 if number == 1 else number * SECOND
        assert writer.append(time, RECORD, record_of(number)) == number
        state.fold_record(RoundStarted(1, 1) if number == 1 else ObjectDeclared(time, 1, "lock", name_of(number)))
        state.time = time
        if number % every == 0:
            writer.keep_snapshot(number, time, snapshot.to_text(state))
        if writer.wants_overview and told:
            writer.keep_overview(number, time, 1, snapshot.to_text(state), b"")
        if number % 10 == 0:
            writer.flush()
    writer.close()
    return writer


def name_at(recording: Recording, second: int) -> tuple[str, bool]:
    """The object's name at a second, and whether it is exact: what a rewinder does."""
    seq, text = recording.snapshot_before(second * SECOND)
    state = State() if text is None else snapshot.from_text(text)
    for frame in recording.frames(seq):
        if frame.seq != seq + 1:
            return state.things[1].name, False
        if frame.time > second * SECOND:
            break
        seq = frame.seq
        fold(state, frame)
    return state.things[1].name, True


def test_that_without_a_limit_every_moment_is_kept(tmp_path: Path) -> None:
    assert written(tmp_path / "a.concsim", 0).thinned_until == 0
    recording = Recording(tmp_path / "a.concsim")
    assert [frame.seq for frame in recording.frames()] == list(range(1, FRAMES + 1))
    assert all(name_at(recording, second) == (name_of(second), True) for second in range(2, FRAMES, 97))
    recording.close()


def test_that_what_is_older_is_thinned_to_its_snapshots(tmp_path: Path) -> None:
    path = tmp_path / "a.concsim"
    until = written(path, LIMIT).thinned_until
    recording = Recording(path)
    assert until == recording.thinned_until > FRAMES // 2 * SECOND
    newer = until // SECOND + 1
    for second in range(newer, FRAMES + 1, 7):
        assert name_at(recording, second) == (name_of(second), True)
    second = newer // 100 * 50 + 25
    name, exact = name_at(recording, second)
    assert not exact and 2 <= int(name.split("-")[0]) < second
    assert next(recording.frames()).seq == 1, "how the run began is kept"
    assert recording.span() == (1, FRAMES * SECOND)
    recording.close()
    assert path.stat().st_size < LIMIT * 1.3


def test_that_snapshots_are_thinned_where_they_are_too_many(tmp_path: Path) -> None:
    path = tmp_path / "a.concsim"
    until = written(path, LIMIT // 4, every=3).thinned_until
    with sqlite3.connect(path) as database:
        kept = [seq for (seq,) in database.execute("SELECT seq FROM snapshots ORDER BY seq")]
    count, least = len(kept), kept[0]
    database.close()
    assert 0 < count < FRAMES // 3 // 4
    assert least <= 100, "the oldest moments are thinned, not gone"
    before = [seq for seq in kept if seq * SECOND <= until]
    gaps = [later - earlier for earlier, later in pairwise(before)]
    assert len(gaps) > 10 and max(gaps) < 3 * median(gaps), "no stretch is told of less than the others"
    assert path.stat().st_size < LIMIT // 4 * 1.8


@pytest.mark.parametrize("lacks", [{"every": FRAMES * 2}, {"told": False}], ids=["snapshots", "overviews"])
def test_that_where_nothing_tells_of_it_nothing_is_lost(tmp_path: Path, lacks: dict[str, int]) -> None:
    assert written(tmp_path / "a.concsim", LIMIT, **lacks).thinned_until == 0  # type: ignore[arg-type]
    recording = Recording(tmp_path / "a.concsim")
    assert sum(1 for _ in recording.frames()) == FRAMES
    recording.close()


def test_that_earlier_overviews_go_and_the_newest_stays(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "a.concsim")
    writer.limit = LIMIT
    data = random.Random(1).randbytes(LIMIT // 10)
    for number in range(1, 20):
        writer.keep_overview(number, number, number, f"state {number}", data)
        writer.keep_overview(number, number, number, f"state {number}", data)
        writer.flush()
    writer.close()
    recording = Recording(tmp_path / "a.concsim")
    newest, earlier = recording.overview(), recording.overview(18)
    assert newest is not None and (newest.seq, newest.state, newest.history) == (19, "state 19", data)
    assert earlier is not None and recording.overview(1) is None
    recording.close()


def test_that_slow_frames_do_not_cost_a_row_each(tmp_path: Path) -> None:
    """A flush writes the open pack again; a pack is closed when it has grown."""
    path = tmp_path / "a.concsim"
    writer = RecordingWriter(path)
    for number in range(1, 2_001):
        writer.append(number, RECORD, encode_record(ObjectDeclared(number, 1, "lock", "lock"))[5:])
        writer.flush()
    reader = Recording(path)
    assert sum(1 for _ in reader.frames()) == 2_000
    reader.close()
    writer.close()
    raw = sum(len(encode_record(ObjectDeclared(number, 1, "lock", "lock"))) for number in range(1, 2_001))
    with sqlite3.connect(path) as database:
        ((packs,),) = database.execute("SELECT count(*) FROM packs")
    database.close()
    assert packs <= raw * 2 // PACK + 1
    assert path.stat().st_size < 2_000 * 40


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_that_a_recording_of_the_format_before_is_read(tmp_path: Path, journal: str) -> None:
    path = tmp_path / "old.concsim"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA application_id = 0x636F6E63")
        database.execute("PRAGMA user_version = 2")
        database.executescript(TABLES[2])
        database.execute(f"PRAGMA journal_mode = {journal}")
        database.executemany("INSERT INTO frames VALUES (?, ?, ?, ?)", [
            (number, 1 if number == 1 else number * SECOND, RECORD, record_of(number)) for number in range(1, 21)
        ])  # fmt: skip
        database.execute("INSERT INTO snapshots VALUES (5, 5, 'of another form')")
    database.close()
    recording = Recording(path)
    assert [frame.seq for frame in recording.frames(after=3)] == list(range(4, 21))
    assert [frame.seq for frame in recording.round_frames(2 * SECOND, 7 * SECOND)] == list(range(2, 8))
    assert name_at(recording, 12) == (name_of(12), True)
    assert (recording.span(), recording.overview(), recording.thinned_until) == ((1, 20 * SECOND), None, 0)
    recording.close()
