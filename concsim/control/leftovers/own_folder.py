"""The folders in which concsim keeps what lies nowhere else."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

RECORDINGS = "recordings"
"""Where recordings lie until a place is named for them."""
RUNNING = "running"
"""Where recordings lie that nobody has asked for: they go when the command ends."""


def own_folder(name: str) -> Path:
    """The usual folder of that name; it need not be there."""
    base = os.environ.get("XDG_DATA_HOME", "")
    home = Path(base) if base.startswith("/") else _home() / ".local" / "share"
    return home / "concsim" / "concsim" / name


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # nobody knows this user
        return Path("/")


def _usable(folder: Path) -> Path | None:
    """The folder, made if need be; None if nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except (OSError, ValueError):
        return None


def _temporary(name: str) -> Path:
    """Stands for the usual folder where that cannot be written: this user's, and nobody else's, among the temporary ones."""
    return Path(tempfile.gettempdir()) / f"concsim-{name}-of-{os.getuid()}"


def _is_private(folder: Path) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def _stand_ins(name: str) -> list[Path]:
    """Those that stand for it now. One has a name of its own where the usual one is somebody else's."""
    return sorted(filter(_is_private, Path(tempfile.gettempdir()).glob(f"concsim-{name}-*")))


def own_places(name: str) -> list[Path]:
    """Where something of that name may lie."""
    return [own_folder(name), *_stand_ins(name)]


def own_place(name: str) -> Path:
    """Where something of that name is to lie: a folder that can be written, made if need be, if there is any."""
    usual = own_folder(name)
    return _usable(usual) or _private(name) or usual


def _private(name: str) -> Path | None:
    folder = _temporary(name)
    try:
        with suppress(FileExistsError):
            folder.mkdir(0o700)
        if _is_private(folder):
            return folder
        return next(iter(_stand_ins(name)), None) or Path(tempfile.mkdtemp(prefix=f"concsim-{name}-"))
    except OSError:
        return None


def leave(folder: Path) -> None:
    """Take a folder that stands for a usual one away, if nothing is left in it."""
    if folder.name.startswith("concsim-"):
        try:
            folder.rmdir()
        except OSError:
            pass


class Place:
    """A folder of ours that can be written to, made if need be, or the one given.

    `usual` is false where a private temporary one stands for it.
    """

    def __init__(self, name: str, given: Path | None = None, *, usual: bool = True) -> None:
        found = given or (_usable(own_folder(name)) if usual else None)
        self.usual = found is not None
        # without any, runs say that they cannot be recorded; the rest works
        self.folder = found or _private(name) or Path("/dev/null") / name

    def leave(self) -> None:
        """Take a temporary folder away, if nothing is left in it."""
        if not self.usual:
            leave(self.folder)
