"""The program's actors and objects: declared once, numbered, named."""

from __future__ import annotations

import threading
from types import FrameType
from typing import Any, Callable, Dict, Optional, Set, Tuple

from concsim.lab import raw
from concsim.lab.journal import Journal
from concsim.lab.places import Places
from concsim.model.events import ActorDeclared, Kind, ObjectDeclared, Remark, pack_code

MAX_THINGS = 20_000
THREADING_FILES = (threading.__file__,)


class Things:
    """Declares what the program makes."""

    def __init__(self, journal: Journal, places: Places) -> None:
        self.journal, self.places = journal, places
        self.alive: Dict[int, Any] = {}
        self.ids: Dict[int, str] = {}
        self.names: Dict[int, str] = {}
        self.handed: Set[str] = set()
        self.ending = False
        self.on_end: Callable[[], None] = lambda: None
        self.reach: Callable[[Any], Tuple[str, ...]] = lambda thread: ()
        self._threads = 0
        self._made = 0
        self._said_full = False

    def is_full(self) -> bool:
        """Whether so many objects were declared that further ones are left alone; said once."""
        if self._made < MAX_THINGS:
            return False
        if not self._said_full:
            self._said_full = True
            self.journal.send(Remark(raw.monotonic_ns(), "too_many_objects", {"count": MAX_THINGS}))
        return True

    def declare(self, kind: str, frame: Optional[FrameType], capacity: int = 0, name: str = "", lock: int = 0) -> int:
        """The number of a new object, named after what *frame* assigns it to."""
        self._made += 1
        number = self.journal.new_number()
        name = name or self.places.name_at(frame, kind)
        self.names[number] = name
        place = self.places.place_of(frame)
        room = max(capacity, 0) if isinstance(capacity, int) else 0
        self.journal.send(ObjectDeclared(raw.monotonic_ns(), number, kind, name, place, room, lock))
        return number

    def is_handed(self, number: int) -> bool:
        """Whether the program gives this object back in a function that did not take it."""
        return self._stem(number) in self.handed

    def mark_handed(self, number: int) -> None:
        """Somebody gave this object back who had not taken it; its like may be handed over as well."""
        self.handed.add(self._stem(number))

    def _stem(self, number: int) -> str:
        """A name without owner, index and count: what the program's text calls it."""
        return self.names.get(number, "").split("[")[0].split(" #")[0].rsplit(".", 1)[-1]

    def declare_actor(self, thread: Any, kind: str, frame: Optional[FrameType]) -> int:
        """The number of a new actor; the main thread is "main", others t1, t2 … in order of creation."""
        number = self.journal.new_number()
        if kind == "main":
            id_, parent = "main", 0
        else:
            self._threads += 1
            id_, parent = "t%d" % self._threads, self.journal.me()
        self.ids[number], self.names[number] = id_, thread.name
        self.alive[number] = thread
        place = self.places.place_of(frame)
        daemon = bool(thread.daemon)
        now = raw.monotonic_ns()
        record = ActorDeclared(now, number, id_, thread.name, kind, parent, place, daemon, self.reach(thread))
        self.journal.send(record)
        return number

    def begin(self, number: int) -> None:
        """The calling thread is this actor from now on."""
        self.journal.actors[raw.get_ident()] = number
        self.journal.note(pack_code(Kind.BEGIN, 0))

    def end(self, number: int) -> None:
        """The calling thread's actor has finished."""
        self.journal.note(pack_code(Kind.END, 0))
        self.alive.pop(number, None)
        self.journal.actors.pop(raw.get_ident(), None)
        self.on_end()
        self.journal.flush()
