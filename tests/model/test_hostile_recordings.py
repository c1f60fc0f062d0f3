"""Opening a recording never hangs, costs little and trusts nothing in it: one sentence each."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from concsim.model.encoding import BATCH, RECORD, Batch, DamagedFrameError, encode_batch, encode_record
from concsim.model.errors import RecordingError
from concsim.model.events import (
    ActorDeclared,
    ChoiceOffered,
    DeadlockSeen,
    Kind,
    ObjectDeclared,
    OutputPrinted,
    Pending,
    ProcessEnded,
    Remark,
    RoundStarted,
    Stuck,
    pack_code,
)
from concsim.model.folding.state import State
from concsim.model.recordings.checked_record import LARGEST_BARE, LARGEST_RECORD, read_record
from concsim.model.recordings.packs import HEAD, Frame, deflate, raw
from concsim.model.recordings.recording import BEST_RATIO, PART, ROOM, Recording, contents, fold
from concsim.model.recordings.recording_file import LARGEST_OVERVIEW, LARGEST_SNAPSHOT, LARGEST_VALUE
from concsim.model.recordings.recording_writer import RecordingWriter

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i"


def written(path: Path) -> Path:
    writer = RecordingWriter(path)
    writer.describe(id="", path="x.py", module="", source="x = 1\n", python="", arguments=[], directory="")
    writer.append(5, RECORD, encode_record(OutputPrinted(5, "stdout", "hello"))[5:])
    writer.close()
    return path


def read_all(path: Path) -> State:
    """What opening one reads of it."""
    recording, state = Recording(path), State()
    try:
        recording.span()
        recording.snapshot_before(1 << 60)
        recording.overview()
        for frame in recording.frames():
            fold(state, frame)
    finally:
        recording.close()
    return state


def changed(path: Path, *statements: str) -> Path:
    with sqlite3.connect(written(path)) as db:
        for one in statements:
            db.execute(one)
    db.close()
    return path


TABLES = {
    "an endless view": ["DROP TABLE packs", f"CREATE VIEW packs AS {ENDLESS} AS first, i AS time, i AS until, x'00' AS data FROM n"],
    "an endless meta": ["DROP TABLE meta", f"CREATE VIEW meta AS {ENDLESS} AS name, '1' AS value FROM n"],
    "a trigger": ["CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM meta; END"],
    "a table more": ["CREATE TABLE more (x)"],
    "a virtual table": ["CREATE VIRTUAL TABLE more USING fts5(x)"],
    "other columns": ["DROP TABLE snapshots", "CREATE TABLE snapshots (seq, time, state)"],
    "a column more": ["ALTER TABLE packs ADD COLUMN more"],
    "no table": ["DROP TABLE packs"],
    "a computed column": ["DROP TABLE snapshots", "CREATE TABLE snapshots (seq, time, state AS (zeroblob(seq)))"],
}
VALUES = {
    "a text for a pack": "UPDATE packs SET data = 'text'",
    "a number for a pack": "UPDATE packs SET data = 5",
    "a text for a time": "UPDATE packs SET time = 'soon'",
    "a pack that is not compressed": "UPDATE packs SET data = x'00112233'",
    "a pack that is cut off": "UPDATE packs SET data = substr(data, 1, length(data) - 5)",
    "a pack of half a frame": f"UPDATE packs SET data = x'{deflate(b'half').hex()}'",
    "a pack whose frame has no end": f"UPDATE packs SET data = x'{deflate(HEAD.pack(1, RECORD, 1_000)).hex()}'",
    "a kind that is none": f"UPDATE packs SET data = x'{deflate(raw([Frame(1, 1, 99, b'')])).hex()}'",
    "a pack that bursts": f"UPDATE packs SET data = x'{deflate(bytes(LARGEST_VALUE + 1)).hex()}'",
    "a blob for a source": "UPDATE meta SET value = x'ff' WHERE name = 'source'",
    "a source that is no JSON": "UPDATE meta SET value = '{' WHERE name = 'source'",
    "a text that is no UTF-8": "UPDATE meta SET value = CAST(x'22ff22' AS TEXT) WHERE name = 'source'",
    "a deep source": f"UPDATE meta SET value = '{'[' * 200_000}' WHERE name = 'source'",
    "ten thousand digits": f"UPDATE meta SET value = '{'9' * 10_000}' WHERE name = 'source'",
    "a huge pack": f"UPDATE packs SET data = zeroblob({LARGEST_VALUE + 1})",
    "a snapshot that is not compressed": "INSERT INTO snapshots VALUES (1, 1, x'00112233')",
    "a snapshot that bursts": f"INSERT INTO snapshots VALUES (1, 1, x'{deflate(bytes(LARGEST_SNAPSHOT + 1)).hex()}')",
    "a snapshot that is no text": f"INSERT INTO snapshots VALUES (1, 1, x'{deflate(bytes([255])).hex()}')",
    "an overview that bursts": f"INSERT INTO overviews VALUES (1, 1, 1, x'{deflate(b'1').hex()}', x'{deflate(bytes(LARGEST_OVERVIEW + 1)).hex()}')",
    "a huge text": f"UPDATE meta SET value = CAST(zeroblob({LARGEST_VALUE + 1}) AS TEXT) WHERE name = 'source'",
    "many empty lists": f"UPDATE meta SET value = '[' || replace(hex(zeroblob({LARGEST_BARE})), '00', '[],') || '1]' WHERE name = 'source'",
}


@pytest.mark.parametrize("statements", TABLES.values(), ids=TABLES)
def test_that_only_our_tables_are_read(tmp_path: Path, statements: list[str]) -> None:
    with pytest.raises(RecordingError, match="its tables are not"):
        read_all(changed(tmp_path / "a.concsim", *statements))


@pytest.mark.parametrize("statement", VALUES.values(), ids=VALUES)
def test_that_a_value_of_another_kind_or_size_is_refused(tmp_path: Path, statement: str) -> None:
    with pytest.raises(RecordingError) as raised:
        read_all(changed(tmp_path / "a.concsim", statement))
    assert len(str(raised.value)) < 300


def test_that_what_is_not_ours_in_it_is_not_read_at_all(tmp_path: Path) -> None:
    path = changed(tmp_path / "a.concsim", f"INSERT INTO meta VALUES ('other', zeroblob({LARGEST_VALUE + 1}))")
    assert read_all(path).count == 0
    path = changed(tmp_path / "b.concsim", f"INSERT INTO snapshots VALUES (1, 1, zeroblob({LARGEST_VALUE - 1}))")
    recording = Recording(path)
    assert recording.snapshot_before(1 << 60) == (0, None)
    recording.close()


def test_that_packs_that_overlap_are_out_of_order(tmp_path: Path) -> None:
    twice = deflate(raw([Frame(1, 1, RECORD, b"")] * 5)).hex()
    path = changed(tmp_path / "a.concsim", f"UPDATE packs SET data = x'{twice}'", "INSERT INTO packs SELECT 3, time, until, data FROM packs")
    recording = Recording(path)
    with pytest.raises(RecordingError, match="out of order"):
        list(recording.frames())
    with pytest.raises(RecordingError, match="out of order"):
        list(recording.round_frames(0, 10))
    recording.close()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: os.symlink("/dev/zero", path)], ids=["fifo", "folder", "device"])
def test_that_what_is_no_plain_file_is_not_opened(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "a.concsim")
    with pytest.raises(RecordingError, match="not a file"):
        Recording(tmp_path / "a.concsim")


@pytest.mark.parametrize("end", ["-journal", "-wal", "-shm"])
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: os.symlink("/dev/zero", path)], ids=["fifo", "device"])
def test_that_what_lies_beside_it_is_a_plain_file_too(tmp_path: Path, end: str, make: Callable[[Path], None]) -> None:
    path = written(tmp_path / "a.concsim")
    make(Path(f"{path}{end}"))
    with pytest.raises(RecordingError, match="beside it"):
        Recording(path)


@pytest.mark.parametrize("text", ["x", "\\", '"', "\\x"], ids=["plain", "backslashes", "quotes", "mixed"])
def test_that_asking_for_the_size_of_a_long_text_costs_little_memory(text: str) -> None:
    source = f"""
import json, resource, sys
sys.path[:] = {sys.path!r}
from concsim.model.recordings.checked_record import read_record
from concsim.model.encoding import encode_record
from concsim.model.events import OutputPrinted
record = OutputPrinted(1, "stdout", {text!r} * (20_000_000 // len({text!r})))
payload = encode_record(record)[5:]
resource.setrlimit(resource.RLIMIT_AS, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 + (600 << 20),) * 2)
assert read_record(payload) == record
"""
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-500:]


def test_that_very_many_texts_are_not_read() -> None:
    with pytest.raises(DamagedFrameError, match="texts"):
        read_record(b'{"is": "Remark", "time": 1, "code": "x", "values": {"a": [' + b'"",' * 2_000_000 + b"1]}}")


RECORDS = [
    ActorDeclared(1, 2, "t1", "worker", "thread"), RoundStarted(1, 1, {"N": 3}), ProcessEnded(1, 2, None),
    DeadlockSeen(1, "certain", (Stuck(1, 2, 3, 4),)), ChoiceOffered(1, 2, 0.5, (Pending(1, "read", 2, 3, "ready"),)),
]  # fmt: skip


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: type(one).__name__)
def test_that_a_sound_record_is_read_as_it_is(record: object) -> None:
    assert read_record(encode_record(record)[5:]) == record  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "value"), [
    ("name", ["a", "list"]), ("name", None), ("number", "2"), ("number", 1.5), ("number", True), ("number", 10**30), ("daemon", 1),
    ("reaches", [1, 2]), ("time", float("nan")), ("parent", None),
])  # fmt: skip
def test_that_a_field_of_another_type_is_refused(name: str, value: object) -> None:
    fields = json.loads(encode_record(RECORDS[0])[5:])  # type: ignore[arg-type]
    with pytest.raises(DamagedFrameError):
        read_record(json.dumps({**fields, name: value}).encode())


def test_that_a_parameter_is_what_a_control_can_show() -> None:
    with pytest.raises(DamagedFrameError, match="parameter"):
        read_record(encode_record(RoundStarted(1, 1, {"N": [1]}))[5:])


def test_that_a_long_text_is_read_and_many_parts_are_not() -> None:
    long = OutputPrinted(1, "stdout", '[{"' * (LARGEST_BARE // 2))
    assert read_record(encode_record(long)[5:]) == long
    with pytest.raises(DamagedFrameError, match="too many parts"):
        read_record(b'{"is": "Remark", "time": 1, "code": "x", "values": {"a": [' + b"[]," * (LARGEST_BARE // 2) + b"1]}}")
    with pytest.raises(DamagedFrameError, match="larger than anything"):
        read_record(encode_record(Remark(1, "x", {"a": "x" * LARGEST_RECORD}))[5:])


def test_that_packs_that_are_far_larger_than_they_look_are_not_read_on(tmp_path: Path) -> None:
    record = encode_record(ObjectDeclared(5, 1, "lock", "x" * 900))[5:]
    pack = deflate(raw([Frame(1, 5, RECORD, record)] * 20_000))
    path = written(tmp_path / "a.concsim")
    with sqlite3.connect(path) as database:
        database.executemany("INSERT INTO packs VALUES (?, 5, 5, ?)", [(2 + 20_000 * index, pack) for index in range(12)])
    database.close()
    assert path.stat().st_size < 2 << 20
    recording, read = Recording(path), 0
    with pytest.raises(RecordingError, match="far larger"):
        for frame in recording.frames():
            read += len(frame.payload)
    recording.close()
    assert read < ROOM + BEST_RATIO * path.stat().st_size


def test_that_a_long_batch_is_read_in_parts() -> None:
    size = 3 * PART + 7
    flat = [one for time in range(size) for one in (time, 1, pack_code(Kind.BEGIN, 0), 0, 0.0)]
    frame = Frame(1, 0, BATCH, encode_batch(flat)[5:])
    assert [len(one.times) for one in contents(frame) if isinstance(one, Batch)] == [PART, PART, PART, 7]
    whole, until = State(), State()
    assert fold(whole, frame) and whole.count == size
    assert not fold(until, frame, 2 * PART) and until.count == 2 * PART + 1


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody who may not write there")
@pytest.mark.parametrize("ended", [True, False], ids=["ended", "cut off"])
def test_that_one_in_a_folder_that_cannot_be_written_opens(tmp_path_factory: pytest.TempPathFactory, ended: bool) -> None:
    folder = tmp_path_factory.mktemp("read-only")
    for one in (folder, *folder.parents[:-2]):
        one.chmod(0o755)
    die = "" if ended else "os._exit(0)"
    source = f"""
import os, sys
sys.path[:] = {sys.path!r}
from pathlib import Path
from tests.model.test_hostile_recordings import RecordingWriter, encode_record, OutputPrinted, RECORD
writer = RecordingWriter(Path({str(folder / "a.concsim")!r}))
writer.append(5, RECORD, encode_record(OutputPrinted(5, "stdout", "hello"))[5:])
writer.flush()
{die}
writer.close()
"""
    subprocess.run([sys.executable, "-c", source], check=True)
    if not ended:
        (folder / "a.concsim-shm").unlink()  # it can neither be made again there
    look = f"""
import os, sys
sys.path[:] = {sys.path!r}
from pathlib import Path
from concsim.model.recordings.recording import Recording, copy_recording
os.setgroups([]); os.setgid(65534); os.setuid(65534)
path = Path({str(folder / "a.concsim")!r})
print(Recording(path).span())
import tempfile
with tempfile.TemporaryDirectory() as other:
    copy_recording(path, Path(other) / "copy.concsim")
    print(Recording(Path(other) / "copy.concsim").span())
"""
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True)
    assert done.stdout == "(5, 5)\n" * 2, done.stderr


@pytest.mark.parametrize(("table", "values", "why"), [
    ("packs", "(1, 1, 1, zeroblob({size}))", "too big"), ("packs", "(1, 1, 1, x'{bomb}')", "larger than"),
    ("snapshots", "(1, 1, x'{bomb}')", "larger than"), ("overviews", "(1, 1, 1, x'{bomb}', x'{bomb}')", "larger than"),
], ids=["zeros", "a pack", "a snapshot", "an overview"])  # fmt: skip
def test_that_a_huge_value_costs_no_memory(tmp_path: Path, table: str, values: str, why: str) -> None:
    """A gigabyte of zeros that is not there on the disk is not made in memory either."""
    squeeze = zlib.compressobj(9)
    bomb = b"".join([*(squeeze.compress(bytes(1 << 20)) for _ in range(900)), squeeze.flush()])
    path = changed(tmp_path / "a.concsim", f"INSERT OR REPLACE INTO {table} VALUES {values.format(size=900 << 20, bomb=bomb.hex())}")
    source = f"import sys; sys.path[:] = {sys.path!r}; from pathlib import Path; from tests.model.test_hostile_recordings import read_all; read_all(Path({str(path)!r}))"
    limit = 500 << 20
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    )
    assert why in done.stderr.splitlines()[-1]


def test_that_nobody_is_its_own_ancestor() -> None:
    """Whoever draws a tree of actors walks up and down in it."""
    state = State()
    for number, parent in ((1, 1), (2, 3), (3, 2), (4, 3)):
        state.fold_record(ActorDeclared(1, number, f"t{number}", "x", "thread", parent))
    state.fold_rows(Batch([2], [2], [pack_code(Kind.START, 2)], [0], [0.0]), [0])
    assert {number: one.parent for number, one in state.actors.items()} == {1: 0, 2: 3, 3: 0, 4: 3}


@pytest.mark.parametrize("value", [-1.0, 99.0, 1e300, float("nan")])
def test_that_a_process_is_in_a_state_that_there_is(value: float) -> None:
    with pytest.raises((ValueError, OverflowError)):
        State().fold_rows(Batch([2], [2], [pack_code(Kind.OS_STATE, 0)], [0], [value]), [0])
