"""Hooks put into a program's generators and iterators, so that each says when it goes on, yields and ends.

``yield x`` becomes ``resumed(yield yielding(x))``, a generator's or ``__next__``'s body ``try: started(…); … finally: ended()``. Values
pass through unchanged, lines stay where they are; the hooks of a body stand in the line of its ``def``. The hooks have names that no program can write. Runs on Python 3.9
and later.
"""

from __future__ import annotations

import ast
from typing import Any, List

STARTED, RESUMED, YIELDING, RETURNING, ENDED, ELEMENT = (
    "concsim started", "concsim resumed", "concsim yielding", "concsim returning", "concsim ended", "concsim element",
)  # fmt: skip
HOOKS = (STARTED, RESUMED, YIELDING, RETURNING, ENDED, ELEMENT)

OTHER_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def _call(name: str, at: ast.AST, *arguments: ast.expr) -> ast.expr:
    node = ast.Call(ast.Name(name, ast.Load()), list(arguments), [])
    for part in (node, node.func):
        ast.copy_location(part, at)
    return node


def _own_yields(function: ast.FunctionDef) -> bool:
    """Whether a function is a generator: its body yields, apart from functions inside it."""
    todo: List[ast.AST] = list(function.body)
    while todo:
        node = todo.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(node, OTHER_SCOPES):
            todo += ast.iter_child_nodes(node)
    return False


def has_generators(tree: ast.AST) -> bool:
    """Whether a program has generators, generator expressions or iterators of its own."""
    return any(
        isinstance(node, (ast.Yield, ast.YieldFrom, ast.GeneratorExp))
        or (isinstance(node, ast.FunctionDef) and node.name == "__next__")
        for node in ast.walk(tree)
    )


class Weaver(ast.NodeTransformer):
    """Puts the hooks in."""

    def __init__(self) -> None:
        self._inside: List[str] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        kind = "generator" if _own_yields(node) else "iterator" if self._is_next(node) else ""
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        self._inside.append(kind)
        node.args = self.visit(node.args)
        node.body = [self.visit(one) for one in node.body]
        self._inside.pop()
        if kind:
            self._wrap(node, kind)
        return node

    @staticmethod
    def _is_next(node: ast.FunctionDef) -> bool:
        return node.name == "__next__" and len(node.args.args) == 1

    def _wrap(self, node: ast.FunctionDef, kind: str) -> None:
        first = node.body[0]
        documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
        head, body = (node.body[:1], node.body[1:]) if documented else ([], node.body)
        own: List[ast.expr] = [ast.Name(node.args.args[0].arg, ast.Load())] if kind == "iterator" else []
        at = ast.Pass(lineno=node.lineno, col_offset=node.col_offset, end_lineno=node.lineno, end_col_offset=node.col_offset)
        for one in own:
            ast.copy_location(one, at)
        started = ast.copy_location(ast.Expr(_call(STARTED, at, *own)), at)
        ended = ast.copy_location(ast.Expr(_call(ENDED, at)), at)
        guarded = ast.Try(body=[started, *body], handlers=[], orelse=[], finalbody=[ended])
        node.body = [*head, ast.copy_location(guarded, at)]

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> Any:
        return self._without(node)

    def visit_Lambda(self, node: ast.Lambda) -> Any:
        return self._without(node)

    def _without(self, node: Any) -> Any:
        self._inside.append("")
        self.generic_visit(node)
        self._inside.pop()
        return node

    def visit_Yield(self, node: ast.Yield) -> Any:
        self.generic_visit(node)
        if not self._inside or not self._inside[-1]:
            return node
        value = node.value if node.value is not None else ast.copy_location(ast.Constant(None), node)
        node.value = _call(YIELDING, node, value)
        return _call(RESUMED, node, node)

    def visit_Return(self, node: ast.Return) -> Any:
        self.generic_visit(node)
        if node.value is not None and self._inside and self._inside[-1]:
            node.value = _call(RETURNING, node, node.value)
        return node

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> Any:
        self.generic_visit(node)
        node.elt = _call(ELEMENT, node.elt, node.elt)
        return node


def weave(tree: ast.Module) -> None:
    """Put the hooks into a program's tree."""
    Weaver().visit(tree)
