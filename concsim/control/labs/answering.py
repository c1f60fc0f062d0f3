"""A program asked for a short answer: no more is read than that, it is not waited for long, and nothing of it stays."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence

LONGEST_ANSWER = 1024
LOOK_SECONDS = 0.02


def answer_of(command: Sequence[str], environment: Mapping[str, str], patience: float, longest: int = LONGEST_ANSWER) -> str:
    """What the command prints; "" if that takes *patience* seconds, or is longer than *longest* bytes.

    Raises `OSError` if it cannot be started. It has a process group of its own, which is ended with it: its children may keep the pipe, and go on.
    """
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
        start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    with process.stdout as pipe:
        try:
            return _read(pipe.fileno(), process.pid, time.monotonic() + patience, longest).decode(errors="replace")
        finally:
            _end(process)


def _read(pipe: int, pid: int, until: float, longest: int) -> bytes:
    found = b""
    while len(found) <= longest and time.monotonic() < until:
        ended = _has_ended(pid)  # looked up first: what it printed before it ended is in the pipe by then
        if select.select([pipe], [], [], 0 if ended else LOOK_SECONDS)[0]:
            part = os.read(pipe, longest)
            if not part:
                return found
            found += part
        elif ended:
            return found
    return b""


def _has_ended(pid: int) -> bool:
    """Whether it has, without taking its exit status: its number, and that of its group, stay its own until then."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # nobody is left, or all who are left have other rights
        process.kill()
    process.wait()
