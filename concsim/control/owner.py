"""Who made something, told apart from whoever gets the same number later: a process's id, its start, the machine's start."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import psutil


class Owner(NamedTuple):
    """`start` in the system's clock ticks since the machine's start `boot`; both empty where the system does not say."""

    pid: int
    start: str
    boot: str


def this_process() -> Owner:
    """This one."""
    return owner_of(os.getpid())


def owner_of(pid: int) -> Owner:
    """The process that has this number now."""
    return Owner(pid, _start_of(pid), _boot())


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _start_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def lives(owner: Owner) -> bool:
    """Whether it is still there. In doubt it is."""
    if owner.boot != _boot():
        return False
    if not psutil.pid_exists(owner.pid):
        return False
    return not owner.start or owner.start == _start_of(owner.pid)


def read_owner(values: Any) -> Owner | None:
    """The owner of a mark that lies in a file, None where it is none."""
    if not isinstance(values, dict):
        return None
    pid, start, boot = values.get("pid"), values.get("start"), values.get("boot")
    if type(pid) is not int or not 0 < pid < 1 << 31 or not isinstance(start, str) or not isinstance(boot, str):
        return None
    return Owner(pid, start, boot)
