"""A hook put into a program's class statements, so that a class of the lab's among the bases can give way.

``class A(B, C)`` becomes ``class A(*bases(False, B, C))``: the hook has returned when the class is made. Its name is one
that no program can write. Runs on Python 3.9 and later.
"""

from __future__ import annotations

import ast
from typing import List

BASES = "concsim bases"
NEEDED_FOR = ("greenlet", "gevent")


def weave_bases(tree: ast.Module) -> bool:
    """Put the hook in where a program may derive from a class that the lab has a stand-in for; whether it may."""
    nodes = list(ast.walk(tree))
    if not any(name.partition(".")[0] in NEEDED_FOR for node in nodes for name in _imported(node)):
        return False
    for node in nodes:
        if isinstance(node, ast.ClassDef) and node.bases:
            _wrap(node)
    return True


def _imported(node: ast.AST) -> List[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [one.name for one in node.names] if isinstance(node, ast.Import) else []


def _wrap(node: ast.ClassDef) -> None:
    first, last = node.bases[0], node.bases[-1]
    call = ast.Call(ast.Name(BASES, ast.Load()), [ast.Constant(bool(node.keywords)), *node.bases], [])
    spread = ast.Starred(call, ast.Load())
    for one in (call.func, call.args[0], call, spread):
        ast.copy_location(one, first)
        one.end_lineno, one.end_col_offset = last.end_lineno, last.end_col_offset
    node.bases = [spread]
