"""Finds the observers by listing their rooms.

Not in the package's own file: a function there would keep the package, with all that is in it, to the interpreter's very
end, where what is still there is emptied although the program may yet use its locks.
"""

from __future__ import annotations

import importlib
import os
from typing import Any, List

FOLDER, PACKAGE = os.path.dirname(__file__), __name__.rpartition(".")[0]
ROOMS = ("threads", "processes", "coroutines")


def observer_classes() -> List[Any]:
    """All there are, room by room."""
    found: List[Any] = []
    for room in ROOMS:
        for file in sorted(os.listdir(os.path.join(FOLDER, room))):
            if file.endswith(".py") and file[0] != "_":
                module = importlib.import_module("%s.%s.%s" % (PACKAGE, room, file[:-3]))
                found += [one for one in vars(module).values() if _is_observer(one, module)]
    return found


def _is_observer(one: Any, module: Any) -> bool:
    return isinstance(one, type) and one.__module__ == module.__name__ and "modules" in vars(one)
