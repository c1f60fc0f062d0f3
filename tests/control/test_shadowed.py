"""A program's modules that are called as the standard library's are: the program's alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import concsim as concsim_package

NAMES = ("random", "json", "queue", "argparse", "dataclasses", "tempfile", "selectors", "socket", "multiprocessing", "secrets", "tomllib", "sqlite3", "ast")


def concsim(cwd: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "concsim", *words]
    if "PYTHONPATH" in environment:
        environment["PYTHONPATH"] = os.pathsep.join([environment["PYTHONPATH"], str(Path(concsim_package.__file__).parents[1])])
    return subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env={**os.environ, **environment}, timeout=60, stdin=subprocess.DEVNULL
    )


@pytest.mark.parametrize("way", ["by PYTHONPATH", "in the working directory"])
@pytest.mark.parametrize("words", [["list"], ["run", "nowhere.nothing"], ["--version"]], ids=lambda words: words[0])
def test_that_the_front_end_does_not_see_modules_called_like_the_librarys(tmp_path: Path, way: str, words: list[str]) -> None:
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text(f"raise SystemExit('the wrong {name}')\n")
    path = {"PYTHONPATH": str(tmp_path)} if way == "by PYTHONPATH" else {}
    done = concsim(tmp_path if not path else tmp_path.parent, *words, **path)
    assert "the wrong" not in done.stderr and "Traceback" not in done.stderr
    assert done.returncode == (2 if words[0] == "run" else 0)


def test_that_the_program_sees_them_as_under_plain_python(tmp_path: Path) -> None:
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "colorsys.py").write_text("mine = True\n")
    (tmp_path / "look.py").write_text("import colorsys\nprint(hasattr(colorsys, 'mine'))\n")
    done = concsim(tmp_path, "run", "look.py", PYTHONPATH=str(tmp_path / "path"))
    assert (done.returncode, done.stdout) == (0, "True\n"), done.stderr
