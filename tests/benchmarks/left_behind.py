"""What is left of a run that is stopped at a random moment: no process, semaphore, shared memory or file.

Run as: python -m tests.benchmarks.left_behind [RUNS] [PROGRAM,…], by default 100 runs of every program that starts
processes. A test runs a few of each.
"""

from __future__ import annotations

import os
import random
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

from concsim.control.catalogue import read_catalogue
from concsim.control.labs.labs import Labs
from concsim.control.sessions.session import Session
from concsim.control.sessions.setting import NOTHING, Setting
from concsim.model.programs.program import Program
from concsim.model.recordings.recording_writer import RecordingWriter
from tests.benchmarks.alone import alone
from tests.benchmarks.figure import Figure
from tests.benchmarks.measuring import say

RUNS = 100
AT_ONCE = 4
LONGEST = 0.7
METHODS = ("fork", "spawn", "forkserver")
SHARED = Path("/dev/shm")


def process_programs() -> list[Program]:
    """The catalogue's programs that start processes."""
    return [one for one in read_catalogue() if "multiprocessing" in one.source or "subprocess" in one.source]


def run_and_stop(program: Program, seed: int, folder: Path) -> None:
    """Run it with a start method of chance and stop it at a moment of chance."""
    dice = random.Random(seed)
    values = program.defaults()
    if "START" in values:
        values["START"] = dice.choice(METHODS)
    recording = RecordingWriter(folder / f"{program.path.stem}-{seed}.concsim")
    session = Session(program, Setting(values, stdin=NOTHING), Labs(keep_spare=False), recording)
    session.start()
    session.join(dice.uniform(0, LONGEST))
    session.stop()
    assert session.join(20), f"{program.id} did not end"
    recording.close()
    recording.path.unlink()


def shared_things() -> set[str]:
    """Semaphores and shared memory there are."""
    return {one.name for one in SHARED.iterdir()} if SHARED.is_dir() else set()


def what_stays(names: set[str], seconds: float = 20.0) -> set[str]:
    """Those of the names that do not go: others may have runs of their own on this machine."""
    end = time.monotonic() + seconds
    while names and time.monotonic() < end:
        time.sleep(0.05)
        names &= shared_things()
    return names


def processes_of(mark: str) -> list[str]:
    """The processes that have a mark in their environment."""
    found = []
    for one in psutil.process_iter():
        try:
            if one.pid != os.getpid() and one.environ().get("CONCSIM_MARK") == mark:
                found.append(f"{one.pid} {' '.join(one.cmdline()[:6])}")
        except psutil.Error:
            continue
    return found


def leftovers(programs: list[Program], runs: int, first_seed: int = 0) -> list[str]:
    """What was left behind by so many runs of each, by kind and name; empty if nothing was."""
    mark = f"{os.getpid()}-{time.time_ns()}"
    before = shared_things()
    threads = threading.active_count()
    with tempfile.TemporaryDirectory(prefix="concsim-left-") as name:
        folder, own = Path(name) / "tmp", Path(name) / "recordings"
        folder.mkdir()
        own.mkdir()
        old = {key: os.environ.get(key) for key in ("TMPDIR", "CONCSIM_MARK")}
        os.environ.update(TMPDIR=str(folder), CONCSIM_MARK=mark)
        tempfile.tempdir = str(folder)
        try:
            work = [(program, first_seed + number) for number in range(runs) for program in programs]
            with ThreadPoolExecutor(AT_ONCE) as pool:
                list(pool.map(lambda one: run_and_stop(*one, own), work))
            found = [f"file {one.relative_to(folder)}" for one in folder.rglob("*")]
        finally:
            tempfile.tempdir = None
            for key, value in old.items():
                os.environ.pop(key) if value is None else os.environ.update({key: value})
    found += [f"process {one}" for one in processes_of(mark)]
    found += [f"shared {one}" for one in sorted(what_stays(shared_things() - before))]
    if threading.active_count() > threads:
        found.append("a thread of control")
    return found


def figures(quick: bool, runs: int = 0, programs: Sequence[str] = ()) -> Iterator[Figure]:
    """How many things were left behind."""
    runs = runs or (1 if quick else RUNS)
    chosen = [one for one in process_programs() if not programs or one.id in programs]
    began = time.monotonic()
    found = leftovers(chosen, runs)
    say(f"{runs} runs of {len(chosen)} programs stopped at random in {time.monotonic() - began:.0f} s")
    for one in found[:20]:
        say(one)
    yield Figure(f"things left of {runs * len(chosen):,} runs stopped at random", len(found), "things", "at most", 0)


if __name__ == "__main__":
    alone(figures, runs=int, programs=lambda text: text.split(","))
