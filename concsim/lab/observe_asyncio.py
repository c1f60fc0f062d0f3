"""``asyncio``: tasks, what each awaits, the event loop, and a call that keeps it from going on.

A task goes on in a callback of the loop. Callbacks run in a Python method, which is patched in place; the task behind
one is found as asyncio's own error messages find it.
"""

from __future__ import annotations

import sys
from typing import Any, Optional, Tuple

from concsim.lab import raw
from concsim.lab.coroutines import Coroutines
from concsim.lab.on_import import ImportWatch
from concsim.lab.patching import patch
from concsim.model.events import Kind

NUMBER = "_concsim_number"


class AsyncioObserver:
    """Patches the loop and its handles in place."""

    def __init__(self, coroutines: Coroutines) -> None:
        self._all = coroutines
        self._things, self._journal = coroutines.things, coroutines.journal
        self._tasks: Any = None
        self._files: Tuple[str, ...] = ()

    def patch(self, imports: ImportWatch) -> None:
        """Be there when its modules come."""
        imports.when_imported("asyncio.events", lambda module: patch(module.Handle, "_run", self._make_handle))
        imports.when_imported("asyncio.base_events", self._patch_loop)

    def _patch_loop(self, module: Any) -> None:
        import selectors
        import weakref

        self._files = tuple(sys.modules["asyncio." + name].__file__ or "" for name in ("tasks", "base_events"))
        self._tasks = weakref.WeakKeyDictionary()
        patch(module.BaseEventLoop, "run_forever", self._make_run)
        patch(module.BaseEventLoop, "create_task", self._make_create)
        for name in ("EpollSelector", "SelectSelector", "KqueueSelector"):
            if hasattr(selectors, name):
                patch(getattr(selectors, name), "select", self._make_select)

    # tasks

    def _make_create(self, original: Any) -> Any:
        def create_task(loop: Any, coro: Any, *args: Any, **kwargs: Any) -> Any:
            task = original(loop, coro, *args, **kwargs)
            frame = raw.getframe(1)
            if self._things.places.is_called_by_program(frame, self._files) or _is_own(self._things.places, coro):
                self._number_of(task, frame, coro)
            return task

        return create_task

    def _number_of(self, task: Any, frame: Any = None, coro: Any = None) -> int:
        number: int = self._tasks.get(task, 0)
        name = task.get_name() if hasattr(task, "get_name") else ""
        if number:
            if not name.startswith("Task-") and name != self._things.names.get(number):
                self._all.declare("task", name, None, again=number)
            return number
        own = self._things.places.own_frame(frame)
        shown = name if not name.startswith("Task-") else self._all.name_of(own, "task", coro) if own is not None else name
        if shown == "task":
            shown = getattr(coro, "__name__", name)
        number = self._all.declare("task", shown, own)
        self._tasks[task] = number
        return number

    # the loop

    def _make_run(self, original: Any) -> Any:
        def run_forever(loop: Any) -> Any:
            ident, me = raw.get_ident(), self._journal.me()
            if not me:
                return original(loop)
            number = loop.__dict__.get(NUMBER, 0) or self._all.declare("loop", "event loop", None)
            loop.__dict__[NUMBER] = self._all.hubs[ident] = number
            self._all.children.faults.hubs.append(loop.call_soon_threadsafe)
            self._all.hand_over(Kind.SWITCH, me, number, self._things.places.place_of(raw.getframe(1)), 0)
            try:
                return original(loop)
            finally:
                self._all.children.faults.hubs.remove(loop.call_soon_threadsafe)
                self._all.hand_over(Kind.SWITCH, number, me, 0, 0)
                self._all.hubs.pop(ident, None)

        return run_forever

    def _make_select(self, original: Any) -> Any:
        def select(selector: Any, timeout: Optional[float] = None) -> Any:
            number = self._all.hubs.get(raw.get_ident(), 0)
            idle = number and (timeout is None or timeout > 0) and self._journal.me() == number
            if not idle:
                return original(selector, timeout)
            self._journal.note_of(number, Kind.WAIT, 0, 0, -1 if timeout is None else timeout)
            self._journal.flush()
            try:
                return original(selector, timeout)
            finally:
                self._journal.note_of(number, Kind.WAKE, 0, 0, 1)

        return select

    def _make_handle(self, original: Any) -> Any:
        def _run(handle: Any) -> Any:
            task = getattr(handle._callback, "__self__", None)
            number = self._tasks.get(task, 0) if self._tasks is not None and _can_be_key(task) else 0
            hub = self._all.hubs.get(raw.get_ident(), 0)
            if not number or not hub:
                return original(handle)
            if self._all.left <= 0:
                self._all.skipped += 1
                return self._run_quietly(original, handle, task, number)
            self._all.left -= 1
            self._number_of(task)
            self._all.hand_over(Kind.SWITCH, hub, number, 0, 0)
            try:
                return original(handle)
            finally:
                self._leave(task, number, hub)

        return _run

    def _run_quietly(self, original: Any, handle: Any, task: Any, number: int) -> Any:
        """Past the budget: only the end of a task is noted."""
        ident = raw.get_ident()
        before = self._journal.actors.get(ident, 0)
        self._journal.actors[ident] = number
        try:
            return original(handle)
        finally:
            self._journal.actors[ident] = before
            if task.done():
                self._journal.note_of(number, Kind.END, 0, 0, self._result_of(task))

    def _leave(self, task: Any, number: int, hub: int) -> None:
        place = self._place_of(task)
        if task.done():
            self._journal.note_of(number, Kind.END, 0, 0, self._result_of(task))
        else:
            sleeping = _sleeps(task)
            if sleeping is not None:
                self._journal.note_of(number, Kind.SLEEP, 0, place, sleeping)
        self._all.hand_over(Kind.SWITCH, number, hub, place, 0)

    def _result_of(self, task: Any) -> int:
        """Asking the task for its error would count as having looked at it."""
        if task.cancelled() or getattr(task, "_exception", None) is not None:
            return 0
        return self._all.texts.number_of(getattr(task, "_result", None))

    def _place_of(self, task: Any) -> int:
        """The line at which the innermost own coroutine of a task awaits."""
        coro, found = task.get_coro(), 0
        while coro is not None:
            frame = getattr(coro, "cr_frame", None) or getattr(coro, "gi_frame", None)
            if frame is not None and self._things.places.base_of(frame.f_code.co_filename) >= 0:
                found = self._things.places.place_of(frame)
            coro = getattr(coro, "cr_await", None) or getattr(coro, "gi_yieldfrom", None)
        return found


def _is_own(places: Any, coro: Any) -> bool:
    code = getattr(coro, "cr_code", None)
    return code is not None and places.base_of(code.co_filename) >= 0


def _can_be_key(one: Any) -> bool:
    try:
        hash(one)
        return one is not None and hasattr(one, "get_coro")
    except TypeError:
        return False


def _sleeps(task: Any) -> Optional[float]:
    """For how long a task sleeps, None if it waits for something else."""
    coro = task.get_coro()
    while coro is not None:
        code = getattr(coro, "cr_code", None)
        if code is not None and code.co_name == "sleep" and code.co_filename.endswith("tasks.py"):
            frame = coro.cr_frame
            delay = frame.f_locals.get("delay") if frame is not None else None
            return float(delay) if isinstance(delay, (int, float)) else None
        coro = getattr(coro, "cr_await", None)
    return None
