"""The closed vocabulary of events, seen in a real run or made by the stepping engine.

Two forms travel and are stored:

* *Rows*: frequent events made of numbers only, kept in columns (see ``encoding``). A row says when (nanoseconds of the
  machine's monotonic clock), which actor, what (a `Kind` and the number of the actor or object it concerns), at which
  place (file and line, packed by `pack_place`) and a value whose meaning depends on the kind.
* *Records*: rarer events with names and texts, one frozen class each, listed in ``RECORDS``.

Actors and objects (locks, queues, watched globals …) share one space of numbers within a round; 0 is "nobody seen".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Dict, List, Optional, Tuple, Union

LINE_BITS = 20
KIND_BITS = 6


class Kind(IntEnum):
    """What a row says. *target* is the number of the object or actor concerned, *value* as noted."""

    BEGIN = 1  # the actor runs its first instruction
    END = 2  # the actor has finished
    START = 3  # the actor started actor *target*
    WAIT = 4  # waits for *target*; value: timeout in seconds, -1 for none
    WAKE = 5  # no longer waits for *target*; value: 1 it got what it wanted, 0 the time was up
    SLEEP = 6  # sleeps; value: seconds
    ACQUIRE = 7  # holds *target*; value: recursion count (RLock), permits left (Semaphore), else 1
    RELEASE = 8  # gave *target* back; value as for ACQUIRE
    NOTIFY = 9  # woke actor *value* from condition *target* (0: nobody waited)
    PUT = 10  # put into queue *target*; value: depth after it
    GET = 11  # took from queue *target*; value: depth after it
    SET = 12  # event *target* set (1) or cleared (0); barrier *target* opened (1) or broken (-1)
    VALUE = 13  # watched global *target* has the number *value* (for a container: its length)
    LINE = 14  # the actor was seen at this place (a sample)
    OWNER = 15  # lock *target* was seen held by actor *value*, 0 for nobody (a sample)
    SUBMIT = 16  # handed a task to pool *target*; value: tasks waiting after it
    TASK = 17  # runs a task of pool *target*; value: the task's number
    TASK_DONE = 18  # finished that task

    # Steps: each row of the kinds below is one visible operation of a stepped run. See `STEP_NS` for its time and
    # `SITE_FILE` for its place.
    READ = 19  # read variable *target*; value: the whole number read
    READ_TEXT = 20  # the same, value: number of the text that shows the value, 0 where it was not seen
    WRITE = 21  # wrote variable *target*; value: the whole number written
    WRITE_TEXT = 22  # the same, value: number of a text
    DELETE = 23  # deleted variable *target*
    CALL = 24  # called a method of container *target*; value: number of the text of the call
    DO = 25  # an operation on *target*; value: its index in `OPERATIONS`, and the number of a text times `OPERATION_SPAN`
    READY = 26  # could go on, and has not been chosen; with target `ALONE`: nobody else can get in before its next step


STEPS = frozenset({Kind.READ, Kind.READ_TEXT, Kind.WRITE, Kind.WRITE_TEXT, Kind.DELETE, Kind.CALL, Kind.DO})
"""The kinds whose rows are steps."""
STEP_NS = 1_000_000
"""The time of step n of a stepped run is n times this: its recording's clock counts steps, not nanoseconds."""
SITE_FILE = (1 << 32 - LINE_BITS) - 1
"""A place in this file stands for a site: its line is the number of a site declared by `SitesSeen`."""
ALONE = (1 << 32 - KIND_BITS) - 1
"""The target of a READY row that says that the interpreter model lets nobody else in."""
OPERATION_SPAN = 64
OPERATIONS = (
    "read", "write", "delete", "call", "print", "acquire", "release", "wait", "notify", "set", "clear", "put", "get",
    "done", "start", "join", "sleep", "time", "cancel", "submit", "result", "shutdown", "abort", "reset", "input",
)  # fmt: skip
"""Every visible operation there is, by the word used in schedules and JSON. Order is part of the format."""


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
    """A thread was started. *reaches* names the watched globals it can touch."""

    time: int
    number: int
    id: str
    name: str
    kind: str
    parent: int = 0
    place: int = 0
    daemon: bool = False
    reaches: Tuple[str, ...] = ()


@dataclass(frozen=True)
class ObjectDeclared:
    """The program made a lock, queue, event …; *capacity* is permits, parties or places, 0 for no bound.

    A condition names its lock in *lock*.
    """

    time: int
    number: int
    kind: str
    name: str
    place: int = 0
    capacity: int = 0
    lock: int = 0


@dataclass(frozen=True)
class WatchSeen:
    """A watched global's value as text, its JSON form if it has one, and the identity of the object."""

    time: int
    name: str
    text: str
    value: Any = None
    is_json: bool = False
    identity: int = 0
    type: str = ""


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


@dataclass(frozen=True)
class SitesSeen:
    """Sites from number *first* on, five numbers each: file, line, column, last line, last column.

    Lines count from 1, columns from 0 and in characters.
    """

    time: int
    first: int
    numbers: Tuple[int, ...]


@dataclass(frozen=True)
class TextSeen:
    """Rows of stepped runs refer to this text by its *number*."""

    time: int
    number: int
    text: str


@dataclass(frozen=True)
class Pending:
    """What an actor does when it is chosen next, and whether it can be.

    *choice* is "ready", "blocked", "asleep" (choosing it lets the virtual time pass until then: it wakes, or its wait
    is up) or "held" (it could go on, but the interpreter model lets nobody in here). *text* is the value to be written
    or put where it is known. *until* is the virtual time, in seconds from the start, at which it wakes by itself; -1
    for never.
    """

    actor: int
    operation: str
    target: int
    place: int
    choice: str
    text: str = ""
    until: float = -1.0


@dataclass(frozen=True)
class ChoiceOffered:
    """The engine waits for a choice after *step* steps. *clock* is the virtual time in seconds."""

    time: int
    step: int
    clock: float
    pending: Tuple[Pending, ...]
    ended: bool = False


@dataclass(frozen=True)
class Explored:
    """What trying every schedule has found so far. *outcomes* counts executions by how they ended.

    *first_failure* is the schedule of the first execution that failed; *complete* says whether none is left to try.
    """

    time: int
    executions: int
    outcomes: Dict[str, int]
    first_failure: Tuple[str, ...] = ()
    complete: bool = False


Record = Union[
    RoundStarted, RoundEnded, FileSeen, ActorDeclared, ObjectDeclared, WatchSeen, OutputPrinted, InputWanted,
    ErrorRaised, DeadlockSeen, Aggregated, Sampled, Remark, SitesSeen, TextSeen, ChoiceOffered, Explored,
]  # fmt: skip

RECORDS: Dict[str, type] = {
    cls.__name__: cls
    for cls in (
        RoundStarted, RoundEnded, FileSeen, ActorDeclared, ObjectDeclared, WatchSeen, OutputPrinted, InputWanted,
        ErrorRaised, DeadlockSeen, Aggregated, Sampled, Remark, SitesSeen, TextSeen, ChoiceOffered, Explored,
    )
}  # fmt: skip

Row = Tuple[int, int, int, int, int, float]
"""time, actor, kind, target, place, value."""


def pack_place(file: int, line: int) -> int:
    """A file's index and a line as one number."""
    return file << LINE_BITS | min(line, (1 << LINE_BITS) - 1)


def unpack_place(place: int) -> Tuple[int, int]:
    """The file index and line of `pack_place`."""
    return place >> LINE_BITS, place & ((1 << LINE_BITS) - 1)


def pack_code(kind: int, target: int) -> int:
    """A row's kind and target as one number, made once per object so that probes need not."""
    return int(kind) | target << KIND_BITS


__all__: List[str] = [
    "ALONE",
    "OPERATIONS",
    "OPERATION_SPAN",
    "RECORDS",
    "SITE_FILE",
    "STEPS",
    "STEP_NS",
    "ActorDeclared",
    "Aggregated",
    "ChoiceOffered",
    "DeadlockSeen",
    "ErrorRaised",
    "Explored",
    "FileSeen",
    "InputWanted",
    "Kind",
    "ObjectDeclared",
    "OutputPrinted",
    "Pending",
    "Record",
    "Remark",
    "RoundEnded",
    "RoundStarted",
    "Row",
    "Sampled",
    "SitesSeen",
    "Stuck",
    "TextSeen",
    "WatchSeen",
    "pack_code",
    "pack_place",
    "unpack_place",
]  # fmt: skip
