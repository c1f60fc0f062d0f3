"""Opening a schedule never hangs, costs little and trusts nothing in it: one sentence each."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from concsim.control.catalogue import find_program
from concsim.model.files.schedule import LONGEST, read_schedule
from concsim.model.programs.program import ProgramError

SOUND: dict[str, Any] = {
    "concsim": "schedule", "version": 1, "program": "races.lost_update", "sha256": "", "model": "gil", "parameters": {}, "seed": 0,
    "choices": "main t1", "operations": ["start"], "steps": [0, 0],
}  # fmt: skip


def schedule_at(path: Path, **changed: Any) -> Path:
    path.write_text(json.dumps({**SOUND, **changed}))
    return path


def test_that_a_sound_one_is_read(tmp_path: Path) -> None:
    assert read_schedule(schedule_at(tmp_path / "s.json")).choices == ("main", "t1")


BROKEN = {
    "ten thousand digits": '{"concsim": "schedule", "version": 1, "seed": ' + "9" * 10_000 + "}",
    "a deep nest": '{"concsim": ' + "[" * 100_000,
    "many empty lists": json.dumps({**SOUND, "operations": []})[:-2] + "[]," * 1_000_000 + "0]}",
    "a NUL": "\0" * 100,
    "nothing": "",
    "a number": "5",
    "a vocabulary to come": json.dumps({**SOUND, "vocabulary": 99}),
    "a vocabulary that is none": json.dumps({**SOUND, "vocabulary": True}),
    "a list of actors": json.dumps({**SOUND, "actors": ["main"]}),
    "an actor whose path is a number": json.dumps({**SOUND, "actors": {"t1": 1}}),
    "another version": json.dumps({**SOUND, "version": 99}),
    "a version of a megabyte": json.dumps({**SOUND, "version": "9" * 1_000_000}),
    "a model of a megabyte": json.dumps({**SOUND, "model": "x" * 1_000_000}),
    "an index of a megabyte": json.dumps({**SOUND, "steps": ["x" * 1_000_000, 0]}),
    "a true for a seed": json.dumps({**SOUND, "seed": True}),
    "a list for a parameter": json.dumps({**SOUND, "parameters": {"N": [1]}}),
    "a true for an index": json.dumps({**SOUND, "steps": [True, 0]}),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_that_what_is_none_is_refused_in_one_short_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "s.json"
    path.write_text(text)
    with pytest.raises(ProgramError) as raised:
        read_schedule(path)
    assert len(str(raised.value)) < 1_000 and "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["a\0b", "\udc80", "x" * 100_000, "/dev/zero", "../" * 5_000, ""])
def test_that_a_program_that_cannot_be_is_not_found(tmp_path: Path, name: str) -> None:
    schedule = read_schedule(schedule_at(tmp_path / "s.json", program=name))
    with pytest.raises(ProgramError):
        find_program(schedule.program)


@pytest.mark.parametrize("way", ["fifo", "device", "folder", "missing", "too long"])
def test_that_what_is_no_plain_file_is_not_read(tmp_path: Path, way: str) -> None:
    path = tmp_path / "s.json"
    if way == "fifo":
        os.mkfifo(path)
    elif way == "too long":
        with path.open("wb") as file:
            file.truncate(LONGEST + 1)
    elif way == "folder":
        path.mkdir()
    elif way == "device":
        path = Path("/dev/zero")
    with pytest.raises(ProgramError):
        read_schedule(path)
