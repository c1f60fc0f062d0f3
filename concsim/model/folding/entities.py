"""What a state consists of: actors, things and watched globals."""

from __future__ import annotations

from typing import Any, NamedTuple

from concsim.model.folding.history import BLOCKED, FINISHED, NEW, READY, RUNNING, SLEEPING, WAITING

STATE_WORDS = {
    NEW: "new", READY: "ready", RUNNING: "running", WAITING: "waiting", SLEEPING: "waiting", FINISHED: "finished",
    BLOCKED: "blocked",
}  # fmt: skip


class Actor:
    """A thread, process, greenlet, generator or task. Times are nanoseconds; `waited` is the sum of its finished waits.

    `process` is the number of the process it lives in, 0 for the lab's own. What the operating system says of it:
    `os_state` (index in ``OS_STATES``, -1 if not seen), `core` (-1 if not seen), `ran` and `delayed` (nanoseconds on a
    core, and ready without one). `blocked_by` is the actor that keeps the thread of this hub or loop, `kept_since`
    when it got it. `result` is the number of the text of what it returned.
    """

    __slots__ = ("began", "blocked_by", "core", "daemon", "delayed", "ended", "holds", "id", "kept_since", "kind", "name",
                 "number", "os_state", "parent", "place", "process", "ran", "reaches", "result", "since", "site", "state", "task",
                 "timeout", "waited", "waits_for")  # fmt: skip

    def __init__(self, number: int, id: str = "?", name: str = "?", kind: str = "thread", parent: int = 0) -> None:
        self.number, self.id, self.name, self.kind, self.parent = number, id, name, kind, parent
        self.daemon = False
        self.state = NEW
        self.since = self.began = self.ended = self.waited = 0
        self.place = self.site = self.waits_for = self.task = 0
        self.process = self.blocked_by = self.kept_since = self.result = 0
        self.os_state = self.core = -1
        self.ran = self.delayed = 0.0
        self.timeout = -1.0
        self.holds: dict[int, int] = {}
        self.reaches: tuple[str, ...] = ()

    def before_it_was(self) -> Actor:
        """What is shown of it at a moment at which it was not there yet."""
        one = Actor(self.number, self.id, self.name, self.kind, self.parent)
        one.process = self.process
        return one

    @property
    def stands_nowhere(self) -> bool:
        """Whether it is at no line: an iterator between two calls of its ``__next__``, which has returned."""
        return self.kind == "iterator" and self.state == READY


class Thing:
    """A lock, queue, event … of the program. `owners` maps an actor to how often it holds it.

    `items` are the numbers of the texts of a queue's items, oldest first (negative: taken before it was seen put in), `put` and `got` how many went in and came out.
    """

    __slots__ = ("acquired", "capacity", "depth", "got", "items", "kind", "lock", "name", "number", "owners", "place", "put", "sampled")

    def __init__(self, number: int, kind: str = "lock", name: str = "?", capacity: int = 0) -> None:
        self.number, self.kind, self.name, self.capacity = number, kind, name, capacity
        self.place = self.lock = self.depth = self.acquired = 0
        self.put = self.got = 0
        self.items: list[int] = []
        self.owners: dict[int, int] = {}
        self.sampled = False


class Watched:
    """A watched global: its number (for a container its length), its value as text and, if it has one, as JSON.

    `copied`: it is in a forked process what the fork copied from the parent, and has not changed since.
    """

    __slots__ = ("copied", "identity", "is_json", "name", "number", "text", "type", "value")

    def __init__(self, name: str, number: float | None = None, text: str = "") -> None:
        self.name, self.number, self.text = name, number, text
        self.value: Any = None
        self.is_json = self.copied = False
        self.identity = 0
        self.type = ""


class Process:
    """A process of the run. `number` is that of its actor; `watched` are the watched globals in its memory.

    `memory` is what it shares with nobody, in bytes. `status` is its exit status, negative for a signal, None while it
    is not known; `silent`: it died without a word.
    """

    __slots__ = ("command", "ended", "memory", "method", "number", "parent_pid", "pid", "silent", "status", "watched")

    def __init__(self, number: int, pid: int = 0, parent_pid: int = 0, method: str = "", command: str = "") -> None:
        self.number, self.pid, self.parent_pid, self.method, self.command = number, pid, parent_pid, method, command
        self.memory = 0.0
        self.status: int | None = None
        self.ended = self.silent = False
        self.watched: dict[str, Watched] = {}


class Frame(NamedTuple):
    """An own function of an actor as it stood last: its line and its local variables as texts."""

    actor: int
    function: str
    place: int
    values: dict[str, str]
    depth: int
    time: int


class Variable:
    """A global, attribute, item or cell of a stepped program, and who read and wrote it last, at which step.

    `number` is its value where that is a whole number, else `text` is the number of a text. `seen` maps an actor to the
    step at which it last read or wrote the variable.
    """

    __slots__ = ("id", "is_text", "name", "read_at", "reader", "seen", "value", "writer", "written_at")

    def __init__(self, id: int, name: str = "?") -> None:
        self.id, self.name = id, name
        self.value = 0.0
        self.is_text = True
        self.reader = self.writer = 0
        self.read_at = self.written_at = 0
        self.seen: dict[int, int] = {}


class Site(NamedTuple):
    """A place in the program's text: lines from 1, columns from 0 in characters."""

    file: int
    line: int
    column: int
    end_line: int
    end_column: int
