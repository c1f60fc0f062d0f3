"""What the lab sees of the libraries that a program uses: a file for each, in the room that it is about.

An observer is a class with `modules`, the library's modules and which of its methods is called with each once it is
imported (one that is always there: ``builtins``). Besides, it may have

- `kinds`: the kinds of actors that it declares, each with the letter of their ids;
- `nature`: what programs are that import it, by the first part of the name: "parallel", "processes", "coroutines",
  "hub"; read from the text, so it stands on one line;
- `only_with`: what the program's views must need for it to look at all.

It is made with what its constructor asks for by type: `Things`, `Waits`, `Texts`, `Coroutines` and so on, or another
observer. Nothing else has to know of it.
"""

from __future__ import annotations

import importlib
import os
from typing import Any, List

ROOMS = ("threads", "processes", "coroutines")


def observer_classes() -> List[Any]:
    """All there are, room by room."""
    found: List[Any] = []
    for room in ROOMS:
        for file in sorted(os.listdir(os.path.join(__path__[0], room))):
            if file.endswith(".py") and file[0] != "_":
                module = importlib.import_module("%s.%s.%s" % (__name__, room, file[:-3]))
                found += [one for one in vars(module).values() if _is_observer(one, module)]
    return found


def _is_observer(one: Any, module: Any) -> bool:
    return isinstance(one, type) and one.__module__ == module.__name__ and "modules" in vars(one)
