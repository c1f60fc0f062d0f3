"""Records about processes, and about frames that are kept between turns. Runs on Python 3.9 and later."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, Optional


@dataclass(frozen=True)
class ProcessSeen:
    """Actor *actor* is a process: the lab's own program (kind "main") or one it started.

    *method* is "fork", "spawn", "forkserver", "os.fork" or "command"; *place* is where it was started. *command* is what
    a subprocess runs: nothing inside it is seen.
    """

    time: int
    actor: int
    pid: int
    parent_pid: int = 0
    method: str = ""
    command: str = ""


@dataclass(frozen=True)
class ProcessEnded:
    """A process has ended, as its parent or the operating system says: *status* is negative for a signal.

    None where nobody could tell. *silent*: it died without a word, or was killed.
    """

    time: int
    actor: int
    status: Optional[int] = None
    silent: bool = False


@dataclass(frozen=True)
class FrameSeen:
    """Where an actor's innermost own function stands, and its local variables as texts, in order.

    A generator's frame is that of actor *actor*, kept between its turns. *depth* counts own functions above it.
    """

    time: int
    actor: int
    function: str
    place: int
    values: Dict[str, str] = field(default_factory=dict)
    depth: int = 0
