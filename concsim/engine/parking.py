"""Greenlets that have run an actor to its end and wait for another: to make one anew takes as long as a dozen steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import greenlet

MOST = 64
"""So many are kept."""


class Parking:
    """Gives out greenlets; those of actors that end come back to it while it is open, that is, during an execution.

    Whoever is thrown out of what it does, or forgotten with it, ends as any greenlet does.
    """

    __slots__ = ("free", "is_open", "root")

    def __init__(self) -> None:
        self.free: list[tuple[_Place, Any]] = []
        self.root: Any = None
        self.is_open = False

    def open(self, root: Any) -> None:
        """An execution begins, under *root*. One under another may be of another thread, whose greenlets nobody else may have."""
        if root is not self.root:
            self.free.clear()
        self.root, self.is_open = root, True

    def close(self) -> None:
        """It is over."""
        self.is_open = False

    def take(self, run: Callable[[], None]) -> Any:
        """A greenlet that will run *run* as it is switched to, with a context of its own."""
        if not self.free:
            return greenlet.greenlet(_Place(self, run).go, self.root)
        place, made = self.free.pop()
        place.run = run
        return made


class _Place:
    """What one greenlet goes through. It does not know the greenlet: the last who holds that one lets it go."""

    __slots__ = ("parking", "run")

    def __init__(self, parking: Parking, run: Callable[[], None]) -> None:
        self.parking, self.run = parking, run

    def go(self) -> None:
        """One actor after another."""
        parking = self.parking
        while True:
            run = self.run
            del self.run  # nothing of an actor is held once it has ended
            run()
            del run
            if not parking.is_open or len(parking.free) >= MOST:
                return
            greenlet.getcurrent().gr_context = None
            parking.free.append((self, greenlet.getcurrent()))
            parking.root.switch()
