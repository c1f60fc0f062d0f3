"""``ThreadPoolExecutor``: its workers and their tasks."""

from __future__ import annotations

import threading
from typing import Any

from concsim.lab.observers.threads.threads import OWN, ThreadObserver
from concsim.lab.patching.methods import Proxy, patch
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code


class PoolObserver:
    """Patches the executor in place."""

    modules = {"concurrent.futures.thread": "_patch_executor"}
    nature = {"concurrent": ("parallel",)}

    def __init__(self, things: Things, waits: Waits, threads: ThreadObserver) -> None:
        self._things, self._waits, self._threads = things, waits, threads
        self._note = things.journal.note
        self._places = things.places
        self._tasks = 0
        self._submitting = originals.make_local()

    def _patch_executor(self, thread: Any) -> None:
        self._thread = thread
        executor = thread.ThreadPoolExecutor
        patch(executor, "__init__", self._make_init)
        patch(executor, "submit", self._make_submit)
        patch(executor, "_adjust_thread_count", self._make_adjust)
        patch(thread._WorkItem, "__init__", self._make_item)
        patch(thread._WorkItem, "run", self._make_run)

    def _make_init(self, original: Any) -> Any:
        def __init__(pool: Any, *args: Any, **kwargs: Any) -> None:
            original(pool, *args, **kwargs)
            frame = originals.getframe(1)
            if self._places.is_called_by_program(frame) and not self._things.is_full():
                pool._concsim_number = self._things.declare("pool", frame, capacity=pool._max_workers)

        return __init__

    def _make_submit(self, original: Any) -> Any:
        def submit(pool: Any, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            number = getattr(pool, "_concsim_number", 0)
            if not number:
                return original(pool, fn, *args, **kwargs)
            self._waits.wake(number)
            self._submitting.task = (pool, getattr(fn, "__name__", "task"))
            try:
                future = original(pool, fn, *args, **kwargs)
            finally:
                self._submitting.task = None
            place = self._places.place_of(originals.getframe(1))
            self._note(pack_code(Kind.SUBMIT, number), place, pool._work_queue.qsize())
            return future

        return submit

    def _make_item(self, original: Any) -> Any:
        """Label a task's future before a worker can see it."""

        def __init__(item: Any, future: Any, *rest: Any) -> None:
            original(item, future, *rest)
            task = getattr(self._submitting, "task", None)
            if task is not None:
                self._tasks += 1
                future._concsim_pool, future._concsim_name = task
                future._concsim_worker, future._concsim_task = 0, self._tasks

        return __init__

    def _make_adjust(self, original: Any) -> Any:
        def _adjust_thread_count(pool: Any) -> None:
            if not getattr(pool, "_concsim_number", 0):
                return original(pool)  # type: ignore[no-any-return]
            plain = threading.Thread

            def make(*args: Any, **kwargs: Any) -> Any:
                worker = plain(*args, **kwargs)
                setattr(worker, OWN, True)
                return worker

            # the module's own name for Thread, for the length of this call (made under the executor's lock)
            self._thread.threading = Proxy(threading, Thread=make)
            try:
                original(pool)
            finally:
                self._thread.threading = threading
            return None

        return _adjust_thread_count

    def _make_run(self, original: Any) -> Any:
        def run(item: Any, *context: Any) -> None:  # a context from Python 3.14 on
            pool = getattr(item.future, "_concsim_pool", None)
            if pool is None:
                return original(item, *context)  # type: ignore[no-any-return]
            number = pool._concsim_number
            me = self._things.journal.me()
            self._waits.clear()
            item.future._concsim_worker = me
            self._note(pack_code(Kind.WAKE, number), 0, 1)
            self._note(pack_code(Kind.TASK, number), 0, item.future._concsim_task)
            original(item, *context)
            self._note(pack_code(Kind.TASK_DONE, number), 0, item.future._concsim_task)
            del item
            self._waits.begin(number, originals.getframe(1), None, lambda: ((), self._things.ending or self._is_open_for_work(pool)))

        return run

    def _is_open_for_work(self, pool: Any) -> bool:
        """Whether an idle worker of this pool is about to move: there is a task, or it is told to end."""
        return bool(pool._shutdown or self._thread._shutdown or pool._work_queue.qsize())
