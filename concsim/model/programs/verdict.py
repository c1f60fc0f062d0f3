"""Whether a run did what it should: one set of words, in blocks, on the screen and in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concsim.model.step_events import Explored

DEADLOCK, LIVELOCK = "deadlock", "livelock"
"""How an execution ends in which nobody can go on; in which those who can do nothing but look at what nobody will change."""
PASSES, FAILS, DEADLOCKS, LIVELOCKS, OPEN, HOLDS, REFUSED = "passes", "fails", "deadlocks", "livelocks", "open", "holds", "refused"
"""What is answered. `PASSES` is said of one schedule, `HOLDS` of all of them, `OPEN` where neither was shown."""


def verdict_of(outcome: str, watched: Mapping[str, Mapping[str, Any]]) -> str:
    """The verdict on a run that ended so, with these watched globals' ``final`` and ``expected``."""
    said = {DEADLOCK: DEADLOCKS, LIVELOCK: LIVELOCKS, "failed": FAILS, REFUSED: REFUSED}.get(outcome)
    if said is not None:
        return said
    if outcome != "finished":
        return OPEN
    wrong = any(one["expected"] is not None and one["final"] != one["expected"] for one in watched.values())
    return FAILS if wrong else PASSES


def verdict_on_all(found: Explored) -> str:
    """The verdict on a program of which schedules were tried."""
    if found.first_failure:
        if any(one.startswith("failed") for one in found.outcomes) or not {DEADLOCK, LIVELOCK} & set(found.outcomes):
            return FAILS
        return DEADLOCKS if DEADLOCK in found.outcomes else LIVELOCKS
    return HOLDS if found.complete and not found.unseen else OPEN
