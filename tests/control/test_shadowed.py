"""A program's modules that are called as the standard library's are: the program's alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import xml
from pathlib import Path

import pytest

import concsim as concsim_package
from concsim.control.catalogue import find_module
from concsim.model.programs.program import ProgramError

SPAWNS = """
import multiprocessing

def look():
    import colorsys, heapq
    print(hasattr(colorsys, "mine"), hasattr(heapq, "mine"))

if __name__ == "__main__":
    child = multiprocessing.get_context("spawn").Process(target=look)
    child.start()
    child.join()
"""
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


OWN = ("colorsys", "json", "queue", "random", "heapq", "selectors", "socket", "tabnanny")
"""The lab imports some of them for itself, and others not."""


def own_modules(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name in OWN:
        (folder / f"{name}.py").write_text(f"N = 3\nprint('mine', '{name}', __name__ == '__main__')\n")
    (folder / "xml").mkdir(exist_ok=True)  # no package: what the library has of that name is found
    (folder / "xml" / "sax.py").write_text("print('mine')\n")
    return folder


def plain(cwd: Path, *words: str, **environment: str) -> str:
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, cwd=cwd, env={**os.environ, **environment}, timeout=60)
    return done.stdout


@pytest.mark.parametrize("name", [*OWN, "nowhere"])
def test_that_a_module_to_be_run_is_found_on_pythonpath_before_the_library(tmp_path: Path, name: str) -> None:
    path = str(own_modules(tmp_path / "path"))
    (tmp_path / "cwd").mkdir()
    done = concsim(tmp_path / "cwd", "run", "-m", name, "--set", "N=4", PYTHONPATH=path)
    assert done.stdout == plain(tmp_path / "cwd", "-m", name, PYTHONPATH=path)
    assert done.returncode == (2 if name == "nowhere" else 0), done.stderr


def test_that_the_folder_comes_before_pythonpath_and_a_package_before_a_mere_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_modules(tmp_path / "path")
    cwd = own_modules(tmp_path / "cwd")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "path"))
    assert find_module("json", cwd).path == cwd / "json.py"
    (cwd / "json.py").unlink()
    assert find_module("json", cwd).path == tmp_path / "path" / "json.py"
    (tmp_path / "path" / "json.py").unlink()
    assert find_module("json.tool", cwd).path.parent == Path(json.__file__).parent
    assert find_module("xml.sax.xmlreader", cwd).path == Path(xml.__file__).parent / "sax" / "xmlreader.py"
    for refused in ("json", "sys", "xml.sax", "json.tool.x", "nowhere.at.all"):
        with pytest.raises(ProgramError, match="no module"):
            find_module(refused, cwd)


def test_that_folders_without_an_init_are_one_package_wherever_they_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("cwd", "path"):
        (tmp_path / folder / "parts" / "inner").mkdir(parents=True)
        (tmp_path / folder / "parts" / "inner" / f"{folder}_part.py").write_text("")
    (tmp_path / "path" / "parts" / "__main__.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "path"))
    assert find_module("parts", tmp_path / "cwd").path == tmp_path / "path" / "parts" / "__main__.py"
    for folder in ("cwd", "path"):
        assert find_module(f"parts.inner.{folder}_part", tmp_path / "cwd").path.parent == tmp_path / folder / "parts" / "inner"


@pytest.mark.parametrize("name", ["os", "site", "codecs"])
def test_that_a_module_that_the_interpreter_has_frozen_is_run(tmp_path: Path, name: str) -> None:
    done = concsim(tmp_path, "run", "-m", name)
    assert (done.returncode, done.stdout) == (0, plain(tmp_path, "-m", name)), done.stderr


def test_that_with_another_python_the_module_is_looked_for_in_its_packages(tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", symlinks=True)
    (packages,) = (tmp_path / "venv" / "lib").glob("python3*/site-packages")
    (packages / "only_there.py").write_text("N = 1\nprint('there', N)\n")
    python = str(tmp_path / "venv" / "bin" / "python3")
    done = concsim(tmp_path, "run", "--python", python, "-m", "only_there", "--set", "N=2")
    assert (done.returncode, done.stdout) == (0, "there 2\n"), done.stderr
    for words in (["-m", "only_there"], ["--python", python, "-m", "nowhere"]):
        done = concsim(tmp_path, "run", *words)
        assert done.returncode == 2 and "no module" in done.stderr


@pytest.mark.parametrize("words", [["run"], ["step", "--random", "1", "--json"]], ids=lambda words: words[0])
@pytest.mark.parametrize("way", ["beside it", "by PYTHONPATH"])
def test_that_a_program_finds_its_own_modules_though_the_lab_has_the_librarys(tmp_path: Path, way: str, words: list[str]) -> None:
    path = {} if way == "beside it" else {"PYTHONPATH": str(tmp_path / "path")}
    own_modules(tmp_path / "path")
    script = (tmp_path if path else tmp_path / "path") / "program.py"
    script.write_text(f"import {', '.join(OWN)}\nimport xml.sax, threading\none = threading.Thread(target=print, args=('done',))\none.start()\none.join()\n")
    done = concsim(tmp_path, *words, str(script), **path)
    output = json.loads(done.stdout.splitlines()[-1])["output"] if "--json" in words else done.stdout
    assert output == plain(tmp_path, str(script), **path) and output.count("mine") == len(OWN)
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr


def test_that_a_spawned_process_finds_them_as_well(tmp_path: Path) -> None:
    (tmp_path / "path").mkdir()
    for name in ("colorsys", "heapq"):
        (tmp_path / "path" / f"{name}.py").write_text("mine = True\n")
    script = tmp_path / "program.py"
    script.write_text(SPAWNS)
    done = concsim(tmp_path, "run", "program.py", PYTHONPATH=str(tmp_path / "path"))
    assert (done.returncode, done.stdout) == (0, plain(tmp_path, "program.py", PYTHONPATH=str(tmp_path / "path"))), done.stderr
    assert done.stdout == "True True\n"


@pytest.mark.parametrize("words", [["--random", "1"], ["--schedule", "t1"], ["--scheduler", "in-turn"], ["--all"]], ids=lambda one: one[0])
def test_that_nobody_but_the_program_imports_its_modules_while_it_is_stepped(tmp_path: Path, words: list[str]) -> None:
    script = tmp_path / "program.py"
    script.write_text("import threading\nt = threading.Thread(target=int)\nt.start()\nt.join()\n")
    for name in ("inspect", "random", "pkgutil", "ast", "json", "copy"):
        (tmp_path / f"{name}.py").write_text("import sys\nsys.stderr.write('it was imported\\n')\n")
    done = concsim(tmp_path, "step", str(script), *words)
    assert done.returncode == 0 and "it was imported" not in done.stdout + done.stderr
