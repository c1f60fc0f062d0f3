"""Threads and locks that a library makes for real while a program is stepped: the first end the run, the second are named.

A real lock does no harm while nobody is switched away holding it, and a library's own code is never switched away from.
"""

from __future__ import annotations

import _thread
import sys
import threading
from types import FrameType
from typing import Any, NoReturn

from concsim.engine.primitives.primitive import Primitive
from concsim.model.events import Remark

STARTERS = (
    (_thread, "start_new_thread"), (_thread, "start_new"), (_thread, "start_joinable_thread"),
    (threading, "_start_new_thread"), (threading, "_start_joinable_thread"),
)  # fmt: skip
MAKERS = (
    (_thread, "allocate_lock"), (threading, "Lock"), (threading, "RLock"), (threading, "_allocate_lock"),
)  # fmt: skip
_kept: dict[tuple[Any, str], Any] = {}
_named: set[str] = set()


def watch() -> None:
    """From now on."""
    if _kept:
        return
    _named.clear()
    for module, name in STARTERS:
        if hasattr(module, name):
            _kept[module, name] = getattr(module, name)
            setattr(module, name, _refuse_thread)
    for module, name in MAKERS:
        _kept[module, name] = getattr(module, name)
        setattr(module, name, _naming(_kept[module, name]))


def forget() -> None:
    """No longer."""
    for (module, name), value in _kept.items():
        setattr(module, name, value)
    _kept.clear()


def _refuse_thread(*given: Any, **named: Any) -> NoReturn:
    from concsim.engine.refusal import refuse

    refuse(f"a real thread made by {_library(sys._getframe(1))}")


def _naming(make: Any) -> Any:
    def call(*given: Any, **named: Any) -> Any:
        _name_lock(sys._getframe(1))
        return make(*given, **named)

    return call


def _name_lock(frame: FrameType) -> None:
    world, places = Primitive.world, Primitive.places
    library = _library(frame)
    own = places.own_frame(frame)
    if own is None or library in _named or _is_importing(frame) or library.startswith("concsim."):
        return
    _named.add(library)
    values = {"library": library, "line": own.f_lineno}
    world.recorder.send(Remark(world.time, "real_lock", values))


def _library(frame: FrameType | None) -> str:
    """The module that wanted it, looking through `threading` itself."""
    while frame is not None and frame.f_globals.get("__name__") in ("threading", "_thread") and frame.f_back is not None:
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", "?")) if frame is not None else "?"


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False
