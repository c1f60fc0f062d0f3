"""Who waits for another process is seen to wait, whatever call it waits in."""

from __future__ import annotations

import textwrap

import pytest

from concsim.control.labs.pythons import Python
from concsim.model.events import Kind
from concsim.model.folding.history import STATE_BITS, WAITING, History
from tests.conftest import Ran, Run

NAP = 0.3
IN_A_POOL = """
import multiprocessing, time
def nap(number): time.sleep({nap}); return number
if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:
        {call}
"""
IN_AN_EXECUTOR = """
import concurrent.futures, time
def nap(number): time.sleep({nap}); return number
if __name__ == "__main__":
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        futures = [pool.submit(nap, number) for number in range(2)]
        {call}
        [one.result() for one in futures]
"""
OF_A_COMMAND = """
import subprocess, sys
command = [sys.executable, "-c", "import time; time.sleep({nap})"]
{call}
"""


def waited(ran: Ran, id: str = "main") -> dict[str, float]:
    """Seconds that an actor waited, by the name of what it waited for."""
    number = next(one.number for one in ran.state.actors.values() if one.id == id)
    assert isinstance(ran.state.history, History)
    lane, seconds = ran.state.history.lanes[number], dict[str, float]()
    for began, ended, value in zip(lane.times, [*lane.times[1:], lane.times[-1]], lane.values, strict=True):
        if value & ((1 << STATE_BITS) - 1) == WAITING:
            name = ran.state.name_of(value >> STATE_BITS)
            seconds[name] = seconds.get(name, 0) + (ended - began) / 1e9
    return seconds


@pytest.mark.parametrize(
    "call",
    ["pool.map(nap, range(2))", "list(pool.imap(nap, range(2)))", "list(pool.imap_unordered(nap, range(2)))",
     "pool.map_async(nap, range(2)).wait()", "pool.starmap(nap, [(1,), (2,)])", "pool.apply(nap, (1,))"],
)  # fmt: skip
def test_that_who_waits_for_a_pool_is_seen_to_wait(run_source: Run, python: Python, call: str) -> None:
    ran = run_source(IN_A_POOL.format(nap=NAP, call=call), python=python.path)
    assert ran.outcome == "finished", ran.output
    assert waited(ran)["pool"] > NAP / 2


def test_that_each_task_of_a_pool_has_a_number_of_its_own(run_source: Run, python: Python) -> None:
    call = """
        pool.map(nap, range(5), 2)
        list(pool.imap_unordered(nap, range(3)))
        pool.apply(nap, (1,))
        pool.starmap_async(nap, [(1,), (2,), (3,)]).get()
        [one.get() for one in [pool.apply_async(nap, (1,)) for _ in range(3)]]
    """
    ran = run_source(textwrap.dedent(IN_A_POOL).format(nap=0.001, call=call.strip()), python=python.path)
    assert ran.outcome == "finished", ran.output
    assert sorted(row[5] for row in ran.seen(Kind.TASK)) == list(range(1, 14))


@pytest.mark.parametrize("call", ["list(concurrent.futures.as_completed(futures))", "concurrent.futures.wait(futures)"])
def test_that_who_waits_for_tasks_of_an_executor_is_seen_to_wait(run_source: Run, python: Python, call: str) -> None:
    ran = run_source(IN_AN_EXECUTOR.format(nap=NAP, call=call), python=python.path)
    assert ran.outcome == "finished", ran.output
    assert waited(ran)["pool"] > NAP / 2


@pytest.mark.parametrize(
    "call",
    ["subprocess.run(command)", "subprocess.run(command, timeout=60)", "subprocess.check_output(command)",
     "subprocess.Popen(command).wait()", "subprocess.Popen(command, stdin=subprocess.PIPE).communicate(b'x')"],
)  # fmt: skip
def test_that_who_waits_for_a_command_is_seen_to_wait(run_source: Run, call: str) -> None:
    ran = run_source(OF_A_COMMAND.format(nap=NAP, call=call))
    assert ran.outcome == "finished", ran.output
    command = next(one.name for one in ran.state.actors.values() if one.kind == "command")
    assert waited(ran)[command] > NAP / 2


@pytest.mark.parametrize("arguments", ["", "timeout=60", "True, 60"])
def test_that_who_takes_from_a_manager_s_queue_is_seen_to_wait_and_the_manager_too(run_source: Run, arguments: str) -> None:
    ran = run_source(
        f"""
        import multiprocessing, time
        def put(box): time.sleep({NAP}); box.put("late")
        if __name__ == "__main__":
            with multiprocessing.Manager() as manager:
                box = manager.Queue()
                child = multiprocessing.Process(target=put, args=(box,))
                child.start()
                print(box.get({arguments}), box.qsize())
                child.join()
        """
    )
    assert ran.output == "late 0\n"
    assert waited(ran)["box"] > NAP / 2
    manager = next(one.id for one in ran.state.actors.values() if one.name.startswith("SyncManager"))
    assert sum(waited(ran, manager).values()) > NAP / 2
    assert 0 not in {row[1] for row in ran.rows if row[2] in (4, 5)}, "nobody waits who is nobody"
