"""The virtual modules, put together from the primitives."""

from __future__ import annotations

import _thread as real_thread
import queue as real_queue
import sys
import threading as real_threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

from concsim.engine.actor import Actor
from concsim.engine.primitives.barrier import Barrier, BrokenBarrierError
from concsim.engine.primitives.chance import Chance, make_random
from concsim.engine.primitives.clock import make_time
from concsim.engine.primitives.condition import Condition
from concsim.engine.primitives.event import Event
from concsim.engine.primitives.local import local
from concsim.engine.primitives.lock import Lock
from concsim.engine.primitives.primitive import TIMEOUT_MAX, Primitive
from concsim.engine.primitives.queues import Empty, Full, LifoQueue, PriorityQueue, Queue, ShutDown, SimpleQueue
from concsim.engine.primitives.rlock import RLock
from concsim.engine.primitives.semaphore import BoundedSemaphore, Semaphore
from concsim.engine.primitives.thread import FIRST_IDENT, THREADS, MainThread, Thread, Timer, print_error


def current_thread() -> Thread:
    """As ``threading.current_thread``."""
    actor = Primitive.world.current
    return actor.thread if actor.thread is not None else _Dummy(actor)


class _Dummy(Thread):
    """Stands for an actor that was started below `threading`."""

    def __init__(self, actor: Actor) -> None:
        super().__init__(name=THREADS.new_name(None).replace("Thread-", "Dummy-"), daemon=True)
        self._actor, self.number, self._started = actor, actor.number, True
        actor.thread = self


def enumerate_threads() -> list[Thread]:
    """As ``threading.enumerate``."""
    world = Primitive.world
    world.visible("read", THREADS_THING)
    main = THREADS.main
    return [one.thread for one in world.actors if one.thread is not None and (not one.ended or one.thread is main)]


class _AllThreads:
    """What is read when a program counts its threads."""

    number = 0
    silent = False

    def __init__(self) -> None:
        self.contenders: list[Actor] = []


THREADS_THING = _AllThreads()


def get_ident() -> int:
    """As ``threading.get_ident``."""
    return FIRST_IDENT + Primitive.world.current.number


def start_new_thread(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any] | None = None) -> int:
    """As ``_thread.start_new_thread``."""
    if not callable(function):
        raise TypeError("first arg must be callable")
    thread = _RawThread(target=function, name=THREADS.new_name(function), args=args, kwargs=kwargs or {}, daemon=True)
    thread.start()
    return thread.ident or 0


class _RawThread(Thread):
    """A thread started below `threading`."""


def make_threading() -> ModuleType:
    """The module ``threading`` of a stepped program."""
    module = ModuleType("threading", real_threading.__doc__)
    names: dict[str, Any] = {
        "Thread": Thread, "Timer": Timer, "Lock": Lock, "RLock": RLock, "Condition": Condition, "Semaphore": Semaphore,
        "BoundedSemaphore": BoundedSemaphore, "Event": Event, "Barrier": Barrier, "local": local,
        "BrokenBarrierError": BrokenBarrierError, "ThreadError": RuntimeError, "TIMEOUT_MAX": TIMEOUT_MAX,
        "ExceptHookArgs": real_threading.ExceptHookArgs, "excepthook": print_error, "__excepthook__": print_error,
        "current_thread": current_thread, "currentThread": current_thread, "enumerate": enumerate_threads,
        "active_count": lambda: len(enumerate_threads()), "activeCount": lambda: len(enumerate_threads()),
        "main_thread": lambda: THREADS.main, "get_ident": get_ident, "get_native_id": get_ident,
        "settrace": lambda function: None, "setprofile": lambda function: None, "gettrace": lambda: None,
        "getprofile": lambda: None, "stack_size": lambda size=0: 0, "_MainThread": MainThread, "_DummyThread": _Dummy,
        "_register_atexit": lambda function, *given, **named: THREADS.at_exit.append(lambda: function(*given, **named)),
        "_RLock": RLock, "_CRLock": RLock, "_PyRLock": RLock,
    }  # fmt: skip
    module.__dict__.update(names)
    module.__all__ = [name for name in real_threading.__all__ if name in names]  # type: ignore[attr-defined]
    THREADS.excepthook = lambda given: module.excepthook(given)
    return module


def make_thread() -> ModuleType:
    """The module ``_thread`` of a stepped program."""
    module = ModuleType("_thread", real_thread.__doc__)
    module.__dict__.update({
        "allocate_lock": Lock, "allocate": Lock, "LockType": Lock, "lock": Lock, "RLock": RLock, "_local": local,
        "start_new_thread": start_new_thread, "start_new": start_new_thread, "get_ident": get_ident,
        "get_native_id": get_ident, "error": RuntimeError, "TIMEOUT_MAX": TIMEOUT_MAX, "stack_size": lambda size=0: 0,
        "exit": sys.exit, "interrupt_main": real_thread.interrupt_main,
    })  # fmt: skip
    return module


def make_queue() -> ModuleType:
    """The module ``queue`` of a stepped program."""
    module = ModuleType("queue", real_queue.__doc__)
    names = {
        "Queue": Queue, "LifoQueue": LifoQueue, "PriorityQueue": PriorityQueue, "SimpleQueue": SimpleQueue,
        "Empty": Empty, "Full": Full,
    }  # fmt: skip
    if ShutDown is not None:
        names["ShutDown"] = ShutDown
    module.__dict__.update(names)
    module.__all__ = list(names)  # type: ignore[attr-defined]
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
    THREADS.lasting_at_exit = tuple(THREADS.at_exit)
    return made
