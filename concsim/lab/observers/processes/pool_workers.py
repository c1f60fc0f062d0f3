"""A worker of a pool of processes: which task it is at."""

from __future__ import annotations

from typing import Any

from concsim.lab.program.waits import Waits
from concsim.lab.wire.journal import Journal
from concsim.model.events import Kind, pack_code

PROCESS_POOL = "process pool"
"""The kind of object that a pool is."""


class PoolWorker:
    """Notes a worker's tasks as it gets them and gives its results."""

    def __init__(self, journal: Journal, waits: Waits, number: int) -> None:
        self._journal, self._note, self._waits, self._number = journal, journal.note, waits, number
        self._task = 0

    def watch_get(self, get: Any, number_of: Any) -> Any:
        """A queue's get, after which the worker is at a task."""

        def watched(*args: Any, **kwargs: Any) -> Any:
            task = self._waits.outside(self._number, None, None, lambda: get(*args, **kwargs))
            if task is not None:
                self._task = number_of(task)
                self._note(pack_code(Kind.TASK, self._number), 0, self._task)
                self._journal.send_out()
            return task

        return watched

    def watch_put(self, put: Any) -> Any:
        """A queue's put, before which the task is done."""

        def watched(*args: Any, **kwargs: Any) -> Any:
            if self._task:
                self._note(pack_code(Kind.TASK_DONE, self._number), 0, self._task)
                self._task = 0
                self._journal.send_out()
            return put(*args, **kwargs)

        return watched
