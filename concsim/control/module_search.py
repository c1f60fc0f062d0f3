"""Where the module lies that ``python -m NAME`` runs, looked up as Python does, importing nothing.

Our own imports find the standard library before what PYTHONPATH names (``concsim.__main__``); a program's do not.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable, Sequence
from importlib.machinery import FrozenImporter, ModuleSpec, PathFinder
from pathlib import Path

from concsim.model.programs.sources import source_behind


def source_of(name: str, directory: Path, others: Sequence[str] | None = None) -> Path | None:
    """The source of the module that is run by that name from a folder, None where there is none.

    *others* is where another Python than ours looks after what PYTHONPATH names.
    """
    first, *rest = name.split(".")
    spec = _top(first, directory, others)
    for part in rest:
        spec = _below(spec, part)
    if spec is not None and spec.submodule_search_locations is not None:
        spec = _below(spec, "__main__")
    path = "" if spec is None else source_behind(spec)
    if not path.endswith(".py") or not os.path.isfile(path):  # noqa: PTH113 (never raises, however long the name)
        return None
    return Path(path)


def _top(name: str, directory: Path, others: Sequence[str] | None) -> ModuleSpec | None:
    if others is not None:
        return _in_folders(name, [*_begin(directory), *others])
    if name in sys.builtin_module_names:
        return None  # Python has it in itself, and asks no folder
    return FrozenImporter.find_spec(name) or _in_folders(name, [*_begin(directory), *sys.path]) or _by_any_finder(name)


def _begin(directory: Path) -> list[str]:
    """Where the program's imports begin: its folder, then PYTHONPATH."""
    first = [] if sys.flags.safe_path else [str(directory)]
    named = "" if sys.flags.ignore_environment else os.environ.get("PYTHONPATH", "")
    return [*first, *(os.path.join(directory, one) for one in named.split(os.pathsep) if named)]  # noqa: PTH118 (an empty one is the folder itself)


def _below(spec: ModuleSpec | None, part: str) -> ModuleSpec | None:
    if spec is None or spec.submodule_search_locations is None:
        return None
    return _in_folders(part, spec.submodule_search_locations)


def _in_folders(name: str, folders: Iterable[str]) -> ModuleSpec | None:
    """By its last name alone: a dotted one would be looked up in a parent that has been imported."""
    try:
        return PathFinder.find_spec(name, [*folders])
    except (ImportError, OSError, ValueError):
        return None


def _by_any_finder(name: str) -> ModuleSpec | None:
    """What lies in no folder of the path: installed as editable, or in a packaged app."""
    try:
        return importlib.util.find_spec(name)
    except (ImportError, OSError, ValueError):
        return None
