"""What kind of program this is, read from its text: which way it is stepped, whether its generators are to be seen."""

from __future__ import annotations

import ast
from functools import lru_cache

from concsim.model.generators import has_generators
from concsim.model.program import Program, ProgramError, parse

SHOWS_GENERATORS = frozenset({"frames", "sequence"})
PARALLEL = frozenset({"threading", "_thread", "queue", "concurrent", "multiprocessing", "subprocess"})
PROCESSES = frozenset({"multiprocessing", "subprocess", "processes"})
MAKES_PROCESSES = frozenset({"ProcessPoolExecutor", "create_subprocess_exec", "create_subprocess_shell"})
FORKS = frozenset({"fork", "forkpty"})
COROUTINES = frozenset({"asyncio", "gevent", "greenlet"})


@lru_cache(maxsize=64)
def _imports(source: str, path: str) -> frozenset[str]:
    from pathlib import Path

    try:
        tree = parse(source, Path(path))
    except ProgramError:
        return frozenset()
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    found = {name.split(".")[0] for name in names}
    if any(_makes_processes(node) for node in ast.walk(tree)):
        found.add("processes")
    return frozenset(found | {"generators"} if has_generators(tree) else found)


def _makes_processes(node: ast.AST) -> bool:
    """Whether a name is one that makes processes, of a module that does other things as well."""
    if isinstance(node, ast.ImportFrom):
        names = {alias.name for alias in node.names}
        return bool(names & MAKES_PROCESSES or (node.module == "os" and names & FORKS))
    if not isinstance(node, ast.Attribute):
        return False
    return node.attr in MAKES_PROCESSES or (node.attr in FORKS and isinstance(node.value, ast.Name) and node.value.id == "os")


def _nature(program: Program) -> frozenset[str]:
    return _imports(program.source, str(program.path))


def is_stepped_by_line(program: Program) -> bool:
    """Whether a program of generators, greenlets or tasks and nothing parallel: its order is its own, line by line."""
    found = _nature(program)
    if found & COROUTINES:
        return True
    return "generators" in found and not found & PARALLEL


def views_of(program: Program) -> tuple[str, ...]:
    """The views that the program's block asks for, else those that show what a program like it does."""
    if program.block.views is not None:
        return program.block.views
    found = _nature(program)
    tree = ("tree",) if found & PROCESSES else ()
    if found & COROUTINES:
        hub = ("hub",) if found & {"asyncio", "gevent"} else ()
        return ("lanes", *tree, *hub, "sequence", "code")
    if is_stepped_by_line(program):
        return (*tree, "sequence", "frames", "code")
    return ("lanes", "code", *tree, "graph")


def wants_generators(program: Program) -> bool:
    """Whether the program's generators are to be seen: its views show them."""
    return bool(SHOWS_GENERATORS & set(views_of(program)))
