"""At a terminal: the program reads what is typed, and Ctrl-C ends a command without a word from the moment it starts."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from concsim.model.events import RoundEnded
from concsim.model.recordings.recording import Recording, contents
from tests.control.test_stop import until

ASKS = 'import sys\nprint(sys.stdin.isatty(), flush=True)\nprint("hello", input("name? "))\nprint(sys.stdin.read())\n'


def at_terminal(cwd: Path, words: list[str], answers: list[tuple[str, bytes]], patience: float = 30.0) -> tuple[int, str]:
    """A command in a terminal; each answer is typed when its words have been printed. Its exit status and all there was to see."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(cwd)
        os.execv(sys.executable, [sys.executable, *words])
    seen, until, todo = "", time.monotonic() + patience, list(answers)
    try:
        while time.monotonic() < until:
            if todo and todo[0][0] in seen:
                os.write(terminal, todo.pop(0)[1])
            if select.select([terminal], [], [], 0.05)[0]:
                try:
                    part = os.read(terminal, 4096)
                except OSError:
                    break
                if not part:
                    break
                seen += part.decode(errors="replace")
        else:
            os.kill(pid, signal.SIGKILL)
    finally:
        os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), seen


@pytest.mark.parametrize("words", [["run", "p.py"], ["step", "p.py", "--random", "1"], ["run", "p.py", "--record", "r.concsim"]], ids=lambda words: words[-1])
def test_that_the_program_reads_what_is_typed(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "p.py").write_text(ASKS)
    answers = [("name? ", b"alice\n"), ("hello alice", b"more\n\x04")]
    status, seen = at_terminal(tmp_path, ["-m", "concsim", *words], answers)
    assert (status, "True" in seen, "hello alice" in seen) == (0, True, True), seen
    assert seen.count("more") - seen.count("printed 'more") == 2, "as it was typed, and as the program has read it"


def test_that_ctrl_c_at_the_terminal_ends_a_program_that_waits_for_input(tmp_path: Path) -> None:
    (tmp_path / "p.py").write_text(ASKS)
    status, seen = at_terminal(tmp_path, ["-m", "concsim", "run", "p.py"], [("name? ", b"\x03")])
    assert status == 130 and "concsim/" not in seen, seen


SPINS = """
import threading
print("up")
def work():
    for _ in range(100): threading.Lock().acquire()
for _ in range(8): threading.Thread(target=work).start()
"""


def test_that_ctrl_c_stops_the_search_through_all_schedules(tmp_path: Path) -> None:
    (tmp_path / "p.py").write_text(SPINS)
    status, seen = at_terminal(tmp_path, ["-c", WHEN_UP, "step", "p.py", "--all"], [("searching", b"\x03")])
    assert status == 130 and "Traceback" not in seen, seen


WHEN_UP = """
import sys
from concsim.control.sessions.log import Log
from concsim.cli import main
add, said = Log.add_frame, []
def add_frame(self, *words):
    add(self, *words)
    if not said: said.append(print("searching", file=sys.stderr, flush=True))
Log.add_frame = add_frame
sys.exit(main())
"""


INTERRUPTED = """
import os, signal, sys
number, begun = int(sys.argv[1]), False
def interrupt(event, arguments):
    global number, begun
    if event == "import":
        begun = begun or arguments[0] == "multiprocessing"  # the first that the command does
        number -= begun
        if number == 0 and begun:
            os.kill(os.getpid(), signal.SIGINT)
sys.addaudithook(interrupt)
sys.argv[1:] = ["list"]
import runpy
runpy.run_module("concsim", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize("number", [1, 5, 10, 20, 40])
def test_that_ctrl_c_while_the_command_starts_is_answered_without_a_word(tmp_path: Path, number: int) -> None:
    def hear() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)

    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, str(number)], capture_output=True, text=True, cwd=tmp_path, timeout=60, preexec_fn=hear
    )
    assert done.returncode in (130, -signal.SIGINT) and "Traceback" not in done.stderr, done.stderr


COUNTS = """
import threading
total = 0
def work():
    global total
    for _ in range(100_000): total += 1
for _ in range(4): threading.Thread(target=work).start()
"""


TALKS = "for number in range(100_000): print('a line of the program', number)\nopen('done', 'w').close()\n"
STEPS = ["step", "p.py", "--random", "1", "--json"]


@contextmanager
def nobody_reads(folder: Path, words: list[str], source: str = COUNTS, both: bool = False) -> Iterator[subprocess.Popen[bytes]]:
    """A command whose output, *both* with its errors, goes to a pipe that is full and that nobody reads."""
    (folder / "p.py").write_text(source)
    ours, theirs = os.pipe()
    command = [sys.executable, "-m", "concsim", *words]
    errors = theirs if both else subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=theirs, stderr=errors)
    try:
        until(lambda: not select.select([], [theirs], [], 0)[1])
        yield process
    finally:
        process.kill()
        process.wait()
        os.close(ours)
        os.close(theirs)


@pytest.mark.parametrize("both", [False, True], ids=["output", "errors-too"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["term", "ctrl-c"])
@pytest.mark.parametrize("words, source", [(STEPS, COUNTS), (["run", "p.py"], TALKS)], ids=["step", "run"])
def test_that_a_command_whose_reader_does_not_read_ends_when_asked(
    tmp_path: Path, words: list[str], source: str, number: signal.Signals, both: bool
) -> None:
    with nobody_reads(tmp_path, [*words, "--record", "r.concsim"], source, both) as process:
        process.send_signal(number)
        assert process.wait(30) == 128 + number
    recording = Recording(tmp_path / "r.concsim")
    assert isinstance(list(contents(list(recording.frames())[-1]))[-1], RoundEnded)
    recording.close()


def test_that_a_limit_is_kept_though_nobody_reads(tmp_path: Path) -> None:
    source = "import os\nopen('pid', 'w').write(str(os.getpid()))\n" + TALKS
    with nobody_reads(tmp_path, ["run", "p.py", "--limit", "3"], source) as process:
        program = int((tmp_path / "pid").read_text())
        until(lambda: not Path(f"/proc/{program}").exists(), 30)
        assert not (tmp_path / "done").exists() and process.poll() is None
        process.terminate()
        assert process.wait(30) == 143


@pytest.mark.parametrize("stream", ["out", "err"])
def test_that_a_run_ends_with_whoever_read_it(tmp_path: Path, stream: str) -> None:
    source = f"import sys, time\nwhile True: print('a line', flush=True, file=sys.std{stream}); time.sleep(0.01)\n"
    (tmp_path / "p.py").write_text(source)
    ours, theirs = os.pipe()
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, f"std{stream}": theirs}
    command = [sys.executable, "-m", "concsim", "run", "p.py", "--record", "r.concsim"]
    process = subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.DEVNULL, **pipes)
    os.close(theirs)
    try:
        assert os.read(ours, 6) == b"a line"
        os.close(ours)
        assert process.wait(30) == 1
    finally:
        process.kill()
        process.wait()
    recording = Recording(tmp_path / "r.concsim")
    assert isinstance(list(contents(list(recording.frames())[-1]))[-1], RoundEnded)
    recording.close()


AT = """
import os, signal, sys
from concsim.control.command import ending
from concsim.control.leftovers import recorded
from concsim.control.sessions.session import Session
from concsim.cli import main
def first(do):
    def hear(*words):
        for _ in range({times}): os.kill(os.getpid(), signal.{number})
        return do(*words)
    return hear
{owner}.{name} = first({owner}.{name})
status = main()
sys.exit(status)
"""


def asked_at(folder: Path, owner: str, name: str, number: signal.Signals, times: int = 1) -> tuple[int, str]:
    """A command that is asked to end at one point of it; its status and what it says."""
    (folder / "p.py").write_text("print('done')\n")
    code = AT.format(owner=owner, name=name, number=number.name, times=times)
    words = ["run", "p.py", "--record", "r.concsim"]
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["term", "ctrl-c"])
@pytest.mark.parametrize("owner, name", [("Session", "start"), ("recorded", "copy_recording")])
def test_that_a_signal_is_answered_whenever_it_comes(tmp_path: Path, owner: str, name: str, number: signal.Signals) -> None:
    status, said = asked_at(tmp_path, owner, name, number)
    assert "Traceback" not in said
    assert status == 128 + number, said
    if name == "copy_recording":
        Recording(tmp_path / "r.concsim").close()


def test_that_where_the_recording_lies_is_said_if_it_was_asked_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    status, said = asked_at(tmp_path, "recorded", "copy_recording", signal.SIGINT, times=2)
    (kept,) = (tmp_path / "home").rglob("*.concsim")
    assert status == 130 and str(kept) in said and not (tmp_path / "r.concsim").exists()
    assert list(tmp_path.glob(".concsim-*")) == []


def test_that_a_signal_while_the_last_words_are_said_ends_it_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "p.py").write_text("import time\nprint('up', flush=True)\ntime.sleep(1000)\n")
    code = AT.format(owner="ending", name="_flush_or_give_up", number="SIGINT", times=1)
    command = [sys.executable, "-c", code, "run", "p.py"]
    process = subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.readline() == b"up\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and b"Traceback" not in said


IN_A_CHILD = """
import multiprocessing
child = multiprocessing.get_context("fork").Process(target=print)
child.start(); child.join()
"""
PRINTS_AND_ENDS = """
import os, time
print("z" * 70_000, flush=True)
time.sleep(0.5)
open("pid", "w").write(str(os.getpid()))
"""


@pytest.mark.parametrize("before", ["", IN_A_CHILD], ids=["what it printed is passed on at once", "in the order of time"])
def test_that_a_limit_is_not_said_of_a_program_that_had_ended_before_it(tmp_path: Path, before: str) -> None:
    """It ends while what it has printed before is being passed on: nobody has read that it has gone."""
    (tmp_path / "p.py").write_text(before + PRINTS_AND_ENDS)
    command = [sys.executable, "-m", "concsim", "run", "p.py", "--limit", "9"]
    process = subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text(), 30)
        began, program = time.monotonic(), Path("/proc", (tmp_path / "pid").read_text())
        until(lambda: not program.exists() and time.monotonic() > began + 10)  # nobody reads meanwhile
        printed, said = process.communicate(timeout=30)
        assert (process.returncode, len(printed.strip())) == (0, 70_000), said
    finally:
        process.kill()
        process.wait()
