"""How a stepped program's main thread ends: the exit status, and what is printed of the exception that ends it."""

from __future__ import annotations

import signal
import sys
import traceback
from typing import Any

from concsim.engine.actor import Aborted
from concsim.model.exit_status import code_of, status_of

_ABSENT: Any = object()


def end_by(error: BaseException) -> int:
    """Print what the interpreter prints of it; the exit status, negative for a signal."""
    if issubclass(type(error), SystemExit) and not sys.flags.inspect:
        return _end_by_exit(code_of(error))
    left = _say_uncaught(error)
    if left is not None:
        return _end_by_exit(code_of(left))
    return -signal.SIGINT if type(error) is KeyboardInterrupt else 1


def _end_by_exit(code: object) -> int:
    if code is not None and not issubclass(type(code), int):
        try:
            text = str(code)
        except BaseException:  # a person's __str__ may do anything
            text = ""
        _write(text)
        _write("\n")
    return status_of(code)


def _write(text: str) -> None:
    stream = getattr(sys, "stderr", None)
    try:
        (stream or sys.__stderr__).write(text)  # type: ignore[union-attr]
    except BaseException:  # a stream of the program's that does not take it
        pass


def _say_uncaught(error: BaseException) -> BaseException | None:
    """What the interpreter does with an exception that ends the main thread; the SystemExit that its hook raises."""
    hook = getattr(sys, "excepthook", _ABSENT)
    if hook is _ABSENT:
        _write("sys.excepthook is missing\n")
    elif hook is not sys.__excepthook__:
        inner = _error_in(hook, error)
        if inner is None or issubclass(type(inner), SystemExit):
            return inner
        _write("Error in sys.excepthook:\n" + _as_text(inner) + "\nOriginal exception was:\n")
    _write(_as_text(error))
    return None


def _error_in(hook: Any, error: BaseException) -> BaseException | None:
    try:
        hook(type(error), error, error.__traceback__)
    except Aborted:
        raise
    except BaseException as inner:
        return inner
    return None


def _as_text(error: BaseException) -> str:
    return "".join(traceback.format_exception(type(error), error, error.__traceback__))
