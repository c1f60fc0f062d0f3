"""Control's side of the watcher, which asks the operating system about the run's processes and threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from concsim.control.labs.lab_command import LAB_FILES, interpreter_environment, own_python
from concsim.control.labs.lab_process import LabError
from concsim.model.encoding import BATCH, Batch, DamagedFrameError, FrameReader, decode_batch
from concsim.model.events import Kind, pack_code

BEGIN = pack_code(Kind.BEGIN, 0)


class OsWatch:
    """Starts the watcher when there is something to watch; `read` gives its batches."""

    def __init__(self, with_threads: bool) -> None:
        self._with_threads = with_threads
        self._process: subprocess.Popen[bytes] | None = None
        self._fd = -1
        self._reader = FrameReader()
        self._main = 0
        self._pids: dict[int, int] = {}
        """The process ids by the number of the process's actor."""

    def see_process(self, actor: int, pid: int, is_main: bool) -> None:
        """A process of the run is known now. A run of one process is watched only where a view asks for it."""
        if not pid or actor in self._pids:
            return
        self._pids[actor] = pid
        self._main = actor if is_main else self._main
        if is_main and not self._with_threads:
            return
        for number, process in list(self._pids.items()) if self._process is None else [(actor, pid)]:
            self._watch(process, process, number, old=number == self._main)

    def see_begins(self, batch: Batch, process_of: dict[int, int]) -> None:
        """Watch the threads that begin in these rows."""
        if not self._with_threads or BEGIN not in batch.codes:
            return
        for actor, code, value in zip(batch.actors, batch.codes, batch.values, strict=True):
            pid = self._pids.get(process_of.get(actor, 0), 0)
            if code == BEGIN and value and pid and int(value) != pid:
                self._watch(pid, int(value), actor)

    def _watch(self, pid: int, tid: int, actor: int, old: bool = False) -> None:
        if not Path("/proc/self/task").is_dir():
            return
        if self._process is None:
            self._start()
        if self._process is not None and self._process.stdin is not None:
            try:
                self._process.stdin.write(b"%d %d %d %d\n" % (pid, tid, actor, old))
                self._process.stdin.flush()
            except OSError:
                pass

    def _start(self) -> None:
        self._fd, theirs = os.pipe()
        os.set_blocking(self._fd, False)
        try:
            self._process = subprocess.Popen(
                [*own_python(), *_own_library(), str(LAB_FILES / "os_watcher.py"), str(theirs)],
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=(theirs,),
                env=interpreter_environment(sys.executable), start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            os.close(self._fd)
            raise LabError(error.strerror or str(error)) from None
        finally:
            os.close(theirs)

    def read(self) -> list[tuple[bytes, Batch]]:
        """What it has said since the last call."""
        if self._process is None:
            return []
        found = []
        try:
            while data := os.read(self._fd, 1 << 18):
                found += [(payload, decode_batch(payload)) for kind, payload in self._reader.feed(data) if kind == BATCH]
        except BlockingIOError:
            pass
        except (OSError, DamagedFrameError):
            self.close()
        return found

    def close(self) -> None:
        """End the watcher."""
        process, self._process = self._process, None
        if process is None:
            return
        os.close(self._fd)
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(0.5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _own_library() -> list[str]:
    """The watcher has nothing to do with what PYTHONPATH holds for the program."""
    return [] if getattr(sys, "frozen", False) else ["-E"]
