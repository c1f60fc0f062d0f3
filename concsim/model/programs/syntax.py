"""Parsing, one thread at a time: CPython 3.11 counts the depth of syntax trees per interpreter, and two threads that
parse at once can end each other's parse with a SystemError.
"""

from __future__ import annotations

import ast
import threading
import warnings

_turn = threading.Lock()


def parse_module(source: str, name: str) -> ast.Module:
    """The tree of a module. Raises what `ast.parse` raises; warnings about the text are not this process's."""
    with _turn, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source, name)


def parse_expression(source: str) -> ast.expr:
    """The tree of an expression. Raises what `ast.parse` raises."""
    with _turn:
        return ast.parse(source, mode="eval").body
