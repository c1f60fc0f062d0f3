"""A benchmark in a process of its own, which hands over its figures in a file, within a limit of time."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import psutil

from tests.benchmarks.figure import Figure, from_lines
from tests.benchmarks.table import Outcome

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
LAST_SECONDS = 5.0


def benchmarks(folder: Path = FOLDER) -> list[str]:
    """The names of all: the files of the folder that have figures()."""
    return sorted(one.stem for one in folder.glob("*.py") if re.search(r"^def figures\(", one.read_text(encoding="utf-8"), re.M))


def measure(name: str, quick: bool, seconds: float, folder: Path) -> Outcome:
    """Run a benchmark; what it leaves lying about lies in the folder."""
    path = folder / f"{name}.jsonl"
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", "--figures", str(path), *["--quick"] * quick]
    return run(name, command, path, seconds)


def run(name: str, command: Sequence[str], path: Path, seconds: float) -> Outcome:
    """Run a command that writes its figures to a file."""
    environment = {**os.environ, "TMPDIR": str(path.parent)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=2)
    try:
        trouble = _trouble(process.wait(seconds))
    except subprocess.TimeoutExpired:
        trouble = f"did not end in {seconds:.0f} s"
    finally:
        _end(process)
    figures = _written(path)
    return Outcome(name, figures, trouble or ("" if figures else "crashed (no figure)"))


def _written(path: Path) -> list[Figure]:
    return from_lines(path.read_text(encoding="utf-8")) if path.is_file() else []


def _trouble(status: int) -> str:
    if status < 0:
        return f"crashed ({signal.Signals(-status).name})"
    return f"crashed (status {status})" if status else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it if it still runs. Its labs notice that and clear up after themselves, which takes them a moment."""
    if process.poll() is not None:
        return
    below = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    _, alive = psutil.wait_procs(below, LAST_SECONDS)
    for one in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(alive, LAST_SECONDS)
