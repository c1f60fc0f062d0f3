"""Every access to what two threads share is seen, by whatever way it comes; and with the GIL it is apart where CPython lets go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from concsim.engine.execution import Ended
from concsim.engine.schedulers.round_robin import RoundRobin
from tests.engine.access_kinds import GIL_SAFE, KINDS, LOCKED, program
from tests.engine.exploring import engine_for, explore, result


def exceptions(ended: Ended, space: Mapping[str, Any]) -> str:
    """How an execution ended, as `pausing` says it."""
    return ",".join(sorted({one.split(":")[0] for one in ended.errors}))


@pytest.mark.parametrize("name", KINDS)
def test_that_without_the_gil_it_goes_well_and_it_fails(name: str) -> None:
    outcomes = set(explore(program(name), exceptions, model="free-threaded"))
    assert "" in outcomes
    assert (len(outcomes) == 1) == (name in LOCKED)


@pytest.mark.parametrize("name", KINDS)
def test_that_with_the_gil_it_fails_where_cpython_lets_go_in_between(name: str) -> None:
    outcomes = set(explore(program(name), exceptions, model="gil"))
    assert "" in outcomes
    assert (len(outcomes) == 1) == (name in GIL_SAFE | LOCKED)


LOOPS = {
    "a statement": "x = []\n    for k in d: x.append(k)",
    "a comprehension": "x = [k for k in d]",
    "a generator expression": "x = list(k for k in d)",
    "keys": "x = [k for k in d.keys()]",
    "items": "x = [k for k, _ in d.items()]",
    "enumerate": "x = [k for _, k in enumerate(d)]",
    "a set": "x = sorted({k for k in s})",
}
LOOP = """
import threading
d, s, seen = {{1: 1}}, {{1}}, []
def look():
    {loop}
    seen.append(x)
def add():
    d.setdefault(2, 2)
    s.add(2)
threads = [threading.Thread(target=one) for one in (look, add)]
for one in threads: one.start()
for one in threads: one.join()
result = tuple(seen[0]) if seen else ()
"""


@pytest.mark.parametrize("model", ["gil", "gil-3.11", "gil-3.14", "free-threaded"])
@pytest.mark.parametrize("loop", LOOPS)
def test_that_a_container_may_grow_before_a_loop_over_it_while_it_runs_and_after_it(loop: str, model: str) -> None:
    assert set(explore(LOOP.format(loop=LOOPS[loop]), result, model=model)) == {(1, 2), (1,), "RuntimeError"}


ROUNDS = """
import threading
keys, n = [0, 1], [0]
def look():
    global result
    result = tuple([(one, n[0]) for one in keys])
def change():
    keys[:] = [2]
    n[0] = 1
threads = [threading.Thread(target=one) for one in (look, change)]
for one in threads: one.start()
for one in threads: one.join()
"""


@pytest.mark.parametrize("model", ["gil-3.11", "gil-3.14"])
def test_that_with_the_gil_nobody_gets_in_between_an_item_of_a_comprehension_and_its_element(model: str) -> None:
    assert set(explore(ROUNDS, result, model=model)) == {((0, 0),), ((0, 0), (1, 0)), ((2, 1),)}


@pytest.mark.parametrize("loop", ["list(map(str, l))", "list(enumerate(l))", "list(zip(l, l))", "sorted(filter(None, l))"])
def test_that_with_the_gil_nobody_gets_in_between_items_that_are_taken_in_c(loop: str) -> None:
    source = f"""
    import threading
    l = [3, 1]
    def look():
        global result
        result = repr({loop})
    def sort(): l[:] = [5, 6, 7]
    threads = [threading.Thread(target=one) for one in (look, sort)]
    for one in threads: one.start()
    for one in threads: one.join()
    """
    whole = {repr(eval(loop, {"l": held})) for held in ([3, 1], [5, 6, 7])}
    assert set(explore(source, result, model="gil")) == whole < set(explore(source, result, model="free-threaded"))


def test_that_a_library_s_function_that_reads_in_python_proves_nothing() -> None:
    source = LOOP.format(loop="import copy\n    x = copy.deepcopy(d)")
    with engine_for(source) as (engine, _):
        engine.execute(RoundRobin())
        assert list(engine.world.unseen.values()) == ["deepcopy"]
