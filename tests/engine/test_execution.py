"""A program under the engine: begun afresh each time, ended in Python's way, and nothing of the process kept."""

from __future__ import annotations

import builtins
import sys
import threading
from pathlib import Path

import pytest

from concsim.engine.schedulers.random_order import RandomOrder
from concsim.engine.schedulers.replay import Replay
from concsim.engine.schedulers.round_robin import RoundRobin
from tests.engine.exploring import engine_for, execute


@pytest.fixture(autouse=True)
def plain_excepthook(monkeypatch: pytest.MonkeyPatch) -> None:
    """The interpreter's own, not the one that test runners put in its place."""
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)


SHARED = "n = 0\ndef f():\n    global n\n    n += 1\nf()\n"


def test_that_every_execution_begins_afresh(tmp_path: Path) -> None:
    (tmp_path / "counting.py").write_text("n = 0\ndef bump():\n    global n\n    n += 1\n    return n\n")
    source = "import counting, random, time\nresult = counting.bump(), random.random(), time.time()\n"
    sys.path.insert(0, str(tmp_path))
    try:
        with engine_for(source, path=tmp_path / "main.py") as (engine, memory):
            engine.execute(RoundRobin())
            first, rows = engine.space["result"], list(memory.all_rows)
            memory.all_rows.clear()
            engine.execute(RoundRobin())
            assert engine.space["result"] == first
            assert memory.all_rows == rows
    finally:
        sys.path.remove(str(tmp_path))
    assert "counting" not in sys.modules


def test_that_what_was_taken_over_is_given_back() -> None:
    before = (builtins.__import__, sys.stdout, sys.stderr, sys.modules["__main__"], threading.Lock, list(sys.meta_path))
    execute(SHARED, RoundRobin())
    assert (builtins.__import__, sys.stdout, sys.stderr, sys.modules["__main__"], threading.Lock, list(sys.meta_path)) == before
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()


@pytest.mark.parametrize(
    ("source", "outcome", "status"),
    [
        ("pass", "finished", 0),
        ("raise SystemExit", "finished", 0),
        ("raise SystemExit(3)", "failed", 3),
        ("raise SystemExit('why')", "failed", 1),
        ("1 / 0", "failed", 1),
        ("import threading\nthreading.Thread(target=lambda: 1 / 0).start()", "failed", 0),
        ("import threading\nt = threading.Thread(target=threading.Event().wait, daemon=True)\nt.start()", "finished", 0),
    ],
)
def test_that_a_program_ends_as_it_does_plain(source: str, outcome: str, status: int) -> None:
    ended = execute(source, RoundRobin()).ended
    assert (ended.outcome, ended.status) == (outcome, status)


def test_that_the_programs_own_excepthooks_are_called() -> None:
    ran = execute("""
    import sys, threading
    sys.excepthook = lambda kind, error, traceback: print("main:", kind.__name__)
    threading.excepthook = lambda given: print(given.thread.name + ":", given.exc_type.__name__)
    thread = threading.Thread(target=lambda: 1 / 0, name="worker")
    thread.start()
    thread.join()
    raise KeyError(1)
    """, RoundRobin())  # fmt: skip
    assert ran.output == "worker: ZeroDivisionError\nmain: KeyError\n"


def test_that_an_execution_that_was_ended_unwinds_without_a_further_step() -> None:
    source = """
    import threading
    lock = threading.Lock()
    log = []
    def work():
        with lock:
            try:
                while True:
                    log.append(1)
            finally:
                log.append("last words")
                print("never heard")
    threading.Thread(target=work).start()
    """
    with engine_for(source) as (engine, memory):
        ended = engine.execute(Replay(["main", "t1", "t1", "t1"]))
        rows = len(memory.all_rows)
        engine.abandon()
        assert ended.outcome == "schedule_ended"
        assert len(memory.all_rows) == rows
        assert all(one.ended for one in engine.world.actors)
        assert not [one for one in memory.records if type(one).__name__ == "OutputPrinted"]


def test_that_main_is_the_programs_module() -> None:
    ran = execute("import sys, __main__\nx = 5\nresult = __name__, sys.modules['__main__'].x, __main__.x\n", RoundRobin())
    assert ran.space["result"] == ("__main__", 5, 5)


def test_that_random_numbers_and_hashes_of_the_same_seed_are_the_same() -> None:
    source = "import random\nresult = random.random(), random.Random().random(), random.sample(range(9), 3)\n"
    first, again = (execute(source, RandomOrder(1)).space["result"] for _ in range(2))
    assert first == again
    assert execute(source, RandomOrder(1), seed=7).space["result"] != first


def test_that_a_program_may_replace_what_is_built_in() -> None:
    """Hooks run in the midst of the program, and must not call what it has put in the place of a builtin."""
    source = """
    import builtins, sys, threading
    items, found, callers = [], {}, set()
    names = ("len", "isinstance", "getattr", "hasattr", "issubclass", "repr", "sorted", "min", "max", "any", "all", "next", "iter")
    real = {name: getattr(builtins, name) for name in names}
    def made(plain):
        def call(*given):
            callers.add(str(sys._getframe(1).f_globals.get("__name__")))
            return plain(*given)
        return call
    def work(n):
        items.append(n)
        found[n] = items[-1] + len(items)
        for one in items: found.get(one)
    threads = [threading.Thread(target=work, args=(n,)) for n in (1, 2)]
    for name, was in real.items(): setattr(builtins, name, made(was))
    try:
        for thread in threads: thread.start()
        for thread in threads: thread.join()
    finally:
        for name, was in real.items(): setattr(builtins, name, was)
    result = sorted(found)
    """
    for model in ("gil", "free-threaded"):
        ran = execute(source, RoundRobin(), model=model)
        assert (ran.ended.errors, ran.space.get("result")) == ([], [1, 2])
        assert not [one for one in ran.space["callers"] if one.startswith("concsim.engine")]
