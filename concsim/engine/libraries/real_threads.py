"""Threads that a library starts for real while a program is stepped: they end the run."""

from __future__ import annotations

import _thread
import sys
import threading
from types import FrameType
from typing import Any, NoReturn

STARTERS = (
    (_thread, "start_new_thread"), (_thread, "start_new"), (_thread, "start_joinable_thread"),
    (threading, "_start_new_thread"), (threading, "_start_joinable_thread"),
)  # fmt: skip
_kept: dict[tuple[Any, str], Any] = {}


def watch() -> None:
    """From now on."""
    if _kept:
        return
    for module, name in STARTERS:
        if hasattr(module, name):
            _kept[module, name] = getattr(module, name)
            setattr(module, name, _refuse_thread)


def forget() -> None:
    """No longer."""
    for (module, name), value in _kept.items():
        setattr(module, name, value)
    _kept.clear()


def _refuse_thread(*given: Any, **named: Any) -> NoReturn:
    from concsim.engine.refusal import refuse

    refuse(f"a real thread made by {_library(sys._getframe(1))}")


def _library(frame: FrameType | None) -> str:
    """The module that wanted it, looking through `threading` itself."""
    while frame is not None and frame.f_globals.get("__name__") in ("threading", "_thread") and frame.f_back is not None:
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", "?")) if frame is not None else "?"
