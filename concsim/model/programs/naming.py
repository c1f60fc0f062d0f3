"""What a program calls the things it makes, read from the lines that make them. Runs on Python 3.9 and later."""

from __future__ import annotations

import ast
import linecache
from typing import Dict, List, Tuple


class Namer:
    """Names what a program makes by what it assigns it to, and counts what is made at the same line."""

    def __init__(self) -> None:
        self._names: Dict[str, Dict[int, List[Tuple[str, bool]]]] = {}
        self._made: Dict[Tuple[str, int], int] = {}

    def name_of(self, filename: str, line: int, kind: str) -> str:
        """The name of a thing of this kind that is made there now; by its line, if it is assigned to nothing."""
        if filename not in self._names:
            self._names[filename] = names_by_line(filename)
        names = self._names[filename].get(line)
        if not names:
            return "%s at line %d" % (kind, line)
        made = self._made[filename, line] = self._made.get((filename, line), -1) + 1
        name, many = names[made % len(names)]
        count = made // len(names)
        if many:
            return "%s[%d]" % (name, count)
        return name if not count else "%s #%d" % (name, count + 1)

    def forget(self) -> None:
        """Nothing has been made: another execution begins."""
        self._made.clear()


def names_by_line(filename: str) -> Dict[int, List[Tuple[str, bool]]]:
    """For each line of a file that assigns something: the names assigned to, and whether each is one of many there."""
    lines = linecache.getlines(filename)
    try:
        tree = ast.parse("".join(lines))
    except (SyntaxError, ValueError):
        return {}
    found: Dict[int, List[Tuple[str, bool]]] = {}
    _collect(tree, "", found)
    return found


def _collect(node: ast.AST, owner: str, found: Dict[int, List[Tuple[str, bool]]]) -> None:
    names = _assigned(node, owner)
    for line in range(node.lineno, (node.end_lineno or node.lineno) + 1) if names else ():  # type: ignore[attr-defined]
        found.setdefault(line, []).extend(names)
    for item in node.items if isinstance(node, (ast.With, ast.AsyncWith)) else ():
        _collect_item(item, owner, found)
    inner = node.name if isinstance(node, ast.ClassDef) else owner
    for child in ast.iter_child_nodes(node):
        _collect(child, inner, found)


def _collect_item(item: ast.withitem, owner: str, found: Dict[int, List[Tuple[str, bool]]]) -> None:
    """``with make() as name``: the name belongs to the lines of what makes it."""
    made, name = item.context_expr, item.optional_vars
    if isinstance(name, (ast.Name, ast.Attribute)):
        for line in range(made.lineno, (made.end_lineno or made.lineno) + 1):
            found.setdefault(line, []).append((_name(name, owner), False))


def _assigned(node: ast.AST, owner: str) -> List[Tuple[str, bool]]:
    if isinstance(node, ast.Assign):
        target, value = node.targets[0], node.value
    elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
        target, value = node.target, node.value
    else:
        return []
    if isinstance(target, (ast.Tuple, ast.List)) and isinstance(value, (ast.Tuple, ast.List)):
        return [(_name(one, owner), False) for one in target.elts]
    many = isinstance(value, (ast.ListComp, ast.List, ast.Tuple, ast.DictComp, ast.Dict))
    return [(_name(target, owner), many)]


def _name(target: ast.expr, owner: str) -> str:
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self":
        return "%s.%s" % (owner or "self", target.attr)
    return ast.unparse(target)
