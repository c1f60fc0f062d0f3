"""The folder in which concsim keeps what lies nowhere else."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def recordings_folder() -> Path:
    """Where recordings lie until a place is named for them."""
    return _own("recordings")


def running_folder() -> Path:
    """Where recordings lie that nobody has asked for: they go when the command ends."""
    return _own("running")


def leave(folder: Path) -> None:
    """Remove a temporary folder that stood for one of ours."""
    if folder.parent == Path(tempfile.gettempdir()):
        try:
            folder.rmdir()
        except OSError:
            pass


def _own(name: str) -> Path:
    """A folder of ours; a private temporary one where the home cannot be written."""
    base = os.environ.get("XDG_DATA_HOME", "")
    home = Path(base) if base.startswith("/") else _home() / ".local" / "share"
    folder = home / "concsim" / "concsim" / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK | os.X_OK):
            return folder
    except (OSError, ValueError):
        pass
    return Path(tempfile.mkdtemp(prefix=f"concsim-{name}-"))


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # nobody knows this user
        return Path("/")
