"""Stop ends whatever the program does, and nothing stays behind, also when the window is killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest

from concsim.control.labs.labs import Labs
from concsim.control.sessions.session import Session
from concsim.control.sessions.setting import Setting
from concsim.model.programs.program import read_program
from concsim.model.recordings.recording_writer import RecordingWriter

STUBBORN = {
    "an endless loop": "while True: pass",
    "threads that compute for ever": """
        import threading
        def work():
            while True: pass
        for _ in range(8): threading.Thread(target=work).start()
    """,
    "a catcher of everything": """
        while True:
            try:
                while True: pass
            except BaseException: pass
    """,
    "ignored signals": """
        import signal, time
        for number in signal.valid_signals():
            try: signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError): pass
        while True: time.sleep(1)
    """,
    "a C call that keeps the GIL": "import ctypes; ctypes.PyDLL(None).pause()",
    "a grandchild that detached itself": """
        import os, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                while True: time.sleep(0.1)
            os._exit(0)
        while True: time.sleep(1)
    """,
    "a deadlock": "import threading; lock = threading.Lock(); lock.acquire(); lock.acquire()",
    "a flood of output": "while True: print('x' * 1000)",
}


def family(marker: str) -> list[psutil.Process]:
    """Every process that was started for the program with this marker in its environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("CONCSIM_TEST") == marker and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return [one for one in found if one.pid != os.getpid()]


def end_family(marker: str) -> None:
    """End every one of them; some may end by themselves meanwhile."""
    for process in family(marker):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def until(condition, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.01)  # a bounded poll of the operating system, which tells nobody when a process has gone


def source_of(name: str) -> str:
    return "print('ready', flush=True)\n" + textwrap.dedent(STUBBORN[name])


@pytest.mark.parametrize("name", STUBBORN)
def test_that_stop_ends_the_program_within_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    marker = f"{os.getpid()}-{name}"
    monkeypatch.setenv("CONCSIM_TEST", marker)
    path = tmp_path / "stubborn.py"
    path.write_text(source_of(name))
    recording = RecordingWriter(tmp_path / "it.concsim")
    session = Session(read_program(path), Setting(), Labs(keep_spare=False), recording)
    printed: list[str] = []
    session.log.on_output = lambda stream, text: printed.append(text)
    session.start()
    until(lambda: any("ready" in text for text in printed))
    began = time.monotonic()
    session.stop()
    assert session.join(20)
    took = time.monotonic() - began
    recording.close()
    assert family(marker) == []
    assert session.outcome in ("stopped", "deadlock")
    assert took < 1.0


@pytest.mark.parametrize("name", ["an endless loop", "a grandchild that detached itself", "a C call that keeps the GIL"])
def test_that_nothing_outlives_a_killed_front_end(tmp_path: Path, name: str) -> None:
    marker = f"{os.getpid()}-killed-{name}"
    path = tmp_path / "stubborn.py"
    path.write_text(source_of(name))
    command = [sys.executable, "-m", "concsim", "run", str(path)]
    environment = dict(os.environ, CONCSIM_TEST=marker)
    front = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, stdin=subprocess.DEVNULL)
    assert front.stdout is not None
    assert b"ready" in front.stdout.readline()
    assert len(family(marker)) >= 3
    front.send_signal(signal.SIGKILL)
    front.wait()
    front.stdout.close()
    until(lambda: family(marker) == [])


def test_that_starting_and_stopping_leaves_no_thread_or_file(tmp_path: Path) -> None:
    path = tmp_path / "short.py"
    path.write_text("import threading\nthreading.Thread(target=print).start()\n")
    program = read_program(path)
    labs = Labs()
    me = psutil.Process()

    def cycle() -> None:
        recording = RecordingWriter(tmp_path / "it.concsim")
        session = Session(program, Setting(), labs, recording)
        session.start()
        session.stop()
        assert session.join(20)
        recording.close()
        recording.path.unlink()
        labs.warm()  # only now: the session may or may not have taken the spare before

    try:
        cycle()
        files, threads = me.num_fds(), me.num_threads()
        for _ in range(20):
            cycle()
        assert me.num_fds() <= files
        until(lambda: me.num_threads() <= threads)  # one that has been joined may still be on its way out of the system
    finally:
        labs.close()
