"""Recordings that lie where nobody has named a place for them: marked inside with who writes them.

Those of a process that has gone were cut off. They are offered, and removed only by the person's word or when they are
older than `DAYS`, counted from the day on which that was first said.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from concsim.control.leftovers.ledger import file_for_a_time
from concsim.control.leftovers.owner import lives, read_owner, this_process
from concsim.model.errors import RecordingError
from concsim.model.files.plain_file import is_plain
from concsim.model.programs.program import Program
from concsim.model.recordings.recording import Recording
from concsim.model.recordings.recording_file import TEMPORARY
from concsim.model.recordings.recording_writer import RecordingWriter

DAYS = 30
DAY = 86_400.0
LATEST = 1e11
_PARTS = ("", "-wal", "-shm", "-journal")


def make_recording(folder: Path, program: Program) -> RecordingWriter:
    """A new recording of a program, marked as this process's. Raises `RecordingError`."""
    path = folder / f"{program.path.stem[:80]}-{os.getpid()}-{secrets.token_hex(8)}.concsim"
    mark = {**this_process()._asdict(), "name": program.path.stem[:200], "began": time.time()}
    with file_for_a_time(path):  # until the mark is in it nobody could tell whose it is
        return RecordingWriter(path, mark)


@dataclass(frozen=True)
class CutOff:
    """A recording whose process has gone. `began` and `until` are seconds since 1970, `size` in bytes."""

    path: Path
    name: str
    began: float
    until: float
    size: int


def cut_off_in(folder: Path) -> list[CutOff]:
    """The recordings in a folder that were cut off, the newest first. Nothing is changed or removed."""
    try:
        found = [_look(path) for path in folder.iterdir() if path.suffix == ".concsim"]
    except OSError:
        return []
    return sorted((one for one in found if one is not None), key=lambda one: one.began, reverse=True)


def _look(path: Path) -> CutOff | None:
    """What a file says of itself; None for one that is not a marked recording, or whose process lives."""
    if path.is_symlink() or not is_plain(path):
        return None
    try:  # asked first: to open it is to touch what lies beside it
        found = [Path(f"{path}{part}").stat() for part in _PARTS if is_plain(Path(f"{path}{part}"))]
        recording = Recording(path)
    except (RecordingError, OSError):
        return None
    mark: Any = recording.meta.get(TEMPORARY)
    recording.close()
    owner = read_owner(mark)
    if owner is None or lives(owner, max(one.st_mtime for one in found)):
        return None
    size = sum(one.st_size for one in found)
    began, said = _seconds(mark, "began", 0.0), _seconds(mark, "said", time.time())
    if said < began:  # said by a clock that was wrong
        said = time.time()
    return CutOff(path, str(mark.get("name", "?"))[:200], began, said + DAYS * DAY, size)


def _seconds(mark: Mapping[str, Any], name: str, otherwise: float) -> float:
    value: Any = mark.get(name)
    return float(value) if type(value) in (int, float) and 0 <= value < LATEST else otherwise


def note_said(recordings: list[CutOff]) -> None:
    """The person has been told until when these are kept; one that cannot be written is kept for ever."""
    for one in recordings:
        query = "UPDATE meta SET value = json_set(value, '$.said', ?) WHERE name = ? AND coalesce(json_extract(value, '$.said'), 0) < ?"
        try:
            with closing(sqlite3.connect(f"{one.path.resolve().as_uri()}?mode=rw", uri=True)) as db:
                db.execute(query, (time.time(), TEMPORARY, one.began))
                db.commit()
        except sqlite3.Error:
            pass


def remove_outdated(folder: Path) -> None:
    """Remove those whose time, which was said, is over."""
    for one in cut_off_in(folder):
        if one.until < time.time():
            remove(one.path)


def remove_cut_off(folder: Path) -> None:
    """Remove all that were cut off in a folder where nobody has asked for them: a killed command's."""
    for one in cut_off_in(folder):
        remove(one.path)


def remove(path: Path) -> None:
    """Remove a recording and what SQLite keeps beside it."""
    for part in _PARTS:
        try:
            Path(f"{path}{part}").unlink(missing_ok=True)
        except OSError:
            pass
