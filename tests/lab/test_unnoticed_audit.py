"""Audit hooks of the program hear what the program does, once, and nothing of what is done to observe it."""

from __future__ import annotations

from pathlib import Path

import pytest

from concsim.control.labs.pythons import Python
from tests.conftest import Run, as_python
from tests.lab.test_unnoticed_status import plain, step

HEARD = """
import collections, concurrent.futures, multiprocessing, os, queue, subprocess, sys, threading, time, traceback
import multiprocessing.popen_fork, multiprocessing.popen_spawn_posix, multiprocessing.queues, multiprocessing.synchronize
heard = []
IMPORTS = {"import", "compile", "exec", "open", "marshal.loads", "os.listdir", "object.__getattr__", "object.__setattr__",
    "sys._getframemodulename"}  # and what modules do that the lab has imported already
def hook(event, arguments):
    if event not in IMPORTS or event == "open" and arguments[0] == __file__ and threading.current_thread().name == "reads":
        heard.append(event)
def say(who): print(who, sorted(collections.Counter(heard).items()), flush=True)
def work(found, lock):
    with lock: found.put(1)
    time.sleep(0.01)
    with ready: ready.notify()
def main():
    found, lock, told = queue.Queue(), threading.Lock(), threading.Event()
    threads = [threading.Thread(target=work, args=(found, lock)) for _ in range(2)]
    with ready:
        for one in threads: one.start()
        ready.wait()
    for one in threads: one.join()
    with threading.RLock(): found.get()
    told.set(); told.wait()
    sys._getframe(0)
    sys.addaudithook(lambda event, arguments: None)
    list(number for number in range(3))
    reads = threading.Thread(target=lambda: open(__file__).close(), name="reads")
    reads.start(); reads.join()
    subprocess.run(["/bin/true"])
    with concurrent.futures.ThreadPoolExecutor(1) as pool: pool.submit(abs, -1).result()
    for method in ("fork", "spawn"):
        child = multiprocessing.get_context(method).Process(target=say if method == "fork" else abs, args=(1,))
        child.start(); child.join()
    talk = multiprocessing.SimpleQueue()
    talk.put(1); talk.get()
    with multiprocessing.Lock(): pass
    try: 1 / 0
    except ZeroDivisionError: traceback.format_exc()
    if os.fork() == 0: say("child"); os._exit(0)
    os.wait()
ready = threading.Condition()
if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    sys.addaudithook(hook)
    main()
    say("main")
"""


def test_that_a_hook_hears_the_program_alone(run_source: Run, tmp_path: Path, python: Python) -> None:
    expected = as_python(tmp_path / "program.py", HEARD, python.path)
    assert expected.count("sys._getframe") >= 3
    assert run_source(HEARD, python=python.path).output == expected


REFUSES = {
    "everything": "True",
    "threads": "event == '_thread.start_new_thread'",
    "frames": "event == 'sys._getframe'",
    "files": "event in ('open', 'os.mkdir', 'socket.__new__', 'socket.connect', 'fcntl.fcntl')",
    "what is shown": "event == 'sys.excepthook'",
}


@pytest.mark.parametrize("what", REFUSES.values(), ids=REFUSES)
def test_that_a_hook_that_refuses_disturbs_nothing_of_ours(run_source: Run, tmp_path: Path, what: str) -> None:
    source = f"""
import multiprocessing, os, sys, threading
def hook(event, arguments):
    if {what}: raise RuntimeError(event)
sys.addaudithook(hook)
lock = threading.Lock()
with lock: print("held", flush=True)
try:
    one = threading.Thread(target=print, args=("thread",))
    one.start(); one.join()
except RuntimeError as error: print(error)
try:
    if os.fork() == 0: os._exit(0)
    os.wait()
    child = multiprocessing.get_context("fork").Process(target=print, args=("child",), kwargs=dict(flush=True))
    child.start(); child.join()
except RuntimeError as error: print(error)
1 / 0
"""
    expected = plain(tmp_path / "program.py", source)
    ran = run_source(source)
    assert (ran.state.ended.status, ran.output) == expected


def test_that_a_hook_hears_a_stepped_program_alone(tmp_path: Path) -> None:
    source = """
import os, queue, sys, threading
heard = []
def work(found, lock):
    with lock: found.put(1)
def main():
    found, lock = queue.Queue(), threading.Lock()
    threads = [threading.Thread(target=work, args=(found, lock)) for _ in range(2)]
    for one in threads: one.start()
    for one in threads: one.join()
    os.listdir("/")
    sys._getframe(0)
    open(__file__).close()
    import colorsys
sys.addaudithook(lambda event, arguments: heard.append((event, arguments[:1] if event == "import" else "")))
main()
print(sorted({event for event, _ in heard} - {"_thread.start_new_thread", "os.listdir"}), heard.count(("sys._getframe", "")))
"""
    expected = as_python(tmp_path / "program.py", source)
    assert "'open', 'sys._getframe'] 1" in expected
    assert step(tmp_path / "program.py", tmp_path).output == expected
