"""Whoever is killed, at whatever moment: after the next start nothing of the run is there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.control.test_stop import end_family, family, until

FEW, MANY = 8, 100
TREE = """
    import multiprocessing, os, subprocess, sys, threading, time
    from multiprocessing import shared_memory
    def rest(total):
        with total.get_lock(): total.value += 1
        while True: time.sleep(0.02)
    if __name__ == "__main__":
        total, held = multiprocessing.Value("i"), multiprocessing.Semaphore()
        kept = shared_memory.SharedMemory(create=True, size=1000)
        for method in ("fork", "spawn"):
            multiprocessing.get_context(method).Process(target=rest, args=(total,)).start()
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"])
        for _ in range(3): threading.Thread(target=rest, args=(total,)).start()
        print("up", flush=True)
    """
STEPPED = """
    import threading
    total = 0
    def work():
        global total
        for _ in range(200): total += 1
    for _ in range(4): threading.Thread(target=work).start()
    """
COMMANDS = {
    "run": ["run", "p.py"], "record": ["run", "p.py", "--record", "kept.concsim"], "step": ["step", "s.py", "--random", "1"],
    "every schedule": ["step", "s.py", "--all"], "window": ["selftest"],
}  # fmt: skip
VICTIMS = ("front", "supervisor", "lab", "child", "both")


class Tried:
    """A command in a folder of its own, where all it makes lies."""

    def __init__(self, folder: Path, words: list[str]) -> None:
        self.folder, self.mark = folder, str(folder)
        (folder / "tmp").mkdir()
        (folder / "p.py").write_text(textwrap.dedent(TREE))
        (folder / "s.py").write_text(textwrap.dedent(STEPPED))
        self.environment = {
            **os.environ, "CONCSIM_TEST": self.mark, "TMPDIR": str(folder / "tmp"), "HOME": str(folder), "XDG_DATA_HOME": str(folder / "home"),
            "XDG_CONFIG_HOME": str(folder / "settings"), "QT_QPA_PLATFORM": "offscreen",
        }  # fmt: skip
        self.shared = set(Path("/dev/shm").iterdir())
        self.process = subprocess.Popen(
            [sys.executable, "-m", "concsim", *words], cwd=folder, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def victims(self, name: str) -> list[psutil.Process]:
        """The processes that the name means, as far as they are there already."""
        try:
            front = psutil.Process(self.process.pid)
            below = front.children(recursive=True)
            supervisors = [one for one in below if any("supervisor.py" in word for word in one.cmdline())]
            labs = [one for one in below if one.ppid() in {other.pid for other in supervisors}]
        except psutil.Error:
            return []
        children = [one for one in below if one not in supervisors and one not in labs]
        return {"front": [front], "supervisor": supervisors, "lab": labs, "child": children, "both": [*supervisors, front]}[name]

    def end(self) -> None:
        """Whatever was killed, the command comes to its end, if need be asked for it."""
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            self.process.terminate()
            self.process.wait(20)

    def left(self) -> list[str]:
        """What lies about that nobody was asked to keep."""
        own = self.folder / "home" / "concsim" / "concsim" / "running"
        found = [*(self.folder / "tmp").rglob("*"), *(own.iterdir() if own.is_dir() else ())]
        named = {one for one in set(Path("/dev/shm").iterdir()) - self.shared if f"concsim-{self.process.pid}-" in one.name}
        return [str(one) for one in [*found, *named]]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder; whoever was started with its name in the environment is killed afterwards."""
    yield tmp_path
    end_family(str(tmp_path))


def judge(folder: Path, seed: int) -> None:
    """Kill somebody at some moment, start another command, and look what is left."""
    chance = random.Random(seed)
    words, victim = chance.choice(list(COMMANDS.values())), chance.choice(VICTIMS)
    number = chance.choice([signal.SIGTERM, signal.SIGKILL])
    tried = Tried(folder, words)
    moment = time.monotonic() + chance.uniform(0.0, 2.0)
    until(lambda: time.monotonic() > moment or tried.process.poll() is not None)  # any moment: that is what is tried
    for one in tried.victims(victim):
        try:
            one.send_signal(number)
        except psutil.Error:
            pass
    tried.end()
    other = subprocess.run(
        [sys.executable, "-m", "concsim", "run", "threads.one_then_many"], env=tried.environment, cwd=folder, capture_output=True, timeout=60
    )
    assert other.returncode == 0, other.stderr
    until(lambda: not family(tried.mark))
    assert tried.left() == [], (words, victim, number)


@pytest.mark.parametrize("seed", range(FEW))
def test_that_nothing_is_left_whoever_is_killed(folder: Path, seed: int) -> None:
    judge(folder, seed)


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(FEW, MANY))
def test_that_nothing_is_left_whoever_is_killed_a_hundred_times(folder: Path, seed: int) -> None:
    judge(folder, seed)
