"""Every schedule, counted: against known numbers and against an enumerator that shares nothing with the engine."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache

import pytest

from concsim.engine.actor import Actor
from concsim.engine.schedulers.every import EverySchedule
from concsim.engine.schedulers.random_order import RandomOrder
from concsim.engine.schedulers.replay import Replay
from concsim.engine.schedulers.round_robin import RoundRobin
from concsim.engine.world import World
from tests.engine.exploring import execute, explore, result

PAIRS = """
import threading

class Box:
    pass

box = Box()
box.total = 0

def work():
    for _ in range({pairs}):
        box.total += 1

threads = tuple(threading.Thread(target=work) for _ in range({threads}))
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
result = box.total
"""
SETUP = 1
"""Main's own step before the first start: it writes box.total."""
EFFECTS = {1: {1: 4, 2: 2}, 2: {2: 32, 3: 32, 4: 6}, 3: {2: 8, 3: 300, 4: 416, 5: 180, 6: 20}}


@pytest.mark.parametrize(("pairs", "count"), [(1, 6), (2, 70), (3, 924)])
def test_that_two_threads_of_unprotected_pairs_have_the_known_number_of_interleavings(pairs: int, count: int) -> None:
    every = EverySchedule(held=["main"], prefix=["main"] * (SETUP + 2))
    found = explore(PAIRS.format(pairs=pairs, threads=2), result, every=every)
    assert sum(found.values()) == count == math.comb(4 * pairs, 2 * pairs)
    assert found == EFFECTS[pairs]


def interleavings(workers: int, steps: int) -> Counter[int]:
    """Whole programs: main starts each, joins each in order, and reads the total; by the total it reads."""
    after = 1  # main's last step: reading box.total

    @cache
    def count(main: int, done: tuple[int, ...], total: int, seen: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
        found: Counter[int] = Counter()
        if main == 2 * workers + after:
            if all(one == steps for one in done):
                return ((total, 1),)
            return ()
        started = min(main, workers)
        if main < workers or main == 2 * workers or done[main - workers] == steps:
            found.update(dict(count(main + 1, done, total, seen)))
        for one in range(started):
            if done[one] == steps:
                continue
            moved = (*done[:one], done[one] + 1, *done[one + 1 :])
            if done[one] % 2 == 0:
                found.update(dict(count(main, moved, total, (*seen[:one], total, *seen[one + 1 :]))))
            else:
                found.update(dict(count(main, moved, seen[one] + 1, seen)))
        return tuple(found.items())

    return Counter(dict(count(0, (0,) * workers, 0, (0,) * workers)))


@pytest.mark.parametrize(("threads", "pairs"), [(1, 1), (2, 1), (2, 2), (3, 1)])
def test_that_whole_programs_have_as_many_schedules_as_an_independent_enumerator_finds(threads: int, pairs: int) -> None:
    found = explore(PAIRS.format(pairs=pairs, threads=threads), result)
    assert found == dict(interleavings(threads, 2 * pairs))


def test_that_three_threads_of_two_locked_increments_have_ninety_orders() -> None:
    source = """
    import threading
    lock = threading.Lock()
    order = ""
    def work(name):
        global order
        for _ in range(2):
            with lock:
                order += name
    threads = tuple(threading.Thread(target=work, args=(name,)) for name in "abc")
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    result = order
    """
    every = EverySchedule(held=["main"], prefix=["main"] * 4)
    orders: set[str] = set()

    def seen(ended, space):  # type: ignore[no-untyped-def]
        orders.add(space["result"])
        return ended.outcome

    explore(source, seen, every=every, most=200_000, model="gil")
    assert len(orders) == 90


@pytest.mark.parametrize("scheduler", [RoundRobin, lambda: RandomOrder(5)])
def test_that_the_choices_of_a_run_replayed_give_the_same_run(scheduler) -> None:
    source = PAIRS.format(pairs=3, threads=3)
    first = execute(source, scheduler())
    ids = {number: "main" if name == "MainThread" else f"t{int(name.split('-')[1].split()[0])}" for number, name in first.names.items() if "Thread" in name}
    choices = [ids[row[1]] for row in first.memory.all_rows if row[2] & 63 in range(19, 26)]
    again = execute(source, Replay(choices))
    assert again.memory.all_rows == first.memory.all_rows
    assert again.space["result"] == first.space["result"]


def test_that_a_schedule_that_cannot_be_followed_says_where_and_why() -> None:
    source = PAIRS.format(pairs=1, threads=2)
    ended = execute(source, Replay(["main", "main", "t7"])).ended
    assert (ended.outcome, ended.halt.values["step"], ended.halt.values["problem"]) == ("cannot_follow", 3, "no_such_actor")
    ended = execute(source, Replay(["main", "main", "t1", "t1", "t1"])).ended
    assert (ended.halt.values["step"], ended.halt.values["problem"]) == (5, "has_ended")


def test_that_different_seeds_take_different_ways() -> None:
    source = PAIRS.format(pairs=2, threads=3)
    runs = {tuple(row[1] for row in execute(source, RandomOrder(seed)).memory.all_rows) for seed in range(6)}
    assert len(runs) > 3


STARTERS = """
import threading
def leaf(): order.append(threading.current_thread().name)
def starter(number):
    thread = threading.Thread(target=leaf, name=f"leaf {number}")
    thread.start()
    thread.join()
order = []
threads = [threading.Thread(target=starter, args=(number,)) for number in (1, 2)]
for one in threads: one.start()
for one in threads: one.join()
result = order
"""


def test_that_an_actor_is_known_by_who_started_it_whoever_started_first() -> None:
    """The leaf of the second starter is t3 where that starter goes first, and t4 where the other does: its path is the same."""
    labels = dict[str, set[str]]()
    for first, second in (("main.1", "main.2"), ("main.2", "main.1")):
        told = execute(STARTERS, Replay(["main"] * 2, ByPath([first, f"{first}.1", second, f"{second}.1"])))
        ids = {one.name: one.id for one in told.memory.records if type(one).__name__ == "ActorDeclared"}
        labels.setdefault("leaf 1", set()).add(ids["leaf 1"])
        labels.setdefault("leaf 2", set()).add(ids["leaf 2"])
        assert told.space["result"] == [f"leaf {first[-1]}", f"leaf {second[-1]}"]
    assert labels == {"leaf 1": {"t3", "t4"}, "leaf 2": {"t3", "t4"}}


class ByPath:
    """Whoever comes first in a list of paths, of those that can go on; main last."""

    def __init__(self, paths: list[str]) -> None:
        self._paths = [*paths, "main"]

    def attach(self, world: World) -> None:
        """Nothing is kept."""

    def choose(self, ready: list[Actor], current: Actor | None) -> Actor:
        return min(ready, key=lambda one: self._paths.index(one.path))
