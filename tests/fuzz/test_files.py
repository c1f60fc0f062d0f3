"""Schedules and recordings that somebody has changed: refused in one sentence, or read; never a traceback of ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concsim.control.catalogue import find_program
from concsim.model.encoding import BATCH, RECORD, encode_batch, encode_record
from concsim.model.errors import RecordingError
from concsim.model.events import (
    ActorDeclared,
    ChoiceOffered,
    DeadlockSeen,
    Kind,
    ObjectDeclared,
    OutputPrinted,
    Pending,
    ProcessSeen,
    RoundEnded,
    RoundStarted,
    SitesSeen,
    Stuck,
    WatchSeen,
    pack_code,
)
from concsim.model.files.schedule import check_fits, read_schedule
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.programs.program import ProgramError
from concsim.model.recordings.recording import Recording, fold
from concsim.model.recordings.recording_writer import RecordingWriter
from tests.fuzz.strategies import changed_bytes, changed_json

FEW, MANY = 100, 2_000
QUIET = {"deadline": 5_000, "suppress_health_check": list(HealthCheck), "database": None, "derandomize": True}
SCHEDULE = {
    "concsim": "schedule", "version": 1, "program": "races.lost_update", "sha256": "00", "model": "gil", "parameters": {"THREADS": 2}, "seed": 0,
    "choices": "main t1 t2 t1", "operations": ["start t1 @3", "read total = 0 @4"], "steps": [0, 0, 1, 1],
}  # fmt: skip
SOUND = [
    RoundStarted(1, 1, {"N": 3}), ActorDeclared(2, 1, "main", "main", "main"), ActorDeclared(2, 2, "t1", "worker", "thread", 1),
    ObjectDeclared(3, 3, "lock", "mutex"), ObjectDeclared(3, 4, "queue", "box", capacity=3), ObjectDeclared(3, 5, "watch", "total"),
    WatchSeen(4, "total", "3", 3, True), OutputPrinted(5, "stdout", "hello\n", 1), SitesSeen(5, 0, (0, 1, 2, 3, 4)),
    ProcessSeen(5, 1, 123, 1, "main"), DeadlockSeen(6, "certain", (Stuck(1, 3, 2, 5),)),
    ChoiceOffered(7, 2, 0.5, (Pending(1, "read", 3, 4, "ready"),)), RoundEnded(9, 1, "finished", 0),
]  # fmt: skip


def judge_schedule(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        schedule = read_schedule(path)
        check_fits(schedule, find_program(schedule.program))
    except ProgramError as error:
        assert len(str(error)) < 1_500


@given(data=st.one_of(changed_json(SCHEDULE), st.binary(max_size=200)))
@settings(max_examples=FEW, **QUIET)
def test_that_changed_schedules_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    judge_schedule(tmp_path / "s.json", data)


@pytest.mark.fuzz
@given(data=st.one_of(changed_json(SCHEDULE), st.binary(max_size=200)))
@settings(max_examples=MANY, **QUIET)
def test_that_many_changed_schedules_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    judge_schedule(tmp_path / "s.json", data)


def rows(draw: st.DrawFn) -> bytes:
    """A batch of rows of any kind, about anybody, with any value."""
    time, flat = 4, list[Any]()
    for _ in range(draw(st.integers(1, 12))):
        time += draw(st.integers(0, 3))
        code = pack_code(draw(st.sampled_from([*Kind])), draw(st.integers(0, 7)))
        flat += [time, draw(st.integers(0, 4)), code, draw(st.sampled_from([0, 1, 5, 2**31, 2**32 - 1])), float(draw(st.one_of(st.integers(-5, 5), st.floats())))]
    return encode_batch(flat)[5:]


@st.composite
def frames(draw: st.DrawFn) -> list[tuple[int, int, bytes]]:
    """Frames of a recording: sound records and batches, and changed ones."""
    made = []
    for record in SOUND:
        payload = encode_record(record)[5:]
        if draw(st.integers(0, 4)) == 0:
            payload = draw(changed_json(json.loads(payload)))
        made.append((record.time, RECORD, payload))
        if draw(st.booleans()):
            batch = rows(draw)
            made.append((record.time, BATCH, draw(changed_bytes(batch, most=3)) if draw(st.integers(0, 4)) == 0 else batch))
    return made


def written(path: Path, made: list[tuple[int, int, bytes]]) -> Path:
    path.unlink(missing_ok=True)
    writer = RecordingWriter(path)
    writer.describe(id="", path="x.py", module="", source="x = 1\n", python="", arguments=[], directory="")
    for time, kind, payload in made:
        writer.append(time, kind, payload)
    writer.close()
    return path


def read_all(path: Path) -> None:
    """Read it as the window does; the only complaint is one short sentence."""
    state = State(History())
    try:
        recording = Recording(path)
        try:
            recording.span()
            recording.snapshot_before(1 << 50)
            for frame in recording.frames():
                fold(state, frame)
        finally:
            recording.close()
    except RecordingError as error:
        assert len(str(error)) < 1_000


@given(made=frames())
@settings(max_examples=FEW, **QUIET)
def test_that_changed_frames_are_read_or_refused(tmp_path: Path, made: list[tuple[int, int, bytes]]) -> None:
    read_all(written(tmp_path / "a.concsim", made))


@pytest.mark.fuzz
@pytest.mark.timeout(600)
@given(made=frames())
@settings(max_examples=MANY, **QUIET)
def test_that_many_changed_frames_are_read_or_refused(tmp_path: Path, made: list[tuple[int, int, bytes]]) -> None:
    read_all(written(tmp_path / "a.concsim", made))


def sound_file(folder: Path) -> bytes:
    path = written(folder / "sound.concsim", [(one.time, RECORD, encode_record(one)[5:]) for one in SOUND])
    return path.read_bytes()


def judge_file(folder: Path, data: st.DataObject) -> None:
    path = folder / "a.concsim"
    path.write_bytes(data.draw(changed_bytes(sound_file(folder), most=12)))
    read_all(path)


@given(data=st.data())
@settings(max_examples=FEW, **QUIET)
def test_that_a_file_with_changed_bytes_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    judge_file(tmp_path, data)


@pytest.mark.fuzz
@pytest.mark.timeout(600)
@given(data=st.data())
@settings(max_examples=MANY, **QUIET)
def test_that_many_files_with_changed_bytes_are_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    judge_file(tmp_path, data)
