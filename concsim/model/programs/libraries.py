"""The libraries that are observed, and what programs are that import them: each observer in the lab says so.

Read from its text, not run: the lab's code is for the processes that programs run in.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "lab" / "observers"
NATURE = re.compile(r"^    nature = (\{[^}]*\})", re.M)
PARALLEL, PROCESSES, COROUTINES, HUB = "parallel", "processes", "coroutines", "hub"


@cache
def natures() -> dict[str, frozenset[str]]:
    """What a program is by the first part of a module's name: several threads or processes, coroutines, a hub."""
    found: dict[str, frozenset[str]] = {}
    for path in sorted(FOLDER.glob("*/*.py")):
        for text in NATURE.findall(path.read_text(encoding="utf-8")):
            for name, words in ast.literal_eval(text).items():
                found[name] = found.get(name, frozenset()) | frozenset(words)
    return found


@cache
def modules_of(nature: str) -> frozenset[str]:
    """The modules whose programs are such."""
    return frozenset(name for name, words in natures().items() if nature in words)
