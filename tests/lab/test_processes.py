"""What the lab sees of a program's processes, whichever way they are started, on every Python."""

from __future__ import annotations

import signal

import pytest

from concsim.control.labs.pythons import Python
from concsim.control.sessions import merging
from concsim.model.events import MAIN_NUMBERS, ErrorRaised, Kind, OutputPrinted, ProcessEnded, Remark, unpack_place
from concsim.model.folding.entities import Process
from tests.conftest import Ran, Run

METHODS = ["fork", "spawn", "forkserver"]
CHILDREN = """
import multiprocessing, os, sys
METHOD = "fork"
COUNT = 2
items = ["a"]

def work(number):
    items.append(number)
    print("child", number, "of", COUNT, "sees", items, flush=True)
    sys.exit(number)

if __name__ == "__main__":
    context = multiprocessing.get_context(METHOD)
    children = [context.Process(target=work, args=(number,)) for number in range(COUNT)]
    for one in children: one.start()
    for one in children: one.join()
    print([one.exitcode for one in children], items)
"""


def children_of(ran: Ran) -> list[Process]:
    """The processes but the program's own, in order of creation."""
    return [one for number, one in sorted(ran.state.processes.items()) if ran.state.actor(number).kind != "main"]


@pytest.mark.parametrize("method", METHODS)
def test_that_parameters_and_observers_reach_every_child(run_source: Run, python: Python, method: str) -> None:
    ran = run_source(CHILDREN, python=python.path, METHOD=method, COUNT=3)

    assert ran.outcome == "finished", ran.output
    assert "[0, 1, 2] ['a']" in ran.output
    assert sorted(ran.output.splitlines())[1:] == [f"child {n} of 3 sees ['a', {n}]" for n in range(3)]
    children = children_of(ran)
    ids = [ran.state.actor(one.number).id for one in children]
    assert ids == ["p1", "p2", "p3"]
    assert [(one.method, one.status, one.silent) for one in children] == [(method, n, False) for n in range(3)]
    assert len({one.pid for one in children}) == 3
    said_by = {ran.state.actor(one.actor).id for one in ran.said(OutputPrinted) if one.text.startswith("child")}
    assert said_by == set(ids)


@pytest.mark.parametrize("method", METHODS)
def test_that_each_process_has_its_own_memory_and_a_fork_copies_it(run_source: Run, method: str) -> None:
    ran = run_source(
        f"""
        # /// concsim
        # watch = {{ items = "" }}
        # ///
        import multiprocessing
        METHOD = "{method}"
        items = ["a"]
        def add(gate, done):
            gate.wait()
            items.append("b")
            done.set()
        def look(done):
            done.wait()
        if __name__ == "__main__":
            context = multiprocessing.get_context(METHOD)
            gate, done = context.Event(), context.Event()
            both = [context.Process(target=add, args=(gate, done)), context.Process(target=look, args=(done,))]
            for one in both: one.start()
            gate.set()
            for one in both: one.join()
        """
    )
    first, second = (ran.state.memory_of(one.number)["items"] for one in children_of(ran))
    assert (first.value, second.value, ran.state.watched["items"].value) == (["a", "b"], ["a"], ["a"])
    assert (first.copied, second.copied) == (False, method == "fork")


def test_that_a_killed_child_is_seen_as_that_and_harms_no_other(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import multiprocessing, os, signal
        def chatter(gate):
            gate.set()
            while True:
                print("x" * 200)
        def work():
            for n in range(50): print("line", n)
        if __name__ == "__main__":
            context = multiprocessing.get_context("fork")
            gate = context.Event()
            noisy, calm = context.Process(target=chatter, args=(gate,)), context.Process(target=work)
            noisy.start(); gate.wait()
            calm.start()
            os.kill(noisy.pid, signal.SIGKILL)
            noisy.join(); calm.join()
            print("exit codes", noisy.exitcode, calm.exitcode)
        """,
        python=python.path,
    )
    noisy, calm = children_of(ran)
    assert "exit codes -9 0" in ran.output
    assert (noisy.status, noisy.silent, calm.status, calm.silent) == (-signal.SIGKILL, True, 0, False)
    printed = "".join(one.text for one in ran.said(OutputPrinted) if one.actor == calm.number)
    assert printed == "".join(f"line {n}\n" for n in range(50))


def test_that_a_child_that_dies_without_a_word_is_seen_before_its_parent_asks(run_source: Run) -> None:
    ran = run_source(
        """
        import os, signal, time
        if os.fork() == 0:
            os.kill(os.getpid(), signal.SIGSEGV)
        deadline = time.monotonic() + 1
        while time.monotonic() < deadline: time.sleep(0.05)
        print(os.wait()[1])
        """
    )
    ended = [one for one in ran.said(ProcessEnded) if one.silent]
    asked = next(one.time for one in ran.said(OutputPrinted))
    assert [one.status for one in ended] == [-signal.SIGSEGV]
    assert ended[0].time < asked - 500_000_000


def test_that_grandchildren_join_the_run(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import multiprocessing, threading
        def leaf(): print("leaf")
        def branch(method):
            threading.Thread(target=print, args=("thread",), name="twig").start()
            child = multiprocessing.get_context(method).Process(target=leaf)
            child.start(); child.join()
        if __name__ == "__main__":
            for method in ("fork", "spawn", "forkserver"):
                one = multiprocessing.get_context(method).Process(target=branch, args=(method,))
                one.start(); one.join()
        """,
        python=python.path,
    )
    assert ran.outcome == "finished", ran.output
    ids = {one.id: one for one in ran.state.actors.values()}
    assert {"p1", "p1.p1", "p1.t1", "p2", "p2.p1", "p2.t1", "p3", "p3.p1", "p3.t1"} <= set(ids)
    for number in "123":
        branch, leaf, twig = ids[f"p{number}"], ids[f"p{number}.p1"], ids[f"p{number}.t1"]
        assert (leaf.parent, twig.parent, twig.process) == (branch.number, branch.number, branch.number)
        assert twig.name == "twig"
    assert len({one.number for one in ids.values()}) == len(ids)


def test_that_events_of_several_processes_stand_in_the_order_of_the_clock(run_source: Run, monkeypatch) -> None:
    monkeypatch.setattr(merging, "HELD", 60_000_000_000)  # however late a busy machine lets them speak
    ran = run_source(
        """
        import multiprocessing
        def play(mine, other, first):
            for _ in range(50):
                if not first: mine.acquire()
                first = False
                print("turn")
                other.release()
                mine.acquire(timeout=0)
        if __name__ == "__main__":
            a, b = multiprocessing.Semaphore(0), multiprocessing.Semaphore(0)
            both = [multiprocessing.Process(target=play, args=(a, b, True)), multiprocessing.Process(target=play, args=(b, a, False))]
            for one in both: one.start()
            for one in both: one.join(2); one.terminate(); one.join()
        """
    )
    times = [row[0] for row in ran.rows]
    assert times == sorted(times)
    assert {row[1] for row in ran.rows if row[2] == Kind.RELEASE} == {one.number for one in children_of(ran)}


QUEUES = """
import multiprocessing
METHOD = "fork"
def work(queue, simple, joinable, end, lock, seats, total):
    while (item := queue.get()) is not None:
        with lock, seats:
            total.value += item
    simple.put("simple")
    joinable.get(); joinable.task_done()
    end.send("sent")
if __name__ == "__main__":
    context = multiprocessing.get_context(METHOD)
    queue, simple, joinable = context.Queue(2), context.SimpleQueue(), context.JoinableQueue()
    here, there = context.Pipe()
    lock, seats = context.Lock(), context.Semaphore(3)
    total = context.Value("i", 0)
    child = context.Process(target=work, args=(queue, simple, joinable, there, lock, seats, total))
    child.start()
    for item in (1, 2, 3, 4): queue.put(item)
    queue.put(None)
    print(simple.get())
    joinable.put("job"); joinable.join()
    print(here.recv(), total.value)
    child.join()
"""


@pytest.mark.parametrize("method", METHODS)
def test_that_what_goes_between_processes_is_seen_on_both_sides(run_source: Run, python: Python, method: str) -> None:
    ran = run_source(QUEUES, python=python.path, METHOD=method)

    assert ran.outcome == "finished", ran.output
    assert ran.output.splitlines() == ["simple", "sent 10"]
    things = {one.name: one for one in ran.state.things.values()}
    assert {"queue", "simple", "joinable", "here", "there", "lock", "seats"} == set(things)
    assert (things["queue"].kind, things["queue"].capacity) == ("queue", 2)
    assert {name: (one.put, one.got, one.depth) for name, one in things.items() if one.put} == {
        "queue": (5, 5, 0), "simple": (1, 1, 0), "joinable": (1, 1, 0), "here": (1, 1, 0),
    }  # fmt: skip
    child = children_of(ran)[0].number
    main = next(one.number for one in ran.state.actors.values() if one.kind == "main")
    number = things["queue"].number
    assert {row[1] for row in ran.seen(Kind.PUT) if row[3] == number} == {main}
    assert {row[1] for row in ran.seen(Kind.GET) if row[3] == number} == {child}
    items = [ran.state.texts[int(row[5])] for row in ran.seen(Kind.ITEM) if row[3] == number and row[5] > 0]
    assert items == ["1", "2", "3", "4", "None"]
    taken = [row for row in ran.seen(Kind.ACQUIRE) if row[3] == things["lock"].number]
    assert {row[1] for row in taken} == {child} and len(taken) == 4


@pytest.mark.parametrize("method", METHODS)
def test_that_a_pool_shows_its_workers_and_their_tasks(run_source: Run, python: Python, method: str) -> None:
    ran = run_source(
        """
        import multiprocessing, time
        from concurrent.futures import ProcessPoolExecutor
        METHOD = "fork"
        def square(number):
            time.sleep(0.01)
            return number * number
        if __name__ == "__main__":
            context = multiprocessing.get_context(METHOD)
            with context.Pool(2) as pool:
                print(pool.map(square, range(6), chunksize=1), pool.apply(square, (9,)))
            with ProcessPoolExecutor(2, mp_context=context) as executor:
                print(list(executor.map(square, range(4))), executor.submit(square, 5).result())
        """,
        python=python.path,
        METHOD=method,
    )
    assert ran.outcome == "finished", ran.output
    assert ran.output.splitlines() == ["[0, 1, 4, 9, 16, 25] 81", "[0, 1, 4, 9] 25"]
    pools = {one.name: one for one in ran.state.things.values() if one.kind == "process pool"}
    assert {name: one.capacity for name, one in pools.items()} == {"pool": 2, "executor": 2}
    workers = {one.number for one in ran.state.actors.values() if one.kind == "worker"}
    assert len(workers) <= 4
    for name, count in (("pool", 7), ("executor", 5)):
        tasks = [row for row in ran.seen(Kind.TASK) if row[3] == pools[name].number]
        assert {row[1] for row in tasks} <= workers
        assert len(tasks) == len([row for row in ran.seen(Kind.TASK_DONE) if row[3] == pools[name].number]) == count
        assert pools[name].depth == 0


def test_that_a_manager_is_a_process_and_its_queue_is_seen_from_both_sides(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import multiprocessing
        def write(queue):
            for letter in "abc": queue.put(letter)
        if __name__ == "__main__":
            with multiprocessing.Manager() as manager, multiprocessing.Pool(1) as pool:
                letters = manager.Queue()
                pool.apply(write, (letters,))
                print("".join(letters.get() for _ in range(3)))
        """,
        python=python.path,
    )
    assert ran.output == "abc\n"
    assert [one.kind for one in ran.state.actors.values() if one.kind == "manager"] == ["manager"]
    letters = next(one for one in ran.state.things.values() if one.kind == "manager queue")
    assert (letters.name, letters.put, letters.got) == ("letters", 3, 3)


def test_that_a_command_is_a_box_with_its_exit_status(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import subprocess, sys
        print(subprocess.run([sys.executable, "-c", "import sys; sys.exit(3)"]).returncode)
        """,
        python=python.path,
    )
    box = next(one for one in ran.state.processes.values() if one.method == "command")
    actor = ran.state.actor(box.number)
    assert (actor.kind, actor.id, box.status) == ("command", "c1", 3)
    assert "import sys" in box.command
    assert box.pid > 0


def test_that_an_error_in_a_child_is_the_childs_with_its_line(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import multiprocessing
        def fail():
            raise ValueError("no")
        if __name__ == "__main__":
            child = multiprocessing.Process(target=fail)
            child.start(); child.join()
        """,
        python=python.path,
    )
    (error,) = ran.said(ErrorRaised)
    assert ran.outcome == "failed"
    assert (error.type, error.message, unpack_place(error.place)[1]) == ("ValueError", "no", 4)
    assert ran.state.actor(error.actor).id == "p1"
    assert children_of(ran)[0].status == 1


@pytest.mark.parametrize(
    "body, error",
    [
        ("p = context.Process(target=print, args=(lambda: 0,)); p.start()", "PicklingError"),
        ("a, b = context.Pipe(); b.close(); a.send(1)", "BrokenPipeError"),
    ],
)
def test_that_what_cannot_travel_is_the_programs_own_error_with_its_line(run_source: Run, body: str, error: str) -> None:
    ran = run_source(
        f"import multiprocessing\ncontext = multiprocessing.get_context('spawn')\nif __name__ == '__main__':\n    {body}\n"
    )
    (seen,) = ran.said(ErrorRaised)
    assert ran.outcome == "failed"
    assert unpack_place(seen.place)[1] == 4
    assert seen.type in (error, "AttributeError", "PicklingError")


def test_that_a_giant_pickle_travels(run_source: Run) -> None:
    ran = run_source(
        """
        import multiprocessing
        def size(queue): print(len(queue.get()))
        if __name__ == "__main__":
            queue = multiprocessing.Queue()
            child = multiprocessing.Process(target=size, args=(queue,))
            child.start()
            queue.put(bytes(60_000_000))
            child.join()
        """
    )
    assert (ran.outcome, ran.output) == ("finished", "60000000\n")


@pytest.mark.parametrize("way", ["bomb", "chain"])
def test_that_a_program_that_forks_without_end_is_held_by_the_limit(run_source: Run, way: str) -> None:
    bodies = {
        "bomb": """
            import os, signal, time
            made = 0
            try:
                while True:
                    if os.fork() == 0:
                        signal.pause()
                    made += 1
            except BlockingIOError as error:
                print("refused after", made, error.errno == 11)
            """,
        "chain": """
            import multiprocessing
            def again(depth):
                child = multiprocessing.Process(target=again, args=(depth + 1,))
                try:
                    child.start()
                except BlockingIOError:
                    print("refused after", depth, True)
                    return
                child.join()
            if __name__ == "__main__":
                again(0)
            """,
    }
    ran = run_source(bodies[way], processes=6, limit=5)

    assert "refused after 5 True" in ran.output
    assert [one.code for one in ran.said(Remark)] == ["process_limit"]
    assert len([one for one in children_of(ran) if one.pid]) == 5


def test_that_one_childs_numbers_are_not_anothers(run_source: Run) -> None:
    ran = run_source(CHILDREN, METHOD="fork", COUNT=3)

    numbers = [one.number for one in ran.state.things.values() if one.number >= MAIN_NUMBERS]
    assert len(set(numbers)) == len(numbers)


def test_that_a_watched_shared_value_is_seen_as_what_it_holds(run_source: Run) -> None:
    ran = run_source(
        """
        # /// concsim
        # watch = { total = "", row = "" }
        # ///
        import multiprocessing
        def add(total, row):
            with total.get_lock():
                total.value += 5
            row[1] = 7
        if __name__ == "__main__":
            total, row = multiprocessing.Value("i", 1), multiprocessing.Array("i", [1, 2])
            child = multiprocessing.Process(target=add, args=(total, row))
            child.start(); child.join()
        """
    )
    assert (ran.state.watched["total"].value, ran.state.watched["total"].number) == (6, 6)
    assert ran.state.watched["row"].value == [1, 7]


@pytest.mark.parametrize("method", METHODS)
def test_that_a_process_that_cannot_end_for_what_it_has_put_waits_for_the_queue(run_source: Run, method: str) -> None:
    ran = run_source(f"""
        import multiprocessing

        def work(queue):
            queue.put("x" * 1_000_000)

        if __name__ == "__main__":
            context = multiprocessing.get_context("{method}")
            queue = context.Queue()
            child = context.Process(target=work, args=(queue,))
            child.start()
            child.join()
    """, limit=4.0)
    assert ran.outcome == "limit"
    (queue,) = (number for number, one in ran.state.things.items() if one.name == "queue")
    assert [ran.state.actor(row[1]).id for row in ran.seen(Kind.WAIT) if row[3] == queue] == ["p1"]


@pytest.mark.parametrize("kind", ["Lock", "RLock"])
def test_that_a_release_that_is_refused_gives_nothing_back(run_source: Run, kind: str) -> None:
    ran = run_source(
        f"""
        import multiprocessing, threading
        def wrong():
            try: lock.release()
            except (AssertionError, ValueError) as error: print(type(error).__name__)
        lock = multiprocessing.{kind}()
        if {kind!r} == "RLock": lock.acquire()
        other = threading.Thread(target=wrong)
        other.start(); other.join()
        """
    )
    assert ran.output in ("AssertionError\n", "ValueError\n")
    assert ran.seen(Kind.RELEASE) == []
