"""How many of many actors were in which state over time: what a lane of a group draws.

Beyond some tens of actors a lane each cannot be read; a crowd counts the actors of one kind in one process. Bounded: its
samples are thinned as they grow.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right

STATES = 8
FEWEST = 64
"""Up to so many actors nothing is counted: each has its lane."""
SAMPLE_BUDGET = 4_000
GRAIN = 4_000_000

Key = tuple[str, int]
"""The kind of the actors and the number of their process."""


class Crowd:
    """Counts of actors by state. Sample *i* holds from `times[i]` on; `counts` has `STATES` numbers a sample."""

    def __init__(self) -> None:
        self.now = [0] * STATES
        self.times = array("q")
        self.counts = array("I")
        self.grain = GRAIN

    def move(self, time: int, before: int, after: int) -> None:
        """One actor went from a state to another; -1 before for one that is new here, after for one that goes."""
        now = self.now
        if before >= 0:
            now[before] -= 1
        if after >= 0:
            now[after] += 1
        if not self.times or time - self.times[-1] >= self.grain:
            self.times.append(time)
            self.counts.extend(now)
            if len(self.times) > SAMPLE_BUDGET:
                self._thin()
        else:  # within a grain the last count stands for all
            self.counts[-STATES:] = array("I", now)

    def _thin(self) -> None:
        self.grain *= 2
        kept = range(0, len(self.times), 2)
        self.counts = array("I", [n for one in kept for n in self.counts[one * STATES : (one + 1) * STATES]])
        self.times = self.times[::2]

    def at(self, time: int) -> array[int]:
        """The counts by state at a time."""
        index = bisect_right(self.times, time) - 1
        return self.counts[index * STATES : (index + 1) * STATES] if index >= 0 else array("I", [0] * STATES)


class Crowds:
    """The crowds of a round, kept from the moment there are more than `FEWEST` actors."""

    def __init__(self) -> None:
        self.by_key: dict[Key, Crowd] = {}
        self.key_of: dict[int, Key] = {}

    def move(self, actor: int, key: Key, time: int, before: int, after: int) -> None:
        """An actor of that kind in that process changed its state, or is told of, for the first time or again."""
        known = self.key_of.get(actor)
        if known != key:
            if known is not None:
                self.by_key[known].move(time, before, -1)
            self.key_of[actor] = key
            before = -1
        found = self.by_key.get(key)
        if found is None:
            found = self.by_key[key] = Crowd()
        found.move(time, before, after)
