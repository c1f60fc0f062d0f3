"""A loop that only looks goes on once somebody has written what it has read: its schedules can be counted, and it is told when nobody will."""

from __future__ import annotations

import pytest

from concsim.engine.schedulers.round_robin import RoundRobin
from tests.engine.exploring import execute, explore, result
from tests.engine.test_cases import how

TWO = """
threads = [threading.Thread(target=function) for function in (one, two)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""
LOOPS = {
    "a flag": "while not flag: pass",
    "a flag looked at by a function": "while not ready(): pass",
    "a flag, asleep in between": "while not flag: time.sleep(0.1)",
    "a flag, and a way out": "while True:\n        if flag: break",
    "a field": "while not box.flag: pass",
    "an item": "while not shelf['flag']: continue",
    "a length": "while len(shelf) < 2: pass",
    "nothing that anybody changes": "while CONSTANT: pass",
    "an event": "while not event.is_set(): pass",
}
PROGRAM = """
import threading, time
CONSTANT = True
flag = False
class Box: pass
box = Box()
box.flag = False
shelf = {"flag": False}
event = threading.Event()
def ready():
    return flag
def one():
    LOOP
def two():
    global flag
    WRITES
"""
WRITES = {
    "a field": "box.flag = True", "an item": "shelf['flag'] = True", "a length": "shelf[1] = 1", "an event": "event.set()",
}  # fmt: skip


def program(name: str, writes: str = "") -> str:
    return PROGRAM.replace("LOOP", LOOPS[name]).replace("WRITES", writes or WRITES.get(name, "flag = True")) + TWO


@pytest.mark.parametrize("model", ["gil", "free-threaded"])
@pytest.mark.parametrize("name", sorted(set(LOOPS) - {"nothing that anybody changes"}))
def test_that_every_schedule_can_be_tried_and_all_end(name: str, model: str) -> None:
    assert set(explore(program(name), how, model=model, most=500)) == {"passes"}


@pytest.mark.parametrize("name", LOOPS)
def test_that_it_is_told_if_nobody_writes(name: str) -> None:
    assert set(explore(program(name, "pass"), how, most=500)) == {"livelock"}


def test_that_writing_the_same_once_more_wakes_once() -> None:
    found = explore(program("a flag", "flag = False; flag = False; flag = True"), how, most=2_000)
    assert set(found) == {"passes"}


def test_that_two_who_wait_for_each_other_are_a_livelock() -> None:
    source = """
    import threading
    one_is_there = two_is_there = False
    def one():
        global one_is_there
        while not two_is_there: pass
        one_is_there = True
    def two():
        global two_is_there
        while not one_is_there: pass
        two_is_there = True
    """ + TWO.replace("\n", "\n    ")
    assert set(explore(source, how)) == {"livelock"}


@pytest.mark.parametrize("loop", ["while i < 3 and not flag: i += 1", "while buffer and not flag: buffer.pop()", "while next(source) < 3 and not flag: pass"])
def test_that_a_loop_that_gets_on_by_itself_is_let(loop: str) -> None:
    source = PROGRAM.replace("    LOOP", "    i, buffer, source = 0, [1, 2, 3], iter(range(9))\n    LOOP").replace("LOOP", loop).replace("WRITES", "pass")
    assert execute(source + TWO, RoundRobin()).ended.outcome == "finished"


def test_that_main_may_spin() -> None:
    source = "import threading\nflag = False\ndef one():\n    global flag\n    flag = True\nthreading.Thread(target=one).start()\nwhile not flag: pass\n"
    assert set(explore(source, how, most=100)) == {"passes"}


OWN_QUEUE = """
import queue, threading
class Jobs(queue.Queue):
    looks = beside = None
    def __len__(self): return self.qsize()
jobs, flag = Jobs(), False
def look():
    while not flag: pass
    jobs.get()
def work():
    global flag
    jobs.put(1)
    flag = True
threads = [threading.Thread(target=one) for one in (look, work)]
for one in threads: one.start()
for one in threads: one.join()
result = len(jobs)
"""


def test_that_a_queue_of_the_program_s_own_is_not_asked_what_it_says_of_itself() -> None:
    assert set(explore(OWN_QUEUE, result)) == {0}
