"""The operations of futures and pools that a person sees: a task submitted, a result taken, a pool shut down.

What CPython's own source does inside them, on silent locks and queues, is part of these operations.
"""

from __future__ import annotations

import weakref
from types import ModuleType
from typing import Any

from concsim.engine.actor import Actor
from concsim.engine.primitives.primitive import Primitive, text_of

ENDED = ("CANCELLED", "CANCELLED_AND_NOTIFIED", "FINISHED")


class Seen(Primitive):
    """The visible side of a future or a pool."""

    _concsim_looks = frozenset({"result"})

    def __init__(self, kind: str, name: str, of: Any) -> None:
        self._of = weakref.ref(of)  # a pool that the program has forgotten must go: its threads end by that
        self.declare(kind, name=name)
        if self.silent:
            self.silent = False
            self.surface()

    def is_done(self, actor: Actor) -> bool:
        """Whether the future has come to its end."""
        of = self._of()
        return of is None or of._state in ENDED


def make_visible(base: ModuleType, thread: ModuleType) -> None:
    """Put visible operations around those of the classes in these modules."""
    _futures(base.Future)
    _pools(thread.ThreadPoolExecutor)


def _seen(one: Any, kind: str) -> Seen:
    found = one.__dict__.get("_concsim")
    if found is None:
        names = Primitive.world.names
        count = sum(name.startswith(f"{kind}-") for name in names.values()) + 1
        found = one.__dict__["_concsim"] = Seen(kind, f"{kind}-{count}", one)
    return found  # type: ignore[no-any-return]


def _futures(cls: Any) -> None:
    plain = {name: getattr(cls, name) for name in ("result", "exception", "set_result", "set_exception", "cancel")}

    def asking(name: str) -> Any:
        def ask(self: Any, timeout: float | None = None) -> Any:
            seen = _seen(self, "future")
            Primitive.world.visible("result", seen, seen.is_done if timeout != 0 else None, timeout)
            return plain[name](self, 0)

        return ask

    def ending(name: str) -> Any:
        def end(self: Any, *given: Any) -> Any:
            result = plain[name](self, *given)
            if "_concsim" in self.__dict__:
                self.__dict__["_concsim"].changed()
            return result

        return end

    for name in ("result", "exception"):
        setattr(cls, name, asking(name))
    for name in ("set_result", "set_exception", "cancel"):
        setattr(cls, name, ending(name))


def _pools(cls: Any) -> None:
    submit, shutdown = cls.submit, cls.shutdown

    def visible_submit(self: Any, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
        Primitive.world.visible("submit", _seen(self, "pool"), text=text_of(fn))
        return submit(self, fn, *args, **kwargs)

    def visible_shutdown(self: Any, wait: bool = True, *, cancel_futures: bool = False) -> None:
        Primitive.world.visible("shutdown", _seen(self, "pool"))
        shutdown(self, wait, cancel_futures=cancel_futures)

    cls.submit, cls.shutdown = visible_submit, visible_shutdown
