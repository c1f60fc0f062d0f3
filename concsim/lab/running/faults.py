"""Faults that a person brings about from the stage. What then happens is real."""

from __future__ import annotations

import os
import signal
import weakref
from queue import Full
from typing import Any, Callable, Dict, List, Optional

from concsim.lab.wire import originals
from concsim.lab.wire.journal import Journal
from concsim.model.events import Remark

FILLER = "filler"
MOST_FILLERS = 10_000
BLOCK_SECONDS = 1.0
NO_LIMIT = 1 << 20
"""multiprocessing gives a queue without a limit that of the system's semaphores, which is far above this."""


class Faults:
    """Kills, fills and blocks, on the listener's thread. `hubs` know how to block."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._queues: Dict[int, Any] = {}
        """Weak references to the program's own queues by their numbers: they live as long as the program lets them."""
        self.hubs: List[Callable[[Callable[[], None]], None]] = []
        """Each runs a call in its hub or event loop, from another thread."""
        self.block_hub: Callable[[float], None] = originals.sleep
        """Called there, keeps it for so many seconds."""

    def keep(self, number: int, queue: Any) -> None:
        """A queue that may be filled."""
        self._queues[number] = weakref.ref(queue, lambda _: self._queues.pop(number, None))

    def bring(self, fault: str, pid: int) -> None:
        """Bring one about."""
        brought: Dict[str, Callable[[], Optional[int]]] = {
            "kill_worker": lambda: self._kill(pid),
            "fill_queue": self._fill,
            "block_hub": self._block,
        }
        try:
            count = brought[fault]()
        except Exception as error:
            self._remark("fault_failed", why="%s: %s" % (type(error).__name__, error))
        else:
            self._remark("fault_%s" % fault, count=count or 0, pid=pid)

    def _remark(self, code: str, **values: Any) -> None:
        self._journal.send(Remark(originals.monotonic_ns(), code, values))

    def _kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)

    def _fill(self) -> int:
        """Queues with a limit until they are full; only where there is none, one without."""
        queues = [one for one in (one() for one in list(self._queues.values())) if one is not None]
        count = 0
        for queue in [one for one in queues if _has_limit(one)] or queues[-1:]:
            while count < MOST_FILLERS:
                try:
                    queue.put(FILLER, False)
                except (Full, ValueError, TypeError):
                    break
                count += 1
        return count

    def _block(self) -> int:
        for run_in_hub in self.hubs:
            run_in_hub(lambda: self.block_hub(BLOCK_SECONDS))
        return len(self.hubs)


def _has_limit(queue: Any) -> bool:
    return 0 < getattr(queue, "_maxsize", getattr(queue, "maxsize", 0)) < NO_LIMIT
