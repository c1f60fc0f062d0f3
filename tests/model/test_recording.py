"""Recordings survive, and what is no recording is refused with what is wrong and where."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from concsim.model.encoding import (
    BATCH,
    RECORD,
    DamagedFrameError,
    FrameReader,
    decode_record,
    encode_batch,
    encode_record,
)
from concsim.model.errors import RecordingError
from concsim.model.events import DeadlockSeen, Kind, ObjectDeclared, OutputPrinted, Stuck, pack_code
from concsim.model.folding.state import State
from concsim.model.recordings.packs import deflate, frames_of, inflate, raw
from concsim.model.recordings.recording import Recording, fold
from concsim.model.recordings.recording_writer import RecordingWriter


def written(path: Path, rows: int = 10) -> Path:
    writer = RecordingWriter(path)
    writer.describe(source="x = 1\n", path="x.py")
    writer.append(5, RECORD, encode_record(ObjectDeclared(5, 1, "lock", "lock"))[5:])
    flat: list[int | float] = []
    for index in range(rows):
        flat += [10 + index, 2, pack_code(Kind.ACQUIRE, 1), 3, 1]
    writer.append(10, BATCH, encode_batch(flat)[5:])
    writer.close()
    return path


def with_frame(path: Path, kind: int, payload: bytes) -> Path:
    """The recording with another second frame."""
    with sqlite3.connect(path) as database:
        ((first, data),) = database.execute("SELECT first, data FROM packs")
        kept = list(frames_of(first, inflate(data, 1 << 20)))
        kept[1] = kept[1]._replace(kind=kind, payload=payload)
        database.execute("UPDATE packs SET data = ?", (deflate(raw(kept)),))
    database.close()
    return path


def folded(path: Path) -> State:
    recording, state = Recording(path), State()
    for frame in recording.frames():
        fold(state, frame)
    recording.close()
    return state


def test_that_what_was_written_is_read(tmp_path: Path) -> None:
    state = folded(written(tmp_path / "a.concsim"))
    assert state.things[1].name == "lock"
    assert state.things[1].acquired == 10


def test_that_a_recording_is_readable_while_it_grows(tmp_path: Path) -> None:
    path = tmp_path / "a.concsim"
    writer = RecordingWriter(path)
    writer.append(5, RECORD, encode_record(ObjectDeclared(5, 1, "lock", "first"))[5:])
    writer.flush()
    reader = Recording(path)
    assert len(list(reader.frames())) == 1
    writer.append(6, RECORD, encode_record(ObjectDeclared(6, 2, "lock", "second"))[5:])
    writer.flush()
    assert len(list(reader.frames(after=1))) == 1
    assert reader.span() == (5, 6)
    reader.close()
    writer.close()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not made by concsim"),
        (b"print('hello')\n" * 100, "not a database"),
        (b"SQLite format 3\0" + b"x" * 500, "file"),
    ],
)
def test_that_a_foreign_file_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "foreign.concsim"
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=words):
        Recording(path)


def test_that_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="no such file"):
        Recording(tmp_path / "nothing.concsim")
    with pytest.raises(RecordingError, match="not a file"):
        Recording(tmp_path)


def test_that_another_format_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "a.concsim")
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(RecordingError, match="format is 99"):
        Recording(path)


@pytest.mark.parametrize("payload", [b"", b"xx", b'{"is": "Nothing"}', b'{"is": "FileSeen"}', b"[]", b"\xff\xfe"])
def test_that_a_damaged_frame_is_named_by_its_place(tmp_path: Path, payload: bytes) -> None:
    for kind in (BATCH, RECORD):
        path = with_frame(written(tmp_path / f"{kind}.concsim"), kind, payload)
        with pytest.raises(RecordingError, match="frame 2"):
            folded(path)


def test_that_a_full_disk_is_an_error_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="No such file"):
        RecordingWriter(tmp_path / "no" / "such" / "folder.concsim")


def test_that_records_come_back_as_they_were() -> None:
    for record in (
        OutputPrinted(1, "stdout", "héllo 你好 \udc80", 3, 4),
        DeadlockSeen(2, "certain", (Stuck(1, 2, 3, 4),)),
        ObjectDeclared(3, 4, "queue", "box", capacity=5),
    ):
        assert decode_record(encode_record(record)[5:]) == record


def test_that_frames_are_cut_however_the_bytes_arrive() -> None:
    whole = encode_record(ObjectDeclared(1, 2, "lock", "a")) + encode_batch([5, 1, 7, 0, 1.0])
    for size in (1, 3, len(whole)):
        reader, frames = FrameReader(), []
        for start in range(0, len(whole), size):
            frames += reader.feed(whole[start : start + size])
        assert [kind for kind, _ in frames] == [RECORD, BATCH]


def test_that_garbage_on_the_channel_is_noticed() -> None:
    with pytest.raises(DamagedFrameError):
        FrameReader().feed(b"garbage that is no frame")
