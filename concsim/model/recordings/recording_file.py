"""The file of a recording, opened to be read: by anybody, from anywhere, so nothing in it is trusted.

The size of what is read is bounded before it is read, and only the tables that we make are looked at: a view, a virtual
table or a trigger could compute for ever.
"""

from __future__ import annotations

import shutil
import sqlite3
import stat
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from concsim.model.errors import RecordingError
from concsim.model.files.plain_file import is_plain

APPLICATION_ID = 0x636F6E63
FORMAT = 3
_SHARED = "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);\n"
TABLES = {
    2: _SHARED
    + """CREATE TABLE frames (seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, kind INTEGER NOT NULL, payload BLOB NOT NULL);
CREATE INDEX by_time ON frames (time);
CREATE TABLE snapshots (seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, state TEXT NOT NULL);
""",
    3: _SHARED
    + """CREATE TABLE packs (first INTEGER PRIMARY KEY, time INTEGER NOT NULL, until INTEGER NOT NULL, data BLOB NOT NULL);
CREATE INDEX by_time ON packs (time);
CREATE TABLE snapshots (seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, state BLOB NOT NULL);
CREATE TABLE overviews (round INTEGER PRIMARY KEY, seq INTEGER NOT NULL, time INTEGER NOT NULL, state BLOB NOT NULL, history BLOB NOT NULL);
""",
}
"""By format. Before 3 each frame had a row, and no overviews were kept; of these only the frames are read."""
TEMPORARY = "temporary"
"""The name of the mark in a recording that lies where nobody has named a place for it: who writes it, since when."""
THINNED = "thinned"
"""The name of the time before which only some moments are kept."""
LARGEST_VALUE = 100 << 20
"""Bytes: a program's output is kept up to 16 MB, and a character of it may take six."""
LARGEST_SNAPSHOT = 16 << 20
"""Bytes of text: 130,000 actors."""
LARGEST_OVERVIEW = 32 << 20
BESIDE = ("-journal", "-wal", "-shm")
FEW = 1_000
PATIENCE = 100_000
"""How often SQLite may have done a thousand instructions without giving a row."""


def give_back(db: sqlite3.Connection, most: int = 0) -> None:
    """Let the file be as small as what is in it, 0 for all at once, else by so many pages."""
    db.executescript(f"PRAGMA incremental_vacuum({most})")  # `execute` would end it after the first page


def _check_beside(path: Path) -> None:
    """SQLite opens what lies beside it by these names, and would wait for a FIFO for ever. Raises `RecordingError`."""
    for end in BESIDE:
        try:
            found = Path(f"{path}{end}").lstat()
        except OSError:
            continue
        if not stat.S_ISREG(found.st_mode):
            raise RecordingError(f"what lies beside it, {path.name}{end}, is no plain file")


class Opened:
    """A recording's database, read only. Raises `RecordingError` where the file is none."""

    def __init__(self, path: Path) -> None:
        if not is_plain(path):
            raise RecordingError("there is no such file" if not path.exists() else "it is not a file")
        _check_beside(path)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._left = PATIENCE
        try:
            self.db = self._connect(path)
            self._check()
        except (sqlite3.Error, OSError) as error:
            self.close()
            raise RecordingError(reason(error)) from None
        except RecordingError:
            self.close()
            raise

    def _connect(self, path: Path) -> sqlite3.Connection:
        """Where the folder cannot be written, what the writer's crash has left can be read in a copy only."""
        db = self._limited(f"{path.resolve().as_uri()}?mode=ro")
        try:
            db.execute("PRAGMA application_id").fetchone()
            return db
        except sqlite3.OperationalError:
            db.close()
        log = Path(f"{path}-wal")
        if not is_plain(log) or not log.stat().st_size:
            return self._limited(f"{path.resolve().as_uri()}?immutable=1")
        self._folder = tempfile.TemporaryDirectory(prefix="concsim-", ignore_cleanup_errors=True)
        copy = Path(self._folder.name) / "copy.concsim"
        shutil.copyfile(path, copy)
        shutil.copyfile(log, f"{copy}-wal")
        return self._alone(copy)

    def _alone(self, copy: Path) -> sqlite3.Connection:
        """Put what the log holds into the copy; its name goes, and nothing is left whatever becomes of us."""
        with closing(sqlite3.connect(copy)) as db:
            db.execute("PRAGMA journal_mode = DELETE")
        db = self._limited(f"{copy.as_uri()}?immutable=1")
        db.execute("PRAGMA application_id").fetchone()
        self._forget_copy()
        return db

    def _forget_copy(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _limited(self, uri: str) -> sqlite3.Connection:
        db = sqlite3.connect(uri, uri=True)
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
        db.execute("PRAGMA trusted_schema = OFF")
        db.set_progress_handler(self._is_too_much, FEW)
        return db

    def _is_too_much(self) -> bool:
        self._left -= 1
        return self._left < 0

    def copy_to(self, db: sqlite3.Connection) -> None:
        """Copy all of it into another database. Raises `sqlite3.Error`."""
        self.db.set_progress_handler(None, 0)
        self.db.backup(db)

    def rows(self, query: str, values: tuple[Any, ...] = ()) -> Any:
        """The rows of a query, one after the other; how long each may take is bounded. Raises `RecordingError`."""
        self._left = PATIENCE
        try:
            for row in self.db.execute(query, values):
                self._left = PATIENCE
                yield row
        except (sqlite3.Error, OverflowError) as error:  # OverflowError: a text that is no UTF-8 is sqlite3's own error
            raise RecordingError(str(error)) from None

    def _check(self) -> None:
        if self.db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise RecordingError("it was not made by concsim")
        version = self.db.execute("PRAGMA user_version").fetchone()[0]
        if version not in TABLES:
            raise RecordingError(f"its format is {version}, this concsim reads {' and '.join(map(str, TABLES))}")
        self.format = version
        found = self.db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL LIMIT 20").fetchall()
        if {text for (text,) in found} != set(TABLES[version].replace(";", "").splitlines()):
            raise RecordingError("its tables are not those of a recording")

    def close(self) -> None:
        """Close the file."""
        db: sqlite3.Connection | None = getattr(self, "db", None)
        if db is not None:
            db.close()
        self._forget_copy()


def reason(error: Exception) -> str:
    """What went wrong with a file."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
