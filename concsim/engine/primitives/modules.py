"""The virtual modules, put together from the primitives."""

from __future__ import annotations

import _thread as real_thread
import queue as real_queue
import sys
import threading as real_threading
import traceback
from collections.abc import Callable
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any

from concsim.engine.actor import Actor
from concsim.engine.primitives.barrier import Barrier, BrokenBarrierError
from concsim.engine.primitives.chance import Chance, make_random
from concsim.engine.primitives.clock import make_time
from concsim.engine.primitives.condition import Condition
from concsim.engine.primitives.event import Event
from concsim.engine.primitives.local import local
from concsim.engine.primitives.lock import Lock
from concsim.engine.primitives.primitive import TIMEOUT_MAX, Primitive, deprecated
from concsim.engine.primitives.queues import Empty, Full, LifoQueue, PriorityQueue, Queue, ShutDown, SimpleQueue
from concsim.engine.primitives.rlock import RLock
from concsim.engine.primitives.semaphore import BoundedSemaphore, Semaphore
from concsim.engine.primitives.thread import (
    FIRST_IDENT,
    KEEPS_DUMMIES,
    THREADS,
    THREADS_THING,
    MainThread,
    Thread,
    Timer,
    print_error,
)
from concsim.engine.refusal import refuse_event


def current_thread() -> Thread:
    """As ``threading.current_thread``."""
    actor = Primitive.world.current
    return actor.thread if actor.thread is not None else _Dummy(actor)


SMALLEST_STACK = 32768
Condition.__module__ = "threading"


class _Dummy(Thread):
    """Stands for an actor that was started below `threading`."""

    def __init__(self, actor: Actor) -> None:
        super().__init__(name=THREADS.new_name(None).replace("Thread-", "Dummy-"), daemon=True)
        self._register(actor)

    def is_alive(self) -> bool:
        """As ``threading.Thread.is_alive`` of such a thread."""
        return KEEPS_DUMMIES or bool(self._actor and not self._actor.ended)

    def join(self, timeout: float | None = None) -> None:
        """As ``threading.Thread.join`` of such a thread."""
        assert not KEEPS_DUMMIES, "cannot join a dummy thread"
        raise RuntimeError("cannot join a dummy thread")


def old_current_thread() -> Thread:
    """The old name."""
    deprecated("currentThread", "use current_thread()")
    return current_thread()


def old_active_count() -> int:
    """The old name."""
    deprecated("activeCount", "use active_count()")
    return len(enumerate_threads())


def enumerate_threads() -> list[Thread]:
    """As ``threading.enumerate``."""
    world = Primitive.world
    world.visible("read", THREADS_THING)
    main = THREADS.main
    return [one.thread for one in world.actors if one.thread is not None and (not one.ended or one.thread is main)]


def get_ident() -> int:
    """As ``threading.get_ident``."""
    return FIRST_IDENT + Primitive.world.current.number


def start_new_thread(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any] | None = None) -> int:
    """As ``_thread.start_new_thread``."""
    if not callable(function):
        raise TypeError("first arg must be callable")
    thread = _RawThread(function, args, kwargs or {})
    thread.start()
    return thread.ident or 0


def count_threads() -> int:
    """As ``_thread._count``: those that were started and have not ended, the first not counted."""
    return sum(not one.ended for one in Primitive.world.actors[1:])


_Dummy.__name__ = _Dummy.__qualname__ = "_DummyThread"


def stack_size(size: int = 0) -> int:
    """As ``threading.stack_size``. It is kept, and without consequence."""
    if size < 0 or 0 < size < SMALLEST_STACK:
        raise ValueError(f"size not valid: {size} bytes" if size > 0 else "size must be 0 or a positive value")
    before, THREADS.stack_size = THREADS.stack_size, size
    return before


class _RawThread(Thread):
    """A thread started below `threading`."""

    def __init__(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        name = str(getattr(function, "__name__", "thread"))
        super().__init__(target=function, name=name, args=args, kwargs=kwargs, daemon=True)
        self._function: Any = function
        THREADS.dangling.discard(self)

    def _register(self, actor: Actor) -> None:
        # `threading` does not know it: a thread that asks for itself gets a dummy
        self._actor, self.number, self._started = actor, actor.number, True

    def _finish(self, actor: Actor) -> None:
        super()._finish(actor)
        self._function = None

    def _tell(self, error: BaseException) -> None:
        kind, message, function = type(error), "Exception ignored in thread started by", self._function
        if sys.version_info >= (3, 13):
            message, function = f"{message} {function!r}", None
        if sys.unraisablehook is not sys.__unraisablehook__:
            given: Any = SimpleNamespace(
                exc_type=kind, exc_value=error, exc_traceback=error.__traceback__, err_msg=message, object=function
            )
            sys.unraisablehook(given)
            return
        text = "".join(traceback.format_exception(error))
        print(f"{message}{'' if function is None else f' {function!r}'}:\n{text}", file=sys.stderr, end="", flush=True)


def make_threading() -> ModuleType:
    """The module ``threading`` of a stepped program."""
    module = ModuleType("threading", real_threading.__doc__)
    kept: dict[str, Any] = {"trace": None, "profile": None}

    def keep(what: str, function: Any) -> None:
        if function is not None:
            refuse_event(f"sys.set{what}")
        kept[what] = function

    names: dict[str, Any] = {
        "Thread": Thread, "Timer": Timer, "Lock": Lock, "RLock": RLock, "Condition": Condition, "Semaphore": Semaphore,
        "BoundedSemaphore": BoundedSemaphore, "Event": Event, "Barrier": Barrier, "local": local,
        "BrokenBarrierError": BrokenBarrierError, "ThreadError": RuntimeError, "TIMEOUT_MAX": TIMEOUT_MAX,
        "ExceptHookArgs": real_threading.ExceptHookArgs, "excepthook": print_error, "__excepthook__": print_error,
        "current_thread": current_thread, "currentThread": old_current_thread, "enumerate": enumerate_threads,
        "active_count": lambda: len(enumerate_threads()), "activeCount": old_active_count,
        "main_thread": lambda: THREADS.main, "get_ident": get_ident, "get_native_id": lambda: get_ident(),
        "settrace": lambda func: keep("trace", func), "setprofile": lambda func: keep("profile", func),
        "settrace_all_threads": lambda func: keep("trace", func),
        "setprofile_all_threads": lambda func: keep("profile", func),
        "gettrace": lambda: kept["trace"], "getprofile": lambda: kept["profile"],
        "stack_size": stack_size, "_MainThread": MainThread, "_DummyThread": _Dummy,
        "_register_atexit": lambda function, *given, **named: THREADS.at_exit.append(lambda: function(*given, **named)),
        "_RLock": RLock, "_CRLock": RLock, "_PyRLock": RLock, "_dangling": THREADS.dangling, "_active": THREADS.active,
        "_limbo": {}, "_shutdown_locks": set(), "_newname": THREADS.new_name, "_allocate_lock": Lock,
        "_start_new_thread": start_new_thread,
    }  # fmt: skip
    if sys.version_info < (3, 12):
        del names["settrace_all_threads"], names["setprofile_all_threads"]
    module.__dict__.update(names)
    module.__all__ = [name for name in real_threading.__all__ if name in names]  # type: ignore[attr-defined]
    module._counter = lambda: THREADS.next_count()  # type: ignore[attr-defined]
    THREADS.count = lambda: module._counter()
    for name, value in names.items():
        if isinstance(value, FunctionType) and name != "print_error":
            value.__module__, value.__name__, value.__qualname__ = "threading", name, name
    THREADS.excepthook = lambda given: module.excepthook(given)
    return module


def make_thread() -> ModuleType:
    """The module ``_thread`` of a stepped program."""
    module = ModuleType("_thread", real_thread.__doc__)
    module.__dict__.update({
        "allocate_lock": Lock, "allocate": Lock, "LockType": Lock, "lock": Lock, "RLock": RLock, "_local": local,
        "start_new_thread": start_new_thread, "start_new": start_new_thread, "get_ident": get_ident,
        "get_native_id": get_ident, "error": RuntimeError, "TIMEOUT_MAX": TIMEOUT_MAX, "stack_size": stack_size,
        "exit": sys.exit, "exit_thread": sys.exit, "interrupt_main": real_thread.interrupt_main, "_count": count_threads,
        "_excepthook": print_error, "_ExceptHookArgs": real_threading.ExceptHookArgs, "_is_main_interpreter": lambda: True,
    })  # fmt: skip
    return module


def make_queue() -> ModuleType:
    """The module ``queue`` of a stepped program."""
    module = ModuleType("queue", real_queue.__doc__)
    names = {
        "Queue": Queue, "LifoQueue": LifoQueue, "PriorityQueue": PriorityQueue, "SimpleQueue": SimpleQueue,
        "Empty": Empty, "Full": Full, "_PySimpleQueue": SimpleQueue,
    }  # fmt: skip
    if ShutDown is not None:
        names["ShutDown"] = ShutDown
    module.__dict__.update(names)
    module.__all__ = [name for name in names if not name.startswith("_")]  # type: ignore[attr-defined]
    return module


def make_modules(chance: Chance) -> dict[str, ModuleType]:
    """Every virtual module by name."""
    from concsim.engine.primitives.futures import make_futures

    made = {
        "threading": make_threading(), "_thread": make_thread(), "queue": make_queue(), "time": make_time(),
        "random": make_random(chance),
    }  # fmt: skip
    made["_queue"] = made["queue"]
    made |= make_futures(made)
    THREADS.pools = made["concurrent.futures.thread"]
    THREADS.lasting_at_exit = tuple(THREADS.at_exit)
    return made
