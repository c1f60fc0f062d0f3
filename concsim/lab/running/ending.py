"""What the interpreter does with the exception that ends a program's main thread, and how the lab ends like it.

A SystemExit is left to the interpreter itself, which prints what it prints and ends with its status. Any other exception
is shown here, without the lab's frames, as ``PyErr_Print`` shows it.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from typing import Any, NamedTuple, Optional

from concsim.lab.wire.own_descriptors import give_up, take
from concsim.model.exit_status import code_of, status_of
from concsim.model.own_work import on_behalf
from concsim.model.tracebacks import strip_all

_print_plainly = sys.__excepthook__
_LAST = ("last_type", "last_value", "last_traceback", "last_exc")
_ABSENT: Any = object()


class End(NamedTuple):
    """How the program's main thread has ended: its exit status, negative for a signal, and what the interpreter is to see."""

    status: int = 0
    leaving: Optional[BaseException] = None


def end_of(error: BaseException) -> End:
    """The end that an exception makes, once it has been shown."""
    if issubclass(type(error), SystemExit) and not sys.flags.inspect:
        code = code_of(error)
        return End(status_of(code), SystemExit(_plain(code)))
    left = _show(error)
    if left is not None:
        return end_of(left)
    return end_with(-signal.SIGINT if type(error) is KeyboardInterrupt else 1)


def end_with(status: int) -> End:
    """The end that gives this status, where all has been shown: -2 is the end by Ctrl-C."""
    if status == -signal.SIGINT:
        return End(status, KeyboardInterrupt())
    if sys.flags.inspect:  # then the interpreter knows no SystemExit
        return End(int(status != 0), Exception() if status else None)
    return End(status, SystemExit(status) if status else None)


def _plain(code: Any) -> Any:
    """A code that fails nowhere: the interpreter ends half-heartedly with an exception that is still on its way."""
    if code is None or issubclass(type(code), int):
        return status_of(code)
    try:
        return str.__str__(str(code))
    except BaseException:  # a person's __str__ may do anything
        return ""


def leave(end: End) -> None:
    """Let the interpreter end as with the program's own exception, and print nothing that it would not."""
    _stay_deaf()
    if end.leaving is None:
        return
    if not issubclass(type(end.leaving), SystemExit):
        _silence_once()
    raise end.leaving


@on_behalf
def _show(error: BaseException) -> Optional[BaseException]:
    """Call ``sys.excepthook`` as the interpreter does; the SystemExit that it raises, if it does."""
    strip_all(error)
    _remember(error)
    told = (type(error), error, error.__traceback__)
    hook = getattr(sys, "excepthook", _ABSENT)
    if hook is _ABSENT:
        _write("sys.excepthook is missing\n")
        _print_plainly(*told)
        return None
    try:
        sys.audit("sys.excepthook", hook, *told)
    except RuntimeError:
        return None
    except BaseException as refused:
        _say_ignored(refused)
    try:
        hook(*told)
    except BaseException as inner:
        strip_all(inner)
        if issubclass(type(inner), SystemExit) and not sys.flags.inspect:
            return inner
        _write("Error in sys.excepthook:\n")
        _print_plainly(type(inner), inner, inner.__traceback__)
        _write("\nOriginal exception was:\n")
        _print_plainly(*told)
    return None


def _say_ignored(error: BaseException) -> None:
    strip_all(error)
    _write("Exception ignored in audit hook:\n")
    _print_plainly(type(error), error, error.__traceback__)


def _remember(error: BaseException) -> None:
    """Where debuggers look for it after the program's end."""
    last = {"last_type": type(error), "last_value": error, "last_traceback": error.__traceback__}
    if sys.version_info >= (3, 12):
        last["last_exc"] = error
    vars(sys).update(last)


def _write(text: str) -> None:
    """To standard error as the interpreter writes: past the program's stream if that does not take it."""
    try:
        sys.stderr.write(text)
    except BaseException:
        os.write(2, text.encode("utf-8", "backslashreplace"))


def _silence_once() -> None:
    """The exception that the interpreter is about to see has been shown."""
    kept = {name: vars(sys)[name] for name in ("excepthook", *_LAST) if name in vars(sys)}

    def excepthook(*_: object) -> None:
        for name in ("excepthook", *_LAST):
            vars(sys).pop(name, None)
        vars(sys).update(kept)

    sys.excepthook = excepthook


def _stay_deaf() -> None:
    """With PYTHONINSPECT the interpreter would go on and read from a terminal: at the end of its input it does not."""
    if not os.isatty(0) or not (sys.flags.inspect or "PYTHONINSPECT" in os.environ):
        return
    kept, nothing = take(os.dup(0)), os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)

    def listen_again() -> None:
        os.dup2(kept, 0)
        give_up(kept)

    atexit.register(listen_again)
