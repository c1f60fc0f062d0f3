"""Part of the stepping benchmark: a program of its own, so that its memory is its own."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import psutil
from PySide6.QtCore import QCoreApplication, QEventLoop

from concsim.bridge.run_model import RunModel
from concsim.bridge.stepper import Stepper
from concsim.control.labs import Labs
from concsim.control.session import Session
from concsim.control.setting import Setting, StepOrder
from concsim.model.program import read_program
from concsim.model.recording import RecordingWriter
from tests.benchmarks.measuring import median, process_until

STEPS = 100_000


class Runs:
    """Starts stepped runs of one program."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.program = read_program(path)
        self.folder, self.labs, self.count = folder, Labs(), 0
        self.run = RunModel()
        self.stepper = Stepper(self.run, self.start)

    def start(self, scheduler: dict[str, Any], after: int | None) -> None:
        """Start one."""
        self.count += 1
        recording = RecordingWriter(self.folder / f"{self.count}.concsim")
        order = StepOrder("free-threaded", scheduler)
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


def main() -> None:
    """Print the figures."""
    application = QCoreApplication([])
    process = psutil.Process()
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(Path(sys.argv[1]), Path(folder))
        runs.start({"kind": "round_robin"}, None)
        process_until(lambda: runs.run.state.ended is not None and not runs.run.running, 60)
        assert runs.stepper.last_step >= STEPS, runs.stepper.last_step
        used = memory(process)
        backs = timed_back(runs, 20)
        runs.stepper.go_to(STEPS // 2)
        backs += timed_back(runs, 20)
        runs.stepper.go_to(1_000)
        near = timed_back(runs, 20)
        runs.labs.warm(stepping=True)
        time.sleep(1)
        runs.stepper.go_to(STEPS // 2)
        began = time.perf_counter()
        other = "t1" if runs.run.state.mover != next(one.number for one in runs.run.state.actors.values() if one.id == "t1") else "t2"
        runs.stepper.choose(other)
        process_until(lambda: runs.stepper.last_step == STEPS // 2 + 1 and runs.stepper.waits_for_choice, 30)
        took = time.perf_counter() - began
        print(f"{STEPS:,} steps: {used:.0f} MB, window side and lab (to reach: < 300 MB)")
        print(f"Back there: median {median(backs):.0f} ms, worst {max(backs):.0f} ms (to reach: < 100 ms)")
        print(f"Back at 1,000 steps: median {median(near):.1f} ms, worst {max(near):.1f} ms (to reach: < 16 ms)")
        print(f"another way at step {STEPS // 2:,}: {took:.2f} s (to reach: < 1 s)")
        session = runs.run.session
        runs.run.close_run()
        if session is not None:
            session.join(10)
        runs.labs.close()
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    del application


if __name__ == "__main__":
    main()
