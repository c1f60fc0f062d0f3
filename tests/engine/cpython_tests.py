"""Runs CPython's own tests in a process of its own, on the engine or plain, and gives what became of each."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

DRIVER = Path(__file__).with_name("cpython_driver.py")
ROOT = DRIVER.parents[2]
LIMIT = 240.0
"""Seconds. A run that hangs says where."""


@dataclass
class Results:
    """Test id -> its word, "ok", "fail", "error" or "skip"; `texts` holds the tracebacks. `steps`: of all tests together."""

    words: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    steps: int = 0
    sites: int = 0

    def named(self, *words: str) -> list[str]:
        return [name for name, word in self.words.items() if word in words]

    def describe(self, names: Iterable[str]) -> str:
        return "\n\n".join(f"{self.words.get(one, 'did not run')}: {one}\n{self.texts.get(one, '')}" for one in names)


def needs(*modules: str) -> None:
    """Skip where the interpreter came without its tests."""
    for one in modules:
        try:
            found = importlib.util.find_spec(one)
        except ModuleNotFoundError:
            found = None
        if found is None:
            pytest.skip(f"{one} is not installed with this Python")


def run_tests(folder: Path, modules: Sequence[str], leave: Iterable[str] = (), **order: Any) -> Results:
    """Run *modules* except the tests whose ids hold a word of *leave*."""
    results = folder / "results.json"
    results.unlink(missing_ok=True)
    given = {"modules": modules, "leave": [*leave], "results": str(results), "limit": LIMIT, **order}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore"}
    ran = subprocess.run(
        [sys.executable, str(DRIVER), json.dumps(given)],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=LIMIT + 20,
    )  # fmt: skip
    assert ran.returncode == 0 and results.exists(), f"the run ended with {ran.returncode}:\n{ran.stderr[-3000:]}"
    found = json.loads(results.read_text(encoding="utf-8"))
    assert "fault" not in found, found["fault"]
    tests: dict[str, tuple[str, str]] = found["tests"]
    return Results(
        {name: word for name, (word, _) in tests.items()}, {name: text for name, (_, text) in tests.items()},
        found.get("steps", 0), found.get("sites", 0),
    )  # fmt: skip
