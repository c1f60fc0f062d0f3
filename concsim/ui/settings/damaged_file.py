"""What lies where the settings should and is no file of settings: found out, put aside, or kept as a copy."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

LONGEST = 1 << 20
_ROW = re.compile(r"\s*(?:[;#].*|\[[^\]]+\]\s*|[^=]*=.*)?")
_FOREIGN = re.compile(rb"@(?:Variant|DateTime)\(")
"""Values that we never write, and from which Qt would make objects of any class."""


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
