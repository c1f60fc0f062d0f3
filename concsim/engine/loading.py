"""How the program's own files come in: instrumented, and with virtual modules in place of the real ones."""

from __future__ import annotations

import ast
import builtins
import importlib.machinery
import importlib.util
import io
import linecache
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from concsim.engine.hooks.visibility import module_names_of
from concsim.engine.instrument.compiling import instrument, rebound_attributes
from concsim.engine.instrument.site import ModuleFile
from concsim.engine.libraries.holdings import LIBRARY_HOLDINGS
from concsim.engine.libraries.locks import LIBRARY_LOCKS
from concsim.engine.places import Places
from concsim.engine.refusal import REFUSED_MODULES, refuse
from concsim.engine.world import World
from concsim.model.events import FileSeen
from concsim.model.own_work import on_behalf
from concsim.model.programs.sources import decode_source
from concsim.model.programs.syntax import parse_module

_LIBRARY = str(Path(os.__file__).parent) + os.sep
IsOwn = Callable[[str, str], bool]
"""Whether a module of this name and file is the program's own."""


class Loading:
    """Instruments files, and stands in for ``__import__`` where the program's own files import something."""

    def __init__(self, world: World, places: Places, modules: dict[str, ModuleType], is_own: IsOwn) -> None:
        self._world, self._places, self._modules, self._is_own = world, places, modules, is_own
        self.own_modules: set[str] = {"__main__"}
        self._rebound: set[str] = set()
        self.on_import: dict[str, Callable[[], None]] = {}
        """Told, by the name of a virtual module, that the program imports it."""
        self._import = builtins.__import__
        self._codes: dict[str, CodeType] = {}
        self._hides: dict[str, bool] = {}

    def file(self, path: str, source: str, space: dict[str, Any]) -> ModuleFile:
        """Make a file known. Tracebacks and names come from the very text that runs, whatever becomes of the file."""
        linecache.cache[path] = (len(source), None, lines_of(source), path)
        file = ModuleFile(path, len(self._places.files), source, space, self._world.sites)
        self._places.files[path] = file
        return file

    def instrument(self, tree: ast.Module, file: ModuleFile) -> CodeType:
        """The code of a file of the program."""
        self._rebound |= rebound_attributes(tree)
        return instrument(tree, file, self._world.places, self._rebound)

    def declare_files(self) -> None:
        """Say which files and sites there are."""
        recorder = self._world.recorder
        if not recorder.on:
            return
        for path, file in self._places.files.items():
            recorder.send(FileSeen(0, file.index, str(Path(path).resolve())))
        recorder.declare_sites(self._world.sites)

    # imports

    def install(self) -> None:
        """Take over imports."""
        builtins.__import__ = self._import_for  # type: ignore[assignment]
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)  # type: ignore[arg-type]

    def remove(self) -> None:
        """Give imports back, and forget the program's modules."""
        builtins.__import__ = self._import
        if self in sys.meta_path:
            sys.meta_path.remove(self)  # type: ignore[arg-type]
        self.forget_modules()

    def forget_modules(self) -> None:
        """Let the program's modules be run anew by the next execution."""
        for name in self.own_modules - {"__main__"}:
            sys.modules.pop(name, None)

    @on_behalf
    def _import_for(
        self, name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0
    ) -> Any:
        """``__import__``, by its own parameters' names."""
        importer = globals.get("__name__") if isinstance(globals, dict) else None
        if level == 0 and type(importer) is str and importer in self.own_modules:
            first = name.partition(".")[0]
            if (name in self._modules or first in REFUSED_MODULES) and not self._is_program_s(name):
                if name in self._modules:
                    return self._virtual(name, fromlist)
                refuse(REFUSED_MODULES[first])
        found = self._import(name, globals, locals, fromlist, level)
        LIBRARY_LOCKS.look_again()
        LIBRARY_HOLDINGS.look_again()
        return found

    def _is_program_s(self, name: str) -> bool:
        """Whether the program finds, by a library's name, what is its own: a file of it comes first, or it has put something there."""
        first = name.partition(".")[0]
        if first not in self._hides:
            spec = None if first in sys.builtin_module_names else importlib.machinery.PathFinder.find_spec(first)
            self._hides[first] = _is_elsewhere(spec)
        if self._hides[first] or name not in sys.modules:
            return self._hides[first]
        held = sys.modules[name]
        spec = module_names_of(held).get("__spec__") if type(held) is ModuleType else None
        return type(spec) is not importlib.machinery.ModuleSpec or _is_elsewhere(spec)

    def _virtual(self, name: str, fromlist: Any) -> ModuleType:
        if name in self.on_import:
            self.on_import[name]()
        return self._modules[name if fromlist else name.partition(".")[0]]

    @on_behalf
    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> Any:
        """A module of the program's own is loaded by us."""
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is None or not spec.origin or not spec.origin.endswith(".py") or not self._is_own(name, spec.origin):
            return None
        spec.loader = _OwnLoader(self, name, spec.origin)
        return spec

    @on_behalf
    def load(self, name: str, path: str, module: ModuleType) -> None:
        """Run a module of the program's own."""
        self.own_modules.add(name)
        code = self._codes.get(path)
        if code is None:
            source = decode_source(Path(path).read_bytes())
            file = self.file(path, source, module.__dict__)
            code = self._codes[path] = self.instrument(parse_module(source, path), file)
            self._world.recorder.send(FileSeen(0, file.index, str(Path(path).resolve())))
            self._world.recorder.declare_sites(self._world.sites)
        else:
            self._rehouse(path, module.__dict__)
        module.__dict__.setdefault("__builtins__", vars(builtins))  # as an import does; else it gets this module's own
        exec(code, module.__dict__)

    def _rehouse(self, path: str, space: dict[str, Any]) -> None:
        """The module has a new namespace: another execution."""
        file = self._places.files[path]
        file.space = space
        for site in self._world.sites:
            if site.file is file:
                site.space = space


def _is_elsewhere(spec: importlib.machinery.ModuleSpec | None) -> bool:
    """Whether a module has a file that is not one of the library's."""
    return spec is not None and spec.has_location and bool(spec.origin) and not _is_installed(str(spec.origin))


def _is_installed(path: str) -> bool:
    return path.startswith(_LIBRARY) or "site-packages" in path or "dist-packages" in path


def lines_of(source: str) -> list[str]:
    """The lines of a file as `linecache` keeps them: each with its end, the last one too."""
    lines = io.StringIO(source, newline=None).readlines()
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return lines


class _OwnLoader(importlib.machinery.SourceFileLoader):
    """Loads one module of the program's."""

    def __init__(self, loading: Loading, name: str, path: str) -> None:
        super().__init__(name, path)
        self._loading = loading

    def exec_module(self, module: ModuleType) -> None:
        """Run it, instrumented."""
        self._loading.load(self.name, self.path, module)

