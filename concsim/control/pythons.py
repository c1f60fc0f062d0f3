"""The Pythons that can run a program: found on the machine, asked for their version, compared with what a lab needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from concsim.control.lab_process import interpreter_environment
from concsim.model.phrases import Message
from concsim.model.program import ProgramError

OLDEST = (3, 9)
_QUESTION = (
    "import sys, sysconfig; print(sys.version_info[0], sys.version_info[1], sys.version.split()[0],"
    " int(bool(sysconfig.get_config_var('Py_GIL_DISABLED'))), sys.implementation.name)"
)


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


def ask_python(path: str) -> Python:
    """What the interpreter at *path* says it is. Raises `ProgramError` with one sentence if it cannot run a lab."""
    found = shutil.which(path)
    if found is None:
        why = "it is not a program that can be run" if Path(path).exists() else "no such program"
        raise ProgramError(Message("no_such_python", {"path": path, "why": why}))
    try:
        run = subprocess.run(
            [found, "-I", "-S", "-c", _QUESTION],
            capture_output=True,
            text=True,
            timeout=10,
            stdin=subprocess.DEVNULL,
            env=interpreter_environment(found),
        )
        major, minor, version, free, name = run.stdout.split()
        number = (int(major), int(minor))
    except (OSError, subprocess.SubprocessError, ValueError):
        raise ProgramError(Message("no_such_python", {"path": path, "why": "it does not answer as a Python"})) from None
    if number < OLDEST or name != "cpython":
        why = f"it is {name} {version}, and a lab needs CPython 3.9 or later"
        raise ProgramError(Message("no_such_python", {"path": path, "why": why}))
    return Python(found, version, free == "1")


def _candidates() -> list[Path]:
    found: list[Path] = []
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if "shims" not in folder:
            found += Path(folder).glob("python3.[0-9]*") if folder else []
    for root in (Path.home() / ".pyenv" / "versions", Path(os.environ.get("PYENV_ROOT", "/nowhere")) / "versions"):
        found += root.glob("*/bin/python3")
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
