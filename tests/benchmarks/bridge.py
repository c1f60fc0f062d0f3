"""Events a second from a lab, each recorded one by one and shown, against one queued signal per event.

Run as: python -m tests.benchmarks.bridge
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.alone import alone
from tests.benchmarks.figure import Figure
from tests.benchmarks.measuring import (
    FrameGaps,
    baseline,
    median,
    open_application,
    percentile,
    process_until,
    repeats,
    say,
)

SECONDS = 5.0
QUICK_SECONDS = 2.5
LONGEST_GAP = 0.050
PROGRAM = '''# /// concsim
# watch = { total = "" }
# charts = [{ kind = "count", of = "total" }, { kind = "depth", of = "box" }]
# views = ["lanes", "code"]
# ///
import queue
import threading
import time

RATE = 1_000_000
SECONDS = 6.0
locks = [threading.Lock() for _ in range(128)]
box = queue.Queue(1000)
total = 0


def work():
    global total
    clock = time.perf_counter
    began = clock()
    done = 0
    while (elapsed := clock() - began) < SECONDS:
        if done > elapsed * RATE:
            time.sleep(0.001)
            continue
        for lock in locks:
            with lock:
                total += 1
        box.put(done)
        box.get()
        done += 3 * len(locks) + 2


if __name__ == "__main__":
    threading.Thread(target=work, name="worker").start()
'''


def one_signal_each(rate: int) -> tuple[float, float]:
    """The baseline at a rate (0: as fast as it goes): events taken a second, the 99th percentile of the gaps."""
    run = subprocess.run([sys.executable, str(baseline("signal_per_event.py")), str(rate)], capture_output=True, text=True)
    found = re.search(r"taken (\d+)/s behind (\d+) .*p99 ([\d.]+)", run.stdout)
    assert found, run.stdout + run.stderr
    piled_up = int(found[2]) > float(found[1]) * 0.1
    return float(found[1]), 1.0 if piled_up else float(found[3]) / 1000


def best_baseline() -> float:
    """The highest rate of the baseline within the limit."""
    taken, gap = one_signal_each(0)
    rate = int(taken)
    while gap > LONGEST_GAP:
        rate = int(rate * 0.8)
        taken, gap = one_signal_each(rate)
    return taken


class Bridge:
    """The window with the busy program on its stage."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        _, self.built = open_application()
        path = Path(tempfile.mkdtemp(prefix="concsim-benchmark-")) / "busy.py"
        path.write_text(PROGRAM)
        self.built.window.show_script(path)
        self.stage = self.built.window.script_page.stage
        self.gaps = [FrameGaps(view) for view in self.stage.views[:2]]

    def run(self, rate: int) -> tuple[float, float, str]:
        """Rows shown a second at a wanted rate, the worst 99th percentile of the gaps, what went wrong."""
        program = self.stage.program
        assert program is not None
        values = {**program.defaults(), "RATE": rate, "SECONDS": self.seconds + 1}
        session, path = self.built.launcher.make_session(program, values, False)
        run = self.stage.run
        run.start(session, path)
        process_until(lambda: run.state.count > 1000)
        for gap in self.gaps:
            gap.forget()
        began, count = time.perf_counter(), run.state.count
        process_until(lambda: time.perf_counter() - began > self.seconds)
        took = time.perf_counter() - began
        shown = (run.state.count - count) / took
        worst = max(percentile(gap.gaps, 0.99) for gap in self.gaps)
        lag = (time.monotonic_ns() - run.newest) / 1e9
        wrong = f"aggregated {run.state.uncounted}" if run.state.uncounted else ""
        wrong = wrong or (f"{lag:.1f} s behind" if lag > 0.5 else "")
        wrong = wrong or ("sampled" if any(one.sampled for one in run.state.things.values()) else "")
        self.stage.stop()
        process_until(lambda: not run.running)
        self.stage.leave_run()
        return shown, worst, wrong

    def best(self) -> tuple[float, float]:
        """The highest rate within the limit, halving the step until it is small."""
        rate, best = 1_600_000, (0.0, 0.0)
        for _ in range(6):
            shown, gap, wrong = self.run(rate)
            say(f"wanted {rate:,}/s: shown {shown:,.0f}/s, p99 gap {gap * 1000:.1f} ms {wrong}")
            if gap <= LONGEST_GAP and not wrong:
                return max(best, (shown, gap))
            rate = int(rate * 0.8)
        return best


def figures(quick: bool) -> Iterator[Figure]:
    """The ratio of the best rates."""
    bridge = Bridge(QUICK_SECONDS if quick else SECONDS)
    ratios = []
    for _ in range(repeats(quick, 1)):
        plain = best_baseline()
        shown, gap = bridge.best()
        ratios.append(shown / plain)
        say(f"{shown:,.0f}/s (p99 gap {gap * 1000:.1f} ms) against {plain:,.0f}/s")
    bridge.built.close()
    yield Figure("events shown a second, against a signal for each", median(ratios), "times", "at least", 5)


if __name__ == "__main__":
    alone(figures)
