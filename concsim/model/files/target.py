"""A file that a person has named to be written: what is there is kept, and what is written is whole.

A file that exists is replaced only if it is one of ours of the same kind, told by its content, or if the person has said
so; a picture does not tell whose it is. The program, what is being read, and what is no plain file are never replaced.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from concsim.model.files.plain_file import head_of
from concsim.model.programs.program import ProgramError
from concsim.model.words.phrases import Message

RECORDING, SCHEDULE, PICTURE = "recording", "schedule", "picture"
APPLICATION_ID = b"conc"
HEAD = 200
Noted = Callable[[Path], AbstractContextManager[object]]
"""Whoever writes down that there is a file for a time."""
_ID_AT = 68
_LOGS = {"-wal": (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"), "-journal": (b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7",)}
"""How SQLite's logs of what was under way begin; see its file format, 3 and 4.1."""
_SCHEDULE = re.compile(rb'\s*\{\s*"concsim"\s*:\s*"schedule"')


def kind_of(path: Path) -> str:
    """RECORDING or SCHEDULE for a plain file that is one of ours by how it begins, else ""."""
    head = head_of(path, HEAD)
    if head.startswith(b"SQLite format 3\0") and head[_ID_AT : _ID_AT + 4] == APPLICATION_ID:
        return RECORDING
    return SCHEDULE if _SCHEDULE.match(head) else ""


class Target:
    """The place where a file is to be written, as far as that may be done. Raises `ProgramError` with the reason.

    *kept* are files that are in use: the program, a schedule that is replayed. A link stands for what it leads to.
    """

    def __init__(self, path: Path, kind: str, *, force: bool = False, kept: Sequence[Path] = ()) -> None:
        self.named = path
        self._kind, self._force, self._kept = kind, force, tuple(kept)
        try:
            self.path = Path(os.path.realpath(path))
        except (OSError, ValueError) as error:
            raise self._refused("cannot_save", why=_reason(error)) from None
        self.check()
        self._try_folder()

    def check(self) -> None:
        """Whether it may be written now. Raises `ProgramError`."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            self._check_beside()
            return
        except (OSError, ValueError) as error:
            raise self._refused("cannot_save", why=_reason(error)) from None
        if not stat.S_ISREG(found.st_mode):
            raise self._refused("target_no_file")
        if any(_is_same(found, one) for one in self._kept):
            raise self._refused("target_in_use")
        if not self._force and kind_of(self.path) != self._kind:
            raise self._taken()
        self._check_beside()

    def _check_beside(self) -> None:
        """SQLite would take for a part of what is written whatever looks like a log of its own beside it."""
        for ending, begins in _LOGS.items() if self._kind == RECORDING else ():
            beside = self.path.with_name(self.path.name + ending)
            if head_of(beside, HEAD).startswith(begins):
                raise self._refused("target_beside", beside=str(beside))

    def _taken(self) -> ProgramError:
        if self._kind == PICTURE:
            return self._refused("picture_exists")
        return self._refused("target_exists", kind=Message(f"kind_{self._kind}"))

    def _try_folder(self) -> None:
        """Find out before the run, not after it, that nothing can be written there."""
        try:
            tempfile.TemporaryFile(dir=self.path.parent).close()
        except (OSError, ValueError) as error:
            raise self._refused("cannot_save", why=_reason(error)) from None

    def _refused(self, code: str, **values: object) -> ProgramError:
        return ProgramError(Message(code, {"path": str(self.named), **values}))

    @property
    def exists(self) -> bool:
        """Whether something is there now."""
        return self.path.exists()

    def aside(self) -> Path:
        """A free name in the same folder."""
        return self.path.with_name(f".concsim-{secrets.token_hex(8)}.part")

    def put(self, made: Path) -> None:
        """Move a whole file into place, in one step. Raises `ProgramError` or `OSError`; *made* is then where it was."""
        self.check()
        if self.exists:
            made.chmod(stat.S_IMODE(self.path.stat().st_mode))
            made.replace(self.path)
            return
        try:  # what comes into the way in this very moment is kept
            os.link(made, self.path)
        except FileExistsError:
            raise self._taken() from None
        except OSError:  # no links on this disk
            made.replace(self.path)
        else:
            made.unlink()

    @contextmanager
    def written(self, noted: Noted = nullcontext) -> Iterator[Path]:
        """A file beside it to write; moved into place when it is whole, removed otherwise. *noted* is told of it before."""
        aside = self.aside()
        with noted(aside):
            try:
                yield aside
                _sync(aside)
                self.put(aside)
            finally:
                aside.unlink(missing_ok=True)


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _is_same(found: os.stat_result, other: Path) -> bool:
    try:
        return os.path.samestat(found, other.stat())
    except (OSError, ValueError):
        return False


def _sync(path: Path) -> None:
    """On the disk, before the old one goes."""
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def check_apart(*targets: Target | None) -> None:
    """Two things are not to be written to one file. Raises `ProgramError`."""
    paths = [one.path for one in targets if one is not None]
    if len(set(paths)) < len(paths):
        raise ProgramError(Message("target_twice", {"path": str(paths[0])}))
