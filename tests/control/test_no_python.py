"""What is named as a Python and is none is found out, and nothing of it stays."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import psutil
import pytest

from concsim.control.labs import pythons
from concsim.control.labs.answering import answer_of
from concsim.control.labs.pythons import ask_python, find_pythons
from concsim.model.programs.program import ProgramError
from tests.control.test_stop import until


def script(folder: Path, text: str) -> str:
    path = folder / "python3.99"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


LIARS = {
    "nothing": "exit 0",
    "anything": "echo hello",
    "another shell": 'eval "$4"',
    "what a Python might print": "echo 3 13 3.13.0 0 cpython",
    "what a Python might print, and a number": "echo 3 13 3.13.0 0 cpython 1",
    "a number that is none": "echo 3 13 3.13.0 0 cpython x",
    "no text": "printf '\\377\\376\\000\\001'",
    "what was asked": 'echo "$4"',
}


@pytest.mark.parametrize("text", LIARS.values(), ids=LIARS.keys())
def test_that_a_program_that_cannot_compute_is_no_python(tmp_path: Path, text: str) -> None:
    with pytest.raises(ProgramError, match="it does not answer as a Python"):
        ask_python(script(tmp_path, text))


def test_that_one_who_prints_without_end_is_ended(tmp_path: Path) -> None:
    with pytest.raises(ProgramError, match="does not answer"):
        ask_python(script(tmp_path, "exec cat /dev/zero"))


def test_that_one_who_never_answers_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pythons, "PATIENCE", 0.2)
    mark = f"{tmp_path.name}-silent"
    with pytest.raises(ProgramError, match="does not answer"):
        ask_python(script(tmp_path, f"exec {sys.executable} -c 'import signal; signal.pause()' {mark}"))
    assert mark not in "".join(" ".join(one.info["cmdline"] or ()) for one in psutil.process_iter(["cmdline"]))


def test_that_children_who_keep_the_pipe_hold_nobody_up_and_are_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pythons, "PATIENCE", 3600)
    child = tmp_path / "child"
    with pytest.raises(ProgramError, match="does not answer"):
        ask_python(script(tmp_path, f"sleep 3600 &\necho $! > {child}\necho 3 13 3.13.0 0 cpython 1"))
    until(lambda: not psutil.pid_exists(int(child.read_text())), 30)


def test_that_a_python_that_leaves_a_child_is_a_python_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pythons, "PATIENCE", 3600)
    wrapper = script(tmp_path, f'sleep 3600 &\nexec {sys.executable} "$@"')
    assert ask_python(wrapper).version == sys.version.split()[0]


def test_that_no_more_is_read_than_a_short_answer() -> None:
    assert answer_of([sys.executable, "-c", "print('x' * 10_000_000)"], os.environ, 60) == ""
    assert answer_of([sys.executable, "-c", "print('x' * 1000)"], os.environ, 60) == "x" * 1000 + "\n"


@pytest.mark.parametrize("path", ["x" * 100_000, "/" + "x/" * 5000, "a\0b", "\udcff", ""], ids=["long", "deep", "NUL", "no text", "empty"])
def test_that_a_name_that_nothing_can_have_is_no_python(path: str) -> None:
    with pytest.raises(ProgramError, match="no such program"):
        ask_python(path)


def test_that_strange_places_keep_nobody_from_finding_pythons(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    script(tmp_path, "exit 0")
    (real / "python3.0").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    (real / "python3.0").chmod(0o755)
    monkeypatch.setattr(pythons, "own_python", lambda: pythons.Python("", "2.7"))
    monkeypatch.setenv("PATH", os.pathsep.join(["x" * 100_000, str(tmp_path / "real" / "python3.0"), str(tmp_path), str(real)]))
    monkeypatch.setenv("HOME", "")
    assert str(real / "python3.0") in [one.path for one in find_pythons()]
