"""Makes sessions for the window: warm labs, temporary recordings, and what a crash left behind."""

from __future__ import annotations

import dataclasses
import os
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths

from concsim.model.program import Program

if TYPE_CHECKING:
    from concsim.control.labs import Labs
    from concsim.control.session import Session
    from concsim.control.setting import StepOrder
    from concsim.model.recording import RecordingWriter


LONGEST_END = 5.0
NICENESS = 5
"""How far a run gives way to the window for a core, as ``nice`` counts: about a third of the weight."""


def recordings_folder() -> Path:
    """Where recordings lie until they are saved."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    folder = Path(base) / "recordings"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Launcher:
    """Starts runs and cleans up after them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._labs: Labs | None = None
        self.python = ""
        self.processes = 256
        """How many processes a run may have at once."""
        self._made: list[RecordingWriter] = []
        self._ending: list[threading.Thread] = []
        self._adopted: list[Path] = []

    @property
    def labs(self) -> Labs:
        """The labs, made when they are first wanted: the window comes before them."""
        from concsim.control.labs import Labs

        self._labs = self._labs or Labs(niceness=NICENESS)
        return self._labs

    def make_session(
        self, program: Program, parameters: dict[str, Any], repeat: bool, plan: tuple[dict[str, Any], ...] = (),
        step: StepOrder | None = None,
    ) -> tuple[Session, Path]:  # fmt: skip
        """A session that is ready to start, live or with *step* a stepped one, and its recording.

        Raises `RecordingError`.
        """
        from concsim.control.session import Session, describe, temporary_path
        from concsim.control.setting import Setting
        from concsim.model.recording import RecordingWriter

        if not program.directory:
            directory = str(program.path.parent) if program.path.is_file() and not program.module else os.getcwd()
            program = dataclasses.replace(program, directory=directory)
        path = temporary_path(self._folder, program)
        recording = RecordingWriter(path)
        self._made.append(recording)
        python = "" if step is not None else self.python  # the engine runs on the window's own Python
        describe(recording, program, python)
        setting = Setting(parameters, python, repeat=repeat, plan=plan, step=step, processes=self.processes)
        return Session(program, setting, self.labs, recording), path

    def discard(self, session: Session) -> None:
        """Close a session's recording and delete it once it has ended: another run takes its place."""
        recording = session.recording
        if recording not in self._made:
            return
        self._made.remove(recording)

        def end() -> None:
            session.join(LONGEST_END)
            _remove(recording)

        thread = threading.Thread(target=end, name=f"end of {session.program.path.name}", daemon=True)
        self._ending = [one for one in self._ending if one.is_alive()] + [thread]
        thread.start()

    def left_behind(self) -> Path | None:
        """The newest recording of a window that did not close properly, if there is one."""
        found = [one for one in self._folder.glob("*.concsim") if _owner(one) and not _is_alive(_owner(one))]
        return max(found, key=lambda one: one.stat().st_mtime, default=None)

    def forget_left_behind(self, keep: Path | None = None) -> None:
        """Delete what earlier windows left, but not *keep*."""
        for one in self._folder.glob("*.concsim*"):
            if _owner(one) and not _is_alive(_owner(one)) and (keep is None or not one.name.startswith(keep.name)):
                one.unlink(missing_ok=True)

    def adopt(self, path: Path) -> None:
        """Delete this recording, left by another window, when this one closes."""
        self._adopted.append(path)

    def close(self) -> None:
        """End the spare lab and delete this window's recordings."""
        if self._labs is not None:
            self._labs.close()
        for thread in self._ending:
            thread.join(LONGEST_END)
        for recording in self._made:
            _remove(recording)
        for path in self._adopted:
            _unlink(path)
        self._made.clear()


def _remove(recording: RecordingWriter) -> None:
    try:
        recording.close()
    except Exception:  # a full disk must not keep the window from closing
        pass
    _unlink(recording.path)


def _unlink(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(str(path) + suffix).unlink(missing_ok=True)


TEMPORARY = re.compile(r"-(\d+)-[0-9a-f]+\.concsim")


def recorded_name(path: Path) -> str:
    """The name of the program of a temporary recording, by the file's name."""
    return TEMPORARY.split(path.name, maxsplit=1)[0]


def _owner(path: Path) -> int:
    """The process that made a temporary recording, by its name; 0 for a file of another name."""
    found = TEMPORARY.search(path.name)
    return int(found[1]) if found else 0


def _is_alive(pid: int) -> bool:
    import psutil

    return pid > 0 and psutil.pid_exists(pid)
