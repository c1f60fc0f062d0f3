"""``multiprocessing.Pool``: workers by process, the tasks they take, the tasks that wait."""

from __future__ import annotations

from typing import Any, Iterator, Optional

from concsim.lab.observers.processes.pool_workers import PROCESS_POOL, PoolWorker
from concsim.lab.observers.processes.processes import ProcessObserver, called_by_program
from concsim.lab.observers.processes.queues import POOL
from concsim.lab.observers.threads.threads import NUMBER
from concsim.lab.patching.methods import Proxy, patch
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code


class ProcessPoolObserver:
    """Patches it in place. The pool's number travels to its workers on its queue of tasks."""

    modules = {"multiprocessing.pool": "_patch_pool"}

    def __init__(self, processes: ProcessObserver, things: Things, waits: Waits) -> None:
        self._processes, self._things, self._waits = processes, things, waits
        self._journal, self._note, self._places = things.journal, things.journal.note, things.places

    def _patch_pool(self, module: Any) -> None:
        self._module, pool = module, module.Pool
        patch(pool, "__init__", self._make_init)
        patch(pool, "_setup_queues", self._make_setup)
        patch(pool, "Process", self._make_process)
        pool.Process = staticmethod(pool.Process)
        patch(pool, "apply_async", self._make_apply)
        patch(pool, "_guarded_task_generation", self._make_tasks)
        patch(pool, "join", self._make_join)
        patch(module.ApplyResult, "wait", self._make_wait)
        patch(module.MapResult, "__init__", self._make_map)
        patch(module.IMapIterator, "next", self._make_next)
        module.IMapIterator.__next__ = module.IMapIterator.next
        patch(module, "worker", self._make_worker)

    # the parent

    def _make_init(self, original: Any) -> Any:
        def __init__(pool: Any, processes: Optional[int] = None, *args: Any, **kwargs: Any) -> None:
            frame = originals.getframe(1)
            threads = type(pool).__name__ == "ThreadPool"
            if not threads and called_by_program(self._places, frame) and not self._things.is_full():
                pool.__dict__[NUMBER] = self._things.declare(PROCESS_POOL, frame, capacity=processes or 0)
            original(pool, processes, *args, **kwargs)

        return __init__

    def _make_setup(self, original: Any) -> Any:
        def _setup_queues(pool: Any) -> None:
            original(pool)
            if NUMBER in pool.__dict__:
                pool._inqueue.__dict__[POOL] = pool.__dict__[NUMBER]

        return _setup_queues

    def _make_process(self, original: Any) -> Any:
        def Process(context: Any, *args: Any, **kwargs: Any) -> Any:
            made = original(context, *args, **kwargs)
            handed = kwargs.get("args") or ((),)
            if getattr(handed[0], "__dict__", {}).get(POOL):
                self._processes.adopt(made, "worker")
            return made

        return Process

    def _make_apply(self, original: Any) -> Any:
        def apply_async(pool: Any, *args: Any, **kwargs: Any) -> Any:
            number, frame = pool.__dict__.get(NUMBER, 0), originals.getframe(1)
            self._submitted(number, frame)  # first: a worker may have it before this call returns
            try:
                return original(pool, *args, **kwargs)
            except BaseException:
                self._submitted(number, frame, -1)
                raise

        return apply_async

    def _submitted(self, number: int, frame: Any, count: int = 1) -> None:
        if number:
            self._note(pack_code(Kind.SUBMIT, number), self._places.place_of(frame), count)

    def _make_map(self, original: Any) -> Any:
        def __init__(result: Any, pool: Any, chunksize: int, length: int, *args: Any, **kwargs: Any) -> None:
            original(result, pool, chunksize, length, *args, **kwargs)
            if NUMBER in pool.__dict__ and chunksize > 0:
                self._skip_jobs((length - 1) // chunksize)

        return __init__

    def _skip_jobs(self, count: int) -> None:
        """A task is known by its job's number and its place in the job: a job of several takes as many numbers."""
        for _ in range(count):
            next(self._module.job_counter)

    def _make_tasks(self, original: Any) -> Any:
        """Tasks of a map are handed in one by one, by the pool's own thread."""

        def _guarded_task_generation(pool: Any, job: int, *args: Any) -> Iterator[Any]:
            number, come_one_by_one = pool.__dict__.get(NUMBER, 0), self._module.IMapIterator
            lazy = isinstance(pool._cache.get(job), come_one_by_one)  # nobody knows how many there will be
            for place, task in enumerate(original(pool, job, *args)):
                if number:
                    self._skip_jobs(1 if place and lazy else 0)
                    self._journal.note_of(0, Kind.SUBMIT, number, 0, 1)
                yield task

        return _guarded_task_generation

    def _make_join(self, original: Any) -> Any:
        def join(pool: Any) -> None:
            self._wait_for(pool.__dict__.get(NUMBER, 0), originals.getframe(1), None, lambda: original(pool))

        return join

    def _make_wait(self, original: Any) -> Any:
        def wait(result: Any, timeout: Optional[float] = None) -> None:
            number = getattr(result._pool, "__dict__", {}).get(NUMBER, 0) if not result.ready() else 0
            frame = originals.getframe(1)
            self._wait_for(number, frame, timeout, lambda: original(result, timeout))

        return wait

    def _make_next(self, original: Any) -> Any:
        """The next of results that come one by one."""

        def next(results: Any, timeout: Optional[float] = None) -> Any:
            ready = results._items or results._index == results._length
            number = 0 if ready else getattr(results._pool, "__dict__", {}).get(NUMBER, 0)
            return self._wait_for(number, originals.getframe(1), timeout, lambda: original(results, timeout))

        return next

    def _wait_for(self, number: int, frame: Any, timeout: Optional[float], call: Any) -> Any:
        return self._waits.outside(number, frame, timeout, call) if number else call()

    # the worker

    def _make_worker(self, original: Any) -> Any:
        def worker(inqueue: Any, outqueue: Any, *args: Any, **kwargs: Any) -> Any:
            number = getattr(inqueue, "__dict__", {}).get(POOL, 0)
            if number and self._journal.on:
                tasks = PoolWorker(self._journal, self._waits, number)
                inqueue = Proxy(inqueue, get=tasks.watch_get(inqueue.get, lambda task: task[0] + (task[1] or 0) + 1))
                outqueue = Proxy(outqueue, put=tasks.watch_put(outqueue.put))
            return original(inqueue, outqueue, *args, **kwargs)

        return worker
