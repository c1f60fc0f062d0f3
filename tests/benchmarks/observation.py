"""What observing costs: 1,000,000 locked increments under the lab against plain Python, alone and with four threads.

Run as: python -m tests.benchmarks.observation
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measuring import REPEATS, median, report

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


def main() -> None:
    """Print both ratios."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "increments.py"
        path.write_text(PROGRAM)
        for threads, name in ((1, "uncontended"), (4, "four threads contending")):
            pairs = [measure(path, threads) for _ in range(REPEATS)]
            ratio = median([observed / plain for plain, observed in pairs])
            plain, observed = median([one for one, _ in pairs]), median([one for _, one in pairs])
            report(f"observation, {name}", ratio, "at most 3", f"{observed:.3f} s against {plain:.3f} s")


if __name__ == "__main__":
    main()
