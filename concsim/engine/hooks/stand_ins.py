"""What a loop of the program's is handed in place of a shared container's iterator."""

from __future__ import annotations

import copy
import operator
from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

from concsim.engine.hooks.stepping import READ, Stepping
from concsim.engine.hooks.visibility import MISSING, peek_class
from concsim.engine.instrument.sharing import IN_CALL, IN_COMPREHENSION, IN_GENERATOR, IN_INNER, IN_STATEMENT
from concsim.engine.instrument.site import Site

if TYPE_CHECKING:
    from concsim.model.interpreters import GilPlaces


class Gaps(NamedTuple):
    """Where the interpreter lets others in while a loop takes its items, as far as no hook in the loop's text says so.

    *begun*: between the making of the iterator and its first item; *first*: in front of the first item; *later*: of each other.
    """

    begun: bool
    first: bool = False
    later: bool = False


def gaps_of_loops(places: GilPlaces | None) -> dict[int, Gaps]:
    """Those of each kind of loop."""
    anywhere = places is None
    return {
        IN_STATEMENT: Gaps(anywhere),
        IN_CALL: Gaps(True),
        IN_INNER: Gaps(anywhere, later=True),
        IN_COMPREHENSION: Gaps(places is None or places.in_comprehension, later=True),
        IN_GENERATOR: Gaps(True, True, True),
    }


class Each:
    """An iterator over a shared container, or a view of one. It is the own iterator in all that a program can ask of it.

    To make that of a dict, set or deque is to read how large it is, which it compares at every item. Where others may get in between
    that and the first item it is a step of its own. Else it is made with the first item, when its turn has come.
    """

    __slots__ = ("_apart", "_gap", "_iterator", "_later", "_site", "_stepping", "_target", "_thing", "_value")

    def __init__(self, stepping: Stepping, site: Site, value: Any, thing: Any, gaps: Gaps) -> None:
        self._stepping, self._site, self._value, self._thing = stepping, site, value, thing
        self._target = stepping.variables.number_of_whole(thing)
        self._iterator: Any = None
        self._apart = gaps.begun and _reads_to_begin(type(value))
        self._gap, self._later = gaps.first, gaps.later

    def _begun(self) -> Any:
        if self._iterator is None:
            self._iterator, self._value = iter(self._value), None
        return self._iterator

    def __iter__(self) -> Each:
        if self._apart and self._iterator is None:
            self._stepping.step(self._site, READ, self._target, peeking=lambda: self._thing)
            self._begun()
        return self

    def __next__(self) -> Any:
        thing, gap, self._gap = self._thing, self._gap, self._later
        if thing is not None:
            if gap and not self._stepping.world.quiet:
                self._stepping.world.current.let_go = True
            self._stepping.step(self._site, READ, self._target, peeking=lambda: thing)
        try:
            return next(self._begun())
        except StopIteration:
            self._thing = None  # as the container's own iterator, it no longer holds it
            raise

    def __length_hint__(self) -> int:
        return operator.length_hint(self._begun())

    def __reduce__(self) -> Any:
        return self._begun().__reduce__()

    def __copy__(self) -> Any:
        return copy.copy(self._begun())


def _reads_to_begin(kind: type) -> bool:
    """Whether to make an iterator over one of this kind reads it: those of sequences and iterators themselves do not."""
    return not issubclass(kind, (list, tuple, bytearray, memoryview, array)) and peek_class(kind, "__next__") is MISSING


class Resumed:
    """A loop over a generator that others may resume as well."""

    __slots__ = ("_generator", "_site", "_stepping")

    def __init__(self, stepping: Stepping, site: Site, generator: Any) -> None:
        self._stepping, self._site, self._generator = stepping, site, generator

    def __iter__(self) -> Resumed:
        return self

    def __next__(self) -> Any:
        self._stepping.enter(self._site, self._generator)
        return next(self._generator)
