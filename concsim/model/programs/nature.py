"""What kind of program this is, read from its text: which way it is stepped, whether its generators are to be seen."""

from __future__ import annotations

import ast
from functools import lru_cache

from concsim.model.programs.generators import has_generators
from concsim.model.programs.libraries import COROUTINES, HUB, PARALLEL, PROCESSES, modules_of, natures
from concsim.model.programs.program import Program, ProgramError, parse
from concsim.model.programs.views import GENERATORS, needed_by

MAKES_PROCESSES = frozenset({"ProcessPoolExecutor", "create_subprocess_exec", "create_subprocess_shell"})
FORKS = frozenset({"fork", "forkpty"})
QUEUES = frozenset({"Queue", "LifoQueue", "PriorityQueue", "SimpleQueue", "JoinableQueue", "Pipe"})
POOLS = frozenset({"Pool", "ThreadPool", "ThreadPoolExecutor", "ProcessPoolExecutor"})
LOCKS = frozenset({"Lock", "RLock", "Condition", "Semaphore", "BoundedSemaphore"})


@lru_cache(maxsize=64)
def _said_in(source: str, path: str) -> frozenset[str]:
    from pathlib import Path

    try:
        tree = parse(source, Path(path))
    except ProgramError:
        return frozenset()
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    found = {nature for name in names for nature in natures().get(name.split(".")[0], ())}
    if any(_makes_processes(node) for node in ast.walk(tree)):
        found.add(PROCESSES)
    found |= _made_in(tree)
    return frozenset(found | {"generators"} if has_generators(tree) else found)


def _made_in(tree: ast.AST) -> set[str]:
    """Which of the things that have a view of their own a program's text makes, by their names in parallel modules."""
    made = {name for node in ast.walk(tree) for name in _parallel_names(node)}
    kinds = {"queues": QUEUES, "pools": POOLS, "locks": LOCKS}
    return {kind for kind, names in kinds.items() if made & names}


def _parallel_names(node: ast.AST) -> set[str]:
    """What a node names of a module; asyncio and gevent have queues, pools and locks as well, which are none of these."""
    if isinstance(node, ast.ImportFrom):
        return {alias.name for alias in node.names} if (node.module or "").split(".")[0] in modules_of(PARALLEL) else set()
    if not isinstance(node, ast.Attribute):
        return set()
    owner = node.value
    while isinstance(owner, ast.Attribute):
        owner = owner.value
    return set() if isinstance(owner, ast.Name) and owner.id in modules_of(COROUTINES) else {node.attr}


def _makes_processes(node: ast.AST) -> bool:
    """Whether a name is one that makes processes, of a module that does other things as well."""
    if isinstance(node, ast.ImportFrom):
        names = {alias.name for alias in node.names}
        return bool(names & MAKES_PROCESSES or (node.module == "os" and names & FORKS))
    if not isinstance(node, ast.Attribute):
        return False
    return node.attr in MAKES_PROCESSES or (node.attr in FORKS and isinstance(node.value, ast.Name) and node.value.id == "os")


def _nature(program: Program) -> frozenset[str]:
    return _said_in(program.source, str(program.path))


def is_stepped_by_line(program: Program) -> bool:
    """Whether a program of generators, greenlets or tasks and nothing parallel: its order is its own, line by line."""
    found = _nature(program)
    return COROUTINES in found or ("generators" in found and PARALLEL not in found)


def views_of(program: Program, stepping: bool = False) -> tuple[str, ...]:
    """The views that the program's block asks for, else those that show what a program like it does."""
    if program.block.views is not None:
        return program.block.views
    found = _nature(program)
    tree = ("tree",) if PROCESSES in found else ()
    things = _things_of(found, stepping)
    if COROUTINES in found:
        hub = ("hub",) if HUB in found else ()
        return ("lanes", *tree, *things, *hub, "sequence", "code")
    if is_stepped_by_line(program):
        return (*tree, "sequence", "frames", "code")
    graph = ("graph",) if "locks" in found or not things else ()
    return ("lanes", *things, "code", *tree, *graph)


def _things_of(found: frozenset[str], stepping: bool) -> tuple[str, ...]:
    """The views of the pools and queues a program makes. A pool that is stepped says nothing of its workers' tasks."""
    if PARALLEL not in found:
        return ()
    pool = ("pool",) if "pools" in found and not stepping else ()
    return (*pool, "flow") if "queues" in found else pool


def wants_generators(program: Program) -> bool:
    """Whether the program's generators are to be seen: its views show them."""
    return GENERATORS in needed_by(views_of(program))
