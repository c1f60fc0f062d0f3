"""Virtual ``time``: sleeping costs nothing, and the clock goes on by a microsecond with every step."""

from __future__ import annotations

import time as real_time
from types import FunctionType, ModuleType
from typing import Any

from concsim.engine.hooks.operations import STEP_SECONDS
from concsim.engine.primitives.primitive import Primitive
from concsim.engine.world import EPOCH, World

LONGEST_LOOK = 1.0


class Clock:
    """The clock as the program reads it. A loop that only reads it does not wait forever: each look costs more."""

    def __init__(self) -> None:
        self._seen = (-1, -1.0)
        self._cost = STEP_SECONDS

    @property
    def _world(self) -> World:
        return Primitive.world

    def now(self) -> float:
        """Virtual seconds since the start."""
        world = self._world
        again = self._seen == (world.time, world.passed)
        self._cost = min(self._cost * 2, LONGEST_LOOK) if again else STEP_SECONDS
        world.passed += self._cost
        self._seen = (world.time, world.passed)
        return world.clock

    def sleep(self, seconds: float) -> None:
        """As ``time.sleep``."""
        if not isinstance(seconds, (int, float)):
            raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer")
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        self._world.sleep(float(seconds))


def make_time() -> ModuleType:
    """The module ``time`` of a stepped program."""
    clock, module = Clock(), ModuleType("time", real_time.__doc__)
    names: dict[str, Any] = {name: value for name, value in vars(real_time).items() if not name.startswith("__")}
    names.update(sleep=clock.sleep, time=lambda: EPOCH + clock.now(), time_ns=lambda: int((EPOCH + clock.now()) * 1e9))
    for name in ("monotonic", "perf_counter", "process_time", "thread_time"):
        names[name] = lambda: clock.now()
        names[name + "_ns"] = lambda: int(clock.now() * 1e9)
    for name in ("localtime", "gmtime", "ctime"):
        names[name] = _with_virtual_now(getattr(real_time, name), clock)
    names["strftime"] = lambda form, when=None: real_time.strftime(form, when or real_time.localtime(EPOCH + clock.now()))
    for name, value in names.items():
        if isinstance(value, FunctionType):
            value.__module__, value.__name__, value.__qualname__ = "time", name, name
    module.__dict__.update(names)
    return module


def _with_virtual_now(function: Any, clock: Clock) -> Any:
    def call(seconds: float | None = None) -> Any:
        return function(EPOCH + clock.now() if seconds is None else seconds)

    return call
