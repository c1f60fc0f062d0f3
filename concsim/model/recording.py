"""A recording: the append-only log of one run, a SQLite file from its first event.

One row per frame (a batch's columns as they travelled, or a record), snapshots of the state for jumps, and what was
run. It survives a crash up to its last batch. Opening one runs nothing and unpickles nothing.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from concsim.model.encoding import BATCH, RECORD, DamagedFrameError, decode_batch, decode_record
from concsim.model.errors import RecordingError
from concsim.model.state import State

APPLICATION_ID = 0x636F6E63
FORMAT = 2
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE frames (seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, kind INTEGER NOT NULL, payload BLOB NOT NULL);
CREATE INDEX by_time ON frames (time);
CREATE TABLE snapshots (seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, state TEXT NOT NULL);
"""


class Frame(NamedTuple):
    """A stored frame: its place in the log, the time of its first event, its kind and payload."""

    seq: int
    time: int
    kind: int
    payload: bytes


class RecordingWriter:
    """Appends to a new recording, from any thread; `flush` makes it durable."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = threading.Lock()
        self._waiting: list[tuple[int, int, int, bytes]] = []
        self._seq = 0
        try:
            path.unlink(missing_ok=True)
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = OFF")
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._db.execute(f"PRAGMA user_version = {FORMAT}")
            self._db.executescript(_TABLES)
        except (sqlite3.Error, OSError) as error:
            raise RecordingError(str(error)) from None

    def describe(self, **values: Any) -> None:
        """Store what was run: JSON values by name."""
        rows = [(name, json.dumps(value)) for name, value in values.items()]
        with self._turn:
            self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)

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
            raise RecordingError(str(error)) from None

    def snapshot(self, seq: int, time: int, state: str) -> None:
        """Store the state after frame *seq*."""
        with self._turn:
            try:
                self._db.execute("INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)", (seq, time, state))
            except sqlite3.Error:  # a snapshot only saves time
                return

    def save_as(self, path: Path) -> None:
        """Copy everything flushed so far into another file. Raises `RecordingError`."""
        copy_recording(self.path, path)

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
    """Reads a recording, finished or still growing. Use from one thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise RecordingError("there is no such file" if not path.exists() else "it is not a file")
        try:
            self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
            self._check()
            self.meta = {name: json.loads(value) for name, value in self._db.execute("SELECT name, value FROM meta")}
        except (sqlite3.Error, ValueError, RecursionError) as error:
            raise RecordingError(str(error)) from None

    def _check(self) -> None:
        if self._db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise RecordingError("it was not made by concsim")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version != FORMAT:
            raise RecordingError(f"its format is {version}, this concsim reads {FORMAT}")

    def frames(self, after: int = 0) -> Iterator[Frame]:
        """The frames after place *after*, in order. Raises `RecordingError` where the file is damaged."""
        try:
            for row in self._db.execute("SELECT seq, time, kind, payload FROM frames WHERE seq > ? ORDER BY seq", (after,)):
                yield Frame(*row)
        except sqlite3.Error as error:
            raise RecordingError(str(error)) from None

    def frames_between(self, first: int, last: int) -> Iterator[Frame]:
        """The frames that begin between two times, in the order of the log."""
        query = "SELECT seq, time, kind, payload FROM frames WHERE time BETWEEN ? AND ? ORDER BY seq"
        try:
            for row in self._db.execute(query, (first, last)):
                yield Frame(*row)
        except sqlite3.Error as error:
            raise RecordingError(str(error)) from None

    def snapshot_before(self, time: int) -> tuple[int, str | None]:
        """The place and text of the last snapshot not after *time*, (0, None) without one."""
        query = "SELECT seq, state FROM snapshots WHERE time <= ? ORDER BY seq DESC LIMIT 1"
        row = self._db.execute(query, (time,)).fetchone()
        return (row[0], row[1]) if row else (0, None)

    def span(self) -> tuple[int, int]:
        """The times of the first and the last event, (0, 0) for an empty recording."""
        first, last = self._db.execute("SELECT min(time), max(time) FROM frames").fetchone()
        return (first or 0, last or 0)

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def fold(state: State, frame: Frame, until: int | None = None) -> bool:
    """Fold a stored frame into a state, or its part up to *until*; whether all of it. Raises `RecordingError`."""
    if until is not None and frame.time > until:
        return False
    try:
        if frame.kind == BATCH:
            return state.fold_batch(decode_batch(frame.payload), until)
        if frame.kind == RECORD:
            state.fold_record(decode_record(frame.payload))
            return True
    except (DamagedFrameError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RecordingError(f"frame {frame.seq}: {error}") from None
    raise RecordingError(f"frame {frame.seq}: unknown kind {frame.kind}")


def copy_recording(source: Path, target: Path) -> None:
    """Copy a recording, finished or growing, into another file; the old one there is replaced only by a whole new one.

    Raises `RecordingError`.
    """
    part = target.with_name(target.name + ".part")
    try:
        if target.exists() and target.samefile(source):
            return
        part.unlink(missing_ok=True)
        old, new = sqlite3.connect(source), sqlite3.connect(part)
        try:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")
        finally:
            old.close()
            new.close()
        part.replace(target)
    except (sqlite3.Error, OSError) as error:
        part.unlink(missing_ok=True)
        raise RecordingError(str(error)) from None
