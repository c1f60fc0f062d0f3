"""What is printed while the interpreter takes itself apart appears, in the order in which Python prints it."""

from __future__ import annotations

from pathlib import Path

import pytest

from concsim.control.labs.pythons import Python
from concsim.model.events import OutputPrinted
from tests.conftest import Ran, Run, as_python, without_addresses

SHUTDOWN = """
    # /// concsim
    # views = ["frames"]
    # ///
    import atexit, builtins, functools, sys, threading, weakref
    class Told:
        def __init__(self, name): self.name, self.lock = name, threading.Lock()
        def __del__(self):
            with self.lock: print("gone:", self.name, sys.is_finalizing())
    class Errs:
        def __del__(self): print("to stderr", file=sys.stderr); raise ValueError("as it goes")
    class Ends:
        def __del__(self): print("a long text " + "é" * 20_000, end="")
    class Kept: pass
    def generate():
        try: yield
        finally: print("generator closed")
    kept, first, cycle = Kept(), Told("a global"), Told("a cycle")
    cycle.me, functools.kept, builtins.kept = cycle, Told("a library's"), Told("a builtin")
    weakref.finalize(kept, print, "finalized")
    atexit.register(print, "at exit")
    threading._register_atexit(print, "at the threads' end")
    suspended = generate(); next(suspended)
    {last}
    print("end of the code", flush=True)
    {end}
    """


@pytest.mark.parametrize("last", ["only = Errs()", "only = Ends()"])
@pytest.mark.parametrize("end", ["", "1 / 0", "sys.exit('why')"], ids=["end", "error", "exit"])
def test_that_what_is_printed_at_the_very_end_appears(run_source: Run, tmp_path: Path, last: str, end: str) -> None:
    source = SHUTDOWN.format(last=last, end=end)
    plain = as_python(tmp_path / "program.py", source)
    ran = run_source(source)
    for stream in ("stdout", "stderr"):
        printed = "".join(one.text for one in ran.said(OutputPrinted) if one.stream == stream)
        assert without_addresses(printed) in without_addresses(plain), printed
    assert sorted(without_addresses(ran.output)) == sorted(without_addresses(plain))


def test_that_the_end_of_every_python_is_told(run_source: Run, tmp_path: Path, python: Python) -> None:
    source = """
        import sys, threading, time
        class Told:
            def __del__(self): print("gone", sys.is_finalizing(), threading.current_thread() is threading.main_thread())
        told = Told()
        threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
        print("end of the code")
        """
    ran = run_source(source, python=python.path)
    assert ran.output == as_python(tmp_path / "program.py", source, python.path) == "end of the code\ngone True True\n"
    assert ran.outcome == "finished"


@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_that_the_end_of_a_child_is_told(run_source: Run, tmp_path: Path, way: str) -> None:
    source = f"""
        import multiprocessing, os, sys
        class Told:
            def __del__(self): print("gone", self.name, flush=True)
        told = Told()
        told.name = __name__
        def work(): print("child", flush=True)
        if __name__ == "__main__" and {way!r} == "spawn":
            child = multiprocessing.get_context("spawn").Process(target=work)
            child.start(); child.join(); print(child.exitcode, flush=True)
        elif {way!r} == "fork":
            if os.fork() == 0: told.name = "in the child"; sys.exit(3)
            print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
        """
    plain = as_python(tmp_path / "program.py", source)
    assert plain.count("gone") == 2
    assert run_source(source).output == plain


def test_that_what_is_looked_at_when_a_child_ends_goes_all_the_same(run_source: Run, python: Python) -> None:
    """The thread that looks must not be cut off in the midst of it: what it holds would neither go nor say so."""
    source = """
        # /// concsim
        # watch = { rows = "" }
        # ///
        import multiprocessing, threading, time
        inside = threading.Event()
        class Told:
            def __repr__(self):
                if not inside.is_set(): inside.set(); time.sleep(0.3)
                return "told"
            def __del__(self, say=print): say("gone", flush=True)
        def work(): inside.wait(10)
        if __name__ == "__main__":
            child = multiprocessing.get_context("spawn").Process(target=work)
            child.start(); child.join()
        else: rows = [Told()]
        """
    assert run_source(source, python=python.path).output == "gone\n"


def test_that_a_watched_number_is_looked_at_without_its_own_code(run_source: Run) -> None:
    source = """
        # /// concsim
        # watch = { number = "" }
        # ///
        class Number(float):
            def __float__(self): print("asked")
        class Whole(int):
            def __float__(self): print("asked")
        number = Whole(3)
        number = Number(2.5)
        """
    ran = run_source(source)
    assert (ran.output, ran.state.watched["number"].number) == ("", 2.5)


DAEMONS = """
    import io, sys, threading, time
    {before}
    said = []
    def talk():
        while True:
            print("x" * 50)
            said.append(1)
    for _ in range(3): threading.Thread(target=talk, daemon=True).start()
    while len(said) < 500: time.sleep(0.001)
    print("the end", flush=True)
    """
TEE = "class Tee:\n        def write(self, text): return sys.__stdout__.write(text)\n        def flush(self): sys.__stdout__.flush()\n    sys.stdout = Tee()"


@pytest.mark.parametrize(
    "before", ["", "sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8', line_buffering=True)", TEE], ids=["", "again", "tee"]
)
def test_that_daemon_threads_may_print_until_the_end(
    run_source: Run, monkeypatch: pytest.MonkeyPatch, python: Python, before: str
) -> None:
    monkeypatch.setenv("PYTHONFAULTHANDLER", "1")
    crashed = 0
    for _ in range(4):  # what can go wrong here does in more than half of the runs, not in each
        ran = run_source(DAEMONS.format(before=before), python=python.path)
        crashed += (own := is_crash_of_python(ran, python))
        assert own or ran.outcome == "finished", ran.output[-3000:]
        assert "the end" in ran.output
    assert crashed <= 1, ran.output[-3000:]


def is_crash_of_python(ran: Ran, python: Python) -> bool:
    """Before 3.13 a daemon thread that wants the GIL of an interpreter that has gone may crash: python/cpython#110052."""
    major, minor = map(int, python.version.split(".")[:2])
    return (major, minor) < (3, 13) and "Fatal Python error: Segmentation fault" in ran.output


def test_that_a_stream_stays_the_same_one_to_the_very_end(run_source: Run, tmp_path: Path) -> None:
    source = """
        import sys
        sys.stdout.reconfigure(newline="\\r\\n", write_through=True)
        sys.stdout.mine, out = "mine", sys.stdout
        class Told:
            def __init__(self): self.out, self.sys = out, sys
            def __del__(self):
                print("a", end="")
                print("b", end="", file=self.out)
                print(" ", self.out is self.sys.stdout, self.out.mine)
        told = Told()
        """
    assert as_python(tmp_path / "program.py", source) == "ab  True mine\n"  # read with newlines as everywhere
    assert run_source(source).output == "ab  True mine\r\n"


def test_that_what_is_closed_or_gone_stays_so_to_the_very_end(run_source: Run, tmp_path: Path) -> None:
    source = """
        import sys
        class Told:
            def __init__(self): self.err = sys.stderr
            def __del__(self):
                try: print("printed", file=self.err)
                except ValueError as error: print(error, file=self.err)
        told = Told()
        del sys.stdout
        """
    assert run_source(source).output == as_python(tmp_path / "program.py", source) == "printed\n"
    closed = "import sys\nclass Told:\n    def __del__(self): print('bye')\ntold = Told()\nsys.stdout.close()\n"
    assert "bye" not in run_source(closed).output
