"""Locks, semaphores, events, conditions and barriers of multiprocessing: who holds, who waits, in whichever process."""

from __future__ import annotations

from typing import Any, Callable, Optional

from concsim.lab.observers.processes.processes import called_by_program
from concsim.lab.observers.processes.queues import make_getstate, make_setstate
from concsim.lab.observers.threads.threads import NUMBER
from concsim.lab.patching.methods import patch
from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.running.own_process import OwnProcess
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code

KINDS = {"Lock": "lock", "RLock": "rlock", "Semaphore": "semaphore", "BoundedSemaphore": "semaphore"}


class ProcessLockObserver:
    """Patches the classes in place. A lock has the C object's own methods as attributes: they are wrapped one by one."""

    modules = {"multiprocessing.synchronize": "_patch_module"}

    def __init__(self, own: OwnProcess, things: Things, waits: Waits) -> None:
        self._own, self._things, self._waits = own, things, waits
        self._journal, self._note = things.journal, things.journal.note

    def _patch_module(self, module: Any) -> None:
        patch(module.SemLock, "__getstate__", make_getstate)
        patch(module.SemLock, "__setstate__", self._make_setstate)
        patch(module.SemLock, "_make_name", self._make_name)
        module.SemLock._make_name = staticmethod(module.SemLock._make_name)
        patch(module.SemLock, "__enter__", self._make_enter)
        patch(module.SemLock, "__exit__", self._make_exit)
        for name, kind in KINDS.items():
            patch(getattr(module, name), "__init__", self._make_init(kind))
        self._patch_meetings(module)

    def _patch_meetings(self, module: Any) -> None:
        for cls, kind in ((module.Condition, "condition"), (module.Event, "event"), (module.Barrier, "barrier")):
            patch(cls, "__init__", self._make_plain_init(kind))
            patch(cls, "wait", self._make_wait)
        for name in ("__getstate__", "__setstate__"):
            for cls in (module.Condition, module.Barrier):
                if name in vars(cls):
                    patch(cls, name, make_getstate if name == "__getstate__" else make_setstate)
        patch(module.Condition, "notify", self._make_notify)
        patch(module.Event, "set", self._make_set(1))
        patch(module.Event, "clear", self._make_set(0))

    def _make_name(self, original: Any) -> Any:
        """Names that tell whose they are, so that none stays behind when their processes are killed."""

        def _make_name() -> str:
            folder = self._own.spec.get("folder", "")
            name: str = original()
            return name.replace("/mp-", "/%s-" % folder.rpartition("/")[2], 1) if folder else name

        return _make_name

    def _make_init(self, kind: str) -> Callable[[Any], Any]:
        def make(original: Any) -> Any:
            def __init__(one: Any, *args: Any, **kwargs: Any) -> None:
                original(one, *args, **kwargs)
                frame = originals.getframe(1)
                if called_by_program(self._things.places, frame) and not self._things.is_full() and NUMBER not in one.__dict__:
                    permits = one._semlock._get_value() if kind == "semaphore" else 0
                    one.__dict__[NUMBER] = self._things.declare(kind, frame, capacity=permits, shared=True)
                    self._wrap(one)

            return __init__

        return make

    def _make_plain_init(self, kind: str) -> Callable[[Any], Any]:
        def make(original: Any) -> Any:
            def __init__(one: Any, *args: Any, **kwargs: Any) -> None:
                original(one, *args, **kwargs)
                frame = originals.getframe(1)
                if called_by_program(self._things.places, frame) and not self._things.is_full():
                    parties = args[0] if kind == "barrier" and args and isinstance(args[0], int) else 0
                    one.__dict__[NUMBER] = self._things.declare(kind, frame, capacity=parties)

            return __init__

        return make

    def _make_setstate(self, original: Any) -> Any:
        with_numbers = make_setstate(original)

        def __setstate__(one: Any, state: Any) -> None:
            with_numbers(one, state)
            if NUMBER in one.__dict__:
                self._wrap(one)

        return __setstate__

    # a lock's own methods

    def _wrap(self, one: Any) -> None:
        """Put observed methods in place of the C object's own; they do not hold the lock itself, which would be a cycle."""
        semlock, number, counts = one._semlock, one.__dict__[NUMBER], hasattr(one, "get_value")

        def observed_acquire(block: bool = True, timeout: Optional[float] = None) -> bool:
            return self._acquire(semlock, number, counts, block, timeout, originals.getframe(1))

        def observed_release() -> None:
            self._release(semlock.release, semlock, number, counts, originals.getframe(1))

        one.acquire, one.release = observed_acquire, observed_release

    def _acquire(self, semlock: Any, number: int, counts: bool, block: bool, timeout: Optional[float], frame: Any) -> bool:
        if not self._journal.on:
            return bool(semlock.acquire(block, timeout))
        got = bool(semlock.acquire(False))
        if not got and block and (timeout is None or timeout > 0):
            waits = self._waits
            waits.begin(number, frame, timeout, lambda: ((), True))
            try:
                got = bool(semlock.acquire(True, timeout))
            finally:
                waits.clear()
                if not got:
                    waits.end(number, False)
        if got:
            self._note(pack_code(Kind.ACQUIRE, number), self._things.places.place_of(frame), _count(semlock, counts))
        return got

    def _release(self, let_go: Callable[[], Any], semlock: Any, number: int, counts: bool, frame: Any) -> Any:
        """Said before it happens: else the next owner could say first that it has the lock. Permits are counted after it."""
        place = self._things.places.place_of(frame)
        if counts:
            result = let_go()
            self._note(pack_code(Kind.RELEASE, number), place, _count(semlock, counts))
            return result
        if _can_release(semlock):
            self._note(pack_code(Kind.RELEASE, number), place, semlock._count() - 1 if semlock.kind == 0 else 0)
        return let_go()

    def _make_enter(self, original: Any) -> Any:
        def __enter__(one: Any) -> Any:
            if NUMBER not in one.__dict__:
                return original(one)
            counts = hasattr(one, "get_value")
            return self._acquire(one._semlock, one.__dict__[NUMBER], counts, True, None, originals.getframe(1))

        return __enter__

    def _make_exit(self, original: Any) -> Any:
        def __exit__(one: Any, *args: Any) -> Any:
            if NUMBER not in one.__dict__ or not self._journal.on:
                return original(one, *args)
            counts = hasattr(one, "get_value")
            return self._release(lambda: original(one, *args), one._semlock, one.__dict__[NUMBER], counts, originals.getframe(1))

        return __exit__

    # conditions, events, barriers

    def _make_wait(self, original: Any) -> Any:
        def wait(one: Any, timeout: Optional[float] = None) -> Any:
            number = one.__dict__.get(NUMBER, 0)
            if not number or not self._journal.on or (hasattr(one, "is_set") and one.is_set()):
                return original(one, timeout)
            waits, got = self._waits, False
            waits.begin(number, originals.getframe(1), timeout, lambda: ((), True))
            try:
                result = original(one, timeout)
                got = result is not False
                return result
            finally:
                waits.end(number, got)

        return wait

    def _make_notify(self, original: Any) -> Any:
        def notify(one: Any, n: int = 1) -> None:
            original(one, n)
            if NUMBER in one.__dict__:
                self._note(pack_code(Kind.NOTIFY, one.__dict__[NUMBER]), self._things.places.place_of(originals.getframe(1)), 0)

        return notify

    def _make_set(self, value: int) -> Callable[[Any], Any]:
        def make(original: Any) -> Any:
            def change(one: Any) -> None:
                original(one)
                if NUMBER in one.__dict__:
                    place = self._things.places.place_of(originals.getframe(1))
                    self._note(pack_code(Kind.SET, one.__dict__[NUMBER]), place, value)

            return change

        return make


def _can_release(semlock: Any) -> bool:
    """Whether a release of a Lock, or of an RLock (kind 0), will not be refused."""
    return bool(semlock._is_mine() if semlock.kind == 0 else semlock._is_zero())


def _count(semlock: Any, counts: bool) -> int:
    """Permits left of a semaphore (*counts*), how often an RLock is held, else 1."""
    if counts:
        try:
            return int(semlock._get_value())
        except NotImplementedError:
            return 0
    return int(semlock._count())
