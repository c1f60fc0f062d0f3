"""Writes a recording while its run goes on: a SQLite file from the first event, which survives a crash up to its last pack.

It may be given a limit: what is older is thinned then, to the snapshots of it.
"""

from __future__ import annotations

import json
import os
import sqlite3
import struct
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from concsim.model.errors import RecordingError
from concsim.model.recordings.packs import Frame, deflate, raw
from concsim.model.recordings.recording_file import (
    APPLICATION_ID,
    FORMAT,
    LARGEST_OVERVIEW,
    LARGEST_SNAPSHOT,
    TABLES,
    TEMPORARY,
    THINNED,
    give_back,
    reason,
)
from concsim.model.recordings.thinning import Sizes

PACK = 1 << 16
"""Bytes, before they are compressed, after which another pack is begun. Until then each flush writes it again, longer."""

GIVEN_BACK = 1_000
"""Pages of the file that are given back at once, of what went: a few milliseconds."""


class RecordingWriter:
    """Appends to a new recording, from any thread; `flush` makes it durable. What is there already is never touched.

    *mark* says whose it is as long as no place was named for it; a copy has none.
    """

    def __init__(self, path: Path, mark: Mapping[str, Any] | None = None) -> None:
        self.path = path
        self.is_whole = True
        """Whether all that was appended has been written."""
        self.is_wanted = True
        """Whether anybody will read it: what nobody does takes no room, however long the run."""
        self.is_too_rich = False
        """Whether a state had more in it than can be read again: moments are far from what is kept, and nothing is thinned."""
        self.limit = 0
        """Bytes: beyond them what is older is thinned; 0 for none."""
        self.packed = 0
        """Bytes of frames that were written, those that are gone as well."""
        self.thinned_until = 0
        """Before this time only some moments are kept; 0 while all are."""
        self._turn = threading.Lock()
        self._writing = threading.Lock()
        self._waiting: list[Frame] = []
        self._kept: list[tuple[str, tuple[Any, ...], tuple[str, ...]]] = []
        self._open, self._open_first, self._open_time, self._until = b"", 0, 0, 0
        self._sizes, self._lacks_overview = Sizes(), False
        self._seq = 0
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o666))
        except (OSError, ValueError) as error:
            raise RecordingError(reason(error)) from None
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._begin(mark)
        except (sqlite3.Error, OSError, RecordingError) as error:
            self.abandon()
            raise RecordingError(reason(error)) from None

    def _begin(self, mark: Mapping[str, Any] | None) -> None:
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self._db.execute(f"PRAGMA user_version = {FORMAT}")
        self._db.executescript(TABLES[FORMAT])
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
            with self._writing:
                self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            raise RecordingError(str(error)) from None

    # what is kept

    def append(self, time: int, kind: int, payload: bytes) -> int:
        """Add a frame; its place in the log."""
        with self._turn:
            self._seq += 1
            self._waiting.append(Frame(self._seq, time, kind, payload))
            return self._seq

    def keep_snapshot(self, seq: int, time: int, state: str) -> None:
        """Keep the state after frame *seq*, for jumps; one that is too large to be read again is not."""
        if self._fits(len(state), LARGEST_SNAPSHOT):
            self._keep("snapshots", (seq, time), (state,))

    def keep_overview(self, seq: int, time: int, round_: int, state: str, history: bytes) -> None:
        """Keep the state and the history after frame *seq*, in place of what was kept of that round before."""
        if self._fits(len(state), LARGEST_SNAPSHOT) and self._fits(len(history), LARGEST_OVERVIEW):
            self._keep("overviews", (round_, seq, time), (state, history))

    def _fits(self, size: int, most: int) -> bool:
        self.is_too_rich = self.is_too_rich or size > most
        return size <= most

    @property
    def wants_overview(self) -> bool:
        """Whether it comes near its limit, and nothing can go before an overview tells of it."""
        return self._lacks_overview and not self.is_too_rich

    def _keep(self, table: str, values: tuple[int, ...], data: tuple[str | bytes, ...]) -> None:
        with self._turn:
            self._kept.append((table, values, data))  # type: ignore[arg-type]

    # what is written

    def flush(self) -> None:
        """Write what was appended. Raises `RecordingError` (a full disk, say); what was appended is then given up."""
        if not self.is_whole or (not self._waiting and not self._kept):
            return  # once something was given up, what came later would stand behind a gap
        with self._writing:
            with self._turn:
                waiting, self._waiting = self._waiting, []
                kept, self._kept = self._kept, []
            if not self.is_wanted:
                return
            try:
                self._db.execute("BEGIN")
                self._write_frames(waiting)
                for table, values, data in kept:
                    self._write_kept(table, values, [deflate(one.encode() if isinstance(one, str) else one) for one in data])
                self._thin()
                self._db.execute("COMMIT")
                give_back(self._db, GIVEN_BACK)
            except (sqlite3.Error, struct.error, MemoryError, OverflowError) as error:
                self.is_whole = False
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise RecordingError(str(error) or "there is no memory for it") from None

    def _write_frames(self, frames: list[Frame]) -> None:
        start = size = 0
        for index, frame in enumerate(frames):
            size += len(frame.payload)
            if size + len(self._open) >= PACK or index == len(frames) - 1:
                self._write_pack(frames[start : index + 1])
                start, size = index + 1, 0

    def _write_pack(self, frames: list[Frame]) -> None:
        """Put frames into the open pack, and write it; one that is full is open no longer."""
        if not self._open_first:
            self._open_first, self._open_time = frames[0].seq, max(frames[0].time, self._open_time)
        self._open += raw(frames)
        data = deflate(self._open)
        self._until = max(self._until, *(frame.time for frame in frames))
        row = (self._open_first, self._open_time, self._until, data)
        self._db.execute("INSERT OR REPLACE INTO packs VALUES (?, ?, ?, ?)", row)
        self.packed += self._sizes.pack(self._open_first, len(data))
        if len(self._open) >= PACK:
            self._open, self._open_first = b"", 0

    def _write_kept(self, table: str, values: tuple[int, ...], data: list[bytes]) -> None:
        marks = ", ".join("?" * (len(values) + len(data)))
        self._db.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", (*values, *data))
        size = sum(map(len, data))
        if table == "snapshots":
            self._sizes.snapshot(values[0], values[1], size)
        else:
            self._sizes.overview(values[0], values[1], size)

    def _thin(self) -> None:
        gone = self._sizes.thin(self.limit)
        self._lacks_overview = self._sizes.lacks_overview(self.limit)
        for table, column, keys in (("packs", "first", gone.packs), ("snapshots", "seq", gone.snapshots), ("overviews", "round", gone.overviews)):
            self._db.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(key,) for key in keys])
        if gone.until > self.thinned_until:
            self.thinned_until = gone.until
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (THINNED, str(gone.until)))

    def close(self) -> None:
        """Flush and close, leaving a single file."""
        try:
            self.flush()
        finally:
            with self._writing:
                try:
                    give_back(self._db, GIVEN_BACK * 10)
                    self._db.execute("PRAGMA journal_mode = DELETE")
                except sqlite3.Error:
                    pass
                self._db.close()
