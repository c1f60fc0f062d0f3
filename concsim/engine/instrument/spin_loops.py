"""Which ``while`` loops only look: in every round they do the same, until somebody else has changed what they read.

Decided from the text, and strictly: no name is bound in such a loop, nothing is called but what only reads or sleeps.
"""

from __future__ import annotations

import ast

from concsim.engine.instrument.sharing import Sharing

READING_CALLS = frozenset({"len", "bool", "int", "float", "str", "min", "max", "sum", "any", "all", "isinstance", "callable", "abs"})
READING_METHODS = frozenset({
    "is_set", "locked", "is_alive", "empty", "full", "qsize", "done", "running", "cancelled", "get_ident", "active_count",
    "sleep", "startswith", "endswith", "isdisjoint", "keys", "values", "items", "count", "index", "copy",
})  # fmt: skip
_PLAIN = (
    ast.Constant, ast.Name, ast.Load, ast.Attribute, ast.Subscript, ast.Compare, ast.BoolOp, ast.UnaryOp, ast.BinOp, ast.IfExp,
    ast.Tuple, ast.Slice, ast.Pass, ast.Continue, ast.Break, ast.Return, ast.Expr, ast.If, ast.Call, ast.operator, ast.unaryop,
    ast.cmpop, ast.boolop, ast.Starred,
)  # fmt: skip
DEEPEST = 4


def spin_loops(tree: ast.AST, sharing: Sharing) -> set[ast.While]:
    """The loops of a module, before any hook is in it, of which each round does nothing but look."""
    looking = _Looking(sharing)
    return {one for one in ast.walk(tree) if isinstance(one, ast.While) and looking.only_looks(one)}


class _Looking:
    def __init__(self, sharing: Sharing) -> None:
        inner = [one for one in sharing.module.walk() if one is not sharing.module]
        self._functions = {
            name: values[0]
            for name, values in sharing.module.values.items()
            if len(values) == 1 and isinstance(values[0], ast.FunctionDef) and not values[0].decorator_list
            and sharing.module.bindings[name] == 1 and not any(name in one.bindings for one in inner)
        }  # fmt: skip

    def only_looks(self, loop: ast.While) -> bool:
        return not loop.orelse and all(self._looks(one, 0) for one in (loop.test, *loop.body))

    def _looks(self, part: ast.AST, depth: int) -> bool:
        return all(self._is_plain(node, depth) for node in ast.walk(part))

    def _is_plain(self, node: ast.AST, depth: int) -> bool:
        if not isinstance(node, _PLAIN):
            return False
        if isinstance(node, ast.Call):
            return not node.keywords and self._reads(node.func, depth)
        return not isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del))

    def _reads(self, func: ast.expr, depth: int) -> bool:
        if isinstance(func, ast.Attribute):
            return func.attr in READING_METHODS
        if not isinstance(func, ast.Name):
            return False
        made = self._functions.get(func.id)
        if made is None:
            return func.id in READING_CALLS | {"sleep"}
        return depth < DEEPEST and all(self._looks(one, depth + 1) for one in made.body)
