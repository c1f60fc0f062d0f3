"""The program, run as ``python file.py`` or ``python -m module`` would run it, in the lab's main thread."""

from __future__ import annotations

import ast
import builtins
import importlib.util
import os
import sys
from types import CodeType, ModuleType
from typing import Any, Dict, List, Mapping, Optional, Tuple

from concsim.lab.own_imports import forget_hidden
from concsim.lab.patching.hooks import put_hook
from concsim.lab.patching.substitutes import bases_of_class
from concsim.model.programs.bases import BASES, weave_bases
from concsim.model.programs.generators import weave
from concsim.model.programs.injection import inject
from concsim.model.programs.sources import decode_source, source_behind


def find_module(name: str) -> Tuple[str, Any]:
    """The file and spec that ``-m name`` runs. Raises ImportError."""
    spec = importlib.util.find_spec(name)
    if spec is not None and spec.submodule_search_locations is not None:
        spec = importlib.util.find_spec(name + ".__main__")
    path = "" if spec is None else source_behind(spec)
    if not path.endswith(".py"):
        raise ImportError("no module named %s to run" % name)
    return path, spec


def compile_program(path: str, parameters: Dict[str, Any], generators: bool = False) -> CodeType:
    """The program's code with its parameters put in, and hooks in its generators if they are to be seen.

    Raises what reading and compiling raise.
    """
    with open(path, "rb") as file:
        tree = ast.parse(decode_source(file.read()), path)
    inject(tree, parameters)
    if weave_bases(tree):
        put_hook(BASES, bases_of_class, lambda has_options, *bases: bases)
    if generators:
        weave(tree)
    return compile(tree, path, "exec", dont_inherit=True)


def begin_path(folder: str) -> None:
    """Let the program's imports begin in its folder, unless the person has asked for a safe path (from Python 3.11 on)."""
    if not getattr(sys.flags, "safe_path", False):
        sys.path.insert(0, folder)


class Launch:
    """A program about to run. `run` gives the exception that ends it."""

    def __init__(self, path: str, spec: Mapping[str, Any]) -> None:
        self.path, self.module = path, spec.get("module", "")
        self.arguments: List[str] = spec.get("arguments", [])
        self.parameters: Dict[str, Any] = spec.get("parameters", {})
        self._generators = bool(spec.get("generators"))
        self.main = ModuleType("__main__")

    def prepare(self, directory: str) -> None:
        """Make the interpreter look as it would for the plain program."""
        os.chdir(directory)
        begin_path(directory if self.module else os.path.dirname(os.path.realpath(self.path)))
        forget_hidden()
        sys.argv[:] = [self.path, *self.arguments]

    def run(self) -> Optional[BaseException]:
        """Run the program to the end of its main thread's code; the exception that ends it, if one does."""
        try:
            spec = None
            if self.module:
                self.path, spec = find_module(self.module)
                sys.argv[0] = self.path
            code = compile_program(self.path, self.parameters, self._generators)
            self._dress(spec)
            exec(code, self.main.__dict__)
        except BaseException as error:
            return error
        return None

    def let_go(self) -> None:
        """Of the program's module: the interpreter has it."""
        self.main = ModuleType("__main__")

    def _dress(self, spec: Any) -> None:
        names = self.main.__dict__
        names.update(__file__=self.path, __builtins__=builtins, __spec__=spec, __loader__=getattr(spec, "loader", None))
        if self.module:
            names["__package__"] = spec.name.rpartition(".")[0]
        else:
            names["__package__"] = None
        sys.modules["__main__"] = self.main
