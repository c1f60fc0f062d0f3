"""Deadlocks are named, with certainty where it can be had; correct programs are never accused."""

from __future__ import annotations

import textwrap

import pytest

from concsim.control.labs.pythons import Python
from concsim.model.events import DeadlockSeen
from tests.conftest import ALL_PYTHONS, Run

TWO_LOCKS = """
    import threading
    a = threading.{kind}()
    b = threading.{kind}()
    met = threading.Barrier(2)
    def work(first, second):
        with first:
            met.wait()
            with second:
                pass
    if __name__ == "__main__":
        one = threading.Thread(target=work, args=(a, b), name="one")
        two = threading.Thread(target=work, args=(b, a), name="two")
        one.start(); two.start()
        {rest}
        one.join(); two.join()
"""


def certainties(ran) -> list[str]:
    return [one.certainty for one in ran.said(DeadlockSeen)]


def test_that_a_cycle_of_two_locks_is_certain_once_main_waits_as_well(run_source: Run, python: Python) -> None:
    ran = run_source(TWO_LOCKS.format(kind="Lock", rest=""), python=python.path)
    assert ran.outcome == "deadlock"
    assert certainties(ran)[-1] == "certain"
    stuck = {one["actor"]: (one["waits_for"], one["held_by"], one["line"]) for one in ran.deadlock}
    assert stuck == {"main": ("t1", None, 16), "t1": ("b", "t2", 9), "t2": ("a", "t1", 9)}


def test_that_a_cycle_of_rlocks_is_certain_while_others_go_on(run_source: Run) -> None:
    ran = run_source(TWO_LOCKS.format(kind="RLock", rest="import time\n        while True: time.sleep(0.01)"))
    assert ran.outcome == "deadlock"
    assert certainties(ran) == ["certain"]
    assert {one["actor"] for one in ran.deadlock} == {"t1", "t2"}


def test_that_a_cycle_of_locks_is_suspected_while_others_go_on(run_source: Run) -> None:
    ran = run_source(TWO_LOCKS.format(kind="Lock", rest="import time\n        while True: time.sleep(0.01)"))
    assert ran.outcome == "deadlock"
    assert certainties(ran) == ["suspected"]
    assert {one["actor"] for one in ran.deadlock} == {"t1", "t2"}


def test_that_a_cycle_of_three_is_found(run_source: Run) -> None:
    ran = run_source("""
        import threading
        forks = [threading.Lock() for _ in range(3)]
        seated = threading.Barrier(3)
        def eat(number):
            with forks[number]:
                seated.wait()
                with forks[(number + 1) % 3]:
                    pass
        for number in range(3):
            threading.Thread(target=eat, args=(number,)).start()
    """)
    assert ran.outcome == "deadlock"
    held = {one["actor"]: (one["waits_for"], one["held_by"]) for one in ran.deadlock if one["actor"] != "main"}
    assert held == {"t1": ("forks[1]", "t2"), "t2": ("forks[2]", "t3"), "t3": ("forks[0]", "t1")}


def test_that_a_thread_waiting_for_itself_is_found(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import threading
        lock = threading.Lock()
        def outer():
            with lock:
                with lock:
                    pass
        threading.Thread(target=outer).start()
    """,
        python=python.path,
    )
    assert ran.outcome == "deadlock"
    assert {"actor": "t1", "waits_for": "lock", "held_by": "t1"}.items() <= ran.deadlock[1].items()


@pytest.mark.parametrize(
    ("wait", "name"),
    [
        ("condition.acquire(); condition.wait()", "condition"),
        ("event.wait()", "event"),
        ("box.get()", "box"),
        ("barrier.wait()", "barrier"),
        ("permits.acquire()", "permits"),
        ("simple.get()", "simple"),
    ],
)
def test_that_a_lost_wakeup_is_a_deadlock_where_nobody_holds_anything(run_source: Run, wait: str, name: str) -> None:
    ran = run_source(f"""
        import queue, threading
        condition, event, box = threading.Condition(), threading.Event(), queue.Queue()
        barrier, permits, simple = threading.Barrier(2), threading.Semaphore(0), queue.SimpleQueue()
        def work():
            {wait}
        threading.Thread(target=work).start()
    """)
    assert ran.outcome == "deadlock"
    assert certainties(ran) == ["certain"]
    assert {"actor": "t1", "waits_for": name, "held_by": None, "line": 6}.items() <= ran.deadlock[1].items()


def test_that_a_full_queue_without_a_taker_is_a_deadlock(run_source: Run) -> None:
    ran = run_source("""
        import queue
        box = queue.Queue(1)
        box.put(1)
        box.put(2)
    """)
    assert ran.outcome == "deadlock"
    assert [(one["actor"], one["waits_for"]) for one in ran.deadlock] == [("main", "box")]


def test_that_a_pool_waiting_for_itself_is_a_deadlock(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        from concurrent.futures import ThreadPoolExecutor
        def inner():
            return 1
        def outer(pool):
            return pool.submit(inner).result()
        with ThreadPoolExecutor(1) as pool:
            pool.submit(outer, pool).result()
    """,
        python=python.path,
    )
    assert ran.outcome == "deadlock"
    assert ("t1", "inner()") in [(one["actor"], one["waits_for"]) for one in ran.deadlock]


def test_that_a_lock_of_a_thread_that_has_ended_is_found(run_source: Run) -> None:
    ran = run_source("""
        import threading
        lock = threading.Lock()
        thread = threading.Thread(target=lambda: lock.acquire())
        thread.start(); thread.join()
        lock.acquire()
    """)
    assert ran.outcome == "deadlock"


CORRECT = {
    "a lock handed over": """
        import threading, time
        gate = threading.Lock()
        def open_later():
            time.sleep(PAUSE)
            gate.release()
        gate.acquire()
        threading.Thread(target=open_later).start()
        gate.acquire()
    """,
    "a lock handed over by a timer": """
        import threading
        gate = threading.Lock()
        gate.acquire()
        threading.Timer(PAUSE, gate.release).start()
        gate.acquire()
    """,
    "a semaphore handed from thread to thread": """
        import threading, time
        turns = [threading.Semaphore(1)] + [threading.Semaphore(0) for _ in range(3)]
        def work(number):
            for _ in range(50):
                turns[number].acquire()
                time.sleep(PAUSE / 200)
                turns[(number + 1) % 4].release()
        for number in range(4):
            threading.Thread(target=work, args=(number,)).start()
    """,
    "a condition handshake": """
        import threading
        condition, turn = threading.Condition(), 0
        def work(me):
            global turn
            for _ in range(300):
                with condition:
                    while turn != me:
                        condition.wait()
                    turn = 1 - me
                    condition.notify()
        for me in (0, 1):
            threading.Thread(target=work, args=(me,)).start()
    """,
    "an event set and cleared at once": """
        import threading
        go, done = threading.Event(), threading.Semaphore(0)
        def work():
            for _ in range(200):
                go.wait()
                done.release()
        threading.Thread(target=work, daemon=True).start()
        for _ in range(200):
            go.set()
            done.acquire()
        go.clear()
    """,
    "a queue between threads": """
        import queue, threading
        box, back = queue.Queue(1), queue.SimpleQueue()
        def work():
            for _ in range(300):
                back.put(box.get())
        threading.Thread(target=work).start()
        for number in range(300):
            box.put(number)
            back.get()
    """,
    "barriers round and round": """
        import threading
        line = threading.Barrier(3)
        def work():
            for _ in range(100):
                line.wait()
        for _ in range(3):
            threading.Thread(target=work).start()
    """,
    "a pool that ends": """
        from concurrent.futures import ThreadPoolExecutor, as_completed, wait
        for _ in range(20):
            with ThreadPoolExecutor(3) as pool:
                futures = [pool.submit(pow, 2, n) for n in range(20)]
                wait(futures[:5])
                total = sum(one.result() for one in as_completed(futures))
    """,
    "a pool never shut down": """
        from concurrent.futures import ThreadPoolExecutor
        pool = ThreadPoolExecutor(2)
        total = sum(pool.map(abs, range(20)))
    """,
    "hot locks in one order": """
        import threading
        a, b = threading.Lock(), threading.Lock()
        def work():
            for _ in range(20_000):
                with a:
                    with b:
                        pass
        for _ in range(4):
            threading.Thread(target=work).start()
    """,
    "a daemon that waits for ever": """
        import queue, threading
        box = queue.Queue()
        threading.Thread(target=box.get, daemon=True).start()
    """,
    "a reentrant lock in a condition": """
        import threading
        lock = threading.RLock()
        condition = threading.Condition(lock)
        ready = False
        def work():
            global ready
            with lock, lock:
                ready = True
                condition.notify_all()
        with lock, lock:
            threading.Thread(target=work).start()
            while not ready:
                condition.wait()
    """,
    "a task cancelled by another thread": """
        import threading, time
        from concurrent.futures import CancelledError, ThreadPoolExecutor
        with ThreadPoolExecutor(1) as pool:
            futures = {}
            def outer():
                try: futures["inner"].result()
                except CancelledError: print("cancelled")
            ready = threading.Event()
            pool.submit(lambda: (ready.wait(), outer()))
            futures["inner"] = pool.submit(print)
            ready.set()
            time.sleep(PAUSE)
            futures["inner"].cancel()
    """,
    "a daemon woken at exit": """
        import atexit, queue, threading, time
        box = queue.Queue()
        def work():
            while True: box.get()
        threading.Thread(target=work, daemon=True).start()
        atexit.register(lambda: (box.put(1), time.sleep(PAUSE)))
    """,
    "a queue shut down": """
        import queue, threading
        box = queue.Queue(1)
        box.put(1)
        def work():
            try: box.put(2)
            except Exception as error: print(type(error).__name__)
        thread = threading.Thread(target=work)
        thread.start()
        while not box.not_full._waiters: pass
        box.shutdown() if hasattr(box, "shutdown") else box.get()
        thread.join()
    """,
    "a signal that opens a gate": """
        import signal, threading
        gate = threading.Event()
        signal.signal(signal.SIGALRM, lambda *_: gate.set())
        signal.setitimer(signal.ITIMER_REAL, PAUSE)
        gate.wait()
    """,
}


@pytest.mark.parametrize("name", CORRECT)
def test_that_a_correct_program_is_never_accused(run_source: Run, name: str) -> None:
    newest = max(ALL_PYTHONS, key=lambda one: [int(part) for part in one.version.split(".")[:2]])
    python = newest.path if name == "a queue shut down" else ""
    ran = run_source("PAUSE = 0.2\n" + textwrap.dedent(CORRECT[name]), python=python)
    said = certainties(ran)
    suspected = name == "a task cancelled by another thread"  # nobody can tell, until it is
    assert ran.outcome == "finished", ran.output
    assert said in ([], ["suspected", "withdrawn"]) if suspected else not said


def test_that_a_slow_handover_is_not_taken_for_a_deadlock(run_source: Run) -> None:
    ran = run_source("PAUSE = 3.0\n" + textwrap.dedent(CORRECT["a lock handed over"]))
    assert (ran.outcome, certainties(ran)) == ("finished", [])


def test_that_a_suspicion_is_withdrawn_when_it_opens(run_source: Run) -> None:
    ran = run_source("""
        import threading, time
        a, b = threading.Lock(), threading.Lock()
        met = threading.Barrier(2)
        def work(first, second):
            with first:
                met.wait()
                with second:
                    pass
        def free(lock):
            locks = {"it": lock}
            if not lock.acquire(False):
                locks["it"].release()
        threading.Thread(target=work, args=(a, b), daemon=True).start()
        threading.Thread(target=work, args=(b, a), daemon=True).start()
        time.sleep(0.4)
        free(a)
        time.sleep(0.4)
    """)
    assert certainties(ran) == ["suspected", "withdrawn"]
    assert ran.outcome != "deadlock"
