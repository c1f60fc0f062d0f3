"""What kind of program this is, read from its text: which way it is stepped, whether its generators are to be seen."""

from __future__ import annotations

import ast
from functools import lru_cache

from concsim.model.generators import has_generators
from concsim.model.program import Program, ProgramError, parse

SHOWS_GENERATORS = frozenset({"frames", "sequence"})
PARALLEL = frozenset({"threading", "_thread", "queue", "concurrent", "multiprocessing", "subprocess"})
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


def wants_generators(program: Program) -> bool:
    """Whether the program's generators are to be seen: its views show them, or it is a script of little else."""
    if program.block.views != () and program.id:
        return bool(SHOWS_GENERATORS & set(program.block.views))
    return bool(SHOWS_GENERATORS & set(program.block.views)) or is_stepped_by_line(program)
