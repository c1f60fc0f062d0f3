"""The views that a program can ask for: each is a folder of the window's, which says so and is read here, not run.

So a view is added by adding its folder, and neither this room nor a lab has the window's code in it.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).resolve().parents[2] / "ui" / "views"
BESIDE = ("code",)
"""Has its place beside the pictures, whether a program asks for it or not."""
GENERATORS, SYSTEM = "generators", "system"
"""What is observed only if a view needs it: generators, and what the operating system says of processes and threads."""


class ViewSaid(NamedTuple):
    """What a view says of itself: where its class is, and what is observed for it alone."""

    view: str = ""
    needs: tuple[str, ...] = ()


@cache
def known_views() -> dict[str, ViewSaid]:
    """All there are, by the names that programs use."""
    found = {path.parent.name: _read(path) for path in sorted(FOLDER.glob("*/__init__.py"))}
    return {name: said for name, said in found.items() if said.view} | dict.fromkeys(BESIDE, ViewSaid())


def _read(path: Path) -> ViewSaid:
    said: dict[str, Any] = {}
    for one in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) in ("VIEW", "NEEDS"):
            said[ast.unparse(one.targets[0]).lower()] = ast.literal_eval(one.value)
    return ViewSaid(**said)


def needed_by(views: tuple[str, ...]) -> frozenset[str]:
    """What must be observed for these views."""
    known = known_views()
    return frozenset(need for name in views if name in known for need in known[name].needs)
