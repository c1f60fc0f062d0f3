"""What a pool's tracks tell of its tasks. No Qt."""

from __future__ import annotations

from bisect import bisect_right

from concsim.model.folding.history import Track

POOL_KINDS = ("pool", "process pool")


def tasks_done(track: Track | None, moment: int, at_work: bool) -> int:
    """How many tasks a worker has finished: the track has a span for each, and one for each pause behind it."""
    if track is None:
        return 0
    begun = (bisect_right(track.times, moment) + 1) // 2
    return begun - 1 if at_work and begun else begun
