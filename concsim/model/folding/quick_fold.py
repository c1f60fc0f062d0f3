"""Folding many rows at once: the state after them is exact, the picture as fine as a frame, some milliseconds.

A busy program notes more rows than a person can see. Rows that change who runs and who waits are folded one by one; of
an actor's other rows about an object only the last decides the state, and a series needs its low, its high and its last
value. Rewinding into a batch folds all its rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from concsim.model.encoding import Batch
from concsim.model.events import KIND_BITS, KIND_MASK, Kind
from concsim.model.folding.actor_fold import ActorFold
from concsim.model.folding.history import WAITING, History
from concsim.model.folding.memory_fold import MemoryFold
from concsim.model.folding.thing_fold import ThingFold

FEWEST = 64
LONGEST = 20_000_000
"""Rows further apart than this (nanoseconds) can be told apart on the screen."""
PLAIN = frozenset({Kind.ACQUIRE, Kind.RELEASE, Kind.PUT, Kind.GET, Kind.VALUE, Kind.LINE, Kind.SET, Kind.NOTIFY})
DRAWN = frozenset({Kind.PUT, Kind.GET, Kind.VALUE})
COUNTED = {int(Kind.ACQUIRE): "acquired", int(Kind.PUT): "put", int(Kind.GET): "got"}
ENDS_A_WAIT = frozenset({Kind.ACQUIRE, Kind.PUT, Kind.GET})


class QuickFold:
    """Of the parts of one state: says which rows of a batch are to be folded, and counts and draws the others."""

    def __init__(self, history: History | None, cast: ActorFold, objects: ThingFold, memory: MemoryFold) -> None:
        self._history, self._cast, self._objects, self._memory = history, cast, objects, memory

    def choose(self, batch: Batch) -> list[int]:
        """The rows that matter one by one; of the others the last of each kind, by their places in the batch."""
        actors, codes = batch.actors, batch.codes
        last = dict(zip(zip(actors, codes, strict=True), range(len(codes)), strict=True))
        structural = {code for code in {code for _, code in last} if not self._is_plain(code)}
        single = [index for index, code in enumerate(codes) if code in structural] if structural else []
        single += self._ends_of_waits(batch, single)
        chosen = sorted({*last.values(), *single, *_last_places(batch)})
        self._count_uses(batch, chosen)
        self._show_holding(batch, last)
        self._draw(batch, {code for _, code in last if code & KIND_MASK in DRAWN and code not in structural})
        return chosen

    def _is_plain(self, code: int) -> bool:
        if code & KIND_MASK not in PLAIN:
            return False
        thing = self._objects.things.get(code >> KIND_BITS)
        return thing is None or thing.kind != "semaphore"

    def _ends_of_waits(self, batch: Batch, structural: list[int]) -> list[int]:
        """The rows by which actors take what they waited for: the first such row after each beginning of a wait."""
        codes, actors = batch.codes, batch.actors
        begins = [(-1, one.number) for one in self._cast.actors.values() if one.state == WAITING]
        begins += [(index, actors[index]) for index in structural if codes[index] & KIND_MASK == Kind.WAIT]
        if not begins:
            return []
        rows_of: dict[int, list[int]] = {number: [] for _, number in begins}
        for index, number in enumerate(actors):
            if number in rows_of and codes[index] & KIND_MASK in ENDS_A_WAIT:
                rows_of[number].append(index)
        return [found for begin, number in begins if (found := _first_after(rows_of[number], begin)) is not None]

    def _count_uses(self, batch: Batch, chosen: list[int]) -> None:
        """Locks taken and items moved in rows that are not folded were so all the same."""
        folded = Counter(batch.codes[index] for index in chosen)
        for code, count in Counter(batch.codes).items():
            name = COUNTED.get(code & KIND_MASK)
            if name is not None:
                thing = self._objects.thing(code >> KIND_BITS)
                setattr(thing, name, getattr(thing, name) + count - folded[code])

    def _show_holding(self, batch: Batch, last: dict[tuple[int, int], int]) -> None:
        """An actor that took locks in these rows is drawn as holding from the first of them."""
        if self._history is not None:
            for number in {number for number, code in last if code & KIND_MASK == Kind.ACQUIRE}:
                self._history.hold(batch.times[0], number, max(len(self._cast.actor(number).holds), 1))

    def _draw(self, batch: Batch, drawn: set[int]) -> None:
        """Give each series its low, its high and its last value of these rows."""
        history = self._history
        if history is None or not drawn:
            return
        groups: dict[int, list[int]] = {code >> KIND_BITS: [] for code in drawn}
        for index, code in enumerate(batch.codes):
            if code in drawn:
                groups[code >> KIND_BITS].append(index)
        values = batch.values
        for target, indexes in groups.items():
            low, high = min(indexes, key=values.__getitem__), max(indexes, key=values.__getitem__)
            name = self._memory.watch_names.get(target) or self._objects.thing(target).name
            for index in sorted({low, high, indexes[-1]}):
                history.series(name, batch.times[index], values[index])


def _last_places(batch: Batch) -> Iterable[int]:
    """The last row of each actor that says where it is, if there are any that do not."""
    if 0 not in batch.places:
        return ()
    return {actor: index for index, (actor, place) in enumerate(zip(batch.actors, batch.places, strict=True)) if place}.values()


def _first_after(indexes: list[int], begin: int) -> int | None:
    from bisect import bisect_right

    place = bisect_right(indexes, begin)
    return indexes[place] if place < len(indexes) else None
