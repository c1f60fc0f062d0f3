"""Which of our functions do something on the program's behalf, and which do work of our own that it should not hear of.

What a function of ours does itself is our own work, and what it calls of the standard library is the program's: the
exceptions are marked here. Runs on Python 3.9 and later.
"""

from __future__ import annotations

from types import CodeType
from typing import Any, Callable, Set, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

passing: Set[CodeType] = set()
"""The code of functions that call what the program has called, and would raise its audit events there."""
own: Set[CodeType] = set()
"""The code of functions whose calls into the standard library are our own."""


def on_behalf(function: Function) -> Function:
    """Mark a function that passes on a call of the program's."""
    passing.add(function.__code__)
    return function


def own_work(function: Function) -> Function:
    """Mark a function that uses the standard library for us."""
    own.add(function.__code__)
    return function
