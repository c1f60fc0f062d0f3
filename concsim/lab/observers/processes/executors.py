"""``ProcessPoolExecutor``: workers by process, the tasks they take, the tasks that wait."""

from __future__ import annotations

from typing import Any

from concsim.lab.observers.processes.pool_workers import PROCESS_POOL, PoolWorker
from concsim.lab.observers.processes.processes import ProcessObserver
from concsim.lab.observers.processes.queues import POOL
from concsim.lab.observers.threads.threads import NUMBER
from concsim.lab.patching.methods import Proxy, patch
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code


class ExecutorObserver:
    """Patches it in place. The pool's number travels to its workers on its queue of calls."""

    modules = {"concurrent.futures.process": "_patch_executor"}

    def __init__(self, processes: ProcessObserver, things: Things, waits: Waits) -> None:
        self._processes, self._things, self._waits = processes, things, waits
        self._journal, self._note, self._places = things.journal, things.journal.note, things.places

    def _patch_executor(self, module: Any) -> None:
        executor = module.ProcessPoolExecutor
        patch(executor, "__init__", self._make_executor_init)
        patch(executor, "submit", self._make_submit)
        patch(executor, "_spawn_process", self._make_spawn)
        patch(module, "_process_worker", self._make_process_worker)

    def _make_executor_init(self, original: Any) -> Any:
        def __init__(pool: Any, *args: Any, **kwargs: Any) -> None:
            original(pool, *args, **kwargs)
            frame = originals.getframe(1)
            if self._places.is_called_by_program(frame) and not self._things.is_full():
                number = self._things.declare(PROCESS_POOL, frame, capacity=pool._max_workers)
                pool.__dict__[NUMBER] = pool._call_queue.__dict__[POOL] = number

        return __init__

    def _make_spawn(self, original: Any) -> Any:
        def _spawn_process(pool: Any) -> None:
            number = pool.__dict__.get(NUMBER, 0)
            before, self._processes.adopting = self._processes.adopting, "worker" if number else ""
            try:
                original(pool)
            finally:
                self._processes.adopting = before

        return _spawn_process

    def _make_submit(self, original: Any) -> Any:
        def submit(pool: Any, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            number, frame = pool.__dict__.get(NUMBER, 0), originals.getframe(1)
            self._submitted(number, frame)
            try:
                future = original(pool, fn, *args, **kwargs)
            except BaseException:
                self._submitted(number, frame, -1)
                raise
            if number:
                setattr(future, NUMBER, number)  # whoever waits for its result waits for the pool
            return future

        return submit

    def _make_process_worker(self, original: Any) -> Any:
        def _process_worker(call_queue: Any, result_queue: Any, *args: Any, **kwargs: Any) -> Any:
            number = getattr(call_queue, "__dict__", {}).get(POOL, 0)
            if number and self._journal.on:
                tasks = PoolWorker(self._journal, self._waits, number)
                call_queue = Proxy(call_queue, get=tasks.watch_get(call_queue.get, lambda task: task.work_id + 1))
                result_queue = Proxy(result_queue, put=tasks.watch_put(result_queue.put))
            return original(call_queue, result_queue, *args, **kwargs)

        return _process_worker

    def _submitted(self, number: int, frame: Any, count: int = 1) -> None:
        if number:
            self._note(pack_code(Kind.SUBMIT, number), self._places.place_of(frame), count)
