"""A site: one place in a program's text where a visible operation happens."""

from __future__ import annotations

import ast
from typing import Any

from concsim.model.events import FIRST_SITE


class Site:
    """`operation` and `name` are what the text says; `number` is the site's own, `place` the same as rows carry it.

    `space` is the namespace of a global. `target` is the number of the variable, `code` what its rows carry: both once
    known. `callee` is the function, or the code of it, that was called here last, `effect` what it does to others.
    """

    __slots__ = (
        "callee", "code", "column", "effect", "end_column", "end_line", "file", "line", "name", "number", "operation", "place",
        "space", "target",
    )  # fmt: skip

    def __init__(self, operation: str, name: str, node: ast.AST, file: ModuleFile) -> None:
        self.operation, self.name = operation, name
        self.file = file
        self.line: int = node.lineno  # type: ignore[attr-defined]
        self.end_line: int = node.end_lineno  # type: ignore[attr-defined]
        self.column = file.characters(self.line, node.col_offset)  # type: ignore[attr-defined]
        self.end_column = file.characters(self.end_line, node.end_col_offset)  # type: ignore[attr-defined]
        self.space = file.space
        self.target = self.code = 0
        self.callee: Any = None
        self.effect: Any = None
        file.sites.append(self)
        self.number = len(file.sites) - 1
        self.place = FIRST_SITE | self.number


class ModuleFile:
    """A file of the program: its text, its namespace, and the list of all sites, which all files share."""

    def __init__(self, path: str, index: int, source: str, space: dict[str, Any], sites: list[Site]) -> None:
        self.path, self.index, self.space, self.sites = path, index, space, sites
        self.first = len(sites)
        self._lines = [] if source.isascii() else source.split("\n")

    def characters(self, line: int, column: int) -> int:
        """A column of the syntax tree, which counts bytes of UTF-8, in characters."""
        if not self._lines or not 0 < line <= len(self._lines):
            return column
        text = self._lines[line - 1]
        return column if text.isascii() else len(text.encode()[:column].decode(errors="replace"))
