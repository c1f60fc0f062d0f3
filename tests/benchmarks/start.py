"""Start of the window against a bare one, and Run pressed to the first event drawn.

Run as: python -m tests.benchmarks.start
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from tests.benchmarks.measuring import REPEATS, baseline, median, open_application, process_until, report

ONE_WINDOW = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from concsim.ui.application import Application, make_application
folder = Path(sys.argv[1])
application = make_application(sys.argv[:1])
built = Application(application, QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat), folder)
def answers():
    stage = built.window.stage
    assert stage.run_bar.run_button.isEnabled() and stage.parentWidget() is not None
    QTimer.singleShot(0, lambda: (sys.stdout.flush(), __import__("os")._exit(0)))
built.window.painted.connect(answers)
built.window.show()
application.exec()
"""


def _seconds(command: list[str]) -> float:
    environment = {**os.environ, "CONCSIM_LANGUAGE": "en"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed app has its bytecode
    began = time.perf_counter()
    subprocess.run(command, check=True, env=environment, capture_output=True)
    return time.perf_counter() - began


def start_ratio() -> float:
    """The window's start as a multiple of the bare one's, medians of the repeats taken in turn."""
    bare, ours = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(REPEATS + 1):
            bare.append(_seconds([sys.executable, str(baseline("bare_window.py"))]))
            ours.append(_seconds([sys.executable, "-c", ONE_WINDOW, folder]))
    print(f"  window {median(ours[1:]) * 1000:.0f} ms, bare {median(bare[1:]) * 1000:.0f} ms", flush=True)
    return median(ours[1:]) / median(bare[1:])


def run_to_first_event() -> float:
    """Milliseconds from Run pressed to the first lane painted, median."""
    _, built = open_application()
    stage = built.window.show_scenario("threads.how_many")
    took = []
    for _ in range(max(REPEATS, 5) + 1):
        lanes = stage.views[0]
        settled = time.perf_counter()
        process_until(lambda: time.perf_counter() - settled > 1.0)
        began = time.perf_counter()
        stage.run_bar.run_button.click()
        process_until(lambda: lanes.has_drawn())
        took.append((time.perf_counter() - began) * 1000)
        stage.stop()
        process_until(lambda: not stage.run.running)
    built.close()
    return median(took[1:])


def main() -> None:
    """Print both."""
    report("start", start_ratio(), "at most 2.0", "process start to a painted window, against a bare window")
    print(f"run: {run_to_first_event():.0f} ms from Run to the first event drawn (to reach: at most 150)", flush=True)


if __name__ == "__main__":
    main()
