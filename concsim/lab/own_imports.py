"""The lab's own imports find the standard library's modules; the program finds its own of the same names.

Imported before anything else of the lab, and by itself imports nothing that a program could have a module of.
"""

from __future__ import annotations

import os
import sys

AT_START = frozenset(sys.modules)
"""What the interpreter had imported by itself: under plain Python as well."""
KEPT = ("concsim", "greenlet", "__main__")
_LIBRARY = os.path.dirname(os.__file__)


def library_first() -> list[str]:
    """Outlook in the standard library first, before what PYTHONPATH names; the path as it was."""
    before = list(sys.path)
    ours = (_LIBRARY, os.path.join(_LIBRARY, "lib-dynload"))
    sys.path.sort(key=lambda folder: folder not in ours)
    return before


def forget_hidden() -> None:
    """Forget those of our imports that the program, whose path this is now, would find elsewhere: it imports its own."""
    folders = sys.path[: sys.path.index(_LIBRARY)] if _LIBRARY in sys.path else list(sys.path)
    hidden = {name for name in list(sys.modules) if "." not in name and name not in AT_START and name not in KEPT and _is_hidden(name, folders)}
    for name in list(sys.modules):
        if name.partition(".")[0] in hidden:
            del sys.modules[name]


def _is_hidden(name: str, folders: list[str]) -> bool:
    from importlib.machinery import PathFinder

    ours = getattr(sys.modules[name], "__spec__", None)
    if ours is None or not ours.has_location:
        return False
    found = PathFinder.find_spec(name, folders)
    return found is not None and found.loader is not None and found.origin != ours.origin
