"""What a state consists of: actors, things and watched globals."""

from __future__ import annotations

from typing import Any

from concsim.model.history import FINISHED, NEW, RUNNING, SLEEPING, WAITING

STATE_WORDS = {NEW: "new", RUNNING: "running", WAITING: "waiting", SLEEPING: "waiting", FINISHED: "finished"}


class Actor:
    """A thread of the program. Times are nanoseconds; `waited` is the sum of its finished waits for others."""

    __slots__ = ("began", "daemon", "ended", "holds", "id", "kind", "name", "number", "parent", "place", "reaches",
                 "since", "state", "task", "timeout", "waited", "waits_for")  # fmt: skip

    def __init__(self, number: int, id: str = "?", name: str = "?", kind: str = "thread", parent: int = 0) -> None:
        self.number, self.id, self.name, self.kind, self.parent = number, id, name, kind, parent
        self.daemon = False
        self.state = NEW
        self.since = self.began = self.ended = self.waited = 0
        self.place = self.waits_for = self.task = 0
        self.timeout = -1.0
        self.holds: dict[int, int] = {}
        self.reaches: tuple[str, ...] = ()


class Thing:
    """A lock, queue, event … of the program. `owners` maps an actor to how often it holds it."""

    __slots__ = ("acquired", "capacity", "depth", "kind", "lock", "name", "number", "owners", "place", "sampled")

    def __init__(self, number: int, kind: str = "lock", name: str = "?", capacity: int = 0) -> None:
        self.number, self.kind, self.name, self.capacity = number, kind, name, capacity
        self.place = self.lock = self.depth = self.acquired = 0
        self.owners: dict[int, int] = {}
        self.sampled = False


class Watched:
    """A watched global: its number (for a container its length), its value as text and, if it has one, as JSON."""

    __slots__ = ("identity", "is_json", "name", "number", "text", "type", "value")

    def __init__(self, name: str, number: float | None = None, text: str = "") -> None:
        self.name, self.number, self.text = name, number, text
        self.value: Any = None
        self.is_json = False
        self.identity = 0
        self.type = ""
