"""What a step costs: 200,000 steps of two threads in turn, instrumented and recorded, against OS threads handing over a
baton, and against bare greenlets with hooks placed by hand. Then every schedule of a small program, and loading.

Run as: python -m tests.benchmarks.stepping
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
from tests.benchmarks.measuring import baseline, median, repeats, say

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
from concsim.model.recordings.recording_writer import RecordingWriter

class Sink:
    def __init__(self, path):
        path.unlink(missing_ok=True)
        self.recording = RecordingWriter(path)
    def rows(self, flat):
        self.recording.append(flat[0], BATCH, encode_batch(flat)[5:])
        self.recording.flush()
    def record(self, record):
        self.recording.append(record.time, RECORD, encode_record(record)[5:])

path = Path(sys.argv[1])
sink = Sink(path.with_suffix(".concsim"))
engine = Engine(str(path), path.read_text(), sink)
engine.execute(RoundRobin())  # what is looked up once is no part of a step
began = time.perf_counter()
ended = engine.execute(RoundRobin())
took = time.perf_counter() - began
sink.recording.close()
print(ended.steps, took / ended.steps * 1e6)
"""


def engine_step(path: Path, at_least: int = STEPS) -> float:
    """Microseconds per step of the engine, of a program of so many steps or more."""
    done = subprocess.run([sys.executable, "-c", ENGINE, str(path)], capture_output=True, text=True, check=True)
    steps, microseconds = done.stdout.split()
    assert int(steps) >= at_least, steps
    return float(microseconds)


def _baton_step() -> float:
    done = subprocess.run([sys.executable, str(baseline("thread_baton.py"))], capture_output=True, text=True, check=True)
    found = re.search(r"(\d+) steps/s", done.stdout)
    assert found is not None
    return 1e6 / float(found[1])


def bare_step() -> float:
    """Microseconds per step of greenlets with hooks placed by hand."""
    done = subprocess.run([sys.executable, str(baseline("bare_greenlets.py")), str(STEPS)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def _steps(folder: Path, times: int) -> Iterator[Figure]:
    path = folder / "program.py"
    path.write_text(PROGRAM.format(rounds=STEPS // 4))
    engine, baton, bare = [], [], []
    for _ in range(times):
        engine.append(engine_step(path))
        baton.append(_baton_step())
        bare.append(bare_step())
    ours = median(engine)
    say(f"{ours:.2f} us a step, a baton of OS threads {median(baton):.2f} us, bare greenlets {median(bare):.2f} us")
    yield Figure("a step's gain over a baton of OS threads", median(baton) / ours, "times", "at least", 20)
    yield Figure("a step, against bare greenlets", ours / median(bare), "times", "at most", 3)


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


def _explore(folder: Path, times: int) -> Iterator[Figure]:
    path = folder / "small.py"
    path.write_text(PROGRAM.format(rounds=3))
    took = []
    for _ in range(times):
        done = subprocess.run([sys.executable, "-c", EXPLORE, str(path)], capture_output=True, text=True, check=True)
        count, seconds = done.stdout.split()
        assert count == "924"
        took.append(float(seconds))
    yield Figure("every schedule, 924 executions", median(took), "s", "at most", 1)


def _load(times: int) -> Iterator[Figure]:
    from concsim.engine.instrument.compiling import instrument, parse
    from concsim.engine.instrument.site import ModuleFile
    from concsim.model.interpreters import places_of

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
    for model in ("free-threaded", "gil") * times:
        began = time.perf_counter()
        instrument(parse(source, "long.py", {}), ModuleFile("long.py", 0, source, {}, []), places_of(model))
        took.append(time.perf_counter() - began)
    lines = source.count("\n")
    say(f"loading a script of {lines} lines: worst {max(took):.2f} s")
    yield Figure("loading a script of 5,000 lines", median(took), "s", "at most", 1)


def figures(quick: bool) -> Iterator[Figure]:
    """All of it."""
    times = repeats(quick)
    with tempfile.TemporaryDirectory() as folder:
        yield from _steps(Path(folder), times)
        yield from _explore(Path(folder), times)
    yield from _load(times)


if __name__ == "__main__":
    alone(figures)
