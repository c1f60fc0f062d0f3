"""The window beside a lab of 64 computing threads: frame gaps while it is used, and the time Stop takes.

Run as: python -m tests.benchmarks.responsive
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSlider

from tests.benchmarks.alone import alone
from tests.benchmarks.figure import Figure
from tests.benchmarks.measuring import FrameGaps, median, open_application, percentile, process_until, repeats, say

SECONDS = 6.0
QUICK_SECONDS = 4.0
THREADS = 64


class Hands:
    """Uses the window while it is measured: changes tabs there and back, drags a slider."""

    def __init__(self, window: object, gaps: list[FrameGaps]) -> None:
        self.window, self.gaps = window, gaps
        self.turn = 0
        self.timer = QTimer(interval=120)
        self.timer.timeout.connect(self.move)

    def move(self) -> None:
        """One movement."""
        self.turn += 1
        home = self.window.topics.index("races")
        if self.turn % 8 == 0:
            self.window.tabs.setCurrentIndex((home + 1) % len(self.window.topics))
        elif self.turn % 8 == 1:
            self.window.tabs.setCurrentIndex(home)
            for gap in self.gaps:
                gap.resume()
        else:
            sliders = self.window.page("races").stage.run_bar.findChildren(QSlider)
            sliders[0].setSliderDown(True)  # dragging: values settle, and start the next round, when it is let go
            sliders[-1].setValue(100 + self.turn % 50)


def figures(quick: bool) -> Iterator[Figure]:
    """The gaps and the time of Stop."""
    seconds = QUICK_SECONDS if quick else SECONDS
    _, built = open_application()
    stage = built.window.show_scenario("races.lost_update")
    gaps = [FrameGaps(view) for view in stage.views[:2]]
    hands = Hands(built.window, gaps)
    worst, stops = [], []
    for _ in range(repeats(quick)):
        program = stage.program
        values = {**program.defaults(), "THREADS": THREADS, "ROUNDS": 2_000_000}
        session, path = built.launcher.make_session(program, values, True)
        stage.run.start(session, path)
        process_until(lambda: len(stage.run.state.actors) > THREADS)
        for gap in gaps:
            gap.forget()
        hands.timer.start()
        began = time.perf_counter()
        process_until(lambda: time.perf_counter() - began > seconds)
        hands.timer.stop()
        built.window.tabs.setCurrentIndex(built.window.topics.index("races"))
        worst.append(max(percentile(gap.gaps, 0.99) for gap in gaps))
        began = time.perf_counter()
        stage.run_bar.stop_button.click()
        process_until(lambda: not stage.run.running)
        stops.append(time.perf_counter() - began)
        say(f"p99 gap {worst[-1] * 1000:.1f} ms of {len(gaps[1].gaps)} frames, stop {stops[-1]:.2f} s")
        stage.leave_run()
    built.close()
    yield Figure(f"p99 frame gap beside {THREADS} threads", median(worst) * 1000, "ms", "at most", 50)
    yield Figure("Stop pressed to ended", median(stops), "s", "at most", 1)


if __name__ == "__main__":
    alone(figures)
