"""A contract for `import-linter`: which libraries of others a room uses, and which parts of them."""

from __future__ import annotations

import re
import sys

from importlinter import Contract, ContractCheck, fields, output

_NAMED = re.compile(r"\s*(?:from\s+([\w.]+)\s+)?import\s+\(?\s*([\w.]+(?:\s*,\s*[\w.]+)*)?")


class Libraries(Contract):
    """Each import of a library that is neither Python's nor ours names one of *allowed*, or something in it.

    `import-linter`'s own contracts know a library as a whole: ``PySide6``, not ``PySide6.QtCore``.
    """

    source_modules = fields.ListField(subfield=fields.ModuleField())
    allowed = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph, verbose):  # type: ignore[no-untyped-def]
        """Whether it is kept, and the lines that break it."""
        roots = [module.name for module in self.source_modules]
        rooms = sorted({*roots, *(below for root in roots for below in graph.find_descendants(root))})
        broken = [line for room in rooms for line in self._lines_of(graph, room)]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def _lines_of(self, graph, room: str):  # type: ignore[no-untyped-def]
        allowed = tuple(self.allowed or ())
        for imported in sorted(graph.find_modules_directly_imported_by(room)):
            if imported.split(".")[0] in (*sys.stdlib_module_names, "concsim"):
                continue
            for one in graph.get_import_details(importer=room, imported=imported):
                if not all(any(f"{name}.".startswith(f"{part}.") for part in allowed) for name in _names_in(one["line_contents"])):
                    yield f"{room}:{one['line_number']}: {one['line_contents']}"

    def render_broken_contract(self, check):  # type: ignore[no-untyped-def]
        """Say which lines they are."""
        for line in check.metadata["broken"]:
            output.print_error(line)


def _names_in(line: str) -> list[str]:
    """What a statement imports, by full names; the library itself where that cannot be told."""
    found = _NAMED.match(line)
    if found is None:
        return [line]
    whole, names = found[1], re.split(r"\s*,\s*", found[2] or "")
    return names if whole is None else [f"{whole}.{name}".rstrip(".") for name in names]
