"""Which names another thread could see change, and which containers it cannot reach. Decided from the text alone.

When in doubt a name is shared: a hook too many is a step too many, a hook too few is a race not shown.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from concsim.engine.instrument.scopes import LOOPS, Scope, ScopeFinder

FRESH = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
MAKERS = frozenset({"list", "dict", "set", "bytearray", "deque", "defaultdict", "Counter", "OrderedDict"})
READERS = frozenset({
    "len", "sum", "min", "max", "sorted", "list", "tuple", "set", "frozenset", "dict", "any", "all", "enumerate", "zip",
    "reversed", "map", "filter", "iter", "bool", "str", "repr", "print",
})  # fmt: skip
"""Builtins that read a container and keep no hold of it beyond what they give back."""
TEXT_BUILTINS = frozenset({"str", "repr", "print"})
SCALAR_BUILTINS = frozenset({
    "isinstance", "issubclass", "callable", "type", "id", "range", "int", "float", "complex", "abs", "chr", "ord", "hex", "oct",
    "bin", "round", "divmod", "pow", "hash", "super", "object", "property", "staticmethod", "classmethod", "slice", "locals",
    "globals", "input", "open", "len", "bool", "str", "repr", "any", "all", "sum", "print", "compile",
})  # fmt: skip
"""Builtins that give back a number, a text, or something else that is no container of the program's."""
IN_STATEMENT, IN_COMPREHENSION, IN_GENERATOR, IN_INNER, IN_CALL = range(5)
"""Where a loop is: a statement, the first of a comprehension or a generator expression, a later one of these, or a function that
iterates over what it is given.
"""
KEEPERS = frozenset({"enumerate", "zip", "reversed", "map", "filter", "iter"})
READING = frozenset({
    "get", "keys", "values", "items", "copy", "index", "count", "union", "intersection", "difference", "issubset",
    "issuperset", "isdisjoint", "symmetric_difference", "__len__", "__contains__", "__getitem__", "__iter__", "most_common",
    "elements", "total",
})  # fmt: skip
"""Methods of built-in containers that change nothing."""


class Sharing:
    """The answers for one module. `rebound` names globals that other files of the program rebind."""

    def __init__(self, tree: ast.Module | ast.Interactive, rebound: Iterable[str] = ()) -> None:
        found = ScopeFinder(tree)
        self.scope_of, self._parents = found.scope_of, found.parents
        self.module = found.module
        self.globals = self._find_globals() | (set(rebound) & set(self.module.bindings))
        self._cells = self._find_cells()
        self._quiet: dict[tuple[Scope, str], bool] = {}
        self._uses = self._gather_uses()
        self._quiet_selves = {scope for scope in self.module.walk() if self._keeps_self(scope)}

    def is_shared(self, scope: Scope, name: str) -> str:
        """ "global" or "cell" if reading or writing *name* here is a visible operation, else ""."""
        kind, owner = scope.resolve(name)
        name = scope.mangle(name)
        if kind == "global":
            return kind if name in self.globals else ""
        if (owner, name) in self._cells:
            return "cell"
        return ""

    def is_quiet(self, scope: Scope, node: ast.expr) -> bool:
        """Whether *node* names a container that no other thread can reach, or that nobody changes."""
        if not isinstance(node, ast.Name) or self.is_shared(scope, node.id):
            return False
        kind, owner = scope.resolve(node.id)
        key = (owner, scope.mangle(node.id))
        if key not in self._quiet:
            self._quiet[key] = self._is_confined(kind, *key) or self._is_constant(kind, *key)
        return self._quiet[key]

    def may_be_set(self, scope: Scope, node: ast.expr) -> bool:
        """Whether *node* names a set, as far as its bindings tell."""
        if not isinstance(node, ast.Name):
            return False
        _, owner = scope.resolve(node.id)
        return any(_makes_set(value) for value in owner.values.get(scope.mangle(node.id), ()))

    def holds_others(self, scope: Scope, node: ast.expr) -> bool:
        """Whether *node* names a container that nobody changes or reaches, of others that may be changed."""
        if not isinstance(node, ast.Name) or self.is_shared(scope, node.id):
            return False
        _, owner = scope.resolve(node.id)
        return any(isinstance(one, FRESH) and _has_parts(one) for one in owner.values.get(scope.mangle(node.id), ()))

    def is_quiet_self(self, scope: Scope, node: ast.expr) -> bool:
        """Whether *node* is the ``self`` of an ``__init__`` in which it goes nowhere else."""
        return scope in self._quiet_selves and isinstance(node, ast.Name) and node.id == scope.parameters[0]

    # names

    def _find_globals(self) -> set[str]:
        shared: set[str] = set()
        for scope in self.module.walk():
            if scope is not self.module:
                shared |= {name for name in scope.global_names if name in scope.bindings}
        read = {
            name
            for scope in self.module.walk()
            if scope is not self.module and not self._runs_with(scope, self.module)
            for name in scope.uses
            if scope.resolve(name)[0] == "global"
        }
        return shared | {name for name, times in self.module.bindings.items() if times > 1 and name in read}

    def _runs_with(self, scope: Scope, owner: Scope) -> bool:
        """Whether *scope* is run in line by *owner*'s own code: a comprehension, a class body."""
        while scope is not owner:
            if scope.kind == "function" or isinstance(scope.node, ast.GeneratorExp) or scope.parent is None:
                return False
            scope = scope.parent
        return True

    def _find_cells(self) -> set[tuple[Scope, str]]:
        shared: set[tuple[Scope, str]] = set()
        for scope in self.module.walk():
            for name in (*scope.uses, *scope.bindings):
                kind, owner = scope.resolve(name)
                if kind == "cell" and not self._runs_with(scope, owner):
                    rebinds = name in scope.bindings or owner.bindings[name] > 1
                    if rebinds or self._is_rebound_inside(owner, name):
                        shared.add((owner, name))
        return shared

    def _is_rebound_inside(self, owner: Scope, name: str) -> bool:
        return any(
            name in scope.nonlocal_names and name in scope.bindings and scope.resolve(name)[1] is owner
            for scope in owner.walk()
        )

    # containers

    def _gather_uses(self) -> dict[tuple[Scope, str], list[tuple[Scope, ast.Name]]]:
        uses: dict[tuple[Scope, str], list[tuple[Scope, ast.Name]]] = {}
        for scope in self.module.walk():
            for name, nodes in scope.uses.items():
                uses.setdefault((scope.resolve(name)[1], name), []).extend((scope, node) for node in nodes)
        return uses

    def _is_confined(self, kind: str, owner: Scope, name: str) -> bool:
        """Made here, and known by this name alone to code that runs in this very thread."""
        values = owner.values.get(name, [])
        if name in owner.parameters or not values or not all(is_fresh(value) for value in values):
            return False
        uses = self._uses.get((owner, name), [])
        if kind == "global" and owner.kind == "module" and name in self._declared_global():
            return False
        return all(self._runs_with(scope, owner) and self._stays(node) for scope, node in uses)

    def _declared_global(self) -> set[str]:
        return {name for scope in self.module.walk() for name in scope.global_names}

    def _is_constant(self, kind: str, owner: Scope, name: str) -> bool:
        """A global bound once to a fresh container of which every use only reads."""
        values = owner.values.get(name, [])
        if kind != "global" or len(values) != 1 or owner.bindings.get(name) != 1 or not is_fresh(values[0]):
            return False
        return all(self._reads(node) for _, node in self._uses.get((owner, name), []))

    def _stays(self, node: ast.Name) -> bool:
        """Whether this use of a container gives it to nobody."""
        parent = self._parents.get(node)
        if isinstance(parent, ast.Return):
            return True
        if isinstance(parent, ast.Attribute):
            return isinstance(self._parents.get(parent), ast.Call) and parent.value is node
        return self._is_subject(node, parent) or isinstance(parent, ast.AugAssign)

    def _reads(self, node: ast.Name) -> bool:
        parent = self._parents.get(node)
        if isinstance(parent, ast.Attribute):
            return isinstance(self._parents.get(parent), ast.Call) and parent.attr in READING
        if isinstance(parent, ast.Subscript) and not isinstance(parent.ctx, ast.Load):
            return False
        return self._is_subject(node, parent)

    def _is_subject(self, node: ast.Name, parent: ast.AST | None) -> bool:
        match parent:
            case ast.Subscript(value=value):
                return value is node
            case ast.Compare():
                return node in parent.comparators or parent.left is node
            case ast.For(iter=value) | ast.AsyncFor(iter=value) | ast.comprehension(iter=value):
                return value is node
            case ast.If(test=value) | ast.While(test=value) | ast.UnaryOp(operand=value):
                return value is node
            case ast.Starred():
                return True
            case ast.FormattedValue():
                return True
            case ast.Call(func=ast.Name(id=called)):
                return called in READERS and called not in self.module.bindings and self._is_used_up(parent, called)
        return False

    def _is_used_up(self, call: ast.Call, called: str) -> bool:
        """An iterator over the container must not get away."""
        if called not in KEEPERS:
            return True
        parent = self._parents.get(call)
        return isinstance(parent, (*LOOPS, ast.comprehension)) or (
            isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id in READERS - KEEPERS
        )

    def _keeps_self(self, scope: Scope) -> bool:
        """Whether in this ``__init__`` its object is only dressed: given to nobody, no method of it called."""
        node = scope.node
        if not isinstance(node, ast.FunctionDef) or node.name != "__init__" or not scope.parameters:
            return False
        if scope.parent is None or scope.parent.kind != "class":
            return False
        uses = self._uses.get((scope, scope.parameters[0]), [])
        return all(user is scope and self._dresses(name) for user, name in uses)

    def _dresses(self, node: ast.Name) -> bool:
        parent = self._parents.get(node)
        if not isinstance(parent, ast.Attribute):
            return False
        grandparent = self._parents.get(parent)
        return not (isinstance(grandparent, ast.Call) and grandparent.func is parent)


def is_fresh(value: ast.AST | None) -> bool:
    """Whether an expression makes a new container that nobody else knows."""
    if isinstance(value, FRESH):
        return True
    if isinstance(value, ast.BinOp):  # [0] * size
        return is_fresh(value.left) or is_fresh(value.right)
    if isinstance(value, ast.Call):
        called = value.func
        name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
        return name in MAKERS
    return False


def _has_parts(value: ast.expr) -> bool:
    """Whether a display holds anything but constants."""
    parts = [*getattr(value, "elts", ()), *getattr(value, "values", ())]
    return not parts or not all(isinstance(one, ast.Constant) for one in parts)


def _makes_set(value: ast.AST | None) -> bool:
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in ("set", "frozenset")
    return isinstance(value, (ast.Set, ast.SetComp))
