"""What is shown of an exception shows the program: by `traceback`, and by the interpreter's own hooks, which C walks in.

The interpreter's own hooks are replaced under both their names, so that a program finds out as before whether one is set.
"""

from __future__ import annotations

import functools
import sys
from typing import Any

from concsim.model.own_work import Unwinding, on_behalf
from concsim.model.tracebacks import Tracebacks, strip, strip_all


class ShownErrors:
    """Replaces the hooks until `remove`."""

    def __init__(self) -> None:
        self._tracebacks = Tracebacks()
        self._plain = {"excepthook": sys.__excepthook__, "unraisablehook": sys.__unraisablehook__}
        self._ours = {"excepthook": _make_hook(sys.__excepthook__), "unraisablehook": _make_unraisable(sys.__unraisablehook__)}

    def install(self) -> None:
        """From now on."""
        self._tracebacks.install()
        self._swap(self._plain, self._ours)

    def remove(self) -> None:
        """At the end of the program: what is left is the interpreter's to show, which takes us apart."""
        self._swap(self._ours, self._plain)

    def _swap(self, old: Any, new: Any) -> None:
        for name, hook in new.items():
            for place in (name, "__%s__" % name):
                if vars(sys).get(place) is old[name]:
                    setattr(sys, place, hook)


def _make_hook(plain: Any) -> Any:
    @on_behalf
    @functools.wraps(plain)
    def excepthook(exctype: Any, value: Any, traceback: Any, /) -> None:
        if issubclass(type(value), BaseException):
            strip_all(value)
        plain(exctype, value, strip(traceback) if type(traceback).__name__ == "traceback" else traceback)

    return excepthook


def _make_unraisable(plain: Any) -> Any:
    @on_behalf
    @functools.wraps(plain)
    def unraisablehook(unraisable: Any, /) -> None:
        made: Any = type(unraisable)
        if made.__name__ == "UnraisableHookArgs":  # the interpreter's own; it has no other name
            if issubclass(unraisable.exc_type, Unwinding):
                return
            strip_all(unraisable.exc_value)
            tb = strip(unraisable.exc_traceback)
            if tb is not unraisable.exc_traceback:
                unraisable = made((*unraisable[:2], tb, *unraisable[3:]))
        plain(unraisable)

    return unraisablehook
