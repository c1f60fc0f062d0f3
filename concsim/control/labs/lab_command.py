"""How a lab is started: by which Python, in which environment, below its supervisor."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from concsim.control.leftovers.left_alone import clean_up

LAB_FILES = Path(__file__).resolve().parents[2] / "lab"


def interpreter_environment(python: str) -> dict[str, str]:
    """The environment for another Python: without what a packaged app puts into its own."""
    environment = dict(os.environ)
    if getattr(sys, "frozen", False):
        for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
            original = environment.pop(name + "_ORIG", None)
            environment.pop(name, None)
            if original:
                environment[name] = original
    environment.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
    environment["PYTHONIOENCODING"] = "utf-8"
    return environment


def own_python() -> list[str]:
    """How this very Python is started with a file: a packaged app takes the file behind a switch."""
    return [sys.executable, "--run-file"] if getattr(sys, "frozen", False) else [sys.executable]


def supervised(python: str, channel: int, commands: int, control: int, folder: str, niceness: int) -> list[str]:
    """The command of a supervisor and of the lab that it starts, which speak by these descriptors."""
    program = own_python() if python in ("", sys.executable) else [python]
    lab = [*program, str(LAB_FILES / "start_lab.py"), str(channel), str(commands)]
    return [*own_python(), *quick_start(), str(LAB_FILES / "supervisor.py"), str(control), folder, str(niceness), *lab]


def remove_files_of(folder: str) -> None:
    """Remove what a run has left in its folder, and elsewhere."""
    clean_up([*own_python(), *quick_start()], LAB_FILES / "supervisor.py", folder)


def quick_start() -> list[str]:
    """The supervisor needs no site packages."""
    return [] if getattr(sys, "frozen", False) else ["-I", "-S"]
