"""Start of the window against a bare one, and Run pressed to the first event drawn.

Run as: python -m tests.benchmarks.start
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from tests.benchmarks.alone import alone
from tests.benchmarks.figure import Figure
from tests.benchmarks.measuring import baseline, median, open_application, process_until, repeats, say

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


def start_ratio(times: int) -> float:
    """The window's start as a multiple of the bare one's, medians of the repeats taken in turn."""
    bare, ours = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(times + 1):
            bare.append(_seconds([sys.executable, str(baseline("bare_window.py"))]))
            ours.append(_seconds([sys.executable, "-c", ONE_WINDOW, folder]))
    say(f"window {median(ours[1:]) * 1000:.0f} ms, bare {median(bare[1:]) * 1000:.0f} ms")
    return median(ours[1:]) / median(bare[1:])


def run_to_first_event(times: int) -> float:
    """Milliseconds from Run pressed to the first lane painted, median."""
    _, built = open_application()
    stage = built.window.show_scenario("threads.how_many")
    took = []
    for _ in range(times + 1):
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


def figures(quick: bool) -> Iterator[Figure]:
    """Both."""
    times = repeats(quick, 3)
    yield Figure("a painted window, against a bare one", start_ratio(times), "times", "at most", 2)
    took = run_to_first_event(times if quick else max(times, 5))
    yield Figure("Run to the first event drawn", took, "ms", "at most", 150)


if __name__ == "__main__":
    alone(figures)
