"""The lines with which a program begins before it does anything: imports, definitions, constants. No Qt."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import lru_cache

MAKERS = frozenset(
    {"bool", "bytearray", "bytes", "complex", "dict", "float", "frozenset", "int", "len", "list", "object", "range", "set", "str", "tuple"}
)
"""Builtin names whose calls, and whose methods' calls, make a value and do nothing else."""
WORK = (ast.Await, ast.GeneratorExp, ast.NamedExpr, ast.Yield, ast.YieldFrom)


@lru_cache(maxsize=4)
def opening_lines(source: str) -> frozenset[int]:
    """The lines of a program's text that only set it up, whatever order they are run in; empty if it cannot be read."""
    try:
        return frozenset(_lines(ast.parse(source).body))
    except (SyntaxError, ValueError, RecursionError):
        return frozenset()


def _lines(body: Iterable[ast.stmt]) -> Iterator[int]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _head(node)
            yield from _lines(node.body)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from _head(node)
        elif isinstance(node, ast.If) and _asks_whether_main(node.test):
            yield node.lineno
        elif _is_set_up(node):
            yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _head(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[int]:
    """From the decorators to the body, which runs when it is called."""
    first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
    yield from range(first, max(node.body[0].lineno, node.lineno + 1))


def _asks_whether_main(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and any(isinstance(one, ast.Name) and one.id == "__name__" for one in ast.walk(test))


def _is_set_up(node: ast.stmt) -> bool:
    if isinstance(node, (ast.Import, ast.ImportFrom, ast.Pass)):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign):
        names = all(isinstance(one, (ast.Name, ast.Tuple)) for one in node.targets)
        return names and _is_plain(node.value)
    return isinstance(node, ast.AnnAssign) and (node.value is None or _is_plain(node.value))


def _is_plain(value: ast.expr) -> bool:
    """Whether an expression only makes a value."""
    return all(_makes(one.func) if isinstance(one, ast.Call) else not isinstance(one, WORK) for one in ast.walk(value))


def _makes(called: ast.expr) -> bool:
    owner = called.value if isinstance(called, ast.Attribute) else called
    return isinstance(owner, ast.Name) and owner.id in MAKERS
