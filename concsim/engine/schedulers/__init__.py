"""Who goes next: a file for each way to decide.

A file that has a `NAME` can be asked for by it, as in ``concsim step --scheduler NAME:ARGUMENTS``. It says what its
`ARGUMENTS` are ("" for none) and in a few words what it does, its `HELP`; ``make(arguments)`` makes the scheduler, or
raises `ValueError` with what is wrong. Nothing else has to know of it.
"""

from __future__ import annotations

import importlib
import os

from concsim.engine.actor import Scheduler


def make_scheduler(name: str, arguments: str) -> Scheduler:
    """The scheduler of that name. Raises `LookupError` if there is none, `ValueError` for arguments it cannot take."""
    files = sorted(one for one in os.listdir(__path__[0]) if one.endswith(".py") and one[0] != "_")  # noqa: PTH208 (names are enough)
    for file in files:  # listed by hand: pkgutil imports what the program may have a module of the same name for
        module = importlib.import_module(f"{__name__}.{file[:-3]}")
        if getattr(module, "NAME", "") == name:
            made: Scheduler = module.make(arguments)
            return made
    raise LookupError(name)
