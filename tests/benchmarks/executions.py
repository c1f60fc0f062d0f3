"""How many light executions of a small program a second of processor time: what a search has to spend.

Light: nothing is recorded, and the scheduler lets whoever is at it go on. The figures to reach hold where a step of bare
greenlets takes 0.6 microseconds; elsewhere they are scaled by that step in the same run.

Run as: python -m tests.benchmarks.executions
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.alone import alone
from tests.benchmarks.figure import Figure
from tests.benchmarks.measuring import median, repeats, say
from tests.benchmarks.stepping import bare_step

LOST_UPDATE = """
import threading
total = 0

def work():
    global total
    total += 1

threads = [threading.Thread(target=work) for _ in range(2)]
for one in threads: one.start()
for one in threads: one.join()
"""
LOCKED = """
import threading
total, lock = 0, threading.Lock()

def work():
    global total
    for _ in range(2):
        with lock:
            total += 1

threads = [threading.Thread(target=work) for _ in range(3)]
for one in threads: one.start()
for one in threads: one.join()
"""
EXECUTE = """
import sys, time
from pathlib import Path
from concsim.engine.execution import Engine

class Nowhere:
    def rows(self, flat): pass
    def record(self, record): pass

class Onward:
    def attach(self, world): pass
    def choose(self, ready, current):
        return current if current in ready else ready[0]

path, seconds = Path(sys.argv[1]), float(sys.argv[2])
engine = Engine(str(path), path.read_text(), Nowhere())
engine.recorder.on = False
onward = Onward()
for _ in range(50):
    engine.execute(onward)
count, began = 0, time.process_time()
while (took := time.process_time() - began) < seconds:
    for _ in range(50):
        engine.execute(onward)
    count += 50
print(count / took)
"""
FORMER_STEP = 0.6
"""Microseconds."""
PROGRAMS = (("two threads, one increment each", LOST_UPDATE, 7_000), ("three threads, two locked increments each", LOCKED, 4_500))


def _executions(path: Path, seconds: float) -> float:
    """A second of processor time."""
    done = subprocess.run([sys.executable, "-c", EXECUTE, str(path), str(seconds)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def figures(quick: bool) -> Iterator[Figure]:
    """Both programs, each repeat with bare steps before it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text, limit in PROGRAMS:
            path = Path(folder) / "program.py"
            path.write_text(text)
            steps, rates = [], []
            for _ in range(repeats(quick)):
                steps.append(bare_step())
                rates.append(_executions(path, 1.0 if quick else 3.0))
            scaled = median([rate * step / FORMER_STEP for rate, step in zip(rates, steps, strict=True)])
            say(f"{name}: {median(rates):.0f} executions a second, a bare step takes {median(steps):.2f} us")
            yield Figure(f"light executions, {name}, at a bare step of 0.6 us", scaled, "a second", "at least", limit)


if __name__ == "__main__":
    alone(figures)
