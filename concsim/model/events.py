"""The closed vocabulary of events, seen in a real run or made by the stepping engine.

Two forms travel and are stored:

* *Rows*: frequent events made of numbers only, kept in columns (see ``encoding``). A row says when (nanoseconds of the
  machine's monotonic clock), which actor, what (a `Kind` of ``kinds`` and the number of the actor or object it concerns), at which
  place (file and line, packed by `pack_place`) and a value whose meaning depends on the kind.
* *Records*: rarer events with names and texts, one frozen class each, listed in ``RECORDS``.

Actors and objects (locks, queues, watched globals …) share one space of numbers within a round; 0 is "nobody seen".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Tuple, Union, get_args

from concsim.model.kinds import (
    ALONE,
    BLOCK_NUMBERS,
    FIELDS,
    FIRST_SITE,
    KIND_BITS,
    KIND_MASK,
    LINE_BITS,
    LINES,
    MAIN_NUMBERS,
    MAX_LINE,
    OPERATION_SPAN,
    OPERATIONS,
    OS_STATES,
    SCRIPT,
    SITE_FILE,
    STEP_NS,
    STEPS,
    Kind,
    Row,
    pack_code,
    pack_place,
    unpack_place,
)
from concsim.model.process_events import FrameSeen, ProcessEnded, ProcessSeen
from concsim.model.step_events import TIME_UP, TIME_UP_EARLY, ChoiceOffered, Explored, Pending, SitesSeen, TextSeen


@dataclass(frozen=True)
class RoundStarted:
    """One execution of the program's file begins in a fresh lab."""

    time: int
    number: int
    parameters: Dict[str, Any] = field(default_factory=dict)
    python: str = ""
    model: str = ""
    """The interpreter model of a stepped run, "gil" or "free-threaded"; "" for a live one."""


@dataclass(frozen=True)
class RoundEnded:
    """The processes of a round have ended. *status* is an exit status, negative for a signal."""

    time: int
    number: int
    outcome: str
    status: Optional[int] = None
    message: str = ""


@dataclass(frozen=True)
class FileSeen:
    """Places with this *index* lie in the file *path*."""

    time: int
    index: int
    path: str


@dataclass(frozen=True)
class ActorDeclared:
    """A thread, process, greenlet, generator or task was made. *reaches* names the watched globals it can touch.

    *process* is the number of the process it lives in, 0 for the lab's own; a process lives in itself.
    """

    time: int
    number: int
    id: str
    name: str
    kind: str
    parent: int = 0
    place: int = 0
    daemon: bool = False
    reaches: Tuple[str, ...] = ()
    process: int = 0


@dataclass(frozen=True)
class ObjectDeclared:
    """The program made a lock, queue, event …; *capacity* is permits, parties or places, 0 for no bound.

    A condition names its lock in *lock*. A watched global (kind "watch") names the process it is in, 0 for the lab's own.
    *shared*: processes use it together; any other is each process's own, though a fork has given it the same number.
    """

    time: int
    number: int
    kind: str
    name: str
    place: int = 0
    capacity: int = 0
    lock: int = 0
    process: int = 0
    shared: bool = False


@dataclass(frozen=True)
class WatchSeen:
    """A watched global's value as text, its JSON form if it has one, and the identity of the object.

    *process* is the number of the process whose global it is, 0 for the lab's own.
    """

    time: int
    name: str
    text: str
    value: Any = None
    is_json: bool = False
    identity: int = 0
    type: str = ""
    process: int = 0


@dataclass(frozen=True)
class OutputPrinted:
    """The program printed *text* on *stream* ("stdout" or "stderr"), or was given it ("stdin").

    Actor 0 when nobody was seen doing it.
    """

    time: int
    stream: str
    text: str
    actor: int = 0
    place: int = 0


@dataclass(frozen=True)
class InputWanted:
    """The program waits for a line of input (*wanted*) or has got one."""

    time: int
    actor: int
    wanted: bool


@dataclass(frozen=True)
class ErrorRaised:
    """An exception ended an actor. *place* is the last line of the program's own files in its traceback."""

    time: int
    actor: int
    type: str
    message: str
    place: int = 0
    traceback: str = ""


@dataclass(frozen=True)
class Stuck:
    """One actor of a deadlock: it waits for object *waits_for* held by actor *held_by* (0: nobody), at *place*."""

    actor: int
    waits_for: int
    held_by: int
    place: int


@dataclass(frozen=True)
class DeadlockSeen:
    """A deadlock: "certain", "suspected", or "withdrawn" when the suspicion opened again."""

    time: int
    certainty: str
    stuck: Tuple[Stuck, ...] = ()


@dataclass(frozen=True)
class Aggregated:
    """*count* rows between two times were counted instead of sent: the channel was full."""

    time: int
    until: int
    count: int


@dataclass(frozen=True)
class Sampled:
    """Object *target* is too busy to record each use (*on*), or is recorded use by use again."""

    time: int
    target: int
    on: bool


@dataclass(frozen=True)
class Remark:
    """Something the screen should say about the run. *code* is looked up in the user's language."""

    time: int
    code: str
    values: Dict[str, Any] = field(default_factory=dict)


Record = Union[
    RoundStarted, RoundEnded, FileSeen, ActorDeclared, ObjectDeclared, WatchSeen, OutputPrinted, InputWanted,
    ErrorRaised, DeadlockSeen, Aggregated, Sampled, Remark, SitesSeen, TextSeen, ChoiceOffered, Explored,
    ProcessSeen, ProcessEnded, FrameSeen,
]  # fmt: skip

RECORDS: Dict[str, type] = {cls.__name__: cls for cls in get_args(Record)}

__all__: List[str] = [
    "ALONE", "BLOCK_NUMBERS", "FIELDS", "FIRST_SITE", "KIND_BITS", "KIND_MASK", "LINES", "LINE_BITS", "MAIN_NUMBERS", "MAX_LINE", "OPERATIONS", "OPERATION_SPAN",
    "OS_STATES", "RECORDS", "SCRIPT", "SITE_FILE", "STEPS", "STEP_NS", "TIME_UP", "TIME_UP_EARLY", "ActorDeclared", "Aggregated", "ChoiceOffered",
    "DeadlockSeen", "ErrorRaised", "Explored", "FileSeen", "FrameSeen", "InputWanted", "Kind", "ObjectDeclared",
    "OutputPrinted", "Pending", "ProcessEnded", "ProcessSeen", "Record", "Remark", "RoundEnded", "RoundStarted", "Row",
    "Sampled", "SitesSeen", "Stuck", "TextSeen", "WatchSeen", "pack_code", "pack_place", "unpack_place",
]  # fmt: skip
