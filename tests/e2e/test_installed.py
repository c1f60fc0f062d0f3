"""concsim as people install it: its package lies among the libraries that programs import."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

import concsim

PROGRAM = """
import multiprocessing, os, subprocess, sys
import neighbour

def work():
    import neighbour
    print("child", neighbour.WORD, flush=True)

if __name__ == "__main__":
    child = multiprocessing.get_context(sys.argv[1]).Process(target=work)
    child.start(); child.join()
    print([one for one in sys.path if os.path.basename(one) == "lab"], [one for one in sys.path[1:] if os.path.isdir(one)] == plain())
"""
PLAIN = """

def plain():
    code = "import os, sys; print([one for one in sys.path[1:] if os.path.isdir(one)])"
    return eval(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python in whose site-packages concsim and another library are."""
    folder = tmp_path_factory.mktemp("installed") / "env"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    code = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    place = Path(subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip())
    shutil.copytree(Path(concsim.__file__).parent, place / "concsim", ignore=shutil.ignore_patterns("__pycache__"))
    (place / "neighbour.py").write_text('WORD = "found"\n')
    (place / "others.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return python


@pytest.mark.skipif(sys.platform == "win32", reason="the layout of an environment is another")
@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_that_a_program_finds_the_libraries_that_lie_beside_concsim(installed: Path, tmp_path: Path, method: str) -> None:
    program = tmp_path / "program.py"
    head, rest = PROGRAM.split("\ndef work", 1)
    program.write_text(head + PLAIN + "\ndef work" + rest)
    command = [str(installed), "-m", "concsim", "run", str(program), "--", method]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert (ran.returncode, ran.stdout) == (0, "child found\n[] True\n"), ran.stderr
