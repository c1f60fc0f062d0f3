"""What programs do with processes, descriptors and objects that observing must not disturb. Each says what Python says."""

from __future__ import annotations

from pathlib import Path

import pytest

from concsim.control.labs.pythons import Python
from concsim.lab.program.texts import LONGEST, short_text
from concsim.lab.running.process_limit import ProcessLimit
from concsim.model.events import ErrorRaised, TextSeen
from tests.conftest import Run, as_python, without_addresses

PROGRAMS = {
    "pools made in several threads fork at the same time": """
        import multiprocessing, threading
        def square(number): return number * number
        def work():
            with multiprocessing.get_context("fork").Pool(2) as pool:
                sums.append(sum(pool.map(square, range(30))))
        sums = []
        if __name__ == "__main__":
            threads = [threading.Thread(target=work) for _ in range(4)]
            for one in threads: one.start()
            for one in threads: one.join()
            print(sums == [8555] * 4)
        """,
    "a signal handler forks in the midst of a fork": """
        import os, signal, time
        reaped = 0
        def spawn():
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                time.sleep(0.002)
                os._exit(0)
        def on_child(*_):
            global reaped
            while True:
                try: pid, _ = os.waitpid(-1, os.WNOHANG)
                except ChildProcessError: return
                if not pid: return
                reaped += 1
                if reaped < 30: spawn()
        signal.signal(signal.SIGCHLD, on_child)
        for _ in range(8): spawn()
        end = time.monotonic() + 20
        while reaped < 37 and time.monotonic() < end: time.sleep(0.01)
        print(reaped == 37)
        """,
    "everything inherited is closed and other files opened in its place": """
        import os, tempfile
        os.closerange(3, 4096)
        for fd in range(3, 600):
            try: os.close(fd)
            except OSError: pass
        files = [tempfile.TemporaryFile() for _ in range(30)]
        print("still here", flush=True)
        print(all(one.seek(0, 2) == 0 for one in files) and max(one.fileno() for one in files) < 40)
        """,
    "objects that answer for every attribute travel": """
        import multiprocessing
        class Record:
            def __init__(self, **values): self.__dict__["values"] = values
            def __getattr__(self, name):
                if name.startswith("__") and name != "__name__": raise AttributeError(name)
                return self.__dict__["values"][name]
        queue = multiprocessing.SimpleQueue()
        queue.put(Record(a=1)); print(queue.get().a)
        queue.put(10 ** 5000); print(queue.get() == 10 ** 5000)
        """,
    "commands are paths, bytes and texts": """
        import pathlib, subprocess
        print(subprocess.Popen(pathlib.Path("/bin/true")).wait(), subprocess.Popen(b"/bin/true").wait(),
              subprocess.Popen(b"exit 3", shell=True).wait(), subprocess.Popen(["/bin/true", b"x"]).wait())
        """,
    "queues and locks go when the program lets go of them": """
        import gc, multiprocessing, resource, weakref
        resource.setrlimit(resource.RLIMIT_NOFILE, (300, 300))
        for number in range(300):
            queue = multiprocessing.SimpleQueue()
            queue.put(number); queue.get()
        gc.disable()
        lock = multiprocessing.Lock()
        with lock: pass
        gone = weakref.ref(lock)
        del lock
        print(gone() is None)
        """,
    "a queue that is let go of says nothing": """
        import gc, multiprocessing, threading, time
        def use():
            queue = multiprocessing.Queue()
            queue.put(1)
            print(queue.get())
        for _ in range(3): use()
        gc.collect()
        while threading.active_count() > 1: time.sleep(0.01)
        gc.collect()
        print("no more")
        """,
    "locks of threads go when the program lets go of them": """
        import gc, threading, weakref
        gc.disable()
        for make in (threading.Lock, threading.RLock):
            lock = make()
            with lock: pass
            gone = weakref.ref(lock)
            del lock
            print(gone() is None)
        """,
    "a future and its result go together": """
        import gc, weakref
        from concurrent.futures import ProcessPoolExecutor
        class Big: pass
        def make(): return [0] * 10
        if __name__ == "__main__":
            with ProcessPoolExecutor(1) as pool:
                future = pool.submit(make)
                print(len(future.result()), future.result.__name__)
                gc.collect(); gc.disable()
                gone = weakref.ref(future)
                del future
            print(gone() is None)
        """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_that_a_program_does_not_notice(run_source: Run, name: str) -> None:
    ran = run_source(PROGRAMS[name])
    assert ran.outcome == "finished", ran.output
    assert set(ran.output.split()) & {"False", "Traceback", "Exception"} == set(), ran.output
    assert ran.output.strip()


LIBRARY = """
import multiprocessing

def child(queue, number):
    queue.put(number * 2)

def work(method):
    context = multiprocessing.get_context(method)
    queue = context.Queue()
    one = context.Process(target=child, args=(queue, 21))
    one.start()
    found = queue.get(timeout=20)
    one.join()
    with context.Pool(2) as pool:
        return found, pool.map(abs, [-1, -2]), one.exitcode
"""


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_that_a_library_s_own_processes_work_and_so_do_the_program_s_after_them(
    tmp_path_factory: pytest.TempPathFactory, run_source: Run, python: Python, method: str
) -> None:
    library = tmp_path_factory.mktemp("library") / "thelibrary.py"
    library.write_text(LIBRARY)
    ran = run_source(
        f"""
        import multiprocessing, sys
        sys.path.append({str(library.parent)!r})
        def own(queue): queue.put("own")
        if __name__ == "__main__":
            import thelibrary
            print(thelibrary.work({method!r}))
            context = multiprocessing.get_context({method!r})
            queue = context.Queue()
            one = context.Process(target=own, args=(queue,))
            one.start(); print(queue.get(timeout=20)); one.join(); print(one.exitcode)
        """,
        python=python.path,
    )
    assert ran.output == "(42, [1, 2], 0)\nown\n0\n"
    assert len([one for one in ran.state.actors.values() if one.kind == "process"]) == 1, "the library's are not shown"


def test_that_a_limit_of_processes_counts_each_command_once(run_source: Run) -> None:
    ran = run_source(
        """
        import subprocess
        running = [subprocess.Popen(["/bin/sleep", "20"]) for _ in range(8)]
        try: subprocess.Popen(["/bin/true"]).wait(); print("one more")
        except BlockingIOError: print("no more")
        try: subprocess.Popen(["/bin/true"])
        except BlockingIOError: print("no more")
        for one in running: one.kill(); one.wait()
        """,
        processes=9,
    )
    assert ran.output == "no more\nno more\n"


def test_that_whoever_cannot_read_the_slots_may_fork(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    limit = ProcessLimit(None, {"folder": str(tmp_path / "file"), "processes": 4})  # type: ignore[arg-type]
    import fcntl

    limit._fcntl = fcntl
    made = limit._make_fork(lambda: 4_000_000)
    assert [made() for _ in range(6)] == [4_000_000] * 6


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10**5000, "int of 16610 bits"), ([10**5000, 1], "list of 2"), ({10**5000: 1}, "dict of 1"), (12, "12"), (True, "True"),
        ("x" * 100, "'" + "x" * LONGEST + "'…"), (len, "len"), (dict, "dict"), ([1, "a"], "[1, 'a']"), ({1: [2]}, "dict of 1"),
    ],
    ids=lambda one: one if isinstance(one, str) and len(one) < 40 else "",
)  # fmt: skip
def test_that_a_short_text_is_short_and_runs_no_code_of_the_person_s(value: object, text: str) -> None:
    assert short_text(value) == text


def test_that_an_object_s_own_code_is_not_asked_for_its_text() -> None:
    class Trap:
        def __getattribute__(self, name: str) -> object:
            raise AssertionError(f"asked for {name}")

    assert short_text(Trap()) == "<Trap>"


def test_that_a_pipe_s_numbers_travel_as_attributes_that_others_need_not_know(run_source: Run) -> None:
    ran = run_source(
        """
        import multiprocessing, multiprocessing.reduction as reduction
        here, there = multiprocessing.Pipe()
        reduced = reduction.ForkingPickler.dumps(here)
        print(b"concsim.lab" in bytes(reduced))
        with multiprocessing.Manager() as manager:
            queue = manager.Queue()
            queue.put("told")
            print(b"concsim.lab" in bytes(reduction.ForkingPickler.dumps(queue)), queue.get())
        """
    )
    assert ran.output == "False\nFalse told\n"
    assert "'told'" in [one.text for one in ran.said(TextSeen)]


def test_that_a_child_that_becomes_another_program_is_seen_until_then(run_source: Run) -> None:
    ran = run_source(
        """
        import os
        if os.fork() == 0:
            os.execv("/bin/echo", ["echo", "another program"])
        print(os.wait()[1])
        """
    )
    assert ran.output == "another program\n0\n"
    (child,) = [one for one in ran.state.actors.values() if one.kind == "fork"]
    assert child.began


def test_that_a_module_that_was_only_looked_for_is_observed_when_it_comes(run_source: Run) -> None:
    pytest.importorskip("greenlet")
    ran = run_source(
        """
        import importlib, importlib.util, sys
        print(importlib.util.find_spec("greenlet").name, "greenlet" in sys.modules, importlib.util.find_spec("subprocess").name)
        import greenlet, subprocess
        one = greenlet.greenlet(lambda: print("ran", greenlet.__spec__.loader is greenlet.__loader__))
        one.switch()
        subprocess.run(["/bin/true"])
        importlib.reload(subprocess).run(["/bin/true"])
        """
    )
    assert ran.output == "greenlet False subprocess\nran True\n"
    kinds = [one.kind for one in ran.state.actors.values()]
    assert kinds.count("greenlet") == 1 and "command" in kinds


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_that_an_error_in_a_child_is_printed_as_python_prints_it(run_source: Run, tmp_path: Path, method: str) -> None:
    source = f"""
        import multiprocessing, sys, traceback
        context = multiprocessing.get_context({method!r})
        class Mine(context.Process):
            def run(self):
                try: [].pop()
                except IndexError: traceback.print_exc()
                print("run" in vars(self), file=sys.stderr)
                fail()
        def fail(): raise ValueError("in a child")
        def leave(status): sys.exit(status)
        if __name__ == "__main__":
            for one in (Mine(), context.Process(target=leave, args=(3,)), context.Process(target=leave, args=("why",))):
                one.start(); one.join(); print(one.exitcode, file=sys.stderr)
        """
    plain = as_python(tmp_path / "program.py", source)
    ran = run_source(source)
    assert ran.output == plain and plain.count("Traceback") == 2
    assert [one.message for one in ran.said(ErrorRaised)] == ["in a child"]


def test_that_the_traceback_of_an_error_in_a_child_has_no_frame_of_ours(run_source: Run, tmp_path: Path) -> None:
    source = """
        import multiprocessing
        class Odd(Exception):
            def __setattr__(self, name, value): print("asked to set", name)
        def work(box, connection):
            try:
                try: box.get(timeout=0.01)
                except Exception as empty: raise Odd("first") from empty
            finally: connection.send(lambda: 0)
        if __name__ == "__main__":
            box, (there, here) = multiprocessing.Queue(), multiprocessing.Pipe()
            child = multiprocessing.get_context("fork").Process(target=work, args=(box, there), name="child")
            child.start(); child.join()
        """
    plain = as_python(tmp_path / "program.py", source)
    said = without_addresses(run_source(source).output)
    assert "Empty" in plain and said == without_addresses(plain)
