"""The file of the window's settings, opened so that the window comes up whatever lies there.

Qt reads a named pipe until somebody writes into it, and waits without end for a lock that it cannot have: both are
found out before Qt is asked.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QSettings, QStandardPaths

NOWHERE = "/dev/null/concsim.conf"
"""A file that can be neither read nor written: settings there last until the window is closed."""
LONGEST = 1 << 20
LOCK_MS = 200
_ROW = re.compile(r"\s*(?:[;#].*|\[[^\]]+\]\s*|[^=]*=.*)?")
_FOREIGN = re.compile(rb"@(?:Variant|DateTime)\(")
"""Values that we never write, and from which Qt would make objects of any class."""


@dataclass(frozen=True)
class SettingsFile:
    """Settings, where they are to lie, and where what lay there, and was damaged, is kept now. `kept`: they outlast us."""

    settings: QSettings
    path: Path
    aside: Path | None = None
    damaged: bool = False
    kept: bool = True


def settings_path() -> Path:
    """Where Qt puts the settings of an application of our name."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(base) / "concsim" / "concsim.conf"


def open_settings(path: Path) -> SettingsFile:
    """The settings in a file. Never raises and never waits; what is damaged is put aside."""
    damaged = is_damaged(path)
    aside = put_aside(path) if damaged else None
    kept = (not damaged or aside is not None) and _can_be_kept(path)
    readable = kept or (not damaged and path.is_file())
    settings = QSettings(str(path) if readable and _can_be_locked(path) else NOWHERE, QSettings.Format.IniFormat)
    return SettingsFile(settings, path, aside, damaged, kept)


def is_damaged(path: Path) -> bool:
    """Whether there is something that is no file of settings."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > LONGEST:
            return True
        data = path.read_bytes()
        rows = data.decode().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return b"\0" in data or _FOREIGN.search(data) is not None or not all(_ROW.fullmatch(row) for row in rows)


def put_aside(path: Path) -> Path | None:
    """Give what lies there a free name beside it; None where that cannot be done."""
    for name in _free_names(path):
        try:
            path.rename(name)
        except OSError:
            return None
        return name
    return None


def _free_names(path: Path) -> list[Path]:
    names = [path.with_name(f"{path.name}.damaged{number or ''}") for number in range(1000)]
    return [name for name in names if not os.path.lexists(name)][:1]


def keep_copy(path: Path) -> Path | None:
    """A copy under a free name beside it; None where that cannot be made."""
    for name in _free_names(path):
        try:
            with name.open("xb") as copy:
                copy.write(path.read_bytes())
        except OSError:
            return None
        return name
    return None


def _can_be_kept(path: Path) -> bool:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    writable = os.access(path.parent, os.W_OK | os.X_OK) and (not path.exists() or os.access(path, os.W_OK))
    return writable and _can_be_locked(path)


def _can_be_locked(path: Path) -> bool:
    """Whether Qt would have its lock: a folder in its place, or one that somebody keeps, would hold us up for ever."""
    if not os.path.lexists(f"{path}.lock"):
        return True
    lock = QLockFile(f"{path}.lock")
    if not lock.tryLock(LOCK_MS):
        return False
    lock.unlock()
    return True
