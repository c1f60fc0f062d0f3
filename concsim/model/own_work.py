"""Which frames are ours, and whose work they do: what the program should not hear of, or be interrupted in, or see.

What a function of ours does itself is our own work, and what it calls of the standard library is the program's: the
exceptions are marked here. Runs on Python 3.9 and later.
"""

from __future__ import annotations

import os
from types import CodeType, FrameType
from typing import Any, Callable, Set, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


class Unwinding(BaseException):
    """Raised by us in the program to end it. It is shown nowhere, not where a destructor would have to tell of it either."""


BETWEEN = "<concsim>"
"""The name of a function of ours that stands in one of the program's files."""
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""The folder of concsim itself."""
_ROOMS = tuple(os.path.join(ROOT, room) + os.sep for room in ("lab", "engine", "model"))

passing: Set[CodeType] = set()
"""The code of functions that call what the program has called, and would raise its audit events there."""
waiting: Set[CodeType] = set()
"""The code of functions in which the program's threads wait: an exception may end the wait."""
calling: Set[CodeType] = set()
"""The code of functions that are given a small function in which to wait."""
_NESTED = 0x10
_own: Set[CodeType] = set()
_own_files: Set[str] = set()


def on_behalf(function: Function) -> Function:
    """Mark a function that passes on a call of the program's."""
    passing.add(function.__code__)
    return function


def waits_inside(function: Function) -> Function:
    """Mark a function that waits for the program, and does nothing else: an exception may land behind any of its calls."""
    waiting.add(function.__code__)
    return function


def calls_to_wait(function: Function) -> Function:
    """Mark a function that is given a small function in which to wait."""
    calling.add(function.__code__)
    return function


def own_work(function: Function) -> Function:
    """Mark a function that uses the standard library for us."""
    _own.add(function.__code__)
    return function


def own_files(room: str, *names: str) -> None:
    """Mark all functions of these files of a room, "lab/wire" say, so."""
    _own_files.update(os.path.join(ROOT, *room.split("/"), name + ".py") for name in names)


def is_ours(code: CodeType) -> bool:
    """Whether code is ours, not the program's nor a library's."""
    return code.co_filename.startswith(_ROOMS) or code.co_name == BETWEEN


def works_for_us(code: CodeType) -> bool:
    """Whether what code of ours calls of the standard library is our own work, as it is in all of the model."""
    return code in _own or code.co_filename in _own_files or code.co_filename.startswith(_ROOMS[2])


def is_inside(frame: FrameType) -> bool:
    """Whether an exception would land in the middle of what we do."""
    if is_ours(frame.f_code):
        if frame.f_code in waiting:
            return False
        back = frame.f_back
        return not (frame.f_code.co_flags & _NESTED and back is not None and back.f_code in calling)
    above: Any = frame.f_back
    while above is not None and not is_ours(above.f_code):
        above = above.f_back
    return above is not None and works_for_us(above.f_code)
