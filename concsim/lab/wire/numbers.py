"""Numbers for actors and objects, unique in a whole round: each process draws from blocks that control gives out."""

from __future__ import annotations

from typing import Callable

from concsim.lab.wire import originals


class Numbers:
    """Draws numbers from a block of *count* from *first* on; *refill* gives the first of a further block, 0 for none."""

    def __init__(self, first: int, count: int, refill: Callable[[], int]) -> None:
        self._next, self._end, self._count = first, first + count, count
        self._refill = refill
        self._turn = originals.allocate_lock()

    def draw(self) -> int:
        """A number nobody else has; 0, nobody's number, when there are no more."""
        with self._turn:
            if self._next >= self._end:
                first = self._refill()
                if not first:
                    return 0
                self._next, self._end = first, first + self._count
            self._next += 1
            return self._next - 1
