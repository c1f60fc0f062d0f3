"""A recording: the append-only log of one run, read.

A row per pack of frames (a batch's columns as they travelled, or a record), snapshots of the state for jumps, an overview
of each long round, and what was run. Opening one runs nothing and unpickles nothing.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from concsim.model.encoding import BATCH, RECORD, Batch, decode_batch, parts
from concsim.model.errors import DAMAGE, RecordingError
from concsim.model.events import Record
from concsim.model.files.json_size import check_bare
from concsim.model.folding.state import State
from concsim.model.recordings.checked_record import LARGEST_BARE, read_record
from concsim.model.recordings.packs import Frame, frames_of, inflate
from concsim.model.recordings.recording_file import (
    LARGEST_OVERVIEW,
    LARGEST_SNAPSHOT,
    LARGEST_VALUE,
    TEMPORARY,
    THINNED,
    Opened,
    give_back,
    reason,
)

_META = ("id", "path", "module", "source", "python", "arguments", "directory", TEMPORARY, THINNED)
_LATEST = 1 << 62
PART = 4_096
"""Rows that are folded at once."""
ROOM, BEST_RATIO = 128 << 20, 50
"""Packs are a sixth of what is in them; what claims to be far more than so many bytes and times its size is not read."""
LOOSE = 100_000_000
"""Nanoseconds: the frames of several processes are in the order of their first events, or nearly so."""


class Overview(NamedTuple):
    """The state and the history after frame *seq*, as they were written."""

    seq: int
    state: str
    history: bytes


class Recording:
    """Reads a recording, finished or still growing. Use from one thread. Raises `RecordingError`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = Opened(path)
        try:
            self.meta = self._read_meta()
        except RecordingError:
            self.close()
            raise

    def _read_meta(self) -> dict[str, Any]:
        names = ", ".join("?" * len(_META))
        found = {}
        try:
            for name, value in self._file.rows(f"SELECT name, value FROM meta WHERE name IN ({names})", _META):
                if not isinstance(value, str):
                    raise RecordingError(f"its {name} is no text")
                check_bare(value.encode("utf-8", "surrogatepass"), LARGEST_BARE)
                found[name] = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise RecordingError(f"what it says of itself cannot be read: {error}") from None
        return found

    @property
    def thinned_until(self) -> int:
        """Before this time only some moments are kept; 0 where all are. Of one that still grows it is asked anew."""
        found = self._read_meta().get(THINNED, 0)
        return found if type(found) is int and 0 <= found < _LATEST else 0

    def frames(self, after: int = 0) -> Iterator[Frame]:
        """The frames after place *after*, in order. Raises `RecordingError` where the file is damaged."""
        for frame in self._all_frames(after):
            if frame.seq > after:
                after = frame.seq
                yield frame

    def _all_frames(self, after: int) -> Iterator[Frame]:
        """Frames from before the place *after* on."""
        if self._file.format == 2:
            yield from self._single_frames(after)
            return
        query = "SELECT first, time, data FROM packs WHERE first >= (SELECT coalesce(max(first), 0) FROM packs WHERE first <= ?) ORDER BY first"
        yield from self._packed_frames(query, (after + 1,))

    def round_frames(self, first: int, last: int) -> Iterator[Frame]:
        """The frames between the times at which a round began and ended, in the order of the log."""
        if self._file.format == 2:
            yield from (one for one in self._single_frames(0) if first <= one.time <= last)
            return
        query = "SELECT first, time, data FROM packs WHERE first >= (SELECT coalesce(max(first), 0) FROM packs WHERE time <= ?) ORDER BY first"
        begun = False
        for frame in self._packed_frames(query, (first,)):
            begun = begun or frame.time >= first
            if frame.time > last:
                break
            if begun:
                yield frame

    def _packed_frames(self, query: str, values: tuple[int, ...]) -> Iterator[Frame]:
        next_, room = 0, ROOM
        for first, time, data in self._file.rows(query, values):
            if [type(one) for one in (first, time, data)] != [int, int, bytes] or first < next_:
                raise RecordingError(f"what is kept from frame {first} on: it is none, or out of order")
            found = inflate(data, LARGEST_VALUE)
            room += BEST_RATIO * len(data) - len(found)
            if room < 0:
                raise RecordingError("it would be far larger than anything that is written")
            for frame in frames_of(first, found):
                yield frame
                next_ = frame.seq + 1

    def _single_frames(self, after: int) -> Iterator[Frame]:
        for row in self._file.rows("SELECT seq, time, kind, payload FROM frames WHERE seq > ? ORDER BY seq", (after,)):
            frame = Frame(*row)
            if [type(one) for one in row] != [int, int, int, bytes] or frame.seq <= after:
                raise RecordingError(f"frame {frame.seq}: it is none, or out of order")
            after = frame.seq
            yield frame

    def snapshot_before(self, time: int) -> tuple[int, str | None]:
        """The place and text of the last snapshot not after *time*, (0, None) without one."""
        if self._file.format == 2:
            return 0, None
        query = "SELECT seq, state FROM snapshots WHERE time <= ? AND typeof(state) = 'blob' AND length(state) <= ? ORDER BY seq DESC LIMIT 1"
        row = next(self._file.rows(query, (time, LARGEST_SNAPSHOT)), None)
        return (row[0], _text(row[1])) if row else (0, None)

    def overview(self, round_: int | None = None) -> Overview | None:
        """The newest overview, or that of a round; None without one."""
        if self._file.format == 2:
            return None
        sizes = "typeof(state) = 'blob' AND typeof(history) = 'blob' AND length(state) <= ? AND length(history) <= ?"
        query = f"SELECT seq, state, history FROM overviews WHERE round = coalesce(?, round) AND {sizes} ORDER BY seq DESC LIMIT 1"
        row = next(self._file.rows(query, (round_, LARGEST_SNAPSHOT, LARGEST_OVERVIEW)), None)
        if row is None or type(row[0]) is not int:
            return None
        return Overview(row[0], _text(row[1]), inflate(row[2], LARGEST_OVERVIEW))

    def span(self) -> tuple[int, int]:
        """The times of the first and the last event, (0, 0) for an empty recording."""
        ends = "max(time) FROM frames" if self._file.format == 2 else "max(until) FROM packs"
        found = next(self._file.rows(f"SELECT min(time), {ends}"))
        first, last = (one if type(one) is int else 0 for one in found)
        return first, last

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def contents(frame: Frame) -> Iterator[Batch | Record]:
    """What a stored frame tells, a long batch in parts. Raises `RecordingError`."""
    try:
        if frame.kind == BATCH:
            yield from parts(decode_batch(frame.payload), PART)
        elif frame.kind == RECORD:
            yield read_record(frame.payload)
        else:
            raise RecordingError(f"frame {frame.seq}: unknown kind {frame.kind}")
    except DAMAGE as error:
        raise RecordingError(f"frame {frame.seq}: {error}") from None


def fold_part(state: State, content: Batch | Record, until: int | None = None) -> bool:
    """Fold what a frame tells into a state, or its part up to *until*; whether all of it."""
    if isinstance(content, Batch):
        return state.fold_batch(content, until)
    if until is not None and content.time > until:
        return False
    state.fold_record(content)
    return True


def fold(state: State, frame: Frame, until: int | None = None) -> bool:
    """Fold a stored frame into a state, or its part up to *until*; whether all of it. Raises `RecordingError`."""
    if until is not None and frame.time > until:
        return False
    try:
        return all(fold_part(state, one, until) for one in contents(frame))
    except DAMAGE as error:
        raise RecordingError(f"frame {frame.seq}: {error}") from None


def is_begun(path: Path) -> bool:
    """Whether there is a recording with a mark, of somebody who may have been cut off since."""
    try:
        with contextlib.closing(Recording(path)) as found:
            return TEMPORARY in found.meta
    except RecordingError:
        return False


def copy_recording(source: Path, target: Path) -> None:
    """Copy a recording, finished or growing, to a new file, which is nobody's temporary one. Raises `RecordingError`."""
    try:
        with contextlib.closing(Opened(source)) as old, contextlib.closing(sqlite3.connect(target)) as new:
            old.copy_to(new)
            new.execute("DELETE FROM meta WHERE name = ?", (TEMPORARY,))
            new.commit()
            give_back(new)
            new.execute("PRAGMA journal_mode = DELETE")
    except (sqlite3.Error, OSError) as error:
        raise RecordingError(reason(error)) from None


def _text(data: bytes) -> str:
    try:
        return inflate(data, LARGEST_SNAPSHOT).decode()
    except UnicodeDecodeError as error:
        raise RecordingError(f"a snapshot in it is no text: {error}") from None
