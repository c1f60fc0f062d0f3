"""Augmented assignments, each a read and a write, and deletions."""

from __future__ import annotations

import ast
from typing import Any

from concsim.engine.instrument.assignments import Assignments
from concsim.engine.instrument.nodes import AUGMENTED, SYMBOLS, at, call, copied, load, statement


class Augmented(Assignments):
    """Statements that act on what is there already."""

    _may_change = False

    # augmented assignment: a read, the operator, a write

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        target = node.target
        walrus = any(isinstance(one, ast.NamedExpr) for one in ast.walk(node.value))
        self._may_change = self.changes_container(node)
        node.value = self.visit(node.value)
        if isinstance(target, ast.Name):
            return self._augment_name(node, target)
        if isinstance(target, ast.Attribute):
            return self._augment_attribute(node, target, walrus)
        return self._augment_item(node, target, walrus)

    def changes_container(self, node: ast.AugAssign) -> bool:
        """Whether, for all the text shows, a container may be what is changed, in place."""
        raise NotImplementedError

    def _operate(self, node: ast.AugAssign, old: ast.expr) -> ast.expr:
        operate = AUGMENTED[type(node.op)]
        if not self._may_change:
            return call(operate, node, old, node.value)
        site = self.site("call", SYMBOLS[operate], node)
        return call(".change", node, site, load(operate, node), old, node.value)

    def _augment_name(self, node: ast.AugAssign, target: ast.Name) -> Any:
        if not self.sharing.is_shared(self.scope, target.id):
            return self._augment_own(node, target)
        name = self.scope.mangle(target.id)
        is_cell = self.sharing.is_shared(self.scope, target.id) == "cell"
        # an own variable without a value is another error than one of an enclosing function
        if self.is_still(node.value) and not (is_cell and self.scope.resolve(target.id)[1] is self.scope):
            read, write = self.site("read", name, target), self.site("write", name, node)
            operate = AUGMENTED[type(node.op)]
            hook = ".change" + operate if self._may_change else operate
            cell = [self.cell(target.id, target)] if is_cell else []
            new = call(".augment_cell" if is_cell else ".augment", node, read, write, load(hook, node), node.value, *cell)
            return at(ast.Assign([target], new), node)
        old = self.visit(load(target.id, target))
        return at(ast.Assign([target], self.written(target.id, node, self._operate(node, old))), node)

    def _augment_own(self, node: ast.AugAssign, target: ast.Name) -> ast.stmt:
        """Nobody else sees the name; what it stands for may be another's."""
        if self._may_change and self.scope.kind != "class" and not self.sharing.is_quiet(self.scope, load(target.id, target)):
            site = self.site("call", SYMBOLS[AUGMENTED[type(node.op)]], node)
            node.value = call(".onto", node.value, site, node.value, load(target.id, target))
        return node

    def _augment_attribute(self, node: ast.AugAssign, target: ast.Attribute, walrus: bool) -> Any:
        if self.sharing.is_quiet_self(self.scope, target.value):
            return node
        if not self.is_still(target.value) or walrus:
            return self._with_hidden(node, [("value", target.value)])
        name = self.scope.mangle(target.attr)
        read, write = self.site("read", name, target), self.site("write", name, node)
        holder = call(".field", target.value, read, copied(target.value))
        old = at(ast.Attribute(holder, target.attr, ast.Load()), target)
        new = call(".put_field", node, write, self._operate(node, old), copied(target.value))
        return at(ast.Assign([target], new), node)

    def _augment_item(self, node: ast.AugAssign, target: Any, walrus: bool) -> Any:
        if self.sharing.is_quiet(self.scope, target.value):
            target.slice = self.visit(target.slice)
            return node
        slices = isinstance(target.slice, ast.Slice)
        hidden = [("value", target.value)] if not self.is_still(target.value) or walrus else []
        if not self.is_still(target.slice) or slices or walrus:
            hidden.append(("slice", target.slice))
        if hidden:
            return self._with_hidden(node, hidden)
        read, write = self.site("read", "[]", target), self.site("write", "[]", node)
        holder = call(".item", target.value, read, copied(target.value), copied(target.slice))
        old = at(ast.Subscript(holder, copied(target.slice), ast.Load()), target)
        new = call(".put_item", node, write, self._operate(node, old), copied(target.value), copied(target.slice))
        return at(ast.Assign([target], new), node)

    def _with_hidden(self, node: ast.AugAssign, parts: list[tuple[str, Any]]) -> list[ast.stmt]:
        """Keep the operands of the target in hidden names while the value is found, then forget them."""
        before: list[ast.stmt] = []
        names: list[ast.expr] = []
        for field, part in parts:
            name = self.hidden()
            before.append(at(ast.Assign([at(ast.Name(name, ast.Store()), part)], self.as_key(self.visit(part))), part))
            setattr(node.target, field, load(name, part))
            names.append(at(ast.Name(name, ast.Del()), part))
        value, node.value = node.value, at(ast.Constant(None), node)
        augment = self._augment_attribute if isinstance(node.target, ast.Attribute) else self._augment_item
        node.value = value
        inner = augment(node, node.target, False)  # type: ignore[arg-type]
        forget = at(ast.Delete(names), node)
        return [*before, at(ast.Try([inner], [], [], [forget]), node)]

    # deletion

    def visit_Delete(self, node: ast.Delete) -> Any:
        made: list[ast.stmt] = []
        for target in node.targets:
            made += self._delete(target)
        return made

    def _delete(self, target: Any) -> list[ast.stmt]:
        if isinstance(target, (ast.Tuple, ast.List)):
            return [one for part in target.elts for one in self._delete(part)]
        plain = at(ast.Delete([target]), target)
        match target:
            case ast.Name() if self.sharing.is_shared(self.scope, target.id):
                site = self.site("delete", self.scope.mangle(target.id), target)
                if self.sharing.is_shared(self.scope, target.id) == "cell":
                    return [statement(call(".drop_cell", target, site, self.cell(target.id, target))), plain]
                return [statement(call(".forget", target, site)), plain]
            case ast.Attribute() if not self.sharing.is_quiet_self(self.scope, target.value):
                site = self.site("delete", self.scope.mangle(target.attr), target)
                target.value = call(".drop_field", target.value, site, self.visit(target.value))
            case ast.Subscript() if not self.sharing.is_quiet(self.scope, target.value):
                return [self._delete_item(target, plain)]
            case ast.Subscript():
                target.slice = self.visit(target.slice)
        return [plain]

    def _delete_item(self, target: ast.Subscript, plain: ast.stmt) -> ast.stmt:
        site = self.site("delete", "[]", target)
        still = self.is_still(target.slice)
        value, key = self.visit(target.value), self.visit(target.slice)
        if not still:
            return statement(call(".delete_item", target, site, value, self.as_key(key)))
        target.value, target.slice = call(".drop_item", target.value, site, value, copied(key)), key
        return plain
