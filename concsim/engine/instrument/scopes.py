"""Which names mean what: a program's scopes, and for each name whether another thread could see it being rebound.

The rules are the language's own (reference, 4.2): a comprehension is a scope of its own, a class's names are not seen
from the functions in it, ``global`` and ``nonlocal`` say otherwise. The compiler's ``symtable`` knows the same, but
cannot be asked for the scope of a node.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
LOOPS = (ast.For, ast.AsyncFor, ast.While)


class Scope:
    """A module, class, function or comprehension."""

    def __init__(self, kind: str, node: ast.AST, parent: Scope | None, owner: str = "") -> None:
        self.kind, self.node, self.parent, self.owner = kind, node, parent, owner
        self.bindings: dict[str, int] = {}
        """How often each name is bound here; a binding in a loop counts twice."""
        self.uses: dict[str, list[ast.Name]] = {}
        self.global_names: set[str] = set()
        self.nonlocal_names: set[str] = set()
        self.parameters: list[str] = []
        self.children: list[Scope] = []
        self.parents: dict[ast.AST, ast.AST] = {}
        self.values: dict[str, list[ast.expr | ast.stmt | None]] = {}
        """What each name is bound to: an expression, a ``def`` or ``class``; None where it is anything else."""
        if parent is not None:
            parent.children.append(self)

    def mangle(self, name: str) -> str:
        """A private name of a class as the compiler calls it."""
        if not self.owner or not name.startswith("__") or name.endswith("__") or "." in name:
            return name
        owner = self.owner.lstrip("_")
        return f"_{owner}{name}" if owner else name

    def bind(self, name: str, times: int, value: ast.expr | ast.stmt | None = None) -> None:
        """Note a binding of *name*."""
        name = self.mangle(name)
        self.bindings[name] = self.bindings.get(name, 0) + times
        self.values.setdefault(name, []).append(value)

    @property
    def is_function(self) -> bool:
        return self.kind in ("function", "comprehension")

    def resolve(self, name: str) -> tuple[str, Scope]:
        """Where a name used here lives: ("local" | "cell" | "global" | "class", its scope)."""
        name = self.mangle(name)
        if name in self.global_names:
            return "global", self.module
        if self.kind == "module":
            return "global", self
        if name in self.bindings and name not in self.nonlocal_names:
            return ("class" if self.kind == "class" else "local"), self
        scope = self.parent
        while scope is not None and scope.kind != "module":
            if scope.is_function and name in scope.bindings and name not in scope.nonlocal_names:
                return ("global", self.module) if name in scope.global_names else ("cell", scope)
            if scope.is_function and name in scope.global_names:
                return "global", self.module
            scope = scope.parent
        return "global", self.module

    @property
    def module(self) -> Scope:
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def walk(self) -> Iterator[Scope]:
        """This scope and all in it."""
        yield self
        for child in self.children:
            yield from child.walk()


class ScopeFinder(ast.NodeVisitor):
    """Builds the scopes of a module; `scope_of` maps a node that opens a scope to it."""

    def __init__(self, tree: ast.Module | ast.Interactive) -> None:
        self.module = Scope("module", tree, None)
        self.scope_of: dict[ast.AST, Scope] = {tree: self.module}
        self.parents: dict[ast.AST, ast.AST] = {}
        self._scope = self.module
        self._loops = 0
        for statement in tree.body:
            self.visit(statement)

    # what binds

    def _times(self) -> int:
        return 2 if self._loops else 1

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._scope.uses.setdefault(self._scope.mangle(node.id), []).append(node)
        else:
            self._scope.bind(node.id, self._times())

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            if isinstance(target, ast.Name):
                self.parents[target] = node
                self._scope.bind(target.id, self._times(), node.value)
            else:
                self.parents[target] = node
                self.visit(target)
        self.parents[node.value] = node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)
        if isinstance(node.target, ast.Name):
            self._scope.bind(node.target.id, self._times() if node.value is not None else 0, node.value)
        else:
            self.visit(node.target)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self._scope.bind(node.target.id, self._times(), node)  # type: ignore[arg-type]
        else:
            self.parents[node.target] = node
            self.visit(node.target)
        self.visit(node.value)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.parents[node.value] = node
        self.visit(node.value)
        scope = self._scope
        while scope.kind == "comprehension" and scope.parent is not None:
            scope = scope.parent
        scope.bind(node.target.id, 2 if self._loops or scope is not self._scope else 1)
        if scope is not self._scope:
            # a comprehension sees the name as its function's
            self._scope.uses.setdefault(scope.mangle(node.target.id), [])

    def visit_Global(self, node: ast.Global) -> None:
        self._scope.global_names |= {self._scope.mangle(name) for name in node.names}

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        self._scope.nonlocal_names |= {self._scope.mangle(name) for name in node.names}

    def _visit_import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name != "*":
                self._scope.bind(alias.asname or alias.name.split(".")[0], self._times())

    visit_Import = visit_ImportFrom = _visit_import

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self._scope.bind(node.name, 2)
        self.generic_visit(node)

    def _visit_capture(self, node: ast.MatchAs | ast.MatchStar) -> None:
        if node.name:
            self._scope.bind(node.name, self._times())
        self.generic_visit(node)

    visit_MatchAs = visit_MatchStar = _visit_capture

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        if node.rest:
            self._scope.bind(node.rest, self._times())
        self.generic_visit(node)

    # loops

    def _visit_loop(self, node: ast.For | ast.AsyncFor | ast.While) -> None:
        self._loops += 1
        self.generic_visit(node)
        self._loops -= 1

    visit_For = visit_AsyncFor = visit_While = _visit_loop

    # what opens a scope

    def _enter(self, kind: str, node: ast.AST, owner: str) -> Scope:
        scope = Scope(kind, node, self._scope, owner)
        self.scope_of[node] = scope
        return scope

    def _visit_all(self, nodes: list[ast.expr] | list[ast.stmt] | list[ast.expr | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def _visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._visit_all(node.decorator_list)
        self._scope.bind(node.name, self._times(), node)
        self._visit_body(node, node.body)

    visit_FunctionDef = visit_AsyncFunctionDef = _visit_function

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._visit_body(node, [node.body])

    def _visit_body(self, node: Function, body: list[ast.stmt] | list[ast.expr]) -> None:
        arguments = node.args
        self._visit_all(arguments.defaults)
        self._visit_all(arguments.kw_defaults)
        outer, loops = self._scope, self._loops
        self._scope, self._loops = self._enter("function", node, outer.owner), 0
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        for one in every:
            if one is not None:
                self._scope.bind(one.arg, 1)
                self._scope.parameters.append(self._scope.mangle(one.arg))
        self._visit_all(body)
        self._scope, self._loops = outer, loops

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._visit_all(node.decorator_list)
        self._visit_all(node.bases)
        for keyword in node.keywords:
            self.visit(keyword.value)
        self._scope.bind(node.name, self._times(), node)
        outer, loops = self._scope, self._loops
        self._scope, self._loops = self._enter("class", node, node.name), 0
        self._visit_all(node.body)
        self._scope, self._loops = outer, loops

    def _visit_comprehension(self, node: Comprehension) -> None:
        self.visit(node.generators[0].iter)
        self.parents[node.generators[0].iter] = node.generators[0]
        outer, loops = self._scope, self._loops
        self._scope, self._loops = self._enter("comprehension", node, outer.owner), 1
        for number, part in enumerate(node.generators):
            if number:
                self.visit(part.iter)
                self.parents[part.iter] = part
            self.visit(part.target)
            self._visit_all(part.ifs)
        self._visit_all([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])
        self._scope, self._loops = outer, loops

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _visit_comprehension

    # where a node stands

    def generic_visit(self, node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            self.parents[child] = node
            self.visit(child)
