"""What the lock wrappers of one lab share: where to note, who is who, who waits."""

from __future__ import annotations

from typing import Callable, Dict, Optional, Tuple

from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.model.events import KIND_MASK, Kind

Outlook = Tuple[Tuple[int, ...], bool]


class Probing:
    """Set once for the lab, by `connect`."""

    things: Things
    waits: Waits
    note: Callable[..., None]
    place: Callable[..., int]
    actors: Dict[int, int]
    conditions: Dict[int, int] = {}
    """Each condition's lock, by their numbers: a condition gives it back while it waits."""

    def connect(self, things: Things, waits: Waits, look: Optional[Callable[[], None]]) -> None:
        """Let the wrappers of this lab note through *things*; *look* sees the watched globals when a lock is freed."""
        self.things, self.waits = things, waits
        self.place, self.actors = things.places.place_of, things.journal.actors
        self.note = things.journal.note if look is None else _looking(things.journal.note, look)

    def look_at_owner(self, number: int, owner: int, locked: bool) -> Outlook:
        """On whom a waiter depends: the holder; a lock that is just changing hands counts as free."""
        if not locked or not owner:
            return (), True
        actor = self.actors.get(owner, -1)
        if actor > 0 and self._is_about_to_release(actor, number):
            return (), True
        return (actor,), actor == 0

    def _is_about_to_release(self, actor: int, lock: int) -> bool:
        """A holder that waits on a condition is on its way to giving the condition's lock back."""
        pending = self.waits.pending.get(actor)
        return pending is not None and self.conditions.get(pending.target) == lock


def _looking(note: Callable[..., None], look: Callable[[], None]) -> Callable[..., None]:
    """A `note` that looks at the watched globals first when a lock is given back, before anybody else can take it."""
    release, mask = int(Kind.RELEASE), KIND_MASK

    def note_and_look(code: int, place: int = 0, value: float = 0) -> None:
        if code & mask == release:
            look()
        note(code, place, value)

    return note_and_look


probing = Probing()
