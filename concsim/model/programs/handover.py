"""Which locks a program hands over: releases in a function that did not take them.

A Lock or Semaphore may be released by anybody. When some function of the program releases ``gate`` without acquiring
it, or hands ``gate.release`` to somebody, a thread waiting for ``gate`` in a cycle is no suspicion of a deadlock: its release may be what the program is about.
"""

from __future__ import annotations

import ast

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def _name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        return _name_of(node.value)
    return ""


def _passed_on(tree: ast.Module) -> set[str]:
    """Names whose release is not called but handed on, to a timer say."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {
        _name_of(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "release" and id(node) not in called
    }


def _uses(nodes: list[ast.AST]) -> tuple[set[str], set[str]]:
    """Names taken and names released in one function, not counting the functions inside it."""
    taken, released = set(), set()
    todo = list(nodes)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Attribute):
            if node.attr in ("acquire", "__enter__"):
                taken.add(_name_of(node.value))
            elif node.attr in ("release", "__exit__"):
                released.add(_name_of(node.value))
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            taken.update(_name_of(item.context_expr) for item in node.items)
        todo += [child for child in ast.iter_child_nodes(node) if not isinstance(child, _SCOPES)]
    return taken, released


def find_handed(tree: ast.Module) -> tuple[str, ...]:
    """The names, sorted, of what is released by a function that did not acquire it."""
    handed = _passed_on(tree)
    scopes: list[list[ast.AST]] = [list(tree.body)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Lambda):
            scopes.append([node.body])
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            scopes.append(list(node.body))
    for body in scopes:
        inner = [node for node in body if not isinstance(node, _SCOPES)]
        taken, released = _uses(inner)
        handed |= released - taken
    return tuple(sorted(handed - {"", "self"}))
