"""What kind of program this is, read from its text: which way it is stepped, whether its generators are to be seen."""

from __future__ import annotations

import ast
from functools import lru_cache

from concsim.model.generators import has_generators
from concsim.model.program import Program, ProgramError, parse

SHOWS_GENERATORS = frozenset({"frames", "sequence"})
PARALLEL = frozenset({"threading", "_thread", "queue", "concurrent", "multiprocessing", "subprocess"})
PROCESSES = frozenset({"multiprocessing", "subprocess"})
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
    return frozenset(found | {"generators"} if has_generators(tree) else found)


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
    if found & COROUTINES:
        return ("lanes", "hub", "sequence", "code") if found & {"asyncio", "gevent"} else ("lanes", "sequence", "code")
    if is_stepped_by_line(program):
        return ("sequence", "frames", "code")
    return ("lanes", "code", "tree", "graph") if found & PROCESSES else ("lanes", "code", "graph")


def wants_generators(program: Program) -> bool:
    """Whether the program's generators are to be seen: its views show them."""
    return bool(SHOWS_GENERATORS & set(views_of(program)))
