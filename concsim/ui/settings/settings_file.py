"""The file of the window's settings, opened so that the window comes up whatever lies there.

Qt reads a named pipe until somebody writes into it, and waits without end for a lock that it cannot have: both are
found out before Qt is asked.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QSettings, QStandardPaths

from concsim.ui.settings.damaged_file import is_damaged, put_aside

NOWHERE = "/dev/null/concsim.conf"
"""A file that can be neither read nor written: settings there last until the window is closed."""
LOCK_MS = 200


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
