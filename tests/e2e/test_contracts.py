"""Each contract on imports fails where it is broken: tried on a copy, with a module that breaks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import concsim

pytest.importorskip("importlinter")
pytestmark = pytest.mark.long

ROOT = Path(concsim.__file__).parents[1]
BREAKS = {
    "The window above the bridge above control above the model": ("bridge/bad.py", "import concsim.ui.background"),
    "The lab above the engine above the model": ("engine/bad.py", "import concsim.lab.wire.originals"),
    "Only what steps knows the engine": ("lab/observers/threads/bad.py", "from concsim.engine import actor"),
    "Nobody on the window's side imports the lab": ("control/bad.py", "from concsim.lab.wire import channel"),
    "The lab and the engine import nobody": ("lab/wire/bad.py", "def late():\n    from concsim.control import catalogue"),
    "The model is Python's own library": ("model/words/bad.py", "import psutil"),
    "The lab is Python's own library": ("lab/observers/coroutines/bad.py", "import greenlet"),
    "The engine needs greenlet": ("engine/primitives/bad.py", "import gevent"),
    "Control needs psutil, and no Qt": ("control/labs/bad.py", "from PySide6.QtCore import QObject"),
    "The bridge uses QtCore only": ("bridge/bad.py", "from PySide6.QtGui import (\n    QColor,\n)"),
    "The window uses Qt": ("ui/stage/bad.py", "from PySide6 import QtNetwork, QtCore"),
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the contracts are about."""
    folder = tmp_path_factory.mktemp("copied")
    for name in ("concsim", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def broken(folder: Path) -> list[str]:
    """The contracts that `import-linter` finds broken."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=100,
        env={**os.environ, "COLUMNS": "300"},
    )  # fmt: skip
    assert "Contracts: " in done.stdout, done.stderr
    return [line.removesuffix(" BROKEN") for line in done.stdout.splitlines() if line.endswith(" BROKEN")]


def test_that_every_contract_is_tried() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    for one in contracts:
        assert sum(one["name"].startswith(begins) for begins in BREAKS) == 1, one["name"]
    assert len(contracts) == len(BREAKS)


@pytest.mark.parametrize("begins", BREAKS)
def test_that_a_contract_fails_where_it_is_broken(copied: Path, begins: str) -> None:
    name, text = BREAKS[begins]
    path = copied / "concsim" / name
    path.write_text(f"{text}\n")
    try:
        assert any(one.startswith(begins) for one in broken(copied))
    finally:
        path.unlink()


def test_that_all_are_kept_without(copied: Path) -> None:
    assert broken(copied) == []
