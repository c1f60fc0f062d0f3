"""What an operation touches: steps that are said to be independent are, and each thing has its name in every equivalent execution."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from concsim.engine.footprints import Footprint, Footprints, Mode
from concsim.engine.hooks.visibility import WHOLE
from tests.engine.exploring import engine_for, result
from tests.engine.library_programs import PROGRAMS
from tests.engine.test_schedules import PAIRS
from tests.engine.traces import Following, WorkersOnly, traces

HEAD = "import threading\n"
TAIL = """
threads = [threading.Thread(target=one) for one in work]
for one in threads: one.start()
for one in threads: one.join()
"""
LOCKS = HEAD + """
first, second = threading.Lock(), threading.Lock()
def to(one, other):
    with one:
        with other: pass
work = [lambda: to(first, second), lambda: to(second, first)]
""" + TAIL + "result = True\n"
"""Two threads that take two locks, each in its own order."""
INCREMENTS = HEAD + """
lock, total = threading.Lock(), 0
def add():
    global total
    for _ in range({rounds}):
        with lock: total += 1
work = [add] * 3
""" + TAIL + "result = total\n"
READERS = HEAD + """
value = 0
def read(): return value
def write():
    global value
    value = 1
work = [write, *[read] * 3]
""" + TAIL + "result = value\n"
MARKET = HEAD + """
shelf, condition = [], threading.Condition()
def bring():
    with condition:
        shelf.append(1)
        condition.notify()
def fetch():
    with condition:
        {waits} not shelf: condition.wait()
        taken.append(len(shelf) and shelf.pop())
taken = []
work = [fetch, fetch, bring, bring]
""" + TAIL + "result = tuple(sorted(taken))\n"
FIBONACCI = HEAD + """
a = b = 1
def add_to_a():
    global a
    for _ in range({rounds}): a += b
def add_to_b():
    global b
    for _ in range({rounds}): b += a
work = [add_to_a, add_to_b]
""" + TAIL + "result = a, b\n"
LAST_ZERO = HEAD + """
numbers = [0] * ({writers} + 1)
def last():
    place = {writers}
    while numbers[place]: place -= 1
def after(place): numbers[place] = numbers[place - 1] + 1
work = [last, *[lambda place=place: after(place) for place in range(1, {writers} + 1)]]
""" + TAIL + "result = tuple(numbers)\n"
INDEXER = HEAD + """
table = [0] * 128
def insert(me):
    for message in range(4):
        word = 11 * message + me if me < 11 else message
        at = word * 7 % 128
        with locks[at]: table[at] = word
locks = [threading.Lock() for _ in table]
work = [lambda me=me: insert(me) for me in range(2)]
""" + TAIL + "result = tuple(table)\n"


@pytest.mark.parametrize(
    ("source", "known"),
    [
        (PAIRS.format(pairs=1, threads=2), 4), (PAIRS.format(pairs=2, threads=2), 34), (PAIRS.format(pairs=3, threads=2), 328),
        (LOCKS, 3), (INCREMENTS.format(rounds=1), 6), (READERS, 8), (FIBONACCI.format(rounds=1), 3), (FIBONACCI.format(rounds=2), 19),
        pytest.param(FIBONACCI.format(rounds=3), 141, marks=pytest.mark.long), (LAST_ZERO.format(writers=2), 5), (LAST_ZERO.format(writers=3), 12),
    ],
)  # fmt: skip
def test_that_a_program_has_the_known_number_of_traces_and_each_comes_to_one_end(source: str, known: int) -> None:
    """From when all threads are started. Sizes are those of the literature on source sets and optimal reduction."""
    found = traces(source, result, every=WorkersOnly())
    assert found is not None and all(len(ends) == 1 for ends in found.values())
    assert len(found) == known


QUEUE = HEAD + """
import queue
jobs, done, flag = queue.Queue(1), [], threading.Event()
def give():
    for number in range(2): jobs.put(number)
    flag.wait()
def take():
    for _ in range(2): done.append(jobs.get())
    flag.set()
work = [give, take]
""" + TAIL + "result = tuple(done)\n"
COUNTING = HEAD + """
seen, ticks = [], []
def look(): seen.append(threading.active_count())
def tick(): ticks.append(1)
work = [look, tick]
""" + TAIL + "result = tuple(seen)\n"
CHAIN = HEAD + """
boxes = []
class Box: pass
def put():
    box = Box()
    box.n = len(boxes)
    boxes.append(box)
def begin():
    thread = threading.Thread(target=put)
    thread.start()
    thread.join()
work = [begin, begin]
""" + TAIL + "result = tuple(box.n for box in boxes)\n"
DICTIONARY = HEAD + """
d = {'a': 1}
def add(): d['b'] = 2
def change(): d['a'] = 3
def drop(): d.pop('a', None)
def look(): seen.append(list(d))
seen = []
work = [add, {other}, look]
""" + TAIL + "result = str((seen, d))\n"


@pytest.mark.parametrize("model", ["free-threaded", "gil"])
@pytest.mark.parametrize(
    "source",
    [MARKET.replace("{waits}", "while"), MARKET.replace("{waits}", "if"), QUEUE, COUNTING, CHAIN, DICTIONARY.replace("{other}", "change"), DICTIONARY.replace("{other}", "drop")],
    ids=["market", "market with an if", "queue", "counting", "chain", "a dict that changes", "a dict that loses"],
)
def test_that_what_is_of_one_trace_comes_to_one_end(source: str, model: str) -> None:
    found = traces(source, result, every=WorkersOnly(), model=model)
    assert found is not None and all(len(ends) == 1 for ends in found.values())


@pytest.mark.long
@pytest.mark.parametrize("model", ["free-threaded", "gil"])
@given(source=PROGRAMS)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_that_what_is_of_one_trace_comes_to_one_end_whatever_the_program(model: str, source: str) -> None:
    found = traces(source, lambda ended, space: repr(space["result"]), every=WorkersOnly(), most=2_000, model=model)
    assume(found is not None)
    assert found is not None and all(len(ends) == 1 for ends in found.values())


SETTING = HEAD + """
import operator
class Box: pass
box, items, other, table, lock, condition, event = Box(), [1, 2], [3], {'a': 1}, threading.Lock(), threading.Condition(), threading.Event()
box.n, total = 1, 0
def work():
    global total
    STATEMENT
def same():
    global total
    total = 1
threads = [threading.Thread(target=one) for one in (work, same)]
for one in threads: one.start()
for one in threads: one.join()
"""
R, W, S = Mode.READ, Mode.WRITE, Mode.SYNC


@pytest.mark.parametrize(
    ("statement", "touched"),
    [
        ("x = total", [(WHOLE, R)]),
        ("total = 2", [(WHOLE, W)]),
        ("x = box.n", [("n", R)]),
        ("box.m = 1", [("m", W)]),
        ("x = items[0]", [((int, 0), R)]),
        ("x = items[-1]", [((int, 1), R), (WHOLE, R)]),
        ("items[0] = 3", [((int, 0), W)]),
        ("del items[0]", [((int, 0), W), (WHOLE, W)]),
        ("items.append(3)", [(WHOLE, W)]),
        ("table.update(a=other)", [(WHOLE, W), (WHOLE, R)]),
        ("items.count(1)", [(WHOLE, R)]),
        ("x = items + other", [(WHOLE, R), (WHOLE, R)]),
        ("x = sorted(items)", [(WHOLE, R)]),
        ("operator.iadd(items, other)", [(WHOLE, W), (WHOLE, W)]),
        ("table['a'] = 2", [((str, 'a'), W)]),
        ("table['b'] = 2", [((str, 'b'), W), (WHOLE, W)]),
        ("lock.locked()", [(WHOLE, R)]),
        ("lock.acquire()", [(WHOLE, S)]),
        ("event.wait(1)", [(WHOLE, R)]),
        ("event.set()", [(WHOLE, S)]),
        ("print(1)", []),
    ],
)  # fmt: skip
def test_what_an_operation_touches(statement: str, touched: list[tuple[Any, Mode]]) -> None:
    assert [(one.field, one.mode) for one in footprints_of(SETTING.replace("STATEMENT", statement))["main.1"][0]] == touched


def test_that_a_wait_for_a_condition_touches_its_lock_as_well() -> None:
    steps = footprints_of(SETTING.replace("STATEMENT", "with condition: condition.wait(1)"))["main.1"]
    taken, waited, again, given = ({one.thing for one in footprint} for footprint in steps)
    assert taken == given and taken < waited and len(waited) == 2 and taken <= again


def footprints_of(source: str) -> dict[str, list[Footprint]]:
    """Of each actor's steps in one execution, by its path."""
    following = Following(WorkersOnly())
    with engine_for(source) as (engine, _):
        following.footprints = Footprints(engine.world, engine.variables)
        assert engine.execute(following).outcome == "finished"
    return {path: [footprint for one, footprint in following.steps if one == path] for path, _ in following.steps}
