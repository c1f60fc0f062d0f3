"""What a step costs: 200,000 steps of two threads in turn, instrumented and recorded, against OS threads handing over a
baton, and against bare greenlets with hooks placed by hand. Then loading, memory, going back, another way.

Run as: python -m tests.benchmarks.stepping
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.measuring import REPEATS, baseline, median, report

STEPS = 200_000
PROGRAM = """
import threading
total = 0

def work(rounds):
    global total
    for _ in range(rounds):
        total += 1

first = threading.Thread(target=work, args=({rounds},))
second = threading.Thread(target=work, args=({rounds},))
first.start(); second.start(); first.join(); second.join()
"""
ENGINE = """
import sys, time, tempfile
from pathlib import Path
from concsim.engine.execution import Engine
from concsim.engine.schedulers.round_robin import RoundRobin
from concsim.model.encoding import BATCH, RECORD, encode_batch, encode_record
from concsim.model.recording import RecordingWriter

class Sink:
    def __init__(self, path):
        self.recording = RecordingWriter(path)
    def rows(self, flat):
        self.recording.append(flat[0], BATCH, encode_batch(flat)[5:])
        self.recording.flush()
    def record(self, record):
        self.recording.append(record.time, RECORD, encode_record(record)[5:])

path = Path(sys.argv[1])
sink = Sink(path.with_suffix(".concsim"))
engine = Engine(str(path), path.read_text(), sink)
began = time.perf_counter()
ended = engine.execute(RoundRobin())
took = time.perf_counter() - began
sink.recording.close()
print(ended.steps, took / ended.steps * 1e6)
"""


def _engine_step(path: Path) -> float:
    """Microseconds per step of the engine."""
    done = subprocess.run([sys.executable, "-c", ENGINE, str(path)], capture_output=True, text=True, check=True)
    steps, microseconds = done.stdout.split()
    assert int(steps) >= STEPS
    return float(microseconds)


def _baton_step() -> float:
    done = subprocess.run([sys.executable, str(baseline("thread_baton.py"))], capture_output=True, text=True, check=True)
    found = re.search(r"(\d+) steps/s", done.stdout)
    assert found is not None
    return 1e6 / float(found[1])


def _bare_step() -> float:
    bare = Path(__file__).with_name("bare_greenlets.py")
    done = subprocess.run([sys.executable, str(bare), str(STEPS)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def _steps(folder: Path) -> None:
    path = folder / "program.py"
    path.write_text(PROGRAM.format(rounds=STEPS // 4))
    engine, baton, bare = [], [], []
    for _ in range(REPEATS):
        engine.append(_engine_step(path))
        baton.append(_baton_step())
        bare.append(_bare_step())
    ours = median(engine)
    report("stepping against a baton of OS threads", median(baton) / ours, ">= 20", f"({ours:.2f} us a step)")
    report("stepping against bare greenlets", ours / median(bare), "<= 3", f"({median(bare):.2f} us a step)")


EXPLORE = """
import sys, time
from pathlib import Path
from concsim.engine.execution import Engine
from concsim.engine.schedulers.every import EverySchedule

class Nowhere:
    def rows(self, flat): pass
    def record(self, record): pass

path = Path(sys.argv[1])
engine = Engine(str(path), path.read_text(), Nowhere())
engine.recorder.on = False
every = EverySchedule(held=["main"], prefix=["main"] * 3)
count, began = 1, time.perf_counter()
engine.execute(every)
while every.advance():
    engine.execute(every)
    count += 1
print(count, time.perf_counter() - began)
"""


def _explore(folder: Path) -> None:
    path = folder / "small.py"
    path.write_text(PROGRAM.format(rounds=3))
    took = []
    for _ in range(REPEATS):
        done = subprocess.run([sys.executable, "-c", EXPLORE, str(path)], capture_output=True, text=True, check=True)
        count, seconds = done.stdout.split()
        assert count == "924"
        took.append(float(seconds))
    print(f"924 executions: {median(took):.2f} s (to reach: < 1 s)")


def _load() -> None:
    from concsim.engine.instrument.compiling import instrument, parse
    from concsim.engine.instrument.site import ModuleFile

    catalogue = Path(__file__).resolve().parents[2] / "concsim" / "catalogue"
    texts = [one.read_text() for one in sorted(catalogue.glob("*/*.py")) if one.name != "__init__.py"]
    source = "\n".join(texts)
    while source.count("\n") < 5_000:
        source += "\n" + source
    source = "\n".join(source.split("\n")[: 5_000])
    while True:
        try:
            compile(source, "long.py", "exec")
            break
        except SyntaxError:
            source = source.rpartition("\n")[0]
    took = []
    for model in ("free-threaded", "gil") * REPEATS:
        began = time.perf_counter()
        instrument(parse(source, "long.py", {}), ModuleFile("long.py", 0, source, {}, []), model == "free-threaded")
        took.append(time.perf_counter() - began)
    lines = source.count("\n")
    print(f"loading a script of {lines} lines: {median(took):.2f} s, worst {max(took):.2f} s (to reach: < 1 s)")


def _go_back(folder: Path) -> None:
    """100,000 steps in the window's own model: memory, Back, and another way from step 50,000."""
    path = folder / "long.py"
    path.write_text(PROGRAM.format(rounds=25_000))
    script = Path(__file__).with_name("stepping_back.py")
    done = subprocess.run([sys.executable, str(script), str(path)], capture_output=True, text=True)
    print(done.stdout.strip() or done.stderr[-2000:])


def main() -> None:
    """Print all of it."""
    with tempfile.TemporaryDirectory() as folder:
        _steps(Path(folder))
        _explore(Path(folder))
        _go_back(Path(folder))
    _load()


if __name__ == "__main__":
    main()
