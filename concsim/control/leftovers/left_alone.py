"""What is left of a run when its supervisor was killed: ended, and cleaned up after, by control."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Collection
from pathlib import Path

import psutil

from concsim.control.leftovers.owner import Owner, is_known_to_live

LONGEST = 2.0


def _stat(pid: int) -> list[str]:
    """The fields after the name: state, parent, group, session … Empty for one that has gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def is_stopped(pid: int) -> bool:
    """Whether a process was stopped by a signal and waits to be continued."""
    return _stat(pid)[:1] == ["T"]


def below(pid: int) -> set[int]:
    """The processes that a process has started, and those below them, by Linux's own lists."""
    found, todo = set[int](), [pid]
    while todo:
        for path in _children_lists(todo.pop()):
            try:
                children = {int(one) for one in path.read_text().split()} - found
            except OSError:
                continue
            found |= children
            todo += children
    return found


def _children_lists(pid: int) -> list[Path]:
    """Where the system tells what each thread of a process has started. It may end while it is looked at."""
    folder = Path(f"/proc/{pid}/task")
    try:
        return [thread / "children" for thread in folder.iterdir()]
    except OSError:
        return []


def go_on(pid: int) -> None:
    """Continue a process that was stopped."""
    try:
        os.kill(pid, signal.SIGCONT)
    except OSError:
        pass


def _members(session: int, known: Collection[Owner]) -> set[int]:
    """The processes of the lab's session, those that were known to be of the run, and all below them."""
    found = {one.pid for one in known if is_known_to_live(one)}
    parents: dict[int, int] = {}
    for pid in psutil.pids():
        fields = _stat(pid)
        if not fields or fields[0] in "ZX":
            continue
        parents[pid] = int(fields[1])
        if session and int(fields[3]) == session:
            found.add(pid)
    while more := {pid for pid, parent in parents.items() if parent in found and pid not in found}:
        found |= more
    return {pid for pid in found if pid in parents} - {os.getpid()}


def end_left_alone(session: int, known: Collection[Owner]) -> None:
    """Kill all of a run that nobody supervises any more, until none is left."""
    until = time.monotonic() + LONGEST
    while (session or known) and (members := _members(session, known)) and time.monotonic() < until:
        for pid in members:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        time.sleep(0.002)


def clean_up(python: list[str], script: Path, folder: str) -> None:
    """Remove the files of the run, as its supervisor would have done."""
    try:
        subprocess.run([*python, str(script), "clean", folder], stdin=subprocess.DEVNULL, capture_output=True, timeout=LONGEST * 5)
    except (OSError, subprocess.SubprocessError):
        pass
