"""A recording: the append-only log of one run, a SQLite file from its first event.

One row per frame (a batch's columns as they travelled, or a record), snapshots of the state for jumps, and what was
run. It survives a crash up to its last batch. Opening one runs nothing and unpickles nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from concsim.model.checked_record import LARGEST_BARE, read_record
from concsim.model.encoding import BATCH, RECORD, decode_batch
from concsim.model.errors import DAMAGE, RecordingError
from concsim.model.json_size import check_bare
from concsim.model.recording_file import APPLICATION_ID, FORMAT, LARGEST_SNAPSHOT, TABLES, Opened
from concsim.model.state import State

TEMPORARY = "temporary"
"""The name of the mark in a recording that lies where nobody has named a place for it: who writes it, since when."""
_META = ("id", "path", "module", "source", "python", "arguments", "directory", TEMPORARY)


class Frame(NamedTuple):
    """A stored frame: its place in the log, the time of its first event, its kind and payload."""

    seq: int
    time: int
    kind: int
    payload: bytes


class RecordingWriter:
    """Appends to a new recording, from any thread; `flush` makes it durable. What is there already is never touched.

    *mark* says whose it is as long as no place was named for it; a copy has none.
    """

    def __init__(self, path: Path, mark: Mapping[str, Any] | None = None) -> None:
        self.path = path
        self.is_whole = True
        """Whether all that was appended has been written."""
        self._turn = threading.Lock()
        self._waiting: list[tuple[int, int, int, bytes]] = []
        self._seq = 0
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o666))
        except (OSError, ValueError) as error:
            raise RecordingError(_reason(error)) from None
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._begin(mark)
        except (sqlite3.Error, OSError, RecordingError) as error:
            self.abandon()
            raise RecordingError(_reason(error)) from None

    def _begin(self, mark: Mapping[str, Any] | None) -> None:
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self._db.execute(f"PRAGMA user_version = {FORMAT}")
        self._db.executescript(TABLES)
        if mark is not None:
            self.describe(**{TEMPORARY: dict(mark)})
        self._db.execute("PRAGMA journal_mode = WAL")  # from here on: what says whose it is lies in the file itself

    def abandon(self) -> None:
        """Close it and remove what there is of it: it could not be begun."""
        db: sqlite3.Connection | None = getattr(self, "_db", None)
        if db is not None:
            db.close()
        for part in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.path}{part}").unlink(missing_ok=True)

    def describe(self, **values: Any) -> None:
        """Store what was run: JSON values by name. Raises `RecordingError`."""
        rows = [(name, json.dumps(value)) for name, value in values.items()]
        try:
            with self._turn:
                self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            raise RecordingError(str(error)) from None

    def append(self, time: int, kind: int, payload: bytes) -> int:
        """Add a frame; its place in the log."""
        with self._turn:
            self._seq += 1
            self._waiting.append((self._seq, time, kind, payload))
            return self._seq

    def flush(self) -> None:
        """Write what was appended. Raises `RecordingError` (a full disk, say); what was appended is then given up."""
        if not self._waiting:
            return
        try:
            with self._turn:
                waiting, self._waiting = self._waiting, []
                self._db.execute("BEGIN")
                self._db.executemany("INSERT INTO frames VALUES (?, ?, ?, ?)", waiting)
                self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self.is_whole = False
            raise RecordingError(str(error)) from None

    def snapshot(self, seq: int, time: int, state: str) -> None:
        """Store the state after frame *seq*; one that is too large to be read again is not."""
        if len(state) > LARGEST_SNAPSHOT:
            return
        with self._turn:
            try:
                self._db.execute("INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)", (seq, time, state))
            except sqlite3.Error:  # a snapshot only saves time
                return

    def close(self) -> None:
        """Flush and close, leaving a single file."""
        try:
            self.flush()
        finally:
            with self._turn:
                try:
                    self._db.execute("PRAGMA journal_mode = DELETE")
                except sqlite3.Error:
                    pass
                self._db.close()


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

    def frames(self, after: int = 0) -> Iterator[Frame]:
        """The frames after place *after*, in order. Raises `RecordingError` where the file is damaged."""
        return self._frames("SELECT seq, time, kind, payload FROM frames WHERE seq > ? ORDER BY seq", (after,), after)

    def frames_between(self, first: int, last: int) -> Iterator[Frame]:
        """The frames that begin between two times, in the order of the log."""
        return self._frames("SELECT seq, time, kind, payload FROM frames WHERE time BETWEEN ? AND ? ORDER BY seq", (first, last), 0)

    def _frames(self, query: str, values: tuple[int, ...], after: int) -> Iterator[Frame]:
        for row in self._file.rows(query, values):
            frame = Frame(*row)
            if [type(one) for one in row] != [int, int, int, bytes] or frame.seq <= after:
                raise RecordingError(f"frame {frame.seq}: it is none, or out of order")
            after = frame.seq
            yield frame

    def snapshot_before(self, time: int) -> tuple[int, str | None]:
        """The place and text of the last snapshot not after *time*, (0, None) without one."""
        query = "SELECT seq, state FROM snapshots WHERE time <= ? AND typeof(state) = 'text' AND length(state) <= ? ORDER BY seq DESC LIMIT 1"
        row = next(self._file.rows(query, (time, LARGEST_SNAPSHOT)), None)
        return (row[0], row[1]) if row else (0, None)

    def span(self) -> tuple[int, int]:
        """The times of the first and the last event, (0, 0) for an empty recording."""
        first, last = next(self._file.rows("SELECT min(time), max(time) FROM frames"))
        return (first or 0, last or 0)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def fold(state: State, frame: Frame, until: int | None = None) -> bool:
    """Fold a stored frame into a state, or its part up to *until*; whether all of it. Raises `RecordingError`."""
    if until is not None and frame.time > until:
        return False
    try:
        if frame.kind == BATCH:
            return state.fold_batch(decode_batch(frame.payload), until)
        if frame.kind == RECORD:
            state.fold_record(read_record(frame.payload))
            return True
    except DAMAGE as error:
        raise RecordingError(f"frame {frame.seq}: {error}") from None
    raise RecordingError(f"frame {frame.seq}: unknown kind {frame.kind}")


def copy_recording(source: Path, target: Path) -> None:
    """Copy a recording, finished or growing, to a new file, which is nobody's temporary one. Raises `RecordingError`."""
    try:
        with contextlib.closing(Opened(source)) as old, contextlib.closing(sqlite3.connect(target)) as new:
            old.copy_to(new)
            new.execute("DELETE FROM meta WHERE name = ?", (TEMPORARY,))
            new.commit()
            new.execute("PRAGMA journal_mode = DELETE")
    except (sqlite3.Error, OSError) as error:
        raise RecordingError(_reason(error)) from None


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
