"""Records that only stepped runs have: sites, texts, choices, what trying every schedule has found. Runs on Python 3.9 and later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Tuple

TIME_UP, TIME_UP_EARLY = "timeout", "timeout before others"
"""The text of a step that waited until its time was up: when nobody else could go on, or while others could have."""


@dataclass(frozen=True)
class SitesSeen:
    """Sites from number *first* on, five numbers each: file, line, column, last line, last column.

    Lines count from 1, columns from 0 and in characters.
    """

    time: int
    first: int
    numbers: Tuple[int, ...]


@dataclass(frozen=True)
class TextSeen:
    """Rows of stepped runs refer to this text by its *number*."""

    time: int
    number: int
    text: str


@dataclass(frozen=True)
class Pending:
    """What an actor does when it is chosen next, and whether it can be.

    *choice* is "ready", "blocked", "asleep" (choosing it lets the virtual time pass until then: it wakes, or its wait
    is up) or "held" (it could go on, but the interpreter model lets nobody in here). *text* is the value to be written
    or put where it is known. *until* is the virtual time, in seconds from the start, at which it wakes by itself; -1
    for never.
    """

    actor: int
    operation: str
    target: int
    place: int
    choice: str
    text: str = ""
    until: float = -1.0


@dataclass(frozen=True)
class ChoiceOffered:
    """The engine waits for a choice after *step* steps. *clock* is the virtual time in seconds."""

    time: int
    step: int
    clock: float
    pending: Tuple[Pending, ...]
    ended: bool = False


@dataclass(frozen=True)
class Explored:
    """What trying every schedule has found so far. *outcomes* counts executions by how they ended.

    *first_failure* is the schedule of the first execution that failed, of those that need the fewest waits to time out while others
    could have gone on: *early*. *complete* says whether none is left to try.
    *unseen* names what could not be seen into, as "program.py:12 exec": while there is any, nothing is proved.
    """

    time: int
    executions: int
    outcomes: Dict[str, int]
    first_failure: Tuple[str, ...] = ()
    complete: bool = False
    unseen: Tuple[str, ...] = ()
    early: int = 0
