"""Audit hooks of the program hear what the program does, and nothing of what we do in its process.

Each hook is added with a function before it, which asks on whose behalf an event is raised. Where no hook is added,
nothing is done.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any, List, Optional

from concsim.lab.patching.methods import patch
from concsim.lab.wire import originals
from concsim.model.own_work import BETWEEN, is_ours, on_behalf, own_files, passing, works_for_us

own_files("lab/wire", "channel", "commands", "joining", "journal", "numbers", "own_descriptors", "own_threads")
own_files("lab/running", "faults", "last_output", "process_limit", "streams")
own_files("lab/program", "places", "touched", "unnoticed", "samplers", "texts", "things")
own_files("lab/stepped", "line_recorder")
_LOOKING = frozenset(("sys._getframe", "sys._current_frames", "object.__getattr__"))
"""Events of what only we do, also where we pass a call on."""


class Hooks:
    """The hooks that the program has added. They stay for ever, so those of an earlier execution are told nothing."""

    def __init__(self) -> None:
        self._current: List[bool] = [True]

    def patch(self) -> None:
        """Be there when one is added."""
        patch(sys, "addaudithook", self._make_add)

    def forget(self) -> None:
        """Another execution begins."""
        self._current[:] = []
        self._current = [True]

    def _make_add(self, original: Any) -> Any:
        @on_behalf
        def addaudithook(hook: Any) -> None:
            original(_watched(hook, self._current))

        return addaudithook


def _watched(hook: Any, current: List[bool]) -> Any:
    inside, getframe, is_hidden = originals.make_local(), originals.quick_getframe, _is_hidden

    def watched(event: str, arguments: Any) -> None:
        if not current or getattr(inside, "on", False):  # to look at frames is an event as well
            return
        inside.on = True
        try:
            hidden = is_hidden(event, getframe(1))
        except Exception:  # no frame: the interpreter itself, which may have taken us apart already
            hidden = False
        finally:
            inside.on = False
        if not hidden:
            hook(event, arguments)

    if getattr(hook, "__cantrace__", False):
        watched.__cantrace__ = True  # type: ignore[attr-defined]
    return watched


def _is_hidden(event: str, frame: Optional[FrameType]) -> bool:
    """Whether an event is ours: the frame of ours that is nearest to it decides."""
    direct = True
    while frame is not None:
        code = frame.f_code
        if is_ours(code) and code.co_name != BETWEEN:
            return event in _LOOKING or code not in passing if direct else works_for_us(code)
        direct = direct and code.co_filename.startswith("<frozen importlib")
        frame = frame.f_back
    return False
