"""Whether a run did what it should: the words of a program's block, "passes", "fails", "deadlocks"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PASSES, FAILS, DEADLOCKS, UNDECIDED = "passes", "fails", "deadlocks", "undecided"


def verdict_of(outcome: str, watched: Mapping[str, Mapping[str, Any]]) -> str:
    """The verdict on a run that ended so, with these watched globals' ``final`` and ``expected``."""
    if outcome == "deadlock":
        return DEADLOCKS
    if outcome == "failed":
        return FAILS
    if outcome != "finished":
        return UNDECIDED
    wrong = any(one["expected"] is not None and one["final"] != one["expected"] for one in watched.values())
    return FAILS if wrong else PASSES
