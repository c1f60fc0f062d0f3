"""Small pieces of syntax tree. Hooks have names that are no identifiers, so no program can use or mangle them."""

from __future__ import annotations

import ast
from typing import Any

AUGMENTED = {
    ast.Add: ".iadd", ast.Sub: ".isub", ast.Mult: ".imul", ast.Div: ".itruediv", ast.FloorDiv: ".ifloordiv",
    ast.Mod: ".imod", ast.Pow: ".ipow", ast.LShift: ".ilshift", ast.RShift: ".irshift", ast.BitAnd: ".iand",
    ast.BitOr: ".ior", ast.BitXor: ".ixor", ast.MatMult: ".imatmul",
}  # fmt: skip
SYMBOLS = {
    ".iadd": "+=", ".isub": "-=", ".imul": "*=", ".itruediv": "/=", ".ifloordiv": "//=", ".imod": "%=", ".ipow": "**=",
    ".ilshift": "<<=", ".irshift": ">>=", ".iand": "&=", ".ior": "|=", ".ixor": "^=", ".imatmul": "@=",
}  # fmt: skip


def at(node: Any, place: Any) -> Any:
    """*node* with the position of *place*."""
    node.lineno, node.col_offset = place.lineno, place.col_offset
    node.end_lineno, node.end_col_offset = place.end_lineno, place.end_col_offset
    return node


def load(name: str, place: ast.AST) -> ast.Name:
    """A name that is read."""
    return at(ast.Name(name, ast.Load()), place)  # type: ignore[no-any-return]


def call(hook: str, place: ast.AST, *arguments: ast.expr | int | str | None) -> ast.Call:
    """A call of a hook; plain values become constants."""
    values = [one if isinstance(one, ast.AST) else at(ast.Constant(one), place) for one in arguments]
    return at(ast.Call(load(hook, place), values, []), place)  # type: ignore[no-any-return]


def first(hook: ast.expr, then: ast.expr) -> ast.expr:
    """*hook* and then *then*, whose value it is: a hook used so gives a false value."""
    return at(ast.BoolOp(ast.Or(), [hook, then]), then)  # type: ignore[no-any-return]


def statement(value: ast.expr) -> ast.Expr:
    """An expression as a statement."""
    return at(ast.Expr(value), value)  # type: ignore[no-any-return]


def copied(node: Any) -> Any:
    """A copy of a pure expression, to be evaluated once more."""
    match node:
        case ast.Name():
            return load(node.id, node)
        case ast.Constant():
            return at(ast.Constant(node.value, node.kind), node)
        case ast.UnaryOp():
            return at(ast.UnaryOp(node.op, copied(node.operand)), node)
        case ast.Tuple():
            return at(ast.Tuple([copied(one) for one in node.elts], ast.Load()), node)
    return at(ast.Constant(None), node)


def is_hook(node: ast.AST | None) -> bool:
    """Whether a node is a call of ours."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith(".")
