"""What rows are made of: kinds, places, codes. Runs on Python 3.9 and later."""

from __future__ import annotations

from enum import IntEnum
from typing import Tuple

LINE_BITS = 20
MAX_LINE = (1 << LINE_BITS) - 1
KIND_BITS = 6
KIND_MASK = (1 << KIND_BITS) - 1
"""What of a code is its kind; the rest is its target."""
FIELDS = 5
"""The numbers of a row as it travels: time, actor, code, place, value."""
SCRIPT = 0
"""The index of the program's own file."""


class Kind(IntEnum):
    """What a row says. *target* is the number of the object or actor concerned, *value* as noted."""

    BEGIN = 1  # the actor runs its first instruction; value: the system's own number of its thread, where it has one
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

    # Greenlets, generators and tasks: who handed the thread to whom. *value*: the number of the text that shows what was
    # carried across, 0 for nothing or for what was not seen.
    SWITCH = 27  # handed the thread to actor *target* and is suspended
    SEND = 28  # resumed generator *target* and waits for what it yields
    YIELD = 29  # is suspended and gave its value to actor *target*, which goes on; a return is a YIELD and an END
    BLOCKED = 30  # hub or loop *target* cannot go on, for this actor keeps its thread; value: for how many nanoseconds it has, 0: it can again

    # What the operating system says of a process or thread, looked at now and then from another process.
    CORE = 31  # was last on core *value*
    OS_STATE = 32  # value: index in `OS_STATES`
    RAN = 33  # was on a core for *value* nanoseconds, in all
    DELAYED = 34  # was ready without a core for *value* nanoseconds, in all
    MEMORY = 35  # the process holds *value* bytes that nobody shares with it

    LINE_STEP = 36  # a step of a run recorded line by line: runs the line at its place
    ITEM = 37  # the item of queue *target* that the PUT (value > 0) or GET (< 0) before it moved: the number of its text


STEPS = frozenset(
    {Kind.READ, Kind.READ_TEXT, Kind.WRITE, Kind.WRITE_TEXT, Kind.DELETE, Kind.CALL, Kind.DO, Kind.LINE_STEP}
)
"""The kinds whose rows are steps."""
STEP_NS = 1_000_000
"""The time of step n of a stepped run is n times this: its recording's clock counts steps, not nanoseconds."""
SITE_FILE = (1 << 32 - LINE_BITS) - 1
"""A place in this file stands for a site: its line is the number of a site declared by `SitesSeen`."""
FIRST_SITE = SITE_FILE << LINE_BITS
"""The place of site 0: from here on a place is a site's, counted from there."""
ALONE = (1 << 32 - KIND_BITS) - 1
"""The target of a READY row that says that the interpreter model lets nobody else in."""
OPERATION_SPAN = 64
OPERATIONS = (
    "read", "write", "delete", "call", "print", "acquire", "release", "wait", "notify", "set", "clear", "put", "get",
    "done", "start", "join", "sleep", "time", "cancel", "submit", "result", "shutdown", "abort", "reset", "input",
)  # fmt: skip
"""Every visible operation there is, by the word used in schedules and JSON. Order is part of the format."""
MOST_CORES = 8_192
"""As many as Linux can be built for."""
OS_STATES = ("running", "ready", "waiting", "stopped", "ended")
"""What OS_STATE rows say. "ready" is told from "running" by the scheduling statistics."""
MAIN_NUMBERS = 1 << 24
"""Actors and objects of the lab's own process are numbered below this, those of its children in blocks above it."""
BLOCK_NUMBERS = 1 << 12
"""How many numbers a child process is given at a time."""
LINES = "lines"
"""The `model` of a run recorded line by line: it is stepped by going back and forth in the recording."""

Row = Tuple[int, int, int, int, int, float]
"""time, actor, kind, target, place, value."""


def pack_place(file: int, line: int) -> int:
    """A file's index and a line as one number."""
    return file << LINE_BITS | min(line, MAX_LINE)


def unpack_place(place: int) -> Tuple[int, int]:
    """The file index and line of `pack_place`."""
    return place >> LINE_BITS, place & MAX_LINE


def pack_code(kind: int, target: int) -> int:
    """A row's kind and target as one number, made once per object so that probes need not."""
    return kind | target << KIND_BITS
