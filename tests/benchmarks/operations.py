"""What a step of each kind costs, against bare greenlets: containers, attributes, methods, calls, closures, locks.

Each program has two threads in turn that do the same thing over and over; it is instrumented and recorded as a person's is.

Run as: python -m tests.benchmarks.operations
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.alone import alone
from tests.benchmarks.figure import Figure
from tests.benchmarks.measuring import median, repeats
from tests.benchmarks.stepping import bare_step, engine_step

STEPS = 20_000
"""So many steps each program takes at the least."""
PROGRAM = """
import bisect, heapq, threading

class Box:
    def __init__(self):
        self.value = 0

    def add(self):
        self.value += 1

items, table, heap, box, lock = [0, 1, 2], {{"a": 0}}, [], Box(), threading.Lock()
total = 0

def call(given):
    return given

def counter():
    count = 0
    def add():
        nonlocal count
        count += 1
    return add

add = counter()

def work(rounds):
    global total
    for _ in range(rounds):
        {statement}

first = threading.Thread(target=work, args=({rounds},))
second = threading.Thread(target=work, args=({rounds},))
first.start(); second.start(); first.join(); second.join()
"""


class Row(NamedTuple):
    """A kind of operation: its statement, and how many times a bare greenlet's step one of its steps may cost.

    The limit is 1.2 times what it was when only names, subscripts and attributes were steps; a library's function was none then.
    """

    name: str
    statement: str
    limit: float


ROWS = (
    Row("a global", "total += 1", 3.1),
    Row("an item of a list", "items[0] += 1", 13.9),
    Row("an item of a dict", "table['a'] += 1", 14.4),
    Row("a list's method", "items.append(1); items.pop()", 15.2),
    Row("a builtin that reads a list", "len(items)", 26.5),
    Row("a library's function", "heapq.heappush(heap, 1); heapq.heappop(heap)", 40.0),
    Row("an attribute", "box.value += 1", 13.3),
    Row("a method that changes its object", "box.add()", 17.4),
    Row("a variable of a closure", "add()", 3.4),
    Row("a call between", "total = call(total)", 4.0),
    Row("a lock", "with lock: pass", 21.5),
    Row("an increment under a lock", "with lock: total += 1", 11.3),
)


def _step(folder: Path, row: Row) -> float:
    """Microseconds per step."""
    path = folder / "program.py"
    path.write_text(PROGRAM.format(statement=row.statement, rounds=STEPS // 2))
    return engine_step(path, STEPS // 2)


def figures(quick: bool) -> Iterator[Figure]:
    """A figure for each kind; every repeat measures a kind and the bare greenlets one after the other."""
    times = repeats(quick)
    with tempfile.TemporaryDirectory() as folder:
        for row in ROWS:
            ratios = [_step(Path(folder), row) / bare_step() for _ in range(times)]
            yield Figure(f"a step against bare greenlets: {row.name}", median(ratios), "times", "at most", row.limit)


if __name__ == "__main__":
    alone(figures)
