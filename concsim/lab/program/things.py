"""The program's actors and objects: declared once, numbered, named."""

from __future__ import annotations

import threading
from types import FrameType
from typing import Any, Callable, Dict, List, Optional, Set, Tuple

from concsim.lab.program.places import Places
from concsim.lab.wire import originals
from concsim.lab.wire.journal import Journal
from concsim.model.events import ActorDeclared, Kind, ObjectDeclared, Remark, pack_code

MAX_THINGS = 20_000
PROCESS_KINDS = ("process", "worker", "manager", "command", "fork")
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
        self.on_begin: List[Callable[[int], None]] = []
        """Called in each thread that begins, with its number."""
        self.on_block: List[Callable[[float], None]] = []
        """Called in a thread that is about to sleep, with the seconds: whoever shares the thread cannot go on."""
        self.reach: Callable[[Any], Tuple[str, ...]] = lambda thread: ()
        self.process = 0
        """The number of the process all this is in, 0 for the lab's own."""
        self.prefix = ""
        self.letters: Dict[str, str] = {}
        """The letter of the ids of each kind of actor."""
        self._counts: Dict[str, int] = {}
        self._made = 0
        self._said_full = False

    def restart(self, process: int) -> None:
        """Begin anew in a forked child: of all threads there is the one that forked."""
        self.prefix = self.ids.get(process, "?") + "."
        self.process, self.ending = process, False
        self._counts.clear()
        self.alive.clear()
        self._made = 0
        self._said_full = False

    def is_full(self) -> bool:
        """Whether so many objects were declared that further ones are left alone; said once."""
        if self._made < MAX_THINGS:
            return False
        if not self._said_full:
            self._said_full = True
            self.journal.send(Remark(originals.monotonic_ns(), "too_many_objects", {"count": MAX_THINGS}))
        return True

    def declare(self, kind: str, frame: Optional[FrameType], capacity: int = 0, name: str = "", lock: int = 0, shared: bool = False) -> int:
        """The number of a new object, named after what *frame* assigns it to."""
        self._made += 1
        number = self.journal.new_number()
        name = name or self.places.name_at(frame, kind)
        self.names[number] = name
        place = self.places.place_of(frame)
        room = max(capacity, 0) if isinstance(capacity, int) else 0
        process = self.process if kind == "watch" else 0
        self.journal.send(ObjectDeclared(originals.monotonic_ns(), number, kind, name, place, room, lock, process, shared))
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

    def id_of(self, kind: str) -> str:
        """The id of a new actor: its kind's letter and a number in order of creation, behind its process's id."""
        letter = self.letters[kind]
        count = self._counts[letter] = self._counts.get(letter, 0) + 1
        return "%s%s%d" % (self.prefix, letter, count)

    def declare_actor(self, thread: Any, kind: str, frame: Optional[FrameType]) -> int:
        """The number of a new thread; the main thread is "main", others t1, t2 … in order of creation."""
        id_ = "main" if kind == "main" else self.id_of("thread")
        parent = 0 if kind == "main" else self.journal.me()
        number = self.declare_other(thread.name, kind, id_, frame, parent, bool(thread.daemon), self.reach(thread))
        self.alive[number] = thread
        return number

    def declare_other(
        self, name: str, kind: str, id_: str, frame: Optional[FrameType], parent: int, daemon: bool = False,
        reaches: Tuple[str, ...] = (),
    ) -> int:  # fmt: skip
        """The number of a new actor of any kind. A process lives in itself."""
        number = self.journal.new_number()
        self.ids[number], self.names[number] = id_, name
        place = self.places.place_of(frame)
        process = number if kind in PROCESS_KINDS else self.process
        self.journal.send(
            ActorDeclared(originals.monotonic_ns(), number, id_, name, kind, parent, place, daemon, reaches, process)
        )
        return number

    def begin(self, number: int) -> None:
        """The calling thread is this actor from now on."""
        self.journal.actors[originals.get_ident()] = number
        self.journal.note(pack_code(Kind.BEGIN, 0), 0, originals.get_native_id())
        for tell in self.on_begin:
            tell(number)

    def end(self, number: int) -> None:
        """The calling thread's actor has finished."""
        self.journal.note(pack_code(Kind.END, 0))
        self.alive.pop(number, None)
        self.journal.actors.pop(originals.get_ident(), None)
        self.on_end()
        self.journal.flush()
