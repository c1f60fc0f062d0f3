"""Bad input gets one clear sentence and a proper exit status; nothing stays behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def concsim(*words: str, cwd: Path | None = None, stdin: int = subprocess.DEVNULL) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "concsim", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=60, stdin=stdin)


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in lines[0]
    return lines[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"def broken(:\n", "syntax error in line 1"),
        (b"\x00\x01\x02", "not Python text"),
        (b"# /// concsim\n# colour = 3\n# ///\n", "unknown key colour"),
        (b"# /// concsim\n# order = \n# ///\n", "block at line 1"),
        (b"# /// concsim\n# [parameters.SIZE]\n# min = 1\n# ///\n", "parameter SIZE"),
        (b"# -*- coding: nonsense -*-\n", "not Python text"),
        (b"# /// concsim\n# [parameters.NAME]\n# min = 3\n# ///\nNAME = 'abc'\n", "NAME is a text"),
        (b"# /// concsim\n# [watch]\n# total = '(0-8)**0.5'\n# ///\ntotal = 0\n", "no real number"),
    ],
)
def test_that_a_file_that_is_no_program_is_refused_with_the_reason(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "bad.py"
    path.write_bytes(content)
    done = concsim("run", str(path))
    assert done.returncode == 2
    assert words in one_sentence(done)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.nothing"], "no scenario nowhere.nothing"),
        (["missing.py"], "no file missing.py"),
        (["."], "is a folder"),
        (["-m", "no_such_module_here"], "no module no_such_module_here"),
        (["-m", "json", "extra.py"], "name one PROGRAM"),
        ([], "name one PROGRAM"),
        (["threads.how_many", "--set", "NOPE=1"], "the parameters are"),
        (["threads.how_many", "--set", "TIMES"], "written NAME=VALUE"),
        (["threads.how_many", "--set", "TIMES=many"], "whole number"),
        (["threads.how_many", "--set", "TIMES=-5"], "at least"),
        (["threads.how_many", "--limit", "soon"], "--limit is a number"),
        (["threads.how_many", "--python", "/no/such/python"], "no such program"),
        (["threads.how_many", "--python", __file__], "it is not a program that can be run"),
        (["threads.how_many", "--python", "/bin/true"], "does not answer"),
        (["threads.how_many", "--record", "/no/such/folder/file"], "cannot be written"),
        (["threads.how_many", "--colour"], "unrecognized arguments"),
        (["threads.how_many", "--record", ""], "--record: name a file"),
        ([""], "name one PROGRAM"),
        (["-m", ""], "name one PROGRAM"),
    ],
)
def test_that_bad_usage_gets_one_sentence_and_status_two(arguments: list[str], words: str) -> None:
    done = concsim("run", *arguments)
    assert done.returncode == 2
    assert words in one_sentence(done)


def run_json(tmp_path: Path, source: str, *words: str) -> tuple[int, dict]:
    path = tmp_path / "program.py"
    path.write_text(source)
    done = concsim("run", str(path), "--json", *words)
    return done.returncode, json.loads(done.stdout)


def test_that_an_exception_fails_with_its_line(tmp_path: Path) -> None:
    status, result = run_json(tmp_path, "x = 1\nraise ValueError('no good')\n")
    assert (status, result["outcome"]) == (1, "failed")
    assert "ValueError: no good" in result["output"]
    path = tmp_path / "program.py"
    assert "ValueError: no good (line 2)" in concsim("run", str(path)).stderr


def test_that_an_exception_in_a_thread_fails_though_python_says_zero(tmp_path: Path) -> None:
    source = "import threading\ndef work():\n    1 / 0\nthreading.Thread(target=work).start()\n"
    status, result = run_json(tmp_path, source)
    assert (status, result["outcome"]) == (1, "failed")


def test_that_an_own_excepthook_does_not_hide_the_failure(tmp_path: Path) -> None:
    source = (
        "import threading\nthreading.excepthook = lambda args: print('handled')\n"
        "def work():\n    1 / 0\nthreading.Thread(target=work).start()\n"
    )
    status, result = run_json(tmp_path, source)
    assert (status, result["outcome"]) == (1, "failed")
    assert "handled" in result["output"]


def test_that_a_crash_of_the_interpreter_is_named_by_its_signal(tmp_path: Path) -> None:
    path = tmp_path / "crash.py"
    path.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    done = concsim("run", str(path))
    assert done.returncode == 1
    assert "SIGSEGV" in one_sentence(done)


def test_that_an_endless_loop_reaches_its_limit(tmp_path: Path) -> None:
    status, result = run_json(tmp_path, "while True: pass\n", "--limit", "0.5")
    assert (status, result["outcome"]) == (4, "limit")


def test_that_an_exit_status_is_a_failure_and_named(tmp_path: Path) -> None:
    path = tmp_path / "leave.py"
    path.write_text("raise SystemExit(7)\n")
    done = concsim("run", str(path))
    assert (done.returncode, "exit status 7" in one_sentence(done)) == (1, True)


def test_that_a_missing_import_is_named(tmp_path: Path) -> None:
    status, result = run_json(tmp_path, "import not_there_at_all\n")
    assert status == 1
    assert "not_there_at_all" in result["output"]


def test_that_a_program_without_threads_or_text_finishes(tmp_path: Path) -> None:
    status, result = run_json(tmp_path, "")
    assert (status, result["outcome"], [one["id"] for one in result["actors"]]) == (0, "finished", ["main"])


def test_that_much_output_is_passed_on_whole_and_kept_in_part(tmp_path: Path) -> None:
    path = tmp_path / "loud.py"
    path.write_text("line = 'x' * 99\nfor _ in range(400_000):\n    print(line)\n")
    done = concsim("run", str(path))
    assert done.returncode == 0
    assert len(done.stdout) == 40_000_000
    assert "16 MB" in done.stderr


def test_that_input_is_at_its_end_without_a_terminal(tmp_path: Path) -> None:
    status, result = run_json(tmp_path, "try:\n    input('name? ')\nexcept EOFError:\n    print('nobody')\n")
    assert (status, result["output"]) == (0, "name? nobody\n")


def test_that_json_is_one_object_with_every_key(tmp_path: Path) -> None:
    _, result = run_json(tmp_path, "print('hello')\n")
    assert set(result) == {
        "program", "outcome", "seconds", "parameters", "watched", "actors", "output", "events", "sampled", "deadlock",
    }  # fmt: skip


def test_that_arguments_and_modules_reach_the_program(tmp_path: Path) -> None:
    (tmp_path / "tool.py").write_text("import sys\nprint(sys.argv[1:], __name__, __spec__.name)\n")
    done = concsim("run", "-m", "tool", "--", "a", "--json", cwd=tmp_path)
    assert done.stdout == "['a', '--json'] __main__ tool\n"
