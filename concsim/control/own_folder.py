"""The folder in which concsim keeps what lies nowhere else."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def recordings_folder() -> Path:
    """Where recordings lie until a place is named; a private temporary folder where the home cannot be written."""
    base = os.environ.get("XDG_DATA_HOME", "")
    home = Path(base) if base.startswith("/") else _home() / ".local" / "share"
    folder = home / "concsim" / "concsim" / "recordings"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK | os.X_OK):
            return folder
    except (OSError, ValueError):
        pass
    return Path(tempfile.mkdtemp(prefix="concsim-recordings-"))


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # nobody knows this user
        return Path("/")
