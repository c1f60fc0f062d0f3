"""Virtual ``threading.Condition``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from concsim.engine.actor import Actor, Awaited, Untouched
from concsim.engine.hooks.visibility import WHOLE
from concsim.engine.primitives.primitive import Primitive, deprecated
from concsim.engine.primitives.rlock import RLock
from concsim.model.events import Kind


class Condition(Primitive):
    """Waiting is two operations: *wait* gives the lock back, and after the notification *acquire* takes it again.

    With a lock that is not one of ours (the program's own class) the lock's own ``acquire`` and ``release`` are called.
    """

    def __init__(self, lock: Any = None) -> None:
        name = self.places.name_here("condition")
        self._lock = RLock.named(f"{name}.lock") if lock is None else lock
        self._waiters: list[_Waiter] = []
        self.acquire, self.release = self._lock.acquire, self._lock.release
        self.declare("condition", lock=getattr(self._lock, "number", 0), name=name)
        for name in ("_is_owned", "_release_save", "_acquire_restore"):
            if hasattr(self._lock, name):
                setattr(self, name, getattr(self._lock, name))

    def _concsim_beside(self, operation: str) -> Sequence[tuple[Awaited, Any]]:
        """Waiting gives the lock back."""
        return ((self._lock, WHOLE),) if operation == "wait" and isinstance(self._lock, Primitive) else ()

    def __enter__(self) -> Any:
        return self._lock.__enter__()

    def __exit__(self, *error: object) -> Any:
        return self._lock.__exit__(*error)

    def __repr__(self) -> str:
        return f"<Condition({self._lock}, {len(self._waiters)})>"

    def _is_owned(self) -> bool:
        if self._lock.acquire(False):
            self._lock.release()
            return False
        return True

    def locked(self) -> Any:
        """As ``threading.Condition.locked`` of Python 3.14."""
        return self._lock.locked()

    def wait(self, timeout: float | None = None) -> bool:
        """As ``threading.Condition.wait``."""
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        world = self.world
        world.visible("wait", self)
        waiter = _Waiter(self, world.current)
        self._waiters.append(waiter)
        ours = isinstance(self._lock, Primitive)
        state = self._lock._release_save() if hasattr(self._lock, "_release_save") else self._lock.release()
        try:
            world.visible("acquire", waiter, waiter.can_return if ours else waiter.is_notified, timeout)
            if not waiter.notified and waiter in self._waiters:
                self._waiters.remove(waiter)  # its time is up: a later notification is for somebody else
            while ours and not self._lock._is_free_for(world.current):
                # the time was up while somebody held the lock: it must be had all the same
                world.visible("acquire", waiter, waiter.can_take)
            return waiter.notified
        finally:
            if waiter in self._waiters:
                self._waiters.remove(waiter)
            if waiter in waiter.lock_contenders:
                waiter.lock_contenders.remove(waiter)
            if not world.ending:
                self._take_back(state)

    def _take_back(self, state: Any) -> None:
        if hasattr(self._lock, "_acquire_restore"):
            self._lock._acquire_restore(state)
        else:
            self._lock.acquire()

    def wait_for(self, predicate: Callable[[], Any], timeout: float | None = None) -> Any:
        """As ``threading.Condition.wait_for``."""
        end = None if timeout is None else self.world.clock + timeout
        result = predicate()
        while not result:
            left = None if end is None else end - self.world.clock
            if left is not None and left <= 0:
                break
            self.wait(left)
            result = predicate()
        return result

    def notify(self, n: int = 1) -> None:
        """As ``threading.Condition.notify``."""
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        self.world.visible("notify", self)
        self._wake(n)

    def _wake(self, n: int) -> None:
        woken = [one for one in self._waiters if not one.notified][: max(n, 0)]
        for waiter in woken:
            waiter.notified = True
            self._waiters.remove(waiter)
            self.note(Kind.NOTIFY, waiter.actor.number)
            self._let_go_on(waiter)
        if not woken:
            self.note(Kind.NOTIFY, 0)

    def _let_go_on(self, waiter: _Waiter) -> None:
        """Its time can no longer be up; if it cannot have the lock at once, the lock is what it waits for now."""
        world, actor = self.world, waiter.actor
        actor.deadline = None
        if actor in world.late:
            world.late.remove(actor)
        world.refresh(waiter)
        if actor.blocked:
            world.recorder.row(world.time, actor.number, Kind.WAIT, waiter.number, 0, -1)

    def notify_all(self) -> None:
        """As ``threading.Condition.notify_all``."""
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        self.world.visible("notify", self, text="all")
        self._wake(len(self._waiters))

    def notifyAll(self) -> None:
        """The old name."""
        deprecated("notifyAll", "use notify_all()")
        self.notify_all()

    def _at_fork_reinit(self) -> None:
        self._lock._at_fork_reinit()
        self._waiters.clear()


class _Waiter(Untouched):
    """One wait: first for the notification, then for the lock. Shown as a wait for the condition, then for the lock."""

    def __init__(self, condition: Condition, actor: Actor) -> None:
        self.condition, self.actor = condition, actor
        self.notified = False
        self.silent, self.in_c = condition.silent, False
        self.contenders: list[Actor] = []
        self.lock_contenders: list[Any] = []
        self._lock: Any = condition._lock
        if isinstance(self._lock, Primitive):
            self.lock_contenders = self._lock.contenders
            self._join_lock()

    def surface(self) -> None:
        """Make its condition known."""
        self.condition.surface()

    def _join_lock(self) -> None:
        # the lock's changes concern this wait as well
        self.lock_contenders.append(self.actor)

    @property
    def number(self) -> int:
        """What it waits for now."""
        return int(self._lock.number) if self.notified and isinstance(self._lock, Primitive) else self.condition.number

    def _concsim_beside(self, operation: str) -> Sequence[tuple[Awaited, Any]]:
        """It takes the lock again."""
        return ((self._lock, WHOLE),) if isinstance(self._lock, Primitive) else ()

    def is_notified(self, actor: Actor) -> bool:
        return self.notified

    def can_take(self, actor: Actor) -> bool:
        return bool(self._lock._is_free_for(actor))

    def can_return(self, actor: Actor) -> bool:
        """Notified, and the lock is free."""
        return self.notified and bool(self._lock._is_free_for(actor))
