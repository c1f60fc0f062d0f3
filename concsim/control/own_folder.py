"""The folders in which concsim keeps what lies nowhere else."""

from __future__ import annotations

import os
import shutil
import tempfile
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


class Place:
    """A folder of ours that can be written to, made if need be, or the one given.

    `usual` is false where a private temporary one stands for it, which goes with its user.
    """

    def __init__(self, name: str, given: Path | None = None, *, usual: bool = True) -> None:
        found = given or (_usable(own_folder(name)) if usual else None)
        self.usual = found is not None
        self.folder = found or self._temporary(name)

    @staticmethod
    def _temporary(name: str) -> Path:
        try:
            return Path(tempfile.mkdtemp(prefix=f"concsim-{name}-"))
        except OSError:
            return Path("/dev/null") / name  # runs say that they cannot be recorded; the rest works

    def leave(self, *, with_all: bool = False) -> None:
        """Take a temporary folder away: if nothing is left in it, or with all that is in it."""
        if self.usual:
            return
        if with_all:
            shutil.rmtree(self.folder, ignore_errors=True)
            return
        try:
            self.folder.rmdir()
        except OSError:
            pass
