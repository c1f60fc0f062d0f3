"""Objects that cannot say when they go, as lists and cells: held here until nobody else holds them.

What is known of an object is known by its address. A new one at the address of one that went must not be taken for it, nor may
it depend on chance whether it lies there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from sys import getrefcount
from threading import get_ident
from typing import Any

ALONE = (lambda held: getrefcount(held[0]))({0: []})
"""What `sys.getrefcount` says of an object that one dictionary holds."""
YOUNG = 16
"""So many of those added last are looked at more often than the others: most objects die young."""


class Held:
    """*forget* is told the address of each that goes. `kept` holds them by their addresses."""

    def __init__(self, forget: Callable[[int], object]) -> None:
        self._forget = forget
        self._thread = get_ident()
        self._looking = False
        self.kept: dict[int, Any] = {}
        self._newest = 0
        self._young: deque[int] = deque()
        self._old: deque[int] = deque()

    def clear(self) -> None:
        """Hold nothing."""
        self._newest = 0
        self._young.clear()
        self._old.clear()
        self.kept.clear()

    def add(self, address: int, value: Any) -> None:
        """Hold *value* as well."""
        self.kept[address] = value
        if self._newest:
            self._young.append(self._newest)
            if len(self._young) > YOUNG:
                self._old.append(self._young.popleft())
        self._newest = address

    def let_go(self) -> None:
        """Look at the newest, at a young and at an old one, and let go of those that nobody else holds: called at every step."""
        kept, self._looking = self.kept, True
        gone: tuple[Any, ...] = ()  # they go at the end: what goes with them may run code, which is to find all in order
        if self._newest and getrefcount(kept[self._newest]) <= ALONE:
            address, self._newest = self._newest, self._young.pop() if self._young else 0
            gone = gone, kept.pop(address)
            self._forget(address)
        for addresses in (self._young, self._old):
            if addresses:
                if getrefcount(kept[addresses[0]]) <= ALONE:
                    address = addresses.popleft()
                    gone = gone, kept.pop(address)
                    self._forget(address)
                else:
                    addresses.rotate(-1)
        self._looking = False

    def collect(self, phase: str, info: dict[str, int]) -> None:
        """Let go of all that nobody else holds, as the garbage collector begins to look at all there is."""
        if phase != "start" or info["generation"] < 2 or self._looking or get_ident() != self._thread:
            return
        gone: list[Any] = []
        for address in list(self.kept):
            if getrefcount(self.kept[address]) <= ALONE:
                gone.append(self.kept.pop(address))
                self._forget(address)
        if gone:
            self._newest = self._newest if self._newest in self.kept else 0
            for addresses in (self._young, self._old):
                left = [one for one in addresses if one in self.kept]
                addresses.clear()
                addresses.extend(left)
