"""Whoever stops or kills a part of the run, or asks the command to end: it ends, it says so, and nothing stays."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from concsim.control.leftovers import ledger
from concsim.control.leftovers.left_alone import below
from tests.control.test_stop import family, until

TREE = """
    import os, sys, time, multiprocessing, subprocess
    def rest():
        while True: time.sleep(0.05)
    if __name__ == "__main__":
        child = multiprocessing.get_context("fork").Process(target=rest); child.start()
        shared = multiprocessing.shared_memory.SharedMemory(create=True, size=1000) if hasattr(multiprocessing, "shared_memory") else None
        held = multiprocessing.Semaphore()
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"])
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"], start_new_session=True)
        if os.fork() == 0:
            os.setsid()
            rest()
        print("up", flush=True)
        rest()
    """
STOPS_ITS_PARENT = """
    import os, signal, time
    while True:
        os.kill(os.getppid(), signal.SIGSTOP)
        print("up", flush=True)
        time.sleep(0.2)
    """


class Running:
    """A command under way; the folder in which all of it keeps its files."""

    def __init__(self, folder: Path, words: list[str], source: str, **more: str) -> None:
        self.folder, self.mark = folder / "tmp", str(folder)
        self.folder.mkdir()
        (folder / "p.py").write_text(textwrap.dedent(source))
        environment = {**os.environ, "CONCSIM_TEST": self.mark, "TMPDIR": str(self.folder), "XDG_DATA_HOME": str(folder / "home"), **more}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "concsim", *words], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def wait_until_up(self) -> None:
        assert self.process.stdout is not None
        while "up" not in (line := self.process.stdout.readline()):
            assert line or self.process.poll() is None, self.process.communicate()

    def supervisor(self) -> psutil.Process:
        (found,) = [one for one in psutil.Process(self.process.pid).children() if any("supervisor.py" in word for word in one.cmdline())]
        return found

    def end(self) -> tuple[int, str]:
        _, said = self.process.communicate(timeout=30)
        until(lambda: not family(self.mark))
        return self.process.returncode, said

    def lies_about(self) -> list[str]:
        shared = [one.name for one in Path("/dev/shm").iterdir() if f"concsim-{self.process.pid}-" in one.name]
        return shared + [str(one.relative_to(self.folder)) for one in self.folder.rglob("*")]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[object]:
    """Start a command; what is left of it at the end of the test is killed."""
    made: list[Running] = []

    def begin(words: list[str], source: str) -> Running:
        made.append(Running(tmp_path, words, source))
        made[-1].wait_until_up()
        return made[-1]

    yield begin
    for one in made:
        for process in family(one.mark):
            with contextlib.suppress(psutil.NoSuchProcess):  # they end one another
                process.kill()
        one.process.kill()
        one.process.communicate()


def test_that_a_killed_supervisor_is_said_and_nothing_of_the_run_stays(start) -> None:  # type: ignore[no-untyped-def]
    running = start(["run", "p.py"], TREE)
    until(lambda: len(family(running.mark)) >= 7)  # the command, supervisor, lab, and four below it
    looked = psutil.Process(running.process.pid)
    before = looked.cpu_times()
    until(lambda: looked.cpu_times() != before)  # control has looked at who is there since
    running.supervisor().kill()
    status, said = running.end()
    assert (status, "was killed from outside" in said) == (1, True), said
    assert running.lies_about() == []


LEAVES = """
    import subprocess
    subprocess.Popen(["sleep", "1000"])
    print("up", flush=True)
    """


def test_that_what_the_program_has_left_running_is_said_and_ended_when_asked(start) -> None:  # type: ignore[no-untyped-def]
    running = start(["run", "p.py"], LEAVES)
    assert running.process.stderr is not None
    said = running.process.stderr.readline()
    assert "1 process that it has left goes on: sleep 1000 (pid " in said
    running.process.send_signal(signal.SIGINT)
    assert running.end()[0] == 130
    assert running.lies_about() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["term", "ctrl-c"])
@pytest.mark.parametrize("words", [["run", "p.py"], ["run", "p.py", "--record", "r.concsim"]], ids=["run", "record"])
def test_that_one_asked_to_end_cleans_up(start, number: signal.Signals, words: list[str]) -> None:  # type: ignore[no-untyped-def]
    running = start(words, TREE)
    running.process.send_signal(number)
    status, said = running.end()
    assert (status, "Traceback" in said) == (128 + number, False), said
    assert running.lies_about() == []
    assert ("--record" in words) == (running.folder.parent / "r.concsim").exists()


@pytest.mark.parametrize("words", [["run", "p.py", "--limit", "1"], ["step", "p.py", "--random", "1", "--limit", "50"]], ids=["run", "step"])
def test_that_a_program_that_stops_its_parent_does_not_keep_the_run(start, words: list[str]) -> None:  # type: ignore[no-untyped-def]
    running = start(words, STOPS_ITS_PARENT)
    assert running.end()[0] in (2, 4)


def test_that_ctrl_c_ends_a_run_whose_program_stops_its_parent(start) -> None:  # type: ignore[no-untyped-def]
    running = start(["run", "p.py"], STOPS_ITS_PARENT)
    until(lambda: running.supervisor().status() == psutil.STATUS_STOPPED)
    running.process.send_signal(signal.SIGINT)
    assert running.end()[0] == 130


def test_that_the_next_start_removes_what_a_killed_command_left(start, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    running = start(["run", "p.py"], TREE)
    mine = tmp_path / "home" / "concsim" / "concsim" / "running"
    (left,) = mine.glob("*.concsim")
    (mine / left.name.replace("p-", "mine-")).write_text("my notes")
    running.process.kill()
    running.end()
    assert left.exists() and running.lies_about() == []
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path / "home")}
    subprocess.run([sys.executable, "-m", "concsim", "run", "threads.one_then_many"], env=environment, check=True, capture_output=True)
    assert [one.name for one in mine.iterdir()] == [left.name.replace("p-", "mine-")]


def test_that_a_command_ends_with_nothing_left(start, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    running = start(["run", "p.py"], "print('up', flush=True)")
    assert running.end()[0] == 0
    assert running.lies_about() == [] and not [*(tmp_path / "home").rglob("*.concsim*")]


def next_start(folder: Path) -> None:
    """Another command, which finds what the last has left."""
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp")}
    subprocess.run([sys.executable, "-m", "concsim", "run", "threads.one_then_many"], env=environment, check=True, capture_output=True)


def ledgers(folder: Path) -> list[Path]:
    return [*(folder / "home" / "concsim" / "concsim" / "running").glob("*.run")]


def test_that_the_next_start_ends_a_run_of_which_all_that_watched_over_it_was_killed(start, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    running = start(["run", "p.py"], TREE)
    until(lambda: len(family(running.mark)) >= 7)
    below = running.supervisor().children(recursive=True)
    until(lambda: all(f'"pid": {one.pid},' in ledgers(tmp_path)[0].read_text() for one in below))
    supervisor = running.supervisor()
    running.process.send_signal(signal.SIGSTOP)  # so that neither sees the other's end
    supervisor.send_signal(signal.SIGSTOP)
    supervisor.kill()
    running.process.kill()
    running.process.communicate()
    until(lambda: supervisor.pid not in {one.pid for one in family(running.mark)})
    assert family(running.mark) and running.lies_about()
    next_start(tmp_path)
    until(lambda: not family(running.mark))
    assert running.lies_about() == [] and ledgers(tmp_path) == []


def test_that_the_next_start_leaves_a_run_that_goes_on_alone(start, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    running = start(["run", "p.py"], TREE)
    until(lambda: len(family(running.mark)) >= 7 and ledgers(tmp_path))
    before = {one.pid for one in family(running.mark)}
    next_start(tmp_path)
    assert {one.pid for one in family(running.mark)} >= before and ledgers(tmp_path)


@pytest.mark.parametrize("words", ["", "{", "[]", "5", '{"folder": 5}', '{"folder": "/tmp/other"}', "[" * 100_000, '{"folder": "concsim-1-ab"}'])
def test_that_what_is_no_ledger_is_left_as_it_is(tmp_path: Path, words: str) -> None:
    path = tmp_path / "home" / "concsim" / "concsim" / "running" / "concsim-1-ab.run"
    path.parent.mkdir(parents=True)
    path.write_text(words)
    (tmp_path / "tmp").mkdir()
    next_start(tmp_path)
    assert path.read_text() == words


SHARED = """
    import multiprocessing, os, sys
    from multiprocessing import resource_tracker, shared_memory
    def make(name=None):
        made = shared_memory.SharedMemory(name, create=True, size=100)
        resource_tracker.unregister(made._name, "shared_memory")
        print("up", made.name, flush=True)
        return made
    if __name__ == "__main__":
        first = make()
        for method in ("fork", "spawn"):
            child = multiprocessing.get_context(method).Process(target=make); child.start(); child.join()
        again = make("concsim-test-%d" % os.getpid())
        os.unlink("/dev/shm/" + again.name)
        open("/dev/shm/" + again.name, "x").close()
        print("done", flush=True)
        os._exit(0)
    """


def test_that_shared_memory_is_removed_that_the_program_has_unregistered(start, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """What has its name since, and is another's, stays."""
    running = start(["run", "p.py"], SHARED)
    said, _ = running.process.communicate(timeout=60)
    *names, mine = [line.split()[1] for line in said.splitlines() if line.startswith("up")]
    assert "done" in said and len(names) >= 2
    assert [name for name in names if Path("/dev/shm", name).exists()] == []
    assert Path("/dev/shm", mine).exists()
    Path("/dev/shm", mine).unlink()


def test_that_who_ends_while_it_is_looked_at_hinders_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The system's lists of a process go with it: on a busy machine a run was said not to have started for that."""

    def gone(path: object) -> Any:
        raise FileNotFoundError(2, "No such file or directory", path)

    (tmp_path / "one.run").write_text("{")
    monkeypatch.setattr(os, "scandir", gone)
    monkeypatch.setattr(os, "listdir", gone)
    assert below(os.getpid()) == set()
    assert ledger._listed(tmp_path) == []
