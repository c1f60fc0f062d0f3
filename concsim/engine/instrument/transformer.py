"""Puts a hook before each visible operation of a module. What Python does stays what Python does: a hook is called in
front of the operation, or handed one of its operands; the operation itself is done by the program's own bytecode.
"""

from __future__ import annotations

import ast
from typing import Any

from concsim.engine.chance_watch import BUILTINS, FUNCTIONS
from concsim.engine.instrument.augmented import Augmented
from concsim.engine.instrument.nodes import at, call, copied, first
from concsim.engine.instrument.sharing import KEEPERS, READERS

HANDED_OVER = frozenset({"join", "extend", "update", "intersection_update", "difference_update"})
NAMED = (ast.Name, ast.Attribute, ast.Subscript)


class Transformer(Augmented):
    """Reading: names, attributes, items, containers, loops. `Assignments` and `Augmented` do the writing."""

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
        return call(".seen", node, site, first(call(".reach", node, site), node))

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

    # calls

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if isinstance(node.func, ast.Name) and self._is_builtin(node.func.id):
            self._mark_builtin(node)
        if isinstance(node.func, ast.Attribute):
            node.func = self._method(node)
            if node.func.attr in HANDED_OVER:
                node.args = [self._whole(one) if isinstance(one, NAMED) else one for one in node.args]
        else:
            node.func = self._function(node.func)
        node.args = [one if isinstance(one, Done) else self.visit(one) for one in node.args]
        node.args = [one.node if isinstance(one, Done) else one for one in node.args]
        for keyword in node.keywords:
            keyword.value = self.visit(keyword.value)
        return node

    def _function(self, func: ast.expr) -> ast.expr:
        """What is called; some answers differ from run to run, and that is to be known."""
        made: ast.expr = self.visit(func)
        if isinstance(func, ast.Name):
            what = BUILTINS.get(func.id) if self._is_builtin(func.id) else FUNCTIONS.get(func.id)
            if what is not None:
                return call(".chance", func, self.site("chance", what, func), made)
        return made

    def _is_builtin(self, name: str) -> bool:
        kind, _ = self.scope.resolve(name)
        return kind == "global" and name not in self.sharing.module.bindings

    def _mark_builtin(self, node: ast.Call) -> None:
        called = node.func.id  # type: ignore[attr-defined]
        if called in READERS:
            hook = ".each" if called in KEEPERS and called not in ("iter", "reversed") else ".whole"
            node.args = [Done(self._whole(one, hook, called)) if self._is_worth(one) else one for one in node.args]  # type: ignore[misc]

    def _is_worth(self, node: ast.expr) -> bool:
        return isinstance(node, NAMED) and not self.sharing.is_quiet(self.scope, node)

    def _whole(self, node: ast.expr, hook: str = ".whole", name: str = "") -> Any:
        if not self._is_worth(node):
            return self.visit(node)
        site = self.site("read", name, node)
        return call(hook, node, site, self.visit(node))

    def _method(self, node: ast.Call) -> ast.Attribute:
        func: ast.Attribute = node.func  # type: ignore[assignment]
        if self.sharing.is_quiet(self.scope, func.value) or isinstance(func.value, (ast.Constant, ast.JoinedStr)):
            func.value = self.visit(func.value)
            return func
        if self.sharing.is_quiet_self(self.scope, func.value):
            return func
        site = self.site("call", self.scope.mangle(func.attr), node)
        still = not node.keywords and all(self.is_still(one) for one in node.args)
        hook, given = (".method", [copied(one) for one in node.args]) if still else (".later", [])
        func.value = call(hook, func.value, site, self.visit(func.value), *given)
        return func

    # containers as a whole

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        left = node.left
        node.left = self.visit(node.left)
        for number, (operator, right) in enumerate(zip(node.ops, node.comparators, strict=True)):
            if isinstance(operator, (ast.In, ast.NotIn)) and self._is_worth(right):
                site = self.site("read", "in", node)
                key = [copied(left)] if len(node.ops) == 1 and self.is_still(left) else []
                node.comparators[number] = call(".member", right, site, self.visit(right), *key)
            else:
                node.comparators[number] = self.visit(right)
        return node

    def visit_Starred(self, node: ast.Starred) -> ast.expr:
        node.value = self._whole(node.value) if isinstance(node.ctx, ast.Load) else self.visit(node.value)
        return node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.expr:
        node.value = self._whole(node.value, name="str")
        if node.format_spec is not None:
            node.format_spec = self.visit(node.format_spec)
        return node

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

    def _visit_test(self, node: ast.If | ast.While) -> ast.stmt:
        node.test = self._truth(node.test)
        node.body, node.orelse = self.visit_body(node.body), self.visit_body(node.orelse)
        return node

    visit_If = visit_While = _visit_test

    def visit_Assert(self, node: ast.Assert) -> ast.stmt:
        node.test = self._truth(node.test)
        if node.msg is not None:
            node.msg = self.visit(node.msg)
        return node

    # loops

    def each(self, node: ast.expr) -> ast.expr:
        """What a loop runs over."""
        if self.sharing.may_be_set(self.scope, node) and not self._is_worth(node):
            return call(".ordered", node, self.site("chance", "set", node), self.visit(node))
        if self._is_worth(node):
            return self._whole(node, ".each", "iter")  # type: ignore[no-any-return]
        if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and self._is_builtin(node.func.id)):
            site = self.site("read", "iter", node)
            return call(".each", node, site, self.visit(node))
        return self.visit(node)  # type: ignore[no-any-return]

    def _visit_comprehension(self, node: Any) -> ast.expr:
        outer, scope = self.scope, self.sharing.scope_of[node]
        for number, part in enumerate(node.generators):
            self.scope = outer if number == 0 else scope
            part.iter = self.visit(part.iter) if part.is_async else self.each(part.iter)
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
        node.subject = self.visit(node.subject)
        for case in node.cases:
            if case.guard is not None:
                case.guard = self._truth(case.guard)
            case.body = self.visit_body(case.body)
        return node

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


class Done:
    """An argument that has been visited."""

    def __init__(self, node: ast.expr) -> None:
        self.node = node


__all__ = ["Transformer", "at"]
