"""What observing costs: 1,000,000 locked increments under the lab against plain Python, alone and with four threads;
two scenarios of the catalogue; 1,000,000 switches of greenlets.

Run as: python -m tests.benchmarks.observation
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from concsim.control.catalogue import find_program
from tests.benchmarks.alone import alone
from tests.benchmarks.figure import Figure
from tests.benchmarks.measuring import median, repeats, say

INCREMENTS = 1_000_000
PROGRAM = """
import threading, time
THREADS = 1
mutex = threading.Lock()
total = 0

def work(times):
    global total
    for _ in range(times):
        with mutex:
            total += 1

if __name__ == "__main__":
    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(1_000_000 // THREADS,)) for _ in range(THREADS)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    print("took", time.perf_counter() - began, "total", total)
"""


SWITCHES = """
import time
from greenlet import greenlet

def there():
    for _ in range(500_000):
        back_.switch()

def back():
    while True:
        there_.switch()

if __name__ == "__main__":
    there_, back_ = greenlet(there), greenlet(back)
    began = time.perf_counter()
    there_.switch()
    print("took", time.perf_counter() - began, "total", 1_000_000)
"""
TIMED = """
import time as concsim_clock
concsim_began = concsim_clock.perf_counter()
import atexit as concsim_atexit
concsim_atexit.register(lambda: print("took", concsim_clock.perf_counter() - concsim_began, "total 1000000", flush=True))
"""
SCENARIOS = ("pools.reuse", "conditions.market")


def _took(output: str) -> float:
    found = re.search(r"took ([\d.]+) total (\d+)", output)
    assert found is not None and int(found[2]) == INCREMENTS, output
    return float(found[1])


def measure(path: Path, threads: int) -> tuple[float, float]:
    """Seconds plain and observed."""
    text = path.read_text()
    path.write_text(re.sub(r"^THREADS = \d+", f"THREADS = {threads}", text, flags=re.M))
    plain = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=True).stdout
    command = [sys.executable, "-m", "concsim", "run", str(path), "--json"]
    result = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert result["sampled"], "a lock this busy is sampled, and said to be"
    return _took(plain), _took(result["output"])


def measure_scenario(id: str, path: Path) -> tuple[float, float]:
    """Seconds of a scenario's program from its first line to its end, plain and observed."""
    program = find_program(id)
    path.write_text(TIMED.strip() + "\n" + program.source)
    plain = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=True).stdout
    observed = subprocess.run([sys.executable, "-m", "concsim", "run", str(path)], capture_output=True, text=True, check=True).stdout
    return _took(plain), _took(observed)


def measure_switches(path: Path) -> tuple[float, float]:
    """Seconds of a million switches, plain and observed; past a budget they are counted, and that is said."""
    path.write_text(SWITCHES)
    plain = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=True).stdout
    command = [sys.executable, "-m", "concsim", "run", str(path), "--json"]
    result = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert result["sampled"] and result["events"] >= INCREMENTS, "every switch is recorded or counted, and that is said"
    return _took(plain), _took(result["output"])


def _figure(name: str, pairs: list[tuple[float, float]], limit: float) -> Figure:
    ratio = median([observed / plain for plain, observed in pairs])
    plain, observed = median([one for one, _ in pairs]), median([one for _, one in pairs])
    say(f"{name}: {observed:.3f} s against {plain:.3f} s")
    return Figure(f"{name}, against plain", ratio, "times", "at most", limit)


def figures(quick: bool) -> Iterator[Figure]:
    """All ratios."""
    times = repeats(quick)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "increments.py"
        path.write_text(PROGRAM)
        for threads, name in ((1, "uncontended"), (4, "four threads contending")):
            yield _figure(name, [measure(path, threads) for _ in range(times)], 3)
        for id in SCENARIOS:
            yield _figure(id, [measure_scenario(id, path) for _ in range(times)], 1.3)
        yield _figure("a million switches", [measure_switches(path) for _ in range(times)], 3)


if __name__ == "__main__":
    alone(figures)
