"""Which folders and files for a time there are, of runs above all: for the next start, if all that watched over one was killed.

A run ends with its front end, for its supervisor sees to that, and with its supervisor, for the front end does. Where
neither is left, whoever starts next ends the processes of the run and removes its files. What is written here is written
before the folder or the file is made.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from concsim.control.leftovers.left_alone import end_left_alone
from concsim.control.leftovers.own_folder import RUNNING, leave, own_place, own_places
from concsim.control.leftovers.owner import Owner, is_known_to_live, lives, owner_of, read_owner, this_process
from concsim.model.files.plain_file import is_plain
from concsim.model.recordings.recording import is_begun

SUFFIX = ".run"
ASIDE = ".new"
LARGEST = 1 << 24
_NAME = re.compile(r"concsim-\d+-\w+")
"""What a run's folder is called."""
_PART = re.compile(r"\.concsim-[0-9a-f]{16}\.part")
"""What a file is called until it is whole."""
_RECORDING = re.compile(r".*-\d+-[0-9a-f]{16}\.concsim", re.DOTALL)


class Ledger:
    """What is known of one. Where it cannot be written, all goes on without."""

    def __init__(self, path: str, supervisor: int = 0) -> None:
        self._name = f"{Path(path).name}{SUFFIX}"
        self._path = own_place(RUNNING) / self._name
        self._words: dict[str, Any] = {"folder": path, "front": this_process()._asdict()}
        if supervisor:
            self._words["supervisor"] = owner_of(supervisor)._asdict()
        self._noted: tuple[int, frozenset[Owner]] | None = None
        self.note(0, ())

    def note(self, session: int, known: Collection[Owner]) -> None:
        """Write down the session that the lab leads, 0 while that is not known, and the processes of the run that are known."""
        if self._noted == (session, known):
            return
        self._noted = session, frozenset(known)
        if session and "lab" not in self._words and (lab := owner_of(session)).start:
            self._words["lab"] = lab._asdict()  # while it lives: who has its number later is somebody else
        words = self._words | {"known": [one._asdict() for one in known]}
        try:
            self._write(json.dumps(words))
        except FileNotFoundError:  # the last who used the folder took it away, or another machine took the file for a dead one's
            self._path = own_place(RUNNING) / self._name
            with suppress(OSError):
                self._write(json.dumps(words))
        except OSError:
            pass

    def _write(self, text: str) -> None:
        aside = self._path.with_name(f"{self._name}.{os.getpid()}{ASIDE}")
        try:
            aside.write_text(text)
            aside.replace(self._path)
        except OSError:
            _unlink(aside)
            raise

    def close(self) -> None:
        """Nothing of it is left."""
        _unlink(self._path)
        leave(self._path.parent)


@contextmanager
def folder_for_a_time() -> Iterator[Path]:
    """A private folder, which goes afterwards, or at the next start."""
    folder = Path(tempfile.gettempdir()) / f"concsim-{os.getpid()}-{secrets.token_hex(8)}"
    ledger = Ledger(str(folder))
    folder.mkdir(0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        ledger.close()


@contextmanager
def file_for_a_time(path: Path) -> Iterator[None]:
    """There may be such a file, and if nobody comes to remove it the next start does."""
    ledger = Ledger(str(path))
    try:
        yield
    finally:
        ledger.close()


def end_what_is_left(remove: Callable[[str], None]) -> None:
    """End the runs that nobody watches over any more; *remove* removes what is in a run's folder."""
    for folder in own_places(RUNNING):
        for path in _listed(folder):
            try:
                if _is_over(path, remove):
                    path.unlink()
            except OSError:  # it has just gone, or lies where nothing can be changed
                continue


def _listed(folder: Path) -> list[Path]:
    """What is written there; nothing, if another that looks takes the folder away meanwhile."""
    try:
        return [one for one in folder.iterdir() if one.suffix in (SUFFIX, ASIDE)]
    except OSError:
        return []


def _is_over(path: Path, remove: Callable[[str], None]) -> bool:
    """Whether what a file tells of is over; if it was not yet, it is ended."""
    if path.suffix == ASIDE:
        writer = path.suffixes[-2][1:] if len(path.suffixes) > 1 else ""
        return writer.isdecimal() and not psutil.pid_exists(int(writer[:9]))
    words = _read(path)
    return words is not None and _end(words, path.stat().st_mtime, remove)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        if not is_plain(path) or path.stat().st_size > LARGEST:
            return None
        words = json.loads(path.read_text())
    except (OSError, ValueError, RecursionError):
        return None
    fits = isinstance(words, dict) and isinstance(words.get("folder"), str) and Path(words["folder"]).name == path.stem
    return words if fits and any(one.fullmatch(path.stem) for one in (_NAME, _PART, _RECORDING)) else None


def _end(words: dict[str, Any], touched: float, remove: Callable[[str], None]) -> bool:
    """End one run, unless one of those that watch over it is there, or may be."""
    front, supervisor, lab = (read_owner(words.get(name)) for name in ("front", "supervisor", "lab"))
    if front is None or lives(front, touched) or (supervisor is not None and lives(supervisor, touched)):
        return False
    kept = words.get("known")
    known = {owner for one in (kept if isinstance(kept, list) else ()) if (owner := read_owner(one)) is not None}
    here = this_process()
    if (front.boot, front.space) == (here.boot, here.space):
        end_left_alone(lab.pid if lab is not None and _still_leads(lab) else 0, known)
        _remove(words["folder"], remove)
    return True


def _remove(path: str, remove: Callable[[str], None]) -> None:
    name = Path(path).name
    if _PART.fullmatch(name) or (_RECORDING.fullmatch(name) and not is_begun(Path(path))):
        _remove_file(path)
    elif _NAME.fullmatch(name):
        remove(path)


def _remove_file(path: str) -> None:
    for neighbour in ("", "-journal", "-wal", "-shm"):
        _unlink(Path(path + neighbour))


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        pass


def _still_leads(lab: Owner) -> bool:
    """Whether a session of the lab's number is the lab's: it is as long as nobody else has the number."""
    return bool(lab.start) and (is_known_to_live(lab) or not Path(f"/proc/{lab.pid}").exists())
