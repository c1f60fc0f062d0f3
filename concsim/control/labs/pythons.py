"""The Pythons that can run a program: found on the machine, asked for their version, compared with what a lab needs."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from concsim.control.labs.answering import answer_of
from concsim.control.labs.lab_command import interpreter_environment
from concsim.model.programs.program import ProgramError
from concsim.model.words.phrases import Message

OLDEST = (3, 9)
PATIENCE = 10.0
MODULUS = 2**61 - 1
_QUESTION = (
    "import sys, sysconfig; print(sys.version_info[0], sys.version_info[1], sys.version.split()[0],"
    " int(bool(sysconfig.get_config_var('Py_GIL_DISABLED'))), sys.implementation.name, pow({number}, 3, {modulus}))"
)

_PATH = "import sys; print(*filter(None, sys.path), '', sep=chr(0), end='')"
"""Without the folder that it is asked in."""
LONGEST_PATH = 1 << 16


@dataclass(frozen=True)
class Python:
    """An interpreter: its path ("" for concsim's own), version and whether it has a GIL."""

    path: str
    version: str
    free_threaded: bool = False

    @property
    def label(self) -> str:
        """What a person reads: "3.13.0", "3.14.0 free-threaded"."""
        return f"{self.version} free-threaded" if self.free_threaded else self.version


def own_python() -> Python:
    """The Python concsim itself runs on."""
    return Python("", sys.version.split()[0])


def _ask(path: str) -> tuple[tuple[int, int], str, str, str]:
    """Version numbers, version, "1" without a GIL, implementation. Raises `OSError` or `ValueError` if it is no Python.

    That it can compute is the proof: a program that prints what a Python might print cannot know the number.
    """
    asked = secrets.randbelow(MODULUS)
    question = _QUESTION.format(number=asked, modulus=MODULUS)
    answer = answer_of([path, "-I", "-S", "-c", question], interpreter_environment(path), PATIENCE)
    major, minor, version, free, name, computed = answer.split()
    if int(computed) != pow(asked, 3, MODULUS):
        raise ValueError("it cannot compute")
    return (int(major), int(minor)), version, free, name


def ask_python(path: str) -> Python:
    """What the interpreter at *path* says it is. Raises `ProgramError` with one sentence if it cannot run a lab."""
    found = shutil.which(path)
    if found is None:
        why = "it is not a program that can be run" if os.path.exists(path) else "no such program"  # noqa: PTH110 (never raises)
        raise ProgramError(Message("no_such_python", {"path": path, "why": why}))
    try:
        number, version, free, name = _ask(found)
    except (OSError, ValueError):
        raise ProgramError(Message("no_such_python", {"path": path, "why": "it does not answer as a Python"})) from None
    if number < OLDEST or name != "cpython":
        why = f"it is {name} {version}, and a lab needs CPython 3.9 or later"
        raise ProgramError(Message("no_such_python", {"path": path, "why": why}))
    return Python(found, version, free == "1")


def path_of(python: str) -> list[str]:
    """Where it looks for modules after what PYTHONPATH names: its library, its site's packages.

    Raises `ProgramError` if it does not answer: what its site's packages run when it starts may take for ever.
    """
    environment = {name: value for name, value in interpreter_environment(python).items() if name not in ("PYTHONPATH", "PYTHONINSPECT")}
    try:
        answer = answer_of([python, "-c", _PATH], environment, PATIENCE, LONGEST_PATH)
    except OSError:
        answer = ""
    if not answer:
        raise ProgramError(Message("no_such_python", {"path": python, "why": "it does not say where it finds modules"}))
    return answer.split("\0")[:-1]


def _candidates() -> list[Path]:
    places = [(folder, "python3.[0-9]*") for folder in os.environ.get("PATH", "").split(os.pathsep) if folder and "shims" not in folder]
    roots = (os.path.expanduser("~/.pyenv"), os.environ.get("PYENV_ROOT", "/nowhere"))  # noqa: PTH111 (raises without a home)
    found: list[Path] = []
    for folder, pattern in (*places, *((root, "versions/*/bin/python3") for root in roots)):
        try:
            found += Path(folder).glob(pattern)
        except (OSError, ValueError):  # a name that is too long, say
            continue
    return [one for one in found if not one.name.endswith("-config")]


def find_pythons() -> list[Python]:
    """concsim's own Python first, then every other that can run a lab, newest first, each version once."""
    own = own_python()
    others: dict[str, Python] = {}
    for path in _candidates():
        try:
            python = ask_python(str(path))
        except ProgramError:
            continue
        if python.label != own.label:
            others.setdefault(python.label, python)
    return [own, *sorted(others.values(), key=lambda one: [int(part) for part in one.version.split(".")[:2]], reverse=True)]
