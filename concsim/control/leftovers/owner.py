"""Who made something, told apart from whoever gets the same number later: a process's id, its start, the machine's start."""

from __future__ import annotations

import os
import platform
import time
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import psutil

ELSEWHERE_DAYS = 7
"""What a process of another machine, or container, has not touched for so long is not written any more."""


class Owner(NamedTuple):
    """`start` in the system's clock ticks since the machine's start `boot`; both empty where the system does not say.

    `space` is the machine, and the part of it, whose numbers these are: homes are shared by machines and containers.
    """

    pid: int
    start: str
    boot: str
    space: str = ""


def this_process() -> Owner:
    """This one."""
    return owner_of(os.getpid())


def owner_of(pid: int) -> Owner:
    """The process that has this number now."""
    return Owner(pid, _start_of(pid), _boot(), _space())


@cache
def _space() -> str:
    try:
        machine = Path("/etc/machine-id").read_text().strip()
    except OSError:
        machine = ""
    try:
        numbers = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        numbers = ""
    return f"{machine or platform.node()} {numbers}"


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _start_of(pid: int) -> str:
    """When it was started; empty for one that has ended, though nobody may have asked for its end yet."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
        return "" if fields[0] in "ZX" else fields[19]
    except (OSError, IndexError):
        return ""


def lives(owner: Owner, touched: float | None = None) -> bool:
    """Whether it is still there. In doubt it is: of one elsewhere only what it *touched* last, when, tells."""
    if owner.space != _space():
        return touched is None or time.time() - touched < ELSEWHERE_DAYS * 86_400
    if owner.boot != _boot():
        return False
    if not psutil.pid_exists(owner.pid):
        return False
    return not owner.start or owner.start == _start_of(owner.pid)


def is_known_to_live(owner: Owner) -> bool:
    """Whether it is surely this one that is there: nobody else is ended in its place."""
    return bool(owner.start) and (owner.space, owner.boot) == (_space(), _boot()) and owner.start == _start_of(owner.pid)


def read_owner(values: Any) -> Owner | None:
    """The owner of a mark that lies in a file, None where it is none."""
    if not isinstance(values, dict):
        return None
    pid, start, boot = values.get("pid"), values.get("start"), values.get("boot")
    space = values.get("space")
    if type(pid) is not int or not 0 < pid < 1 << 31 or not all(isinstance(one, str) for one in (start, boot, space)):
        return None
    return Owner(pid, str(start), str(boot), str(space))
