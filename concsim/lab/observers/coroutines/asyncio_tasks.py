"""``asyncio``: tasks, what each awaits, the event loop, and a call that keeps it from going on.

A task goes on in a callback of the loop. Callbacks run in a Python method, which is patched in place; the task behind
one is found as asyncio's own error messages find it.
"""

from __future__ import annotations

import sys
import weakref
from types import CoroutineType, GeneratorType
from typing import Any, Dict, Iterator, Optional, Tuple

from concsim.lab.observers.coroutines.coroutines import Coroutines
from concsim.lab.patching.methods import patch
from concsim.lab.program.unnoticed import called, in_class, is_kind, locals_of, self_of, variable_in
from concsim.lab.wire import originals
from concsim.model.events import Kind

NUMBER = "_concsim_number"


class AsyncioObserver:
    """Patches the loop and its handles in place."""

    modules = {"asyncio.events": "_patch_events", "asyncio.base_events": "_patch_loop"}
    nature = {"asyncio": ("coroutines", "hub")}
    kinds = {"task": "k", "loop": "l"}

    def __init__(self, coroutines: Coroutines) -> None:
        self._all = coroutines
        self._things, self._journal = coroutines.things, coroutines.journal
        self._tasks: Dict[int, Tuple[int, Any]] = {}
        """By the identity of a task: its number, and a weak reference to it. A task's own ``__hash__`` may do anything."""
        self._asked: Dict[int, Tuple[int, Any]] = {}
        """By the identity of a queue, lock or event that tasks wait for: its number, and a weak reference to it."""
        self._calls: Dict[str, int] = {}
        self._kinds: Tuple[Any, ...] = ()
        self._files: Tuple[str, ...] = ()

    def _patch_events(self, module: Any) -> None:
        patch(module.Handle, "_run", self._make_handle)

    def _patch_loop(self, module: Any) -> None:
        import selectors

        tasks = sys.modules["asyncio.tasks"]
        self._files = tuple(sys.modules["asyncio." + name].__file__ or "" for name in ("tasks", "base_events"))
        self._kinds = (tasks.Task, tasks._PyTask)  # type: ignore[attr-defined]
        patch(module.BaseEventLoop, "run_forever", self._make_run)
        patch(module.BaseEventLoop, "close", self._make_close)
        patch(module.BaseEventLoop, "create_task", self._make_create)
        for name in ("EpollSelector", "SelectSelector", "KqueueSelector"):
            if hasattr(selectors, name):
                patch(getattr(selectors, name), "select", self._make_select)

    # tasks

    def _make_create(self, original: Any) -> Any:
        def create_task(loop: Any, coro: Any, *args: Any, **kwargs: Any) -> Any:
            task = original(loop, coro, *args, **kwargs)
            frame = originals.getframe(1)
            own = self._things.places.is_called_by_program(frame, self._files) or _is_own(self._things.places, coro)
            if own and self._kind_of(task) is not None:
                self._declare(task, frame, coro)
            return task

        return create_task

    def _kind_of(self, one: Any) -> Any:
        """asyncio's class of task that an object is of, the only one that is asked for anything; None if of none."""
        return next((kind for kind in self._kinds if is_kind(one, kind)), None)

    def _declare(self, task: Any, frame: Any, coro: Any) -> None:
        if self._known(task):  # an eager task has begun before it was given to whoever made it
            return
        own, name = self._things.places.own_frame(frame), self._name_of(task)
        shown = name if not name.startswith("Task-") else self._all.name_of(own, "task", coro) if own is not None else name
        if shown == "task":
            shown = called(coro) or name
        number, key = self._all.declare("task", shown, own), id(task)
        self._tasks[key] = number, weakref.ref(task, lambda _: self._tasks.pop(key, None))

    def _name_of(self, task: Any) -> str:
        return str.__str__(self._kind_of(task).get_name(task))

    def _known(self, task: Any) -> int:
        """The number of a task, 0 if it is not shown."""
        number, gone = self._tasks.get(id(task), (0, None))
        return number if gone is not None and gone() is task else 0

    def _rename(self, task: Any, number: int) -> None:
        name = self._name_of(task)
        if not name.startswith("Task-") and name != self._things.names.get(number):
            self._all.declare("task", name, None, again=number)

    # the loop

    def _make_run(self, original: Any) -> Any:
        def run_forever(loop: Any) -> Any:
            ident, me = originals.get_ident(), self._journal.me()
            if not me:
                return original(loop)
            number = loop.__dict__.get(NUMBER, 0) or self._all.declare("loop", "event loop", None)
            loop.__dict__[NUMBER] = self._all.hubs[ident] = number
            self._all.faults.hubs.append(loop.call_soon_threadsafe)
            self._all.hand_over(Kind.SWITCH, me, number, self._things.places.place_of(originals.getframe(1)), 0)
            try:
                return original(loop)
            finally:
                self._all.faults.hubs.remove(loop.call_soon_threadsafe)
                self._all.hand_over(Kind.SWITCH, number, me, 0, 0)
                self._all.hubs.pop(ident, None)

        return run_forever

    def _make_close(self, original: Any) -> Any:
        def close(loop: Any) -> None:
            number = loop.__dict__.pop(NUMBER, 0)
            original(loop)
            if number:
                self._journal.note_of(number, Kind.END)

        return close

    def _make_select(self, original: Any) -> Any:
        def select(selector: Any, timeout: Optional[float] = None) -> Any:
            number = self._all.hubs.get(originals.get_ident(), 0)
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
            task = self_of(handle._callback)
            number = self._known(task) if task is not None else 0
            hub = self._all.hubs.get(originals.get_ident(), 0)
            if not number or not hub:
                return original(handle)
            if self._all.left <= 0:
                self._all.skipped += 1
                return self._run_quietly(original, handle, task, number)
            self._all.left -= 1
            self._rename(task, number)
            self._all.hand_over(Kind.SWITCH, hub, number, 0, 0)
            try:
                return original(handle)
            finally:
                self._leave(task, number, hub)

        return _run

    def _run_quietly(self, original: Any, handle: Any, task: Any, number: int) -> Any:
        """Past the budget: only the end of a task is noted."""
        ident = originals.get_ident()
        before = self._journal.actors.get(ident, 0)
        self._journal.actors[ident] = number
        try:
            return original(handle)
        finally:
            self._journal.actors[ident] = before
            if self._kind_of(task).done(task):
                self._journal.note_of(number, Kind.END, 0, 0, self._result_of(task))

    def _leave(self, task: Any, number: int, hub: int) -> None:
        place = self._place_of(task)
        if self._kind_of(task).done(task):
            self._journal.note_of(number, Kind.END, 0, 0, self._result_of(task))
        else:
            sleeping = _sleeps(self._coro_of(task))
            if sleeping is not None:
                self._journal.note_of(number, Kind.SLEEP, 0, place, sleeping)
            elif target := self._awaited(task):
                self._journal.note_of(number, Kind.WAIT, target, place, -1)
        self._all.hand_over(Kind.SWITCH, number, hub, place, 0)

    def _result_of(self, task: Any) -> int:
        """Asking the task for its error would count as having looked at it."""
        if self._kind_of(task).cancelled(task) or object.__getattribute__(task, "_exception") is not None:
            return 0
        return self._all.texts.number_of(object.__getattribute__(task, "_result"))

    def _coro_of(self, task: Any) -> Any:
        return self._kind_of(task).get_coro(task)

    def _awaited(self, task: Any) -> int:
        """What a task waits for: another task, or what of asyncio's its own code awaits; 0 if that cannot be told."""
        waiter = object.__getattribute__(task, "_fut_waiter")
        if waiter is not None and self._known(waiter):
            return self._known(waiter)
        own = None
        for frame in _frames(self._coro_of(task)):
            if frame is None:
                return 0
            if self._things.places.base_of(frame.f_code.co_filename) < 0:
                return self._number_of(frame, own)
            own = frame
        gathers = waiter is not None and called(type(waiter)) == "_GatheringFuture"
        return self._call("gather") if gathers else 0

    def _number_of(self, frame: Any, own: Any) -> int:
        """A queue, lock or event of asyncio's that is asked in *frame*, by the name it has in *own*; or the call itself."""
        code = frame.f_code
        asked = locals_of(frame).get("self") if code.co_varnames[:1] == ("self",) else None
        if asked is None or not str(in_class(type(asked), "__module__")).startswith("asyncio"):
            return self._call(code.co_name)
        key = id(asked)
        number, gone = self._asked.get(key, (0, None))
        if gone is None or gone() is not asked:
            name = variable_in(own, lambda value: value is asked) if own is not None else ""
            number = self._declare_awaited(name or called(type(asked)))
            self._asked[key] = number, weakref.ref(asked, lambda _: self._asked.pop(key, None))
        return number

    def _call(self, name: str) -> int:
        """A call that is awaited, by its name."""
        number = self._calls.get(name)
        if number is None:
            number = self._calls[name] = self._declare_awaited(name + "()")
        return number

    def _declare_awaited(self, name: str) -> int:
        return 0 if self._things.is_full() else self._things.declare("future", None, name=name)

    def _place_of(self, task: Any) -> int:
        """The line at which the innermost own coroutine of a task awaits."""
        found = 0
        for frame in _frames(self._coro_of(task)):
            if frame is not None and self._things.places.base_of(frame.f_code.co_filename) >= 0:
                found = self._things.places.place_of(frame)
        return found


def _frames(coro: Any) -> Iterator[Any]:
    """The frames of a coroutine and of those that it awaits, one inside the other."""
    while True:
        if type(coro) is CoroutineType:
            yield coro.cr_frame
            coro = coro.cr_await
        elif type(coro) is GeneratorType:
            yield coro.gi_frame
            coro = coro.gi_yieldfrom
        else:
            return


def _is_own(places: Any, coro: Any) -> bool:
    return type(coro) is CoroutineType and places.base_of(coro.cr_code.co_filename) >= 0


def _sleeps(coro: Any) -> Optional[float]:
    """For how long a task's coroutine sleeps, None if it waits for something else."""
    for frame in _frames(coro):
        if frame is not None and frame.f_code.co_name == "sleep" and frame.f_code.co_filename.endswith("tasks.py"):
            delay: Any = locals_of(frame).get("delay")
            return float(delay) if type(delay) in (int, float) else None
    return None
