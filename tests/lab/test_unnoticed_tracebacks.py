"""Nobody sees a frame of ours, wherever an exception lands, and what is held and what is not stays right."""

from __future__ import annotations

from pathlib import Path

import pytest

from concsim.control.labs.pythons import Python
from tests.conftest import Run, as_python, without_addresses
from tests.lab.test_unnoticed_status import plain, step

INTERRUPTED = """
import _thread, io, logging, os, queue, signal, sys, threading, time, traceback
ROUNDS = 200
armed = handled = 0
texts = []
def ask_again():
    for sent in range(ROUNDS):
        while armed == sent: time.sleep(0.0001)
        for _ in range(sent % 7 * 40): pass
        os.kill(os.getpid(), signal.SIGINT) if sent % 5 == 0 else _thread.interrupt_main()
def use():
    global armed
    lock, again, found, ready = threading.Lock(), threading.RLock(), queue.Queue(), threading.Condition()
    told, permits, simple = threading.Event(), threading.Semaphore(2), queue.SimpleQueue()
    armed = handled + 1
    while True:
        with lock: pass
        with again:
            with again: pass
        found.put(1); found.get()
        simple.put(1); simple.get()
        with ready: ready.notify_all(); ready.wait(0.00001)
        told.set(); told.wait(); told.clear()
        with permits: pass
        print("x", file=io.StringIO())
        if lock.locked(): sys.exit("a lock is held")
asks = threading.Thread(target=ask_again, daemon=True)
asks.start()
said = io.StringIO()
logging.basicConfig(stream=said)
while handled < ROUNDS:
    try: use()
    except KeyboardInterrupt as error:
        texts.append(traceback.format_exc())
        try: raise ValueError from error
        except ValueError: logging.exception("asked")
        stderr, sys.stderr = sys.stderr, said
        sys.__excepthook__(*sys.exc_info())
        sys.stderr = stderr
        handled += 1
asks.join()
print(handled, any("concsim" in text for text in [*texts, said.getvalue()]), said.getvalue().count("KeyboardInterrupt") >= 2 * ROUNDS)
"""


def test_that_an_interrupted_program_sees_its_own_frames(run_source: Run, tmp_path: Path, python: Python) -> None:
    expected = as_python(tmp_path / "program.py", INTERRUPTED, python.path)
    assert expected == "200 False True\n"
    assert run_source(INTERRUPTED, python=python.path).output == expected


WAITS = """
import signal, threading, time
ROUNDS = 60
armed = handled = 0
def ask_again():
    for sent in range(ROUNDS):
        while armed == sent: time.sleep(0.0001)
        for _ in range(sent % 10 * 30): pass
        while handled == sent:  # one that comes just before the system's call does not end it, under plain Python either
            signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
            for _ in range(200):
                if handled > sent: break
                time.sleep(0.001)
def wait():
    global armed
    ready, told, lock = threading.Condition(), threading.Event(), threading.Lock()
    lock.acquire()
    armed = handled + 1
    if handled % 3 == 0: told.wait()
    elif handled % 3 == 1: lock.acquire()
    else:
        with ready: ready.wait()
threading.Thread(target=ask_again, daemon=True).start()
while handled < ROUNDS:
    try: wait()
    except KeyboardInterrupt: handled += 1
print("ended", handled)
"""


def test_that_an_interrupt_ends_a_wait_whenever_it_comes(run_source: Run, python: Python) -> None:
    assert run_source(WAITS, python=python.path, limit=20).output == "ended 60\n"


SHOWN = {
    "the main thread": "def use():\n    with threading.Lock(): queue.Queue().get(timeout=0.01)\nuse()",
    "a thread": "def use():\n    with threading.Condition() as ready: ready.notify(-1) or threading.BoundedSemaphore().release()\none = threading.Thread(target=use); one.start(); one.join()",
    "what is not raised": "class Told:\n    def __del__(self): queue.Queue().get(False)\nTold()",
    "causes": "def use():\n    try: queue.Queue().get(False)\n    except queue.Empty as error:\n        try: threading.Semaphore().acquire(timeout='x', blocking=False)\n        except ValueError: raise KeyError from error\nuse()",
    "its stack": "def use(): traceback.print_stack()\nuse()\none = threading.Thread(target=use); one.start(); one.join()",
    "its own hook": "def hook(*told): sys.__excepthook__(*told)\nsys.excepthook = hook\nthreading.Barrier(2).wait(0.01)",
    "a thread's hook": "threading.excepthook = lambda told: threading.__excepthook__(told)\none = threading.Thread(target=lambda: queue.Queue().get(False)); one.start(); one.join()",
    "which hooks are set": "print(sys.excepthook is sys.__excepthook__, sys.unraisablehook is sys.__unraisablehook__)",
    "handlers": "import signal\nprint(signal.getsignal(signal.SIGINT) is signal.default_int_handler)\ndef handle(number, frame): print(number, frame.f_code.co_name)\nprint(signal.signal(signal.SIGINT, handle) is signal.default_int_handler, signal.signal(signal.SIGINT, handle) is handle, signal.getsignal(2) is handle)\nsignal.raise_signal(2)\nprint(signal.signal(signal.SIGINT, signal.SIG_IGN) is handle, signal.getsignal(2))",
}


@pytest.mark.parametrize("what", SHOWN)
def test_that_what_is_shown_is_the_programs(run_source: Run, tmp_path: Path, python: Python, what: str) -> None:
    source = "import queue, sys, threading, traceback\n" + SHOWN[what] + "\n"
    _, expected = plain(tmp_path / "program.py", source, python.path)
    assert without_addresses(run_source(source, python=python.path).output) == expected


STEPPED = {
    "which hooks are set": SHOWN["which hooks are set"],
    "handlers, those of its own aside": "import signal\nprint(signal.getsignal(signal.SIGINT) is signal.default_int_handler)\nprint(signal.signal(signal.SIGINT, signal.SIG_IGN) is signal.default_int_handler, signal.getsignal(2))",
}


@pytest.mark.parametrize("what", STEPPED)
def test_that_a_stepped_program_finds_what_it_would(tmp_path: Path, what: str) -> None:
    _, expected = plain(tmp_path / "program.py", "import sys\n" + STEPPED[what] + "\n")
    assert without_addresses(step(tmp_path / "program.py", tmp_path).output) == expected


def test_that_the_last_of_the_real_time_signals_stays_the_programs(run_source: Run, python: Python) -> None:
    """One of them wakes a wait of ours: one that the program has no use for."""
    source = """
        import signal, threading, time
        heard = []
        signal.signal(signal.SIGRTMAX, lambda *_: heard.append("mine"))
        signal.signal(signal.SIGALRM, lambda *_: heard.append("alarm"))
        signal.setitimer(signal.ITIMER_REAL, 0.002, 0.002)
        lock = threading.Lock()
        until = time.monotonic() + 1.0
        while heard.count("alarm") < 100 and time.monotonic() < until:
            with lock: pass
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.raise_signal(signal.SIGRTMAX)
        print(heard.count("mine"), callable(signal.getsignal(signal.SIGRTMAX)))
        """
    assert run_source(source, python=python.path).output == "1 True\n"
