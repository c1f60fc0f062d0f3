"""100,000 steps in the window's own model: memory, Back, and another way from step 50,000.

It shares no process with another benchmark, so its memory is its own. Run as: python -m tests.benchmarks.stepping_back
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from PySide6.QtCore import QCoreApplication, QEventLoop

from concsim.bridge.run_model import RunModel
from concsim.bridge.stepper import Stepper
from concsim.control.labs.labs import Labs
from concsim.control.sessions.session import Session
from concsim.control.sessions.setting import Setting, StepOrder
from concsim.model.orders import Named, Scheduling
from concsim.model.programs.program import read_program
from concsim.model.recordings.recording_writer import RecordingWriter
from tests.benchmarks.alone import alone
from tests.benchmarks.figure import Figure
from tests.benchmarks.measuring import median, process_until, say
from tests.benchmarks.stepping import PROGRAM

STEPS = 100_000


class Runs:
    """Starts stepped runs of one program."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.program = read_program(path)
        self.folder, self.labs, self.count = folder, Labs(), 0
        self.run = RunModel()
        self.stepper = Stepper(self.run, self.start)

    def start(self, scheduling: Scheduling, after: int | None) -> None:
        """Start one."""
        self.count += 1
        recording = RecordingWriter(self.folder / f"{self.count}.concsim")
        order = StepOrder("free-threaded", scheduling)
        self.run.start(Session(self.program, Setting({}, step=order), self.labs, recording), recording.path, after)


def memory(process: psutil.Process) -> float:
    """Megabytes of a process and all under it."""
    return sum(one.memory_info().rss for one in (process, *process.children(recursive=True))) / (1 << 20)


def timed_back(runs: Runs, steps: int) -> list[float]:
    """Milliseconds of each of *steps* Backs from where it stands."""
    took = []
    for _ in range(steps):
        began = time.perf_counter()
        runs.stepper.back()
        took.append((time.perf_counter() - began) * 1000)
    return took


def another_way(runs: Runs) -> float:
    """Seconds from another choice in the middle until its step stands there."""
    runs.labs.warm(stepping=True)
    time.sleep(1)
    runs.stepper.go_to(STEPS // 2)
    state = runs.run.state
    first = next(one.number for one in state.actors.values() if one.id == "t1")
    began = time.perf_counter()
    runs.stepper.choose("t2" if state.stepped.mover == first else "t1")
    process_until(lambda: runs.stepper.last_step == STEPS // 2 + 1 and runs.stepper.waits_for_choice, 30)
    return time.perf_counter() - began


def _measured(runs: Runs) -> Iterator[Figure]:
    runs.start(Named("in-turn"), None)
    process_until(lambda: runs.run.state.ended is not None and not runs.run.running, 60)
    assert runs.stepper.last_step >= STEPS, runs.stepper.last_step
    yield Figure(f"memory for {STEPS:,} steps, window's side and lab", memory(psutil.Process()), "MB", "at most", 300)
    backs = timed_back(runs, 20)
    runs.stepper.go_to(STEPS // 2)
    backs += timed_back(runs, 20)
    runs.stepper.go_to(1_000)
    near = timed_back(runs, 20)
    say(f"Back there: worst {max(backs):.0f} ms; at 1,000 steps: worst {max(near):.1f} ms")
    yield Figure("Back there", median(backs), "ms", "at most", 100)
    yield Figure("Back at 1,000 steps", median(near), "ms", "at most", 16)
    yield Figure(f"another way at step {STEPS // 2:,}", another_way(runs), "s", "at most", 1)


def figures(quick: bool) -> Iterator[Figure]:
    """All of it; it is short as it is."""
    application = QCoreApplication([])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.py"
        path.write_text(PROGRAM.format(rounds=STEPS // 4))
        runs = Runs(path, Path(folder))
        yield from _measured(runs)
        session = runs.run.session
        runs.run.close_run()
        if session is not None:
            session.join(10)
        runs.labs.close()
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    del application


if __name__ == "__main__":
    alone(figures)
