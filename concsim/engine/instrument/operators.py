"""Operators, comparisons and texts made of containers: each reads what its operands hold."""

from __future__ import annotations

import ast
from typing import Any

from concsim.engine.instrument.calls import Calls
from concsim.engine.instrument.nodes import call, copied
from concsim.engine.instrument.sharing import FRESH, IN_STATEMENT, SCALAR_BUILTINS

READING = (ast.Add, ast.Mult, ast.BitOr, ast.BitAnd, ast.BitXor, ast.Sub, ast.Mod, ast.MatMult, ast.Div)
"""The operators of built-in containers, arrays and library objects; ``%`` makes texts."""
COMPARING = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)


class Operators(Calls):
    """An operator is looked at where neither operand is a number or a text, as far as the text shows."""

    def _is_scalar(self, node: ast.expr) -> bool:
        """Whether *node* is a number, a text or a truth: an operator on it and a container reads nothing of that."""
        match node:
            case ast.Constant() | ast.JoinedStr() | ast.Compare():
                return True
            case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
                return True
            case ast.BinOp():
                return self._is_number(node.left) or self._is_number(node.right)
            case ast.Call(func=ast.Name(id=name)):
                return name in SCALAR_BUILTINS and self._is_builtin(name)
        return False

    def _is_number(self, node: ast.expr) -> bool:
        return (isinstance(node, ast.Constant) and isinstance(node.value, (int, float))) or self._is_scalar_call(node)

    def _is_scalar_call(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Call) and self._is_scalar(node)

    def _may_hold(self, node: ast.expr) -> bool:
        return not self._is_scalar(node) and not isinstance(node, FRESH) and not self.sharing.is_quiet(self.scope, node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        left, right = node.left, node.right
        reads = isinstance(node.op, READING) and (self._may_hold(left) or self._may_hold(right))
        if isinstance(node.op, ast.Mod):
            reads = reads and isinstance(left, (ast.Constant, ast.JoinedStr)) and not isinstance(getattr(left, "value", ""), (int, float))
        elif isinstance(node.op, ast.Mult):
            reads = reads and not (self._is_number(left) and self._is_number(right))
        elif self._is_scalar(left) or self._is_scalar(right):
            reads = False
        node.left, node.right = self._operands(node, left, right) if reads else (self.visit(left), self.visit(right))
        return node

    def _operands(self, node: ast.expr, left: ast.expr, right: ast.expr) -> tuple[ast.expr, ast.expr]:
        site = self.site("read", "", node)
        if self.is_still(left):
            return left, call(".operand", right, site, self.visit(right), copied(left))
        return call(".left", left, site, self.visit(left)), call(".right", right, site, self.visit(right))

    def changes_container(self, node: ast.AugAssign) -> bool:
        """An operand that is a number or a text changes no container; a number repeats one."""
        if not isinstance(node.op, READING) or isinstance(node.op, ast.Mod):
            return False
        return isinstance(node.op, ast.Mult) or not self._is_scalar(node.value)

    # comparisons

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        if len(node.ops) == 1 and isinstance(node.ops[0], COMPARING) and self._compares(node.left, node.comparators[0]):
            node.left, node.comparators[0] = self._operands(node, node.left, node.comparators[0])
            return node
        lefts = [node.left, *node.comparators]
        plain = [node.left, *node.comparators]
        node.left = self.visit(node.left)
        for number, (operator, right) in enumerate(zip(node.ops, plain[1:], strict=True)):
            node.comparators[number] = self._compared(node, operator, lefts[number], right)
        return node

    def _compares(self, left: ast.expr, right: ast.expr) -> bool:
        return not self._is_scalar(left) and not self._is_scalar(right) and (self._may_hold(left) or self._may_hold(right))

    def _compared(self, node: ast.Compare, operator: ast.cmpop, left: ast.expr, right: ast.expr) -> ast.expr:
        if isinstance(operator, (ast.In, ast.NotIn)) and self._is_worth(right):
            site = self.site("read", "in", node)
            key = [copied(left)] if len(node.ops) == 1 and self.is_still(left) else []
            return call(".member", right, site, self.visit(right), *key)
        if isinstance(operator, COMPARING) and self.is_still(left) and self._compares(left, right):
            return call(".operand", right, self.site("read", "", node), self.visit(right), copied(left))
        return self.visit(right)  # type: ignore[no-any-return]

    # texts, and containers taken apart

    def visit_Starred(self, node: ast.Starred) -> ast.expr:
        node.value = self._whole(node.value) if isinstance(node.ctx, ast.Load) else self.visit(node.value)
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.expr:
        for number, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
            node.keys[number] = None if key is None else self.visit(key)
            node.values[number] = self._whole(value) if key is None else self.visit(value)
        return node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> Any:
        node.value = self._whole(node.value, ".text", "str")
        if node.format_spec is not None:
            node.format_spec = self.visit(node.format_spec)
        return node

    def unpacked(self, node: ast.expr) -> ast.expr:
        """What is taken apart by an assignment."""
        return self._whole(node)  # type: ignore[no-any-return]

    def visit_Yield(self, node: ast.Yield) -> ast.expr:
        value = self.visit(node.value) if node.value is not None else None
        node.value = call(".leave", node, self.site("read", "yield", node), value)
        return node

    def visit_YieldFrom(self, node: ast.YieldFrom) -> ast.expr:
        """A generator is resumed by its own: others send to it through the one that delegates."""
        if self._is_worth(node.value):
            node.value = call(".each", node.value, self.site("read", "iter", node), self.visit(node.value), 1, IN_STATEMENT)
        else:
            node.value = self.visit(node.value)
        return node
