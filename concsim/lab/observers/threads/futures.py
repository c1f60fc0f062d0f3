"""Futures of a pool's tasks: who waits for one, for one of many, for all, and the pool that waits for itself."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Optional

from concsim.lab.observers.threads.made import Outlook
from concsim.lab.observers.threads.threads import NUMBER
from concsim.lab.patching.methods import patch
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals

DONE = frozenset({"FINISHED", "CANCELLED", "CANCELLED_AND_NOTIFIED"})
"""States of a future, read without its lock: all of them are looked at whenever a caller waits for one of many."""
ALL_COMPLETED = "ALL_COMPLETED"
"""What ``concurrent.futures`` calls it."""


class FutureObserver:
    """Patches the futures in place. The pool has labelled those of its tasks."""

    modules = {"concurrent.futures": "_patch_futures"}

    def __init__(self, things: Things, waits: Waits) -> None:
        self._things, self._waits = things, waits

    def _patch_futures(self, futures: Any) -> None:
        base = futures._base
        patch(base.Future, "result", self._make_result)
        patch(base.Future, "exception", self._make_result)
        patch(base.Future, "cancel", self._make_cancel)
        patch(base, "wait", self._make_wait)
        patch(base, "as_completed", self._make_as_completed)
        futures.wait, futures.as_completed = base.wait, base.as_completed

    def _look_at(self, future: Any, crews: Optional[Dict[int, Outlook]] = None) -> Outlook:
        """A running task depends on its worker, a waiting one on every worker of a pool that can grow no more.

        *crews* keeps what was found of each pool while many of its tasks are looked at.
        """
        pool = getattr(future, "_concsim_pool", None)
        if pool is None or future._state in DONE:
            return (), future._state in DONE
        if future._concsim_worker:
            return (future._concsim_worker,), False
        found = crews.get(id(pool)) if crews is not None else None
        if found is None:
            workers = tuple(getattr(worker, NUMBER, 0) for worker in list(pool._threads))
            found = workers, len(workers) < pool._max_workers
            if crews is not None:
                crews[id(pool)] = found
        return found

    def _number_of(self, future: Any) -> int:
        number = getattr(future, "_concsim_future", 0)
        if not number and not self._things.is_full():
            name = getattr(future, "_concsim_name", "future")
            number = future._concsim_future = self._things.declare("future", originals.getframe(2), name=name + "()")
        return number

    def _make_result(self, original: Any) -> Any:
        def result(future: Any, timeout: Optional[float] = None) -> Any:
            of_processes = getattr(future, NUMBER, 0)
            owned = of_processes or getattr(future, "_concsim_pool", None) is not None
            if future.done() or not owned or not self._things.journal.me():
                return original(future, timeout)
            if of_processes:
                return self._waits.outside(of_processes, originals.getframe(1), timeout, lambda: original(future, timeout))
            number = self._number_of(future)
            self._waits.begin(number, originals.getframe(1), timeout, lambda: self._look_at(future), **_kind_of_wait([future]))
            try:
                return original(future, timeout)
            finally:
                self._waits.end(number, future.done())

        return result

    def _make_cancel(self, original: Any) -> Any:
        def cancel(future: Any) -> bool:
            self._waits.wake(getattr(future, "_concsim_future", -1))
            return bool(original(future))

        return cancel

    def _look_at_all(self, futures: List[Any], first: bool) -> Outlook:
        crews: Dict[int, Outlook] = {}
        looks = [self._look_at(future, crews) for future in futures]
        free = (any if first else all)(done for _, done in looks) or not looks
        open_ = [holders for holders, done in looks if not done and holders]
        if first or not open_:
            return tuple(sorted({one for holders in open_ for one in holders})), free
        return open_[0], free

    def _make_wait(self, original: Any) -> Any:
        def wait(fs: Any, timeout: Optional[float] = None, return_when: str = ALL_COMPLETED) -> Any:
            futures = list(fs)
            tasks = [one for one in futures if _is_task(one)]
            first, strangers = return_when != ALL_COMPLETED, len(tasks) < len(futures)
            number = self._begin_wait(tasks, strangers, timeout, first, originals.getframe(1))
            try:
                return original(futures, timeout, return_when)
            finally:
                if number:
                    self._waits.end(number, True)

        return wait

    def _begin_wait(self, tasks: List[Any], strangers: bool, timeout: Optional[float], first: bool, frame: Any) -> int:
        """Say that the caller waits for one of some tasks (*first*) or for all; for which object, 0 if it does not wait.

        *strangers*: for futures as well of which nobody here knows who moves them.
        """
        if not self._things.journal.me() or (first and any(one._state in DONE for one in tasks)):
            return 0
        left = tasks if first else [one for one in tasks if one._state not in DONE]
        own = [one for one in left if getattr(one, "_concsim_pool", None) is not None]
        number = self._number_of(own[0]) if own else getattr(left[0], NUMBER) if left else 0
        if number and (strangers or len(own) < len(left)):
            self._waits.begin(number, frame, timeout, lambda: ((), True))
        elif number:
            self._waits.begin(number, frame, timeout, lambda: self._look_at_all(own, first), **_kind_of_wait(own))
        return number

    def _make_as_completed(self, original: Any) -> Any:
        def as_completed(fs: Any, timeout: Optional[float] = None) -> Iterator[Any]:
            futures = list(fs)
            return self._in_turn(original(futures, timeout), futures, timeout, originals.getframe(1))

        return as_completed

    def _in_turn(self, inner: Any, futures: List[Any], timeout: Optional[float], frame: Any) -> Iterator[Any]:
        left = [one for one in futures if _is_task(one)]
        strangers = len(left) < len(futures)
        while True:
            number = self._begin_wait(left, strangers, timeout, True, frame)
            try:
                future = next(inner)
            except StopIteration:
                return
            finally:
                if number:
                    self._waits.end(number, True)
            if future in left:
                left.remove(future)
            yield future


def _is_task(future: Any) -> bool:
    """Whether a future is that of a task of a pool of the program's own, of threads or of processes."""
    return getattr(future, "_concsim_pool", None) is not None or bool(getattr(future, NUMBER, 0))


def _kind_of_wait(futures: List[Any]) -> Dict[str, bool]:
    """Only its worker can end the wait for a running task; one that has not begun may be cancelled by anybody."""
    running = all(getattr(one, "_concsim_worker", 0) for one in futures)
    return {"owned": running, "held": running}
