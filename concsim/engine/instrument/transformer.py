"""Puts a hook before each visible operation of a module. What Python does stays what Python does: a hook is called in
front of the operation, or handed one of its operands; the operation itself is done by the program's own bytecode.
"""

from __future__ import annotations

import ast
from typing import Any

from concsim.engine.instrument.nodes import at, call, copied, first
from concsim.engine.instrument.operators import Operators
from concsim.engine.instrument.sharing import IN_COMPREHENSION, IN_GENERATOR, IN_INNER, IN_STATEMENT, Sharing
from concsim.engine.instrument.site import ModuleFile
from concsim.engine.instrument.spin_loops import spin_loops


class Transformer(Operators):
    """Reading: names, attributes, items, tests, loops. `Calls` and `Operators` see to those, `Assignments` and `Augmented` write."""

    def __init__(self, tree: ast.Module | ast.Interactive, sharing: Sharing, file: ModuleFile) -> None:
        super().__init__(sharing, file)
        self._spin_loops = spin_loops(tree, sharing)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if not isinstance(node.ctx, ast.Load):
            return node
        kind = self.sharing.is_shared(self.scope, node.id)
        if not kind:
            return node
        name = self.scope.mangle(node.id)
        site = self.site("read", name, node)
        if kind == "global":
            return first(call(".read", node, site), node)
        return first(call(".cell", node, site, self.cell(node.id, node)), node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if self.sharing.is_quiet_self(self.scope, node.value):
            return node
        site = self.site("read", self.scope.mangle(node.attr), node)
        node.value = call(".field", node.value, site, self.visit(node.value))
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        if self.sharing.is_quiet(self.scope, node.value) or isinstance(node.value, ast.Constant):
            node.slice = self.visit(node.slice)
            return node
        site = self.site("read", "[]", node)
        still_value, still_key = self.is_still(node.value), self.is_still(node.slice)
        before = copied(node.value) if still_value else None
        value, key = self.visit(node.value), self.visit(node.slice)
        if still_key:
            node.value, node.slice = call(".item", node.value, site, value, copied(key)), key
        elif still_value and not isinstance(key, ast.Slice):
            node.value, node.slice = value, call(".key", node.slice, site, before, key)
        else:
            return call(".get_item", node, site, value, self.as_key(key))
        return node

    # containers as a whole

    def _truth(self, node: ast.expr) -> ast.expr:
        if self._is_worth(node):
            return self._whole(node, name="bool")  # type: ignore[no-any-return]
        if isinstance(node, ast.BoolOp):
            node.values = [self._truth(one) for one in node.values]
            return node
        return self.visit(node)  # type: ignore[no-any-return]

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        node.values = [*(self._truth(one) for one in node.values[:-1]), self.visit(node.values[-1])]
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        node.operand = self._truth(node.operand) if isinstance(node.op, ast.Not) else self.visit(node.operand)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        node.test = self._truth(node.test)
        node.body, node.orelse = self.visit(node.body), self.visit(node.orelse)
        return node

    def visit_While(self, node: ast.While) -> ast.stmt:
        site = self.site("read", "while", node.test)
        self._visit_test(node)
        if node in self._spin_loops:
            node.test = first(call(".lap", node.test, site), node.test)
        return node

    def _visit_test(self, node: ast.If | ast.While) -> ast.stmt:
        node.test = self._truth(node.test)
        node.body, node.orelse = self.visit_body(node.body), self.visit_body(node.orelse)
        return node

    visit_If = _visit_test

    def visit_Assert(self, node: ast.Assert) -> ast.stmt:
        node.test = self._truth(node.test)
        if node.msg is not None:
            node.msg = self.visit(node.msg)
        return node

    # loops

    def each(self, node: ast.expr, where: int = IN_STATEMENT) -> ast.expr:
        """What a loop runs over."""
        if self.sharing.may_be_set(self.scope, node) and not self._is_worth(node):
            return call(".ordered", node, self.site("chance", "set", node), self.visit(node))
        if not self._is_worth(node):
            return self.visit(node)  # type: ignore[no-any-return]
        return call(".each", node, self.site("read", "iter", node), self.visit(node), int(isinstance(node, ast.Call)), where)

    def _visit_comprehension(self, node: Any) -> ast.expr:
        outer, scope = self.scope, self.sharing.scope_of[node]
        first = IN_GENERATOR if isinstance(node, ast.GeneratorExp) else IN_COMPREHENSION
        for number, part in enumerate(node.generators):
            self.scope = outer if number == 0 else scope
            part.iter = self.visit(part.iter) if part.is_async else self.each(part.iter, IN_INNER if number else first)
            self.scope = scope
            part.target = self.visit(part.target)
            part.ifs = [self._truth(one) for one in part.ifs]
        if isinstance(node, ast.DictComp):
            node.key, node.value = self.visit(node.key), self.visit(node.value)
        else:
            node.elt = self.visit(node.elt)
        self.scope = outer
        return node  # type: ignore[no-any-return]

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _visit_comprehension

    # scopes

    def _visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Any:
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        self._visit_defaults(node.args)
        outer, self.scope = self.scope, self.sharing.scope_of[node]
        node.body = self.visit_body(node.body)
        self.scope = outer
        return self.rebinds(node.name, node)

    visit_FunctionDef = visit_AsyncFunctionDef = _visit_function

    def _visit_defaults(self, arguments: ast.arguments) -> None:
        arguments.defaults = [self.visit(one) for one in arguments.defaults]
        arguments.kw_defaults = [one if one is None else self.visit(one) for one in arguments.kw_defaults]

    def visit_Lambda(self, node: ast.Lambda) -> ast.expr:
        self._visit_defaults(node.args)
        outer, self.scope = self.scope, self.sharing.scope_of[node]
        node.body = self.visit(node.body)
        self.scope = outer
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> Any:
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        node.bases = [self.visit(one) for one in node.bases]
        for keyword in node.keywords:
            keyword.value = self.visit(keyword.value)
        outer, self.scope = self.scope, self.sharing.scope_of[node]
        node.body = self.visit_body(node.body)
        self.scope = outer
        return self.rebinds(node.name, node)

    def visit_Match(self, node: ast.Match) -> ast.stmt:
        """Patterns stay as they are: what they may hold is not what an expression may."""
        node.subject = self._matched(node)
        for case in node.cases:
            if case.guard is not None:
                case.guard = self._truth(case.guard)
            case.body = self.visit_body(case.body)
        return node

    def _matched(self, node: ast.Match) -> ast.expr:
        names = [name for case in node.cases for one in ast.walk(case.pattern) for name in getattr(one, "kwd_attrs", ())]
        subject = self.visit(node.subject)
        if isinstance(node.subject, (ast.Constant, ast.Tuple)):
            return subject  # type: ignore[no-any-return]
        return call(".matched", subject, self.site("read", "match", node.subject), subject, *dict.fromkeys(names))

    def visit_Try(self, node: Any) -> ast.stmt:
        node.body, node.orelse = self.visit_body(node.body), self.visit_body(node.orelse)
        node.finalbody = self.visit_body(node.finalbody)
        for handler in node.handlers:
            if handler.type is not None:
                handler.type = self.visit(handler.type)
            handler.body = self.visit_body(handler.body)
        return node  # type: ignore[no-any-return]

    visit_TryStar = visit_Try

    def visit_TypeAlias(self, node: ast.AST) -> ast.AST:
        return node


__all__ = ["Transformer", "at"]
