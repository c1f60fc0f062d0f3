"""A desktop of one's own: an X server, a window manager, a program started as its icon would, a mouse and a keyboard."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from concsim.model.encoding import Batch
from concsim.model.errors import RecordingError
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.recordings.recording import Recording, contents

WIDTH, HEIGHT = 1280, 800
PATIENCE = 60.0
QUIET_LOOKS = 10
"""So many looks one after the other at which it has done next to nothing."""


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for something to be true."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.05)


class Desk:
    """What is on the screen of one display. *folder* is the home of who sits before it."""

    def __init__(self, display: str, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(folder), "CONCSIM_LANGUAGE": "en",
            **{f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "CACHE")},
        }  # fmt: skip
        self._window = ""

    def places(self, id: str, mode: str) -> dict[str, tuple[int, int]]:
        """Where the controls of a scenario are."""
        words = [sys.executable, "-m", "tests.e2e.places", id, mode, str(WIDTH), str(HEIGHT), str(self.folder)]
        said = subprocess.run(words, env=self.environment, capture_output=True, text=True, timeout=PATIENCE)
        assert said.returncode == 0, said.stderr
        found: dict[str, tuple[int, int]] = json.loads(said.stdout)
        return found

    @contextlib.contextmanager
    def opened(self, *command: str) -> Iterator[subprocess.Popen[bytes]]:
        """The program, until its window is closed as a person closes it."""
        program = subprocess.Popen(command, env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL)
        try:
            self._window = self._do("search", "--sync", "--onlyvisible", "--class", "concsim").split()[0]
            self._do("windowsize", "--sync", self._window, str(WIDTH), str(HEIGHT))
            self._do("windowactivate", "--sync", self._window)
            self._program = psutil.Process(program.pid)
            self.settle()
            yield program
            self._do("windowactivate", "--sync", self._window, "key", "alt+F4")
            assert program.wait(PATIENCE) == 0
        finally:
            if program.poll() is None:
                program.kill()
                program.wait()

    def settle(self) -> None:
        """Wait until the window has answered what was done: it sleeps, and has nothing to do for a while."""
        seen: list[float] = []

        def is_quiet() -> bool:
            used = self._program.cpu_times()
            seen.append(used.user + used.system)
            return len(seen) > QUIET_LOOKS and seen[-1] - seen[-QUIET_LOOKS] < 0.02 and self._program.status() == psutil.STATUS_SLEEPING

        until(is_quiet, "a window at rest")

    def _do(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, (words, done.stderr)
        return done.stdout

    def click(self, place: tuple[int, int]) -> None:
        """Press the left button there."""
        self._do("mousemove", "--window", self._window, *map(str, place), "click", "1")

    def drag(self, begin: tuple[int, int], end: tuple[int, int]) -> None:
        """Move the mouse with its button held, in small steps, as a hand does."""
        move = ["mousemove", "--window", self._window]
        words = [*move, *map(str, begin), "mousedown", "1"]
        for step in range(1, 11):
            words += [*move, *(str(a + (b - a) * step // 10) for a, b in zip(begin, end, strict=True)), "sleep", "0.02"]
        self._do(*words, "mouseup", "1")

    def key(self, name: str) -> None:
        """Press a key."""
        self._do("key", "--window", self._window, name)

    # what is there to be seen afterwards

    def recorded(self) -> State | None:
        """The newest state of the run in progress, from the recording that the window keeps of it; None without one."""
        for path in sorted(self.folder.rglob("*.concsim"), key=lambda one: one.stat().st_mtime, reverse=True):
            with contextlib.suppress(RecordingError, OSError):
                return _folded(path)
        return None


def _folded(path: Path) -> State:
    recording, state = Recording(path), State(History())
    try:
        for frame in recording.frames(0):
            for content in contents(frame):
                if isinstance(content, Batch):
                    state.fold_batch(content)
                else:
                    state.fold_record(content)
    finally:
        recording.close()
    return state


@contextlib.contextmanager
def desktop(folder: Path) -> Iterator[Desk]:
    """A desk for as long as it is needed."""
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH + 40}x{HEIGHT + 80}x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as pipe:
        display = f":{pipe.readline().strip()}"
    desk = Desk(display, folder)
    manager = subprocess.Popen(["openbox"], env=desk.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield desk
    finally:
        for one in (manager, screen):
            one.terminate()
            one.wait()
