"""Pools and futures on virtual threads: what is a step, what is not, and executions that leave nothing to the next."""

from __future__ import annotations

from concsim.engine.schedulers.random_order import RandomOrder
from tests.engine.exploring import execute, explore, result

POOL = """
from concurrent.futures import ThreadPoolExecutor, as_completed, wait
total = 0

def job(n):
    global total
    total += n
    return n * 2

with ThreadPoolExecutor(max_workers=2) as pool:
    futures = [pool.submit(job, n) for n in (1, 2)]
    doubled = {future.result() for future in as_completed(futures)}
assert doubled == {2, 4}
assert not wait(futures).not_done
result = total
"""


def test_that_a_task_submitted_and_a_result_taken_are_steps_and_what_is_inside_them_is_not() -> None:
    ran = execute(POOL, RandomOrder(2))
    assert ran.ended.outcome == "finished", ran.ended
    by_main = [(operation, name) for actor, operation, name in ran.steps() if actor == "MainThread"]
    assert by_main.count(("submit", "pool-1")) == 2
    assert {("result", "future-1"), ("result", "future-2"), ("shutdown", "pool-1")} <= set(by_main)
    assert not {"acquire", "release", "notify", "put"} & {operation for _, operation, _ in ran.steps()}


def test_that_tasks_of_a_pool_race_by_the_models() -> None:
    assert set(explore(POOL, result, most=200_000, model="gil")) == {3}
    lost = {execute(POOL, RandomOrder(seed)).space["result"] for seed in range(60)}
    assert lost > {3}


def test_that_every_execution_begins_with_a_pool_module_of_its_own() -> None:
    source = """
    from concurrent.futures import ThreadPoolExecutor
    pool = ThreadPoolExecutor(1)
    result = pool.submit(int, "7").result()
    """
    assert explore(source, result, model="gil", most=500).keys() == {7}


def test_that_a_pool_that_waits_for_itself_is_a_deadlock() -> None:
    source = """
    from concurrent.futures import ThreadPoolExecutor
    pool = ThreadPoolExecutor(1)
    def inner(): return 1
    def outer(): return pool.submit(inner).result()
    result = pool.submit(outer).result()
    """
    assert execute(source, RandomOrder(1)).ended.outcome == "deadlock"


def test_that_exceptions_cancellation_and_timeouts_of_futures_are_pythons() -> None:
    source = """
    import threading
    from concurrent.futures import ThreadPoolExecutor, TimeoutError, CancelledError
    gate = threading.Event()
    seen = []
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(gate.wait)
        second = pool.submit(int, "x")
        third = pool.submit(int, "3")
        try:
            first.result(timeout=5)
        except TimeoutError:
            seen.append("timeout")
        seen.append(third.cancel())
        gate.set()
        seen.append(type(second.exception()).__name__)
        try:
            third.result()
        except CancelledError:
            seen.append("cancelled")
        seen.append(list(pool.map(abs, [-1, -2])))
    result = seen
    """
    ran = execute(source, RandomOrder(4))
    assert ran.ended.outcome == "finished", ran.ended
    assert ran.space["result"] in (["timeout", True, "ValueError", "cancelled", [1, 2]],)


def test_that_the_workers_of_a_pool_are_joined_in_the_same_order_whatever_their_addresses() -> None:
    """A pool keeps its threads in a set: its order was that of addresses, and no seed said how a run goes."""
    kept, seen = [], set()
    for size in range(8):
        ran = execute(POOL.replace("max_workers=2", "max_workers=3").replace("(1, 2)", "(1, 1, 0)").replace("{2, 4}", "{2, 0}"), RandomOrder(5))
        seen.add(tuple(ran.steps()))
        kept.append([bytearray(1 << (size + 4)) for _ in range(100 + size)])
    assert len(seen) == 1
