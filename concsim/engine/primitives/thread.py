"""Virtual ``threading.Thread`` and ``Timer``, and what `threading` knows about all threads."""

from __future__ import annotations

import itertools
import sys
import traceback
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import ExceptHookArgs
from typing import Any

from concsim.engine.actor import Aborted, Actor, Awaited, Untouched
from concsim.engine.primitives.event import Event
from concsim.engine.primitives.local import forget_locals
from concsim.engine.primitives.primitive import Primitive, deprecated

FIRST_IDENT = 1000
KEEPS_DUMMIES = sys.version_info < (3, 13)
"""Whether a thread that `threading` did not start counts as alive for ever once it was asked for."""


def print_error(given: Any) -> None:
    """What ``threading.excepthook`` prints."""
    if given.exc_type is SystemExit:
        return
    name = given.thread.name if given.thread is not None else FIRST_IDENT + Primitive.world.current.number
    text = "".join(traceback.format_exception(given.exc_type, given.exc_value, given.exc_traceback))
    print(f"Exception in thread {name}:\n{text}", file=sys.stderr, end="", flush=True)


class Threads:
    """All threads of an execution. `on_error` hears of every exception that ends one."""

    def __init__(self) -> None:
        self.pools: Any = None
        """The module of thread pools, which remembers that its program has ended."""
        self.lasting_at_exit: tuple[Callable[[], Any], ...] = ()
        self.count: Callable[[], int] = lambda: self.next_count()
        self.active: dict[int, Thread] = {}
        """Started and not ended, by what `get_ident` gives them."""
        self.dangling: weakref.WeakSet[Thread] = weakref.WeakSet()
        self.excepthook: Callable[[Any], None] = print_error
        self.on_error: Callable[[Actor, BaseException], None] = lambda actor, error: None
        self.clear()

    def clear(self) -> None:
        """Begin another execution."""
        self.stack_size = self.hashed = 0
        self.next_count = itertools.count(1).__next__
        self.at_exit: list[Callable[[], Any]] = list(self.lasting_at_exit)
        self.main: Thread | None = None
        if self.pools is not None:
            self.pools._shutdown = False
            self.pools._threads_queues.clear()
        self.active.clear()
        self.dangling.clear()

    def run_at_exit(self) -> None:
        """What libraries want done when the main thread ends, last registered first."""
        while self.at_exit:
            self.at_exit.pop()()

    def new_name(self, target: Any) -> str:
        """Thread-1 (work), as Python counts."""
        name = f"Thread-{self.count()}"
        called = getattr(target, "__name__", None)
        return f"{name} ({called})" if called else name


THREADS = Threads()


class _AllThreads(Untouched):
    """What is read when a program counts its threads."""

    number = 0
    silent = in_c = False

    def __init__(self) -> None:
        self.contenders: list[Actor] = []


THREADS_THING = _AllThreads()


class Thread(Primitive):
    """A thread whose actor is made when it is started."""

    _initialized = False

    def __init__(
        self, group: None = None, target: Callable[..., Any] | None = None, name: str | None = None,
        args: Iterable[Any] = (), kwargs: Mapping[str, Any] | None = None, *, daemon: bool | None = None,
        context: Any = None,
    ) -> None:  # fmt: skip
        assert group is None, "group argument must be None for now"
        self._target, self._args, self._kwargs = target, args, kwargs or {}
        self._name = str(name) if name else self._new_name(target)
        self._context = context
        self._daemonic = self.world.current.daemon if daemon is None and self.world.current is not None else bool(daemon)
        self._actor: Actor | None = None
        self._started = self._ended = False
        self.number = self.world.new_number()
        self.world.note_made(self.number)
        self.contenders = []
        self._initialized = True
        THREADS.dangling.add(self)

    def __hash__(self) -> int:
        """The same in every execution: a set of threads, as a pool of them keeps, has the same order."""
        found = self.__dict__.get("_hash")
        if found is None:
            THREADS.hashed += 1
            found = self.__dict__["_hash"] = THREADS.hashed
        return int(found)

    def _new_name(self, target: Any) -> str:
        return THREADS.new_name(target)

    _concsim_looks = frozenset({"join"})

    def _concsim_beside(self, operation: str) -> Sequence[tuple[Awaited, Any]]:
        """One more is there: of no matter to whoever starts another, and to whoever counts them all."""
        return ((THREADS_THING, self.number),) if operation == "start" else ()

    def start(self) -> None:
        """As ``threading.Thread.start``."""
        if not self._initialized:
            raise RuntimeError("thread.__init__() not called")
        if self._started:
            raise RuntimeError("threads can only be started once")
        world, place = self.world, self.places.place_here()
        world.visible("start", self, text=self._name, doing=lambda: self._make_actor(place))
        if self._actor is not None:
            world.begin(self._actor)

    def _make_actor(self, place: int) -> None:
        if self._started:
            return
        self._started = True
        self._actor = self.world.new_actor(self._name, self._daemonic, self._bootstrap, place, self.number)
        self._register(self._actor)

    def _register(self, actor: Actor) -> None:
        """Let this be the thread of *actor*."""
        actor.thread, self._actor, self.number, self._started = self, actor, actor.number, True
        THREADS.active[FIRST_IDENT + actor.number] = self

    def run(self) -> None:
        """As ``threading.Thread.run``."""
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            del self._target, self._args, self._kwargs

    def _bootstrap(self) -> None:
        actor = self._actor
        assert actor is not None
        try:
            self.run()
        except (SystemExit, Aborted):
            pass
        except BaseException as error:  # what it says, the hook decides
            if not self.world.ending:
                self._report(actor, error)
        finally:
            self._finish(actor)

    def _report(self, actor: Actor, error: BaseException) -> None:
        THREADS.on_error(actor, error)
        try:
            self._tell(error)
        except Aborted:
            pass
        except BaseException as inner:
            print("Exception in threading.excepthook:", file=sys.stderr, flush=True)
            sys.excepthook(type(inner), inner, inner.__traceback__)

    def _tell(self, error: BaseException) -> None:
        THREADS.excepthook(ExceptHookArgs((type(error), error, error.__traceback__, self)))

    def _finish(self, actor: Actor) -> None:
        self._ended = True
        self.world.end(actor)
        self.world.refresh(self)
        if actor.thread is not None and actor.thread is not self:  # the dummy that stands for it
            actor.thread._ended = True
            self.world.refresh(actor.thread)
        if not KEEPS_DUMMIES or THREADS.active.get(FIRST_IDENT + actor.number) is self:
            THREADS.active.pop(FIRST_IDENT + actor.number, None)
        if self is not THREADS.main:
            forget_locals(actor)
            actor.thread = None  # whoever wants to know of an ended thread holds it himself

    def _has_ended(self, actor: Actor) -> bool:
        return self._ended

    def join(self, timeout: float | None = None) -> None:
        """As ``threading.Thread.join``."""
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if not self._started:
            raise RuntimeError("cannot join thread before it is started")
        if self._actor is self.world.current:
            raise RuntimeError("cannot join current thread")
        waits = timeout is None or timeout > 0
        if self._ended and not self.places.is_called_by_program():
            return  # a library that makes sure: nobody notices
        self.world.visible("join", self, self._has_ended if waits else None, timeout)

    def is_alive(self) -> bool:
        """As ``threading.Thread.is_alive``."""
        assert self._initialized, "Thread.__init__() not called"
        if not self._started:
            return False
        self.world.visible("read", self)
        return not self._ended

    @property
    def name(self) -> str:
        """The thread's name."""
        assert self._initialized, "Thread.__init__() not called"
        return self._name

    @name.setter
    def name(self, name: str) -> None:
        self._name = str(name)
        if self._actor is not None:
            self._actor.name = self._name

    @property
    def ident(self) -> int | None:
        """A number no other thread of this execution has; None before it is started."""
        return FIRST_IDENT + self._actor.number if self._actor is not None else None

    @property
    def native_id(self) -> int | None:
        """The same as `ident`: no thread of the system's stands behind it."""
        return self.ident

    @property
    def daemon(self) -> bool:
        """Whether the program ends without it."""
        assert self._initialized, "Thread.__init__() not called"
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic: bool) -> None:
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if self._started:
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = bool(daemonic)

    def isDaemon(self) -> bool:
        """The old name."""
        deprecated("isDaemon", "get the daemon attribute")
        return self.daemon

    def setDaemon(self, daemonic: bool) -> None:
        """The old name."""
        deprecated("setDaemon", "set the daemon attribute")
        self.daemon = daemonic

    def getName(self) -> str:
        """The old name."""
        deprecated("getName", "get the name attribute")
        return self.name

    def setName(self, name: str) -> None:
        """The old name."""
        deprecated("setName", "set the name attribute")
        self.name = name

    def __repr__(self) -> str:
        status = "initial" if not self._started else "stopped" if self._ended else "started"
        daemon = " daemon" if self._daemonic else ""
        ident = f" {self.ident}" if self.ident is not None else ""
        return f"<{type(self).__name__}({self._name}, {status}{daemon}{ident})>"


class MainThread(Thread):
    """The thread the program begins in."""

    def __init__(self, actor: Actor) -> None:
        super().__init__(name="MainThread", daemon=False)
        self._register(actor)
        THREADS.main = self


class Timer(Thread):
    """Calls a function after *interval* seconds of virtual time, unless cancelled."""

    def __init__(self, interval: float, function: Callable[..., Any], args: Any = None, kwargs: Any = None) -> None:
        super().__init__()
        self.interval, self.function = interval, function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = Event()

    def cancel(self) -> None:
        """As ``threading.Timer.cancel``."""
        self.finished.set()

    def run(self) -> None:
        """Wait, and call the function."""
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


for _cls in (Thread, MainThread, Timer):
    _cls.__module__ = "threading"
MainThread.__name__ = MainThread.__qualname__ = "_MainThread"
