"""Faults that a second pair of eyes found, each as the program that showed it."""

from __future__ import annotations

import pytest

from concsim.engine.schedulers.every import EverySchedule
from concsim.engine.schedulers.random_order import RandomOrder
from concsim.engine.schedulers.replay import Replay
from tests.engine.exploring import engine_for, execute, explore, result


def test_that_a_thread_that_comes_to_an_event_after_it_was_cleared_waits_for_ever() -> None:
    source = """
    import threading
    gate = threading.Event()
    thread = threading.Thread(target=gate.wait)
    thread.start()
    gate.set()
    gate.clear()
    thread.join()
    result = "through"
    """
    assert set(explore(source, result, model="gil")) == {"through", "deadlock"}


def test_that_nobody_joins_a_barrier_whose_action_runs() -> None:
    source = """
    import threading
    n = 0
    def action():
        global n
        n += 1
    line = threading.Barrier(2, action)
    indexes = []
    threads = tuple(threading.Thread(target=lambda: indexes.append(line.wait())) for _ in range(4))
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    result = sorted(indexes)
    """
    for seed in range(40):
        assert execute(source, RandomOrder(seed)).space.get("result") == [0, 0, 1, 1]


COMPARED = """
import queue, threading
k = 0
class Item:
    def __init__(self, n): self.n = n
    def __lt__(self, other):
        global k
        k += 1
        return self.n < other.n
line = queue.PriorityQueue()
def work(n):
    line.put(Item(n))
threads = tuple(threading.Thread(target=work, args=(n,)) for n in range(3))
for thread in threads: thread.start()
for thread in threads: thread.join()
result = k, line.get().n
"""


@pytest.mark.parametrize("model", ["gil", "free-threaded"])
def test_that_what_runs_inside_an_operation_is_no_step_and_its_schedule_replays(model: str) -> None:
    every = EverySchedule()
    with engine_for(COMPARED, model=model) as (engine, _):
        engine.execute(every)
        steps, found = engine.world.step, engine.space["result"]
        choices = tuple(every.choices)
        assert found[0] > 0
        assert len(choices) == steps
    again = execute(COMPARED, Replay(choices), model=model)
    assert (again.ended.outcome, again.space["result"]) == ("finished", found)
    assert not [step for step in again.steps() if step[2] == "k" and step[0] != "MainThread"]


def test_that_a_notification_after_the_time_is_up_is_for_somebody_else() -> None:
    source = """
    import threading
    c = threading.Condition()
    told = []
    def brief():
        with c:
            told.append(("brief", c.wait(1)))
    def long():
        with c:
            told.append(("long", c.wait(1000)))
    threads = tuple(threading.Thread(target=one) for one in (brief, long))
    for thread in threads: thread.start()
    import time
    time.sleep(5)
    with c:
        c.notify()
    for thread in threads: thread.join()
    result = sorted(told)
    """
    for seed in range(30):
        assert execute(source, RandomOrder(seed)).space["result"] in (
            [("brief", False), ("long", True)], [("brief", True), ("long", False)], [("brief", False), ("long", False)],
        )  # fmt: skip


def test_that_a_queue_whose_parts_print_works() -> None:
    source = """
    import queue
    class Loud(queue.Queue):
        def _get(self):
            print("getting")
            return super()._get()
    line = Loud()
    line.put(1)
    result = line.get()
    """
    assert execute(source, RandomOrder(1)).space["result"] == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_that_a_finalizer_that_cannot_have_its_lock_leaves_the_lock_alone() -> None:
    source = """
    import threading
    lock = threading.Lock()
    class Last:
        def __del__(self):
            with lock:
                pass
    def work():
        last = Last()
    lock.acquire()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    result = lock.locked()
    lock.release()
    """
    for seed in range(10):
        ran = execute(source, RandomOrder(seed))
        assert ran.ended.outcome in ("finished", "deadlock")
        assert ran.space.get("result", True) is True


@pytest.mark.parametrize("wait", ["threading.Event().wait(1e17)", "time.sleep(1e300)", "threading.Semaphore(0).acquire(timeout=1e18)"])
def test_that_a_wait_longer_than_any_number_of_the_log_is_recorded(wait: str) -> None:
    assert execute(f"import threading, time\n{wait}\n", RandomOrder(1)).ended.outcome == "finished"


def test_that_standard_output_can_be_set_up_and_closed() -> None:
    source = """
    import sys
    sys.stdout.reconfigure(line_buffering=True)
    sys.stdout.close()
    try:
        print("x")
    except ValueError as error:
        result = str(error)
    """
    assert "closed" in execute(source, RandomOrder(1)).space["result"]
