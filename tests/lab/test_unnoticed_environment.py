"""Variables that Python's interpreter reads hold for the program as they would without us, and break nothing of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from concsim.control.labs.pythons import Python
from tests.conftest import Run, without_addresses
from tests.lab.test_unnoticed_status import as_plain, plain, step

SOURCE = '''"""A text of its own."""
import multiprocessing, os, queue, sys, threading
def work(found):
    found.put((__doc__, __debug__, os.path.basename(sys.path[0] if sys.path else ""), sys.flags.inspect, sys.warnoptions))
def main():
    found, lock, ready = queue.Queue(), threading.Lock(), threading.Condition()
    thread = threading.Thread(target=work, args=(found,))
    thread.start(); thread.join()
    with lock: print(found.get())
    with ready: ready.wait(0.01)
    for method in ("fork", "spawn"):
        context = multiprocessing.get_context(method)
        told = context.SimpleQueue()
        child = context.Process(target=work, args=(told,))
        child.start(); print(told.get(), flush=True); child.join(); print(child.exitcode, flush=True)
    with open(__file__) as file: print(file.encoding, len(file.read()), flush=True)
    if os.fork() == 0: sys.exit(3)
    print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
if __name__ == "__main__":
    main(); sys.exit(5)
'''
ALL = {
    "PYTHONINSPECT": "1", "PYTHONWARNINGS": "error", "PYTHONOPTIMIZE": "2", "PYTHONSAFEPATH": "1", "PYTHONDEVMODE": "1",
    "PYTHONSTARTUP": "/nowhere", "PYTHONNODEBUGRANGES": "1", "PYTHONASYNCIODEBUG": "1", "PYTHONTRACEMALLOC": "1",
    "PYTHONUTF8": "0", "PYTHONVERBOSE": "1", "PYTHONPROFILEIMPORTTIME": "1",
}  # fmt: skip
LOUD = ("PYTHONVERBOSE", "PYTHONPROFILEIMPORTTIME")


def lines_of(run: tuple[int | None, str]) -> tuple[int | None, list[str]]:
    """A run's status and lines; those of processes that end on their own come in any order."""
    return run[0], sorted(run[1].splitlines())


def characters_of(run: tuple[int | None, str]) -> tuple[int | None, Counter[str]]:
    """A run's status and what it printed: two tracebacks at once are mixed within their lines, a few characters at a time."""
    return run[0], Counter("".join(run[1].split()))


@pytest.mark.parametrize("name", ALL)
def test_that_a_variable_holds_for_the_program(
    run_source: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, ALL[name])
    if name == "PYTHONUTF8":
        monkeypatch.setenv("LC_ALL", "C")
        monkeypatch.setenv("PYTHONCOERCECLOCALE", "0")
    expected = plain(tmp_path / "program.py", SOURCE)
    ran = run_source(SOURCE)
    if name in LOUD:
        assert ran.state.ended.status == expected[0] == 5
        assert ran.output.count("A text of its own.") == 3
    elif name == "PYTHONINSPECT":  # a process that is to be looked about in shows how it ended, while others do
        assert characters_of(as_plain(ran)) == characters_of(expected)
    else:
        assert lines_of(as_plain(ran)) == lines_of(expected)


@pytest.mark.parametrize("name", ALL)
def test_that_a_variable_holds_for_a_stepped_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, ALL[name])
    source = SOURCE[: SOURCE.index("    for method")].replace("multiprocessing, ", "") + SOURCE[SOURCE.index("if __name__") :]
    expected = plain(tmp_path / "program.py", source)
    ran = step(tmp_path / "program.py", tmp_path)
    assert ran.state.ended.status == expected[0]
    assert "concsim" not in ran.output or name in LOUD
    if name not in LOUD:
        assert ran.output.splitlines()[0] == expected[1].splitlines()[0]


@pytest.mark.parametrize("end", ["pass", "sys.exit(3)", "sys.exit('why')", "1 / 0", "raise KeyboardInterrupt"])
def test_that_an_end_is_as_where_one_is_to_look_about_after_it(
    run_source: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    source = f"import sys, threading, time\nthreading.Thread(target=lambda: (time.sleep(0.1), print('late'))).start()\n{end}\n"
    monkeypatch.setenv("PYTHONINSPECT", "1")
    expected = plain(tmp_path / "program.py", source)
    assert as_plain(run_source(source)) == expected
    assert step(tmp_path / "program.py", tmp_path).state.ended.status == expected[0]


def test_that_no_python_goes_on_at_a_terminal(run_source: Run, python: Python) -> None:
    source = """
        import atexit, os, pty, sys
        master, terminal = pty.openpty()
        os.dup2(terminal, 0)
        os.environ["PYTHONINSPECT"] = "1"
        atexit.register(lambda: print(os.isatty(0), os.environ["PYTHONINSPECT"]))
        """
    ran = run_source(source, python=python.path)
    assert (ran.outcome, ran.output) == ("finished", "True 1\n")


def test_that_the_command_itself_says_its_status(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text("print('done')\n", encoding="utf-8")
    for words, status in (([path], 0), (["nowhere.py"], 2), (["--nonsense"], 2), (["--help"], 0)):
        done = subprocess.run(
            [sys.executable, "-m", "concsim", "run", *words], capture_output=True, text=True, stdin=subprocess.DEVNULL,
            env=os.environ | {"PYTHONINSPECT": "1"}, timeout=60,
        )  # fmt: skip
        assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr


FORKS = """
import os, threading, warnings
def fork():
    if os.fork() == 0: os._exit(0)
    os.wait()
for _ in range(100): fork()
told = threading.Event()
thread = threading.Thread(target=told.wait)
thread.start()
fork()
told.set(); thread.join()
print("done")
"""


def test_that_a_fork_warns_of_the_programs_threads_alone(run_source: Run, tmp_path: Path, python: Python) -> None:
    def shown(text: str) -> list[str]:
        return [line.partition("(pid")[0] for line in sorted(text.splitlines())]

    _, output = plain(tmp_path / "program.py", FORKS, python.path)
    assert shown(without_addresses(run_source(FORKS, python=python.path).output)) == shown(output)
