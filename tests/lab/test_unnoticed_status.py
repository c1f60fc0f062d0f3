"""A program ends with the exit status, and the last words, that it ends with under plain Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from concsim.control.labs.labs import Labs
from concsim.control.labs.pythons import Python
from concsim.control.sessions.session import Session
from concsim.control.sessions.setting import NOTHING, Setting, StepOrder
from concsim.model.events import ProcessEnded
from concsim.model.orders import Named
from concsim.model.programs.program import read_program
from concsim.model.recordings.recording_writer import RecordingWriter
from tests.conftest import Ran, Run, gather, without_addresses

CODES = {
    "negative": "-1",
    "more than a byte": "2**33 + 7",
    "largest that C holds": "2**63 - 1",
    "larger": "2**70",
    "smaller": "-2**70",
    "True": "True",
    "None": "None",
    "a float": "2.0",
    "a tuple": "(1, 'é')",
    "a text": "'a\\ud800b'",
    "an int of its own kind": "Seven(7)",
    "what has no text": "Mute()",
}
CODE = """
    import sys
    class Seven(int):
        def __and__(self, other): return 3
        def __index__(self): return 4
        def __int__(self): return 5
        def __str__(self): return "seven"
    class Mute:
        def __str__(self): raise ValueError("mute")
    sys.exit({code})
    """
ENDS = {
    "its code was changed": "error = SystemExit(4); error.code = 9; raise error",
    "its code was deleted": "error = SystemExit(4); del error.code; raise error",
    "its class does not say": "class Own(SystemExit):\n    @property\n    def code(self): raise ValueError(2)\nraise Own(4)",
    "interrupted": "raise KeyboardInterrupt",
    "interrupted in its own way": "class Own(KeyboardInterrupt): pass\nraise Own",
    "no stderr": "import sys\ndel sys.stderr\nsys.exit('é')",
    "a stderr that takes nothing": "import sys\nclass Full:\n    def write(self, text): raise OSError\n    def flush(self): pass\nsys.stderr = Full()\nsys.exit('x')",
    "a hook that exits": "import sys\nsys.excepthook = lambda *_: sys.exit(7)\n1 / 0",
    "a hook that fails": "import sys\ndef hook(*_): raise ValueError(sys.exc_info())\nsys.excepthook = hook\n1 / 0",
    "no hook": "import sys\ndel sys.excepthook\n1 / 0",
    "what debuggers find": "import atexit, sys\n@atexit.register\ndef look(): print(repr(sys.last_value), sys.last_traceback.tb_next)\n1 / 0",
}


def plain(path: Path, source: str, python: str = "", **environment: str) -> tuple[int, str]:
    """The exit status and output under the plain interpreter, whose input is at its end."""
    path.write_text(source, encoding="utf-8")
    done = subprocess.run(
        [python or sys.executable, path], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        timeout=60, env=os.environ | environment,
    )  # fmt: skip
    return done.returncode, without_addresses(done.stdout.decode())


def as_plain(ran: Ran) -> tuple[int | None, str]:
    return ran.state.ended.status, without_addresses(ran.output)


def step(path: Path, recordings: Path) -> Ran:
    program = read_program(path)
    recording = RecordingWriter(recordings / "stepped.concsim")
    order = StepOrder(scheduling=Named("in-turn"))
    ran = gather(Session(program, Setting(program.defaults(), stdin=NOTHING, step=order), Labs(keep_spare=False), recording))
    recording.close()
    return ran


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_that_an_exit_has_its_status_and_text(run_source: Run, tmp_path: Path, code: str) -> None:
    source = CODE.format(code=code).replace("\n    ", "\n")
    status, output = plain(tmp_path / "program.py", source)
    ran = run_source(source)
    assert ran.state.ended.status == status
    assert output.startswith(ran.output)  # from Python 3.12 on an exception that is left over is printed later
    assert [one.status for one in ran.said(ProcessEnded)] == [status]
    stepped = step(tmp_path / "program.py", tmp_path)
    assert (stepped.state.ended.status, stepped.output.replace("\ud800", "\\ud800")) == (status, ran.output)


@pytest.mark.parametrize("source", ENDS.values(), ids=ENDS)
def test_that_a_program_ends_as_under_the_interpreter(run_source: Run, tmp_path: Path, source: str) -> None:
    expected = plain(tmp_path / "program.py", source)
    assert as_plain(run_source(source)) == expected
    assert step(tmp_path / "program.py", tmp_path).state.ended.status == expected[0]


@pytest.mark.parametrize("source", ["raise SystemExit(-2**70)", "raise KeyboardInterrupt", "import sys; sys.exit(['é'])"])
def test_that_the_end_is_every_pythons_own(run_source: Run, tmp_path: Path, python: Python, source: str) -> None:
    status, output = plain(tmp_path / "program.py", source, python.path)
    ran = run_source(source, python=python.path)
    assert ran.state.ended.status == status
    assert output.startswith(ran.output)


def test_that_children_end_with_their_status(run_source: Run, tmp_path: Path) -> None:
    source = """
import multiprocessing, os, sys
class Three:
    def __index__(self): return 3
def leave(code): os._exit(code) if hasattr(code, "__index__") else sys.exit(code)
def copy(code):
    if os.fork() == 0: raise SystemExit(code)
    print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
if __name__ == "__main__":
    for code in (2**70, "x", 2**34 + 5): copy(code)
    for method in ("fork", "spawn"):
        for code in (-3, None, Three()):
            child = multiprocessing.get_context(method).Process(target=leave, args=(code,))
            child.start(); child.join(); print(child.exitcode, flush=True)
    try: os._exit("3")
    except TypeError: print("refused")
    try: os._exit(2**40)
    except OverflowError: print("refused")
"""
    expected = plain(tmp_path / "program.py", source)
    assert sorted(as_plain(run_source(source))[1].split()) == sorted(expected[1].split())
