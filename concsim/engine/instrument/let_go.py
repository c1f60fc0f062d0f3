"""Marks the places where CPython 3.10 and later, holding the GIL, lets another thread in.

The interpreter looks whether it should only where a function is entered (a generator resumed), at a loop's back edge,
and after a call of something that is no Python function. A Python function that returns is no such place: with
``def get(): return total`` nothing can come between the read in ``get`` and the caller's next operation.
Source: ``CHECK_EVAL_BREAKER`` and ``RESUME`` in CPython's ``Python/ceval.c`` and ``bytecodes.c``.
"""

from __future__ import annotations

import ast
import itertools
from typing import Any

from concsim.engine.instrument.nodes import at, call, first, is_hook, statement
from concsim.model.interpreters import GilPlaces

_ENDS = (ast.Raise, ast.Return, ast.Break, ast.Continue)
"""What nothing comes after."""
FOR, WHILE = -1, -2
_numbers = itertools.count()


class LetGo(ast.NodeTransformer):
    """Runs over a tree that has its hooks already, for one version's places."""

    def __init__(self, places: GilPlaces) -> None:
        self._places = places
        self._loops: list[int] = []
        """Those around, the innermost last: the number of a ``while`` whose back edge is behind its test; `FOR`, `WHILE`: of other loops."""
        self._handlers: list[int] = []
        """How many loops are around each handler of an exception that is around."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        hooked = is_hook(node)
        self.generic_visit(node)
        if hooked or (isinstance(node.func, ast.Name) and node.func.id == "super"):
            return node
        number = next(_numbers)
        node.func = call(".called", node.func, number, node.func)
        return call(".back", node, number, node)

    def _visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Any:
        self._visit_outside(node)
        node.body = self._visit_block(node.body)
        place = 1 if ast.get_docstring(node, clean=False) is not None else 0
        anchor = node.body[min(place, len(node.body) - 1)]
        node.body.insert(place, statement(call(".let_go", anchor)))
        return self._decorated(node)

    def _decorated(self, node: Any) -> Any:
        """A decorator is called without a call in the text: the last one's lets go as any other's."""
        if not node.decorator_list:
            return node
        number, last = next(_numbers), node.decorator_list[0]
        node.decorator_list[0] = call(".called", last, number, last)
        return [node, statement(call(".back", last, number))]

    def visit_ClassDef(self, node: ast.ClassDef) -> Any:
        """Its body is a function that is entered, and to make it of that is a call.

        What lets go at the entry is evaluated before it: in the body a name is asked of the class's namespace, which may be anything.
        """
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        node.bases = [self.visit(one) for one in node.bases]
        node.keywords = [self.visit(one) for one in node.keywords]
        node.body = self._visit_block(node.body)
        before = [] if self._let_go_last(node) else [statement(call(".let_go", node))]
        return [*before, *_listed(self._decorated(node)), statement(call(".let_go", node))]

    @staticmethod
    def _let_go_last(node: ast.ClassDef) -> bool:
        """Let go behind what is evaluated last of what stands around a class, if anything is."""
        if node.keywords:
            node.keywords[-1].value = call(".resumed", node.keywords[-1].value, node.keywords[-1].value)
        elif node.bases and isinstance(last := node.bases[-1], ast.Starred):
            last.value = call(".resumed", last.value, last.value)
        elif node.bases:
            node.bases[-1] = call(".resumed", node.bases[-1], node.bases[-1])
        elif node.decorator_list:
            node.decorator_list[-1] = call(".resumed", node.decorator_list[-1], node.decorator_list[-1])
        return bool(node.keywords or node.bases or node.decorator_list)

    visit_FunctionDef = visit_AsyncFunctionDef = _visit_function

    def _visit_outside(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        self._visit_defaults(node.args)

    def _visit_defaults(self, arguments: ast.arguments) -> None:
        arguments.defaults = [self.visit(one) for one in arguments.defaults]
        arguments.kw_defaults = [one if one is None else self.visit(one) for one in arguments.kw_defaults]

    def visit_Lambda(self, node: ast.Lambda) -> ast.expr:
        self._visit_defaults(node.args)
        node.body = first(call(".let_go", node.body), self.visit(node.body))
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        node.target = self.visit(node.target)
        node.value = self.visit(node.value) if node.value is not None else None
        return node

    def visit_For(self, node: ast.For) -> ast.stmt:
        node.iter, node.target = self.visit(node.iter), self.visit(node.target)
        self._visit_loop(node, FOR)
        return node

    visit_AsyncFor = visit_For  # type: ignore[assignment]

    def visit_While(self, node: ast.While) -> Any:
        """The back edge is behind the body; before 3.14 it is behind the test, which is repeated there, and in front of the next round."""
        node.test = self.visit(node.test)
        if self._places.before_test:
            self._visit_loop(node, WHILE)
            return node
        number, begin, end = next(_numbers), node.body[0], node.body[-1]
        self._loops.append(number)
        node.body = self._visit_block(node.body)
        self._loops.pop()
        node.orelse = self._visit_block(node.orelse)
        node.body.insert(0, statement(call(".round", begin, number)))
        node.body.append(statement(call(".turn", end, number, True)))
        return [statement(call(".turn", node, number, False)), node]

    def _visit_loop(self, node: Any, kind: int) -> None:
        self._loops.append(kind)
        node.body = self._visit_block(node.body)
        self._loops.pop()
        node.body.append(statement(call(".let_go", node.body[-1])))
        node.orelse = self._visit_block(node.orelse)

    def visit_With(self, node: ast.With) -> Any:
        """Managers are called without a call in the text."""
        self.generic_visit(node)
        numbers = [next(_numbers) for _ in node.items]
        for number, item in zip(numbers, node.items, strict=True):
            item.context_expr = call(".manager", item.context_expr, number, item.context_expr)
        return [node, *[statement(call(".exited", node, number)) for number in reversed(numbers)]]

    def visit_Try(self, node: Any) -> Any:
        for name in ("body", "orelse", "finalbody"):
            setattr(node, name, self._visit_block(getattr(node, name)))
        for handler in node.handlers:
            handler.type = self.visit(handler.type) if handler.type is not None else None
            self._handlers.append(len(self._loops))
            handler.body = self._visit_block(handler.body)
            self._handlers.pop()
            if self._places.after_handler and not isinstance((node.orelse or node.body)[-1], _ENDS):
                handler.body.append(statement(call(".let_go", handler.body[-1])))
        return node

    visit_TryStar = visit_Try

    def _visit_block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        return [part for one in body for part in _listed(self.visit(one))]

    def visit_Continue(self, node: ast.Continue) -> Any:
        """Back to the test at the top, between which and the body nobody gets in."""
        number = self._loops[-1]
        first_round = [] if number < 0 else [statement(call(".turn", node, number, False))]
        return [*first_round, statement(call(".let_go", node)), node]

    def visit_Break(self, node: ast.Break) -> Any:
        """Out of a handler of a ``for`` loop it is a jump back in some versions: the handler stands behind what follows the loop."""
        jumps = self._places.break_in_handler and self._handlers and self._handlers[-1] == len(self._loops) and self._loops[-1] == FOR
        return [statement(call(".let_go", node)), node] if jumps else node

    def _visit_comprehension(self, node: Any) -> ast.expr:
        """The back edge is behind the element, and where a condition is not met; up to 3.11 the whole is a function that is entered."""
        self.generic_visit(node)
        for part in node.generators:
            part.ifs = [at(ast.BoolOp(ast.Or(), [one, call(".let_go", one)]), one) for one in part.ifs]
        if self._places.in_comprehension:
            node.generators[0].iter = call(".resumed", node.generators[0].iter, node.generators[0].iter)
        if isinstance(node, ast.DictComp):
            node.value = call(".resumed", node.value, node.value)
        else:
            node.elt = call(".resumed", node.elt, node.elt)
        return node  # type: ignore[no-any-return]

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.expr:
        """It is resumed before each round: in front of what a round evaluates first, the next loop's iterable, a condition, the element.

        The first round of an inner loop follows its iterable, with nothing between.
        """
        self.generic_visit(node)
        numbers = [next(_numbers) for _ in node.generators]
        for number, part, inner in zip(numbers, node.generators, [*node.generators[1:], None], strict=True):
            goes = call(".let_go", part.iter) if part is node.generators[0] else call(".round", part.iter, number)
            if part.ifs:
                part.ifs[0] = first(goes, part.ifs[0])
            elif inner is not None:
                inner.iter = first(goes, inner.iter)
            else:
                node.elt = first(goes, node.elt)
        for number, part in zip(numbers[1:], node.generators[1:], strict=True):
            part.iter = call(".turned", part.iter, number, part.iter)
        return node

    visit_ListComp = visit_SetComp = visit_DictComp = _visit_comprehension

    def _visit_yield(self, node: ast.Yield | ast.YieldFrom | ast.Await) -> ast.expr:
        self.generic_visit(node)
        return call(".resumed", node, node)

    visit_Yield = visit_YieldFrom = visit_Await = _visit_yield

    def visit_Match(self, node: ast.Match) -> ast.stmt:
        node.subject = self.visit(node.subject)
        for case in node.cases:
            case.guard = self.visit(case.guard) if case.guard is not None else None
            case.body = self._visit_block(case.body)
        return node


def _listed(result: Any) -> list[ast.stmt]:
    return result if isinstance(result, list) else [result]
