"""Parameters put into a program: the first module-level assignment of a literal to an upper-case name is replaced in
the syntax tree, so that constants derived from it follow. The file stays as it is. Runs on Python 3.9 and later.
"""

from __future__ import annotations

import ast
from typing import Any, Dict, Mapping, Optional, Tuple


def is_parameter_name(name: str) -> bool:
    """Whether a global of this name is a parameter: upper case, with a letter, not private."""
    return name.isupper() and not name.startswith("_")


def parameter_of(node: ast.stmt) -> Optional[Tuple[str, ast.expr]]:
    """The name and value of a module-level statement ``NAME = literal``, or None."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target, value = node.targets[0], node.value
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        target, value = node.target, node.value
    else:
        return None
    if isinstance(target, ast.Name) and is_parameter_name(target.id):
        return target.id, value
    return None


def find_parameters(tree: ast.Module) -> Dict[str, Any]:
    """Every parameter's default: numbers, booleans and texts; other literals are constants, not parameters.

    So is a whole number so long that the interpreter refuses to write it out.
    """
    found: Dict[str, Any] = {}
    for node in tree.body:
        named = parameter_of(node)
        if named is None or named[0] in found:
            continue
        try:
            value = ast.literal_eval(named[1])
            str(value)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            continue
        if isinstance(value, (bool, int, float, str)):
            found[named[0]] = value
    return found


def inject(tree: ast.Module, values: Mapping[str, Any]) -> None:
    """Put *values* in place of the parameters' literals."""
    left = dict(values)
    for node in tree.body:
        named = parameter_of(node)
        if named is None or named[0] not in left:
            continue
        value = ast.Constant(left.pop(named[0]))  # not every value has a literal: inf, nan, whole numbers of any length
        node.value = ast.copy_location(value, named[1])  # type: ignore[attr-defined]
