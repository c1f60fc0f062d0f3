"""What the lab sees of a program, and that seeing changes nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest

from concsim.control.labs.pythons import Python
from concsim.model.events import ErrorRaised, Kind, OutputPrinted, Remark, unpack_place
from concsim.model.folding.history import FINISHED, RUNNING, STATE_BITS, WAITING, History
from tests.conftest import Run


def test_that_things_get_the_names_the_program_gave_them(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import queue, threading
        from threading import Lock, RLock
        first = Lock(); second = RLock()
        forks = [Lock() for _ in range(2)]
        left, right = Lock(), Lock()
        class Account:
            def __init__(self):
                self.lock = Lock()
        a, b = Account(), Account()
        by_name = {}
        by_name["tea"] = queue.Queue(3)
        gate: threading.Event = threading.Event()
        seats = threading.BoundedSemaphore(4)
        market = threading.Condition()
        print(Lock())
    """,
        python=python.path,
    )
    assert ran.outcome == "finished", ran.output
    assert set(ran.names("lock")) == {
        "first", "forks[0]", "forks[1]", "left", "right", "Account.lock", "Account.lock #2", "lock at line 16",
    }  # fmt: skip
    assert set(ran.names("rlock")) == {"second", "market.lock"}
    assert ran.names("queue") == ["by_name['tea']"]
    assert (ran.names("event"), ran.names("semaphore"), ran.names("condition")) == (["gate"], ["seats"], ["market"])


def test_that_isinstance_and_subclasses_stay_true(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import queue, threading
        class Mine(threading.Thread): pass
        class Box(queue.LifoQueue): pass
        assert isinstance(threading.main_thread(), threading.Thread)
        assert isinstance(Mine(), threading.Thread)
        assert isinstance(queue.SimpleQueue(), queue.SimpleQueue)
        if isinstance(threading.Lock, type):
            assert isinstance(threading.Lock(), threading.Lock)
        import concurrent.futures.thread, logging, multiprocessing
        box = Box(); box.put(1); box.put(2); assert box.get() == 2
        lock = threading.Lock()
        for wrong in (lambda: lock.acquire(False, 1), lambda: lock.acquire(timeout=-2), lock.release):
            try: wrong()
            except (ValueError, RuntimeError): pass
            else: raise SystemExit("no error")
        assert lock.acquire(timeout=0.01) and not lock.acquire(False) and not lock.acquire(timeout=0.01)
        rlock = threading.RLock()
        with rlock, rlock: pass
        try: rlock.release()
        except RuntimeError: print("ok", threading.active_count())
    """,
        python=python.path,
    )
    assert (ran.outcome, ran.output) == ("finished", "ok 1\n"), ran.output


def test_that_only_what_the_program_makes_is_shown(run_source: Run) -> None:
    ran = run_source("""
        import logging, queue, threading, concurrent.futures, socketserver
        logging.getLogger("x").warning("a library's lock is taken")
        threading.Thread(target=print, name="mine").start()
    """)
    assert [one.name for one in ran.state.actors.values() if one.number] == ["MainThread", "mine"]
    assert [one.kind for one in ran.state.things.values()] == []


def test_that_a_condition_tells_who_was_woken(run_source: Run) -> None:
    ran = run_source("""
        import threading
        condition = threading.Condition()
        asleep = []
        def sleeper():
            with condition:
                asleep.append(1)
                condition.wait()
        threads = [threading.Thread(target=sleeper) for _ in range(2)]
        for thread in threads: thread.start()
        while True:
            with condition:
                if len(asleep) == 2:
                    condition.notify_all()
                    break
        for thread in threads: thread.join()
    """)
    woken = {int(value) for *_, value in ran.seen(Kind.NOTIFY)}
    assert {ran.state.actors[number].id for number in woken} == {"t1", "t2"}


def test_that_queue_depth_is_exact_and_bounded(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import queue, threading
        box = queue.Queue(3)
        def fill():
            for number in range(200): box.put(number)
        thread = threading.Thread(target=fill); thread.start()
        got = [box.get() for _ in range(200)]
        assert got == list(range(200))
    """,
        python=python.path,
    )
    depths = [value for _, _, kind, _, _, value in ran.rows if kind in (Kind.PUT, Kind.GET)]
    assert len(depths) == 400
    assert min(depths) >= 0
    assert max(depths) <= 3
    for before, after in pairwise(depths):
        assert abs(after - before) == 1


def test_that_parameters_are_put_in_and_what_follows_from_them_follows(run_source: Run, python: Python) -> None:
    ran = run_source(
        "SIZE = 3\nNAME = 'a'\nON = False\nSIZES = SIZE * 2\nprint(SIZES, NAME, ON)\nSIZE = 5\nprint(SIZE)\n",
        python=python.path, SIZE=10, NAME="b", ON=True,
    )  # fmt: skip
    assert ran.output == "20 b True\n5\n"


def test_that_output_knows_its_thread_and_line(run_source: Run) -> None:
    ran = run_source("""
        import threading
        def work():
            print("from a thread")
        thread = threading.Thread(target=work)
        thread.start(); thread.join()
        print("from main")
    """)
    said = [(ran.state.actors[one.actor].id, one.text, unpack_place(one.place)[1]) for one in ran.said(OutputPrinted)]
    assert said == [("t1", "from a thread\n", 4), ("main", "from main\n", 7)]


def test_that_an_error_has_its_actor_and_line(run_source: Run) -> None:
    ran = run_source("""
        import threading
        def work():
            int("no number")
        threading.Thread(target=work, name="worker").start()
    """)
    error = ran.said(ErrorRaised)[0]
    assert (ran.outcome, error.type, unpack_place(error.place)[1]) == ("failed", "ValueError", 4)
    assert ran.state.name_of(error.actor) == "worker"


def test_that_a_fork_joins_the_run_and_the_lab_does_not_show(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import os, threading, warnings
        warnings.simplefilter("error")
        lock = threading.Lock()
        pid = os.fork()
        with lock: pass
        if pid == 0:
            print("child", threading.active_count(), flush=True)
            os._exit(3)
        print("status", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        threading.Thread(target=print, args=("thread",)).start()
    """,
        python=python.path,
    )
    assert ran.outcome == "finished", ran.output
    assert sorted(ran.output.splitlines()) == ["child 1", "status 3", "thread"]
    assert not ran.said(Remark)
    child = next(one for one in ran.state.processes.values() if one.method == "os.fork")
    assert (child.status, child.silent, ran.state.actor(child.number).parent) == (3, False, 1)


def test_that_processes_and_pools_of_the_program_work(run_source: Run) -> None:
    ran = run_source("""
        import multiprocessing, subprocess, sys
        def double(number): return 2 * number
        if __name__ == "__main__":
            for method in ("fork", "spawn", "forkserver"):
                with multiprocessing.get_context(method).Pool(2) as pool:
                    print(method, pool.map(double, range(3)))
            print(subprocess.run([sys.executable, "-c", "print(1 + 1)"], capture_output=True, text=True).stdout)
    """)
    assert ran.outcome == "finished", ran.output
    assert ran.output.split() == ["fork", "[0,", "2,", "4]", "spawn", "[0,", "2,", "4]", "forkserver", "[0,", "2,", "4]", "2"]


def test_that_rows_run_forward_in_time(run_source: Run) -> None:
    ran = run_source("""
        import threading
        lock = threading.Lock()
        def work():
            for _ in range(500):
                with lock: pass
        for _ in range(4): threading.Thread(target=work).start()
    """)
    times = [row[0] for row in ran.rows]
    assert times == sorted(times)
    assert len(ran.seen(Kind.ACQUIRE)) == len(ran.seen(Kind.RELEASE)) == 2000


def test_that_a_lock_is_never_held_by_two(run_source: Run) -> None:
    ran = run_source("""
        import threading
        lock = threading.Lock()
        def work():
            for _ in range(300):
                with lock: pass
        for _ in range(4): threading.Thread(target=work).start()
    """)
    holder = 0
    for _, actor, kind, _, _, _ in ran.rows:
        if kind == Kind.ACQUIRE:
            assert holder == 0
            holder = actor
        elif kind == Kind.RELEASE:
            assert holder == actor
            holder = 0


def test_that_a_busy_lock_is_sampled_and_its_total_exact(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import threading
        lock = threading.Lock()
        total = 0
        def work():
            global total
            for _ in range(100_000):
                with lock: total += 1
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        print(total)
    """,
        python=python.path,
    )
    assert ran.output == "400000\n"
    assert [one.sampled for one in ran.state.things.values()] == [True]
    assert ran.state.count < 400_000


def test_that_a_busy_lock_still_knows_a_deadlock(run_source: Run) -> None:
    ran = run_source("""
        import threading
        a, b = threading.Lock(), threading.Lock()
        met = threading.Barrier(2)
        def work(first, second):
            for _ in range(50_000):
                with first: pass
            with first:
                met.wait()
                with second: pass
        for pair in ((a, b), (b, a)): threading.Thread(target=work, args=pair).start()
    """)
    assert ran.outcome == "deadlock"
    held = {one["actor"]: (one["waits_for"], one["held_by"]) for one in ran.deadlock}
    assert (held["t1"], held["t2"]) == (("b", "t2"), ("a", "t1"))


def test_that_the_exit_status_and_atexit_are_the_programs_own(run_source: Run) -> None:
    ran = run_source("import atexit, sys\natexit.register(print, 'bye')\nsys.exit('sorry')\n")
    assert (ran.outcome, ran.state.ended.status) == ("failed", 1)
    assert ran.output == "sorry\nbye\n"


def test_that_main_waits_for_threads_but_not_for_daemons(run_source: Run) -> None:
    ran = run_source("""
        import threading, time
        gate = threading.Event()
        threading.Thread(target=gate.wait, daemon=True).start()
        threading.Thread(target=lambda: (time.sleep(0.05), print("late")), name="late").start()
        print("last line")
    """)
    assert (ran.outcome, ran.output) == ("finished", "last line\nlate\n")


@pytest.mark.parametrize("count", [1000])
def test_that_a_thousand_threads_alive_at_once_are_seen(run_source: Run, count: int) -> None:
    ran = run_source(f"""
        import threading
        line = threading.Barrier({count})
        threads = [threading.Thread(target=line.wait) for _ in range({count})]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
    """)
    assert ran.outcome == "finished"
    assert len(ran.state.actors) >= count + 1


def test_that_rounds_follow_a_plan_in_one_recording(run_source: Run) -> None:
    ran = run_source("SIZE = 1\nprint(SIZE)\n", plan=({"SIZE": 2}, {"SIZE": 3}))
    assert ran.output == "2\n3\n"
    assert [one.parameters["SIZE"] for one in ran.state.history.rounds] == [2, 3]
    assert [one.outcome for one in ran.state.history.rounds] == ["finished", "finished"]


def test_that_looking_runs_no_code_of_the_program(run_source: Run) -> None:
    ran = run_source("""
        # /// concsim
        # watch = { box = "" }
        # ///
        import threading
        class Box:
            def __init__(self):
                self.lock, self.items = threading.Lock(), []
            def add(self, item):
                with self.lock: self.items.append(item)
            def __len__(self):
                with self.lock: return len(self.items)
            def __repr__(self): raise SystemExit("looked at")
        box = Box()
        box.add(1)
        print(len(box))
    """)
    assert (ran.outcome, ran.output) == ("finished", "1\n")


def test_that_a_threads_arguments_are_not_used_up(run_source: Run) -> None:
    ran = run_source("import threading\nthreading.Thread(target=print, args=iter([1, 2])).start()\n")
    assert ran.output == "1 2\n"


def test_that_every_task_of_a_pool_is_seen(run_source: Run) -> None:
    ran = run_source("""
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(8) as pool:
            print(sum(pool.map(abs, range(200))))
    """)
    assert [len(ran.seen(kind)) for kind in (Kind.SUBMIT, Kind.TASK, Kind.TASK_DONE)] == [200, 200, 200]
    pool = next(one for one in ran.state.things.values() if one.kind == "pool")
    assert pool.depth == 0, "no task waits when all are done"


def test_that_a_simple_queue_may_be_subclassed(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import abc, queue
        class First(queue.SimpleQueue):
            def __init__(self):
                super().__init__()
                self.put(1)
        class Second(queue.SimpleQueue, abc.ABC): pass
        second = Second(); second.put(2)
        print(First().get(), second.get())
    """,
        python=python.path,
    )
    assert ran.output == "1 2\n", ran.output


def test_that_threads_may_fork_at_once(run_source: Run) -> None:
    ran = run_source("""
        import os, threading
        def work():
            for _ in range(10):
                pid = os.fork()
                if not pid: os._exit(0)
                os.waitpid(pid, 0)
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        print("done")
    """)
    assert (ran.outcome, ran.output) == ("finished", "done\n")


def test_that_locks_are_copied_no_more_than_plain_ones(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import copy, threading
        for lock in (threading.Lock(), threading.RLock()):
            try: copy.copy(lock)
            except TypeError: print("refused")
    """,
        python=python.path,
    )
    assert ran.output == "refused\nrefused\n", ran.output


def test_that_each_printed_line_is_said_of_the_thread_that_printed_it(run_source: Run) -> None:
    ran = run_source(
        """
        import sys, threading
        sys.setswitchinterval(1e-6)
        def work(name):
            for _ in range(2_000): print(name)
        for name in "abcd": threading.Thread(target=work, args=(name,), name=name).start()
        """
    )
    said = [(ran.state.actor(one.actor).name, line) for one in ran.said(OutputPrinted) for line in one.text.split()]
    assert len(said) == 8_000
    assert [one for one in said if one[0] != one[1]] == []


def test_that_who_asks_for_a_line_waits_until_it_comes(run_source: Run) -> None:
    ran = run_source("try: input('name? ')\nexcept EOFError: print('none')\n")
    assert ran.output == "name? none\n"
    assert isinstance(ran.state.history, History)
    lane = ran.state.history.lanes[next(one.number for one in ran.state.actors.values() if one.id == "main")]
    assert [value & ((1 << STATE_BITS) - 1) for value in lane.values] == [RUNNING, WAITING, RUNNING, FINISHED]
