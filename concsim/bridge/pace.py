"""How often what is shown of a run in progress may change: the window must leave the cores to the run that it watches."""

from __future__ import annotations

import os
import time

SHARE_OF_EACH_CORE = 0.15
MOST = 0.75
LONGEST = 0.05
"""However much a change costs to show, the next comes after so many seconds."""


def share() -> float:
    """The share of a core that showing may take, as long as `LONGEST` is enough for it: on two cores less than a third of one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores * SHARE_OF_EACH_CORE, MOST)


class Pace:
    """Of the thread that asks: what it has used since the last change says when the next is due."""

    def __init__(self, share: float) -> None:
        self._share = share
        self._at = self._used = 0.0

    def is_due(self) -> bool:
        """Whether enough time has passed for what showing has cost."""
        used = time.thread_time() - self._used
        return time.perf_counter() - self._at >= min(used / self._share, LONGEST)

    def showing(self) -> None:
        """A change is shown now."""
        self._at, self._used = time.perf_counter(), time.thread_time()
