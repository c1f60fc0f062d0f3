"""The writing half of the transformer: assignments, and the targets of loops and ``with``."""

from __future__ import annotations

import ast
from typing import Any

from concsim.engine.instrument.nodes import at, call, copied, load, statement
from concsim.engine.instrument.scopes import Scope
from concsim.engine.instrument.sharing import IN_STATEMENT, Sharing
from concsim.engine.instrument.site import ModuleFile, Site


class Assignments(ast.NodeTransformer):
    """Writes: the value passes through the hook, which is thereby the last thing before the store."""

    def __init__(self, sharing: Sharing, file: ModuleFile) -> None:
        self.sharing, self.file = sharing, file
        self.scope: Scope = sharing.module
        self._hidden = 0

    def site(self, operation: str, name: str, node: ast.AST) -> int:
        """The number of a new site."""
        return Site(operation, name, node, self.file).number

    def visit_body(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """The statements of a block."""
        made: list[ast.stmt] = []
        for one in body:
            result = self.visit(one)
            made.extend(result if isinstance(result, list) else [result])
        return made

    def is_still(self, node: ast.expr) -> bool:
        """Whether evaluating *node* twice, or a little earlier, is the same to everybody."""
        match node:
            case ast.Constant():
                return True
            case ast.Name():
                return self.scope.kind != "class" and not self.sharing.is_shared(self.scope, node.id)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=ast.Constant()):
                return True
            case ast.Tuple():
                return all(self.is_still(one) for one in node.elts)
            case ast.Slice():
                return all(one is None or self.is_still(one) for one in (node.lower, node.upper, node.step))
        return False

    def as_key(self, key: Any) -> ast.expr:
        """A subscript as a value: a slice is made by the builtin, the parts evaluated in place."""
        if isinstance(key, ast.Slice):
            parts = [one if one is not None else at(ast.Constant(None), key) for one in (key.lower, key.upper, key.step)]
            return call(".slice", key, *parts)
        return key  # type: ignore[no-any-return]

    def cell(self, name: str, node: ast.AST) -> ast.expr:
        """A function that does nothing but hold the cell of a variable that closures share."""
        none = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
        return at(ast.Lambda(none, load(name, node)), node)  # type: ignore[no-any-return]

    def written(self, name: str, node: ast.AST, value: ast.expr | None) -> ast.expr:
        """*value*, about to be written to the shared variable *name*."""
        site = self.site("write", self.scope.mangle(name), node)
        if self.sharing.is_shared(self.scope, name) == "cell":
            return call(".put_cell", node, site, value, self.cell(name, node))
        return call(".write", node, site, value)

    def hidden(self) -> str:
        """A new name that no program can see."""
        self._hidden += 1
        return f".{self._hidden}"

    # plain assignment

    def visit_Assign(self, node: ast.Assign) -> Any:
        apart = any(isinstance(one, (ast.Tuple, ast.List)) for one in node.targets)
        value = self.unpacked(node.value) if apart else self.visit(node.value)
        if len(node.targets) > 1 and any(self._stores_shared(one) for one in node.targets):
            return self._assign_each(node, value)
        if len(node.targets) == 1 and not isinstance(node.targets[0], (ast.Tuple, ast.List)):
            return self._assign_one(node, node.targets[0], value)
        if len(node.targets) == 1 and self._must_part(node.targets[0]):
            return self._part(node, node.targets[0], value)
        node.value = value
        after: list[ast.stmt] = []
        node.targets = [self.target(one, after) for one in node.targets]
        return [node, *after] if after else node

    def _stores_shared(self, target: ast.expr) -> bool:
        """Whether a shared name is among the names that *target* stores."""
        return any(self.sharing.is_shared(self.scope, one.id) for one in leaves(target) if isinstance(one, ast.Name))

    def _must_part(self, target: ast.expr) -> bool:
        """Whether a shared name is stored together with what can fail: then each store has to be done in its turn."""
        fails = any(not isinstance(one, ast.Name) for one in leaves(target)) or any(
            isinstance(one, (ast.Tuple, ast.List)) for one in target.elts  # type: ignore[attr-defined]
        )
        return fails and self._stores_shared(target)

    def _assign_each(self, node: ast.Assign, value: ast.expr) -> list[ast.stmt]:
        """One value for several targets, from left to right."""
        name = self.hidden()
        kept = at(ast.Assign([at(ast.Name(name, ast.Store()), node.value)], value), node)
        return [kept, self._in_turn([(one, name) for one in node.targets], node)]

    def _part(self, node: ast.Assign, target: Any, value: ast.expr) -> list[ast.stmt]:
        """Unpack into hidden names, then store each: what was stored before a failure stays."""
        pairs = [(one, self.hidden()) for one in target.elts]
        target.elts = [_hidden_like(one, name) for one, name in pairs]
        node.value = value
        return [node, self._in_turn(pairs, node)]

    def _in_turn(self, pairs: list[tuple[Any, str]], node: ast.AST) -> ast.stmt:
        """Store each hidden name into its target, then forget them."""
        body: list[ast.stmt] = []
        for one, name in pairs:
            target = one.value if isinstance(one, ast.Starred) else one
            body += self.visit_body([at(ast.Assign([target], load(name, target)), target)])
        names = dict.fromkeys(name for _, name in pairs)
        forget = at(ast.Delete([at(ast.Name(name, ast.Del()), node) for name in names]), node)
        return at(ast.Try(body, [], [], [forget]), node)  # type: ignore[no-any-return]

    def _assign_one(self, node: ast.Assign | ast.AnnAssign, target: Any, value: ast.expr) -> Any:
        if isinstance(target, ast.Name):
            if self.sharing.is_shared(self.scope, target.id):
                value = self.written(target.id, node, value)
        elif isinstance(target, ast.Attribute):
            value = self._assign_attribute(node, target, value)
        elif isinstance(target, ast.Subscript):
            if not self.sharing.is_quiet(self.scope, target.value):
                return self._assign_item(node, target, value)
            target.slice = self.visit(target.slice)
        node.value = value
        return node

    def _assign_attribute(self, node: ast.stmt, target: ast.Attribute, value: ast.expr) -> ast.expr:
        if self.sharing.is_quiet_self(self.scope, target.value):
            return value
        site = self.site("write", self.scope.mangle(target.attr), node)
        if self.is_still(target.value):
            return call(".put_field", value, site, value, copied(target.value))
        target.value = call(".aim_field", target.value, site, self.visit(target.value), 1)
        return call(".stash", value, value)

    def _assign_item(self, node: Any, target: ast.Subscript, value: ast.expr) -> ast.stmt:
        site = self.site("write", "[]", node)
        still_object, still_key = self.is_still(target.value), self.is_still(target.slice)
        if still_object and still_key:
            node.value = call(".put_item", value, site, value, copied(target.value), copied(target.slice))
            return node  # type: ignore[no-any-return]
        before = copied(target.value)
        target.value, target.slice = self.visit(target.value), self.visit(target.slice)
        if still_key:
            target.value = call(".aim_item", target.value, site, target.value, copied(target.slice), 1)
        elif still_object and not isinstance(target.slice, ast.Slice):
            target.slice = call(".aim_key", target.slice, site, before, target.slice)
        else:
            return statement(call(".set_item", node, site, value, target.value, self.as_key(target.slice)))
        node.value = call(".stash", value, value)
        return node  # type: ignore[no-any-return]

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Any:
        if node.value is None:
            return node
        return self._assign_one(node, node.target, self.visit(node.value))

    def visit_NamedExpr(self, node: ast.NamedExpr) -> ast.expr:
        node.value = self.visit(node.value)
        if self.sharing.is_shared(self.scope, node.target.id):
            node.value = self.written(node.target.id, node, node.value)
        return node

    # targets anywhere else

    def target(self, node: Any, after: list[ast.stmt]) -> Any:
        """A target of an unpacking, a loop or a ``with``. Shared names are stored by statements put into *after*."""
        match node:
            case ast.Tuple() | ast.List() if self._must_part(node):
                name, whole = self.hidden(), node
                after.append(self._in_turn([(whole, name)], whole))
                return at(ast.Name(name, ast.Store()), whole)
            case ast.Tuple() | ast.List():
                node.elts = [self.target(one, after) for one in node.elts]
            case ast.Starred():
                node.value = self.target(node.value, after)
            case ast.Name() if self.sharing.is_shared(self.scope, node.id):
                return self._hide(node, after)
            case ast.Attribute() if not self.sharing.is_quiet_self(self.scope, node.value):
                site = self.site("write", self.scope.mangle(node.attr), node)
                node.value = call(".aim_field", node.value, site, self.visit(node.value), 0)
            case ast.Subscript() if not self.sharing.is_quiet(self.scope, node.value):
                self._aim_item(node)
        return node

    def _aim_item(self, node: ast.Subscript) -> None:
        site = self.site("write", "[]", node)
        still = self.is_still(node.slice)
        value, key = self.visit(node.value), self.visit(node.slice)
        node.value = call(".aim_item", node.value, site, value, copied(key) if still else None, 0)
        node.slice = key

    def _hide(self, node: ast.Name, after: list[ast.stmt]) -> ast.Name:
        name = self.hidden()
        stored = self.written(node.id, node, load(name, node))
        after.append(at(ast.Assign([node], stored), node))
        after.append(at(ast.Delete([at(ast.Name(name, ast.Del()), node)]), node))
        return at(ast.Name(name, ast.Store()), node)  # type: ignore[no-any-return]

    def each(self, node: ast.expr, where: int = IN_STATEMENT) -> ast.expr:
        """What a loop runs over."""
        raise NotImplementedError

    def unpacked(self, node: ast.expr) -> ast.expr:
        """What is taken apart by an assignment."""
        raise NotImplementedError

    def visit_For(self, node: ast.For) -> ast.stmt:
        node.iter = self.each(node.iter)
        return self._visit_for(node)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> ast.stmt:
        node.iter = self.visit(node.iter)
        return self._visit_for(node)

    def _visit_for(self, node: Any) -> ast.stmt:
        after: list[ast.stmt] = []
        node.target = self.target(node.target, after)
        node.body = [*after, *self.visit_body(node.body)]
        node.orelse = self.visit_body(node.orelse)
        return node  # type: ignore[no-any-return]

    def _visit_with(self, node: ast.With | ast.AsyncWith) -> ast.stmt:
        names = [item.optional_vars for item in node.items[:-1] if item.optional_vars is not None]
        if any(self._stores_shared(one) for one in names):  # to be stored before the next manager is asked
            inner = at(type(node)(node.items[1:], node.body), node)
            return self._visit_with(at(type(node)(node.items[:1], [inner]), node))
        after: list[ast.stmt] = []
        for item in node.items:
            item.context_expr = self.visit(item.context_expr)
            if item.optional_vars is not None:
                item.optional_vars = self.target(item.optional_vars, after)
        node.body = [*after, *self.visit_body(node.body)]
        return node

    visit_With = visit_AsyncWith = _visit_with

    def rebinds(self, name: str, node: ast.stmt) -> Any:
        """A ``def`` or ``class`` whose name another thread could see."""
        if not self.sharing.is_shared(self.scope, name):
            return node
        return [statement(self.written(name, node, None)), node]


def leaves(target: Any) -> list[ast.expr]:
    """What a target stores into: names, attributes, items."""
    if isinstance(target, (ast.Tuple, ast.List)):
        return [leaf for one in target.elts for leaf in leaves(one)]
    return leaves(target.value) if isinstance(target, ast.Starred) else [target]


def _hidden_like(target: ast.expr, name: str) -> ast.expr:
    hidden = at(ast.Name(name, ast.Store()), target)
    return at(ast.Starred(hidden, ast.Store()), target) if isinstance(target, ast.Starred) else hidden  # type: ignore[no-any-return]
