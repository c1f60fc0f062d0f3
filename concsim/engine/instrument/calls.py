"""Calls: what is called is told what it is handed, unless it is the program's own function, as its text shows."""

from __future__ import annotations

import ast
from typing import Any

from concsim.engine.chance_watch import BUILTINS, FUNCTIONS
from concsim.engine.instrument.augmented import Augmented
from concsim.engine.instrument.nodes import call, copied
from concsim.engine.instrument.sharing import KEEPERS, READERS, SCALAR_BUILTINS, TEXT_BUILTINS

HANDED_OVER = frozenset({"join", "extend", "update", "intersection_update", "difference_update"})
NAMED = (ast.Name, ast.Attribute, ast.Subscript)
LATER = (ast.Call, ast.IfExp, ast.BoolOp, ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom)


class Done:
    """An argument that has been visited."""

    def __init__(self, node: ast.expr) -> None:
        self.node = node


class Calls(Augmented):
    """A call of a builtin has its arguments looked at, another is looked at as a whole right before it is made."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        func = node.func
        if isinstance(func, ast.Attribute):
            self._visit_method_call(node, func)
        elif isinstance(func, ast.Name) and self._is_builtin(func.id) and func.id in READERS | SCALAR_BUILTINS:
            self._mark_builtin(node, func.id)
            node.func = self._function(func)
            if func.id == "print":
                node.func = call(".print", func, node.func)
            self._visit_arguments(node)
        elif isinstance(func, ast.Name) and self._is_own(func):
            node.func = self.visit(func)
            self._visit_arguments(node)
        else:
            self._visit_function_call(node)
        return node

    def _visit_arguments(self, node: ast.Call) -> None:
        node.args = [one.node if isinstance(one, Done) else self.visit(one) for one in node.args]
        for keyword in node.keywords:
            keyword.value = self._whole(keyword.value) if keyword.arg is None else self.visit(keyword.value)

    def _is_builtin(self, name: str) -> bool:
        kind, _ = self.scope.resolve(name)
        return kind == "global" and name not in self.sharing.module.bindings

    def _is_own(self, func: ast.Name) -> bool:
        """Whether the text shows that this is a function or a plain class of the program's."""
        _, owner = self.scope.resolve(func.id)
        name = self.scope.mangle(func.id)
        match owner.values.get(name, []):
            case [ast.FunctionDef(decorator_list=[])] | [ast.ClassDef(decorator_list=[], bases=[], keywords=[])]:
                return owner.bindings.get(name) == 1 and not self.sharing.is_shared(self.scope, func.id)
        return False

    def _function(self, func: ast.expr) -> ast.expr:
        """What is called; some answers differ from run to run, and that is to be known."""
        made: ast.expr = self.visit(func)
        if isinstance(func, ast.Name):
            what = BUILTINS.get(func.id) if self._is_builtin(func.id) else FUNCTIONS.get(func.id)
            if what is not None:
                return call(".chance", func, self.site("chance", what, func), made)
        return made

    # builtins: each argument by itself

    def _mark_builtin(self, node: ast.Call, called: str) -> None:
        if called not in READERS:
            return
        hook = ".each" if called in KEEPERS and called not in ("iter", "reversed") else ".whole"
        if called in TEXT_BUILTINS:
            hook = ".text"
        node.args = [Done(self._whole(one, hook, called)) for one in node.args]  # type: ignore[misc]

    def _is_worth(self, node: ast.expr) -> bool:
        """Whether the value of *node* may be a container that another thread reaches."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and self._is_builtin(node.func.id):
            return node.func.id not in SCALAR_BUILTINS | READERS
        return isinstance(node, (*NAMED, *LATER)) and not self.sharing.is_quiet(self.scope, node)

    def _whole(self, node: ast.expr, hook: str = ".whole", name: str = "") -> Any:
        if not self._is_worth(node) and not (hook == ".text" and self.sharing.holds_others(self.scope, node)):
            return self.visit(node)
        site = self.site("read", name, node)
        return call(hook, node, site, self.visit(node))

    # functions and methods: all arguments at once

    def _visit_function_call(self, node: ast.Call) -> None:
        func = node.func
        site = self.site("call", func.id if isinstance(func, ast.Name) else "", node)
        if self._are_still(node):
            given = self._given(node)
            node.func = call(".function", func, site, self._function(func), *given)
            self._visit_arguments(node)
        else:
            node.func = call(".go", func, site, self._function(func))
            self._note_arguments(node, site)

    def _visit_method_call(self, node: ast.Call, func: ast.Attribute) -> None:
        if self.sharing.is_quiet(self.scope, func.value) or self.sharing.is_quiet_self(self.scope, func.value):
            self._visit_quiet_method(node, func)
            return
        if func.attr in HANDED_OVER:
            node.args = [Done(self._whole(one)) if isinstance(one, NAMED) and self._is_worth(one) else one for one in node.args]  # type: ignore[misc]
        site = self.site("call", self.scope.mangle(func.attr), node)
        if self._are_still(node):
            func.value = call(".method", func.value, site, self.visit(func.value), *self._given(node))
            self._visit_arguments(node)
        else:
            func.value = call(".later", func.value, site, self.visit(func.value))
            self._note_arguments(node, site)

    def _visit_quiet_method(self, node: ast.Call, func: ast.Attribute) -> None:
        """Nobody else reaches the container; what it is handed may be another's."""
        if not self.sharing.is_quiet_self(self.scope, func.value):
            func.value = self.visit(func.value)
        node.args = [Done(self._whole(one)) if func.attr in HANDED_OVER and self._is_worth(one) else one for one in node.args]  # type: ignore[misc]
        self._visit_arguments(node)

    def _are_still(self, node: ast.Call) -> bool:
        """Whether all arguments can be evaluated a little earlier as well."""
        every = [*node.args, *(one.value for one in node.keywords)]
        return all(isinstance(one, ast.expr) and self.is_still(one) for one in every)

    def _given(self, node: ast.Call) -> list[Any]:
        return [copied(one) for one in (*node.args, *(one.value for one in node.keywords))]

    def _note_arguments(self, node: ast.Call, site: int) -> None:
        """Tell of each argument as it is there, and of the last that it is the last."""
        self._visit_arguments(node)
        every: list[Any] = [*node.args, *node.keywords]
        for one in every:
            hook = ".last" if one is every[-1] else ".argument"
            if isinstance(one, (ast.Starred, ast.keyword)):
                one.value = call(hook, one.value, site, one.value)
        node.args = [
            one if isinstance(one, ast.Starred) else call(".last" if one is every[-1] else ".argument", one, site, one)
            for one in node.args
        ]
