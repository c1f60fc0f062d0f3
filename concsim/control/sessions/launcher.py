"""Makes sessions for the window: warm labs and temporary recordings."""

from __future__ import annotations

import dataclasses
import os
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concsim.model.programs.program import Program

if TYPE_CHECKING:
    from concsim.control.labs.labs import Labs
    from concsim.control.sessions.session import Session
    from concsim.control.sessions.setting import StepOrder
    from concsim.model.recordings.recording_writer import RecordingWriter


LONGEST_END = 5.0
NICENESS = 5
"""How far a run gives way to the window for a core, as ``nice`` counts: about a third of the weight."""


class Launcher:
    """Starts runs and cleans up after them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._labs: Labs | None = None
        self.python = ""
        self.processes = 256
        """How many processes a run may have at once."""
        self.recording_mb = 1_000
        """How many megabytes of a run are kept before what is older is thinned."""
        self._libraries: dict[str, list[str]] = {}
        self._made: list[RecordingWriter] = []
        self._turn, self._held = threading.Condition(), Counter[Path]()
        self._ending: list[threading.Thread] = []

    @property
    def labs(self) -> Labs:
        """The labs, made when they are first wanted: the window comes before them."""
        from concsim.control.labs.labs import Labs

        self._labs = self._labs or Labs(niceness=NICENESS)
        return self._labs

    def find_module(self, name: str, directory: Path) -> Program:
        """The module as the chosen Python finds it, which is asked, the first time: not for the window's thread.

        Raises `ProgramError`.
        """
        from concsim.control.catalogue import find_module
        from concsim.control.labs.pythons import path_of

        python = self.python
        if python and python not in self._libraries:
            self._libraries[python] = path_of(python)
        return find_module(name, directory, self._libraries[python] if python else None)

    def make_session(
        self, program: Program, parameters: dict[str, Any], repeat: bool, plan: tuple[dict[str, Any], ...] = (),
        step: StepOrder | None = None,
    ) -> tuple[Session, Path]:  # fmt: skip
        """A session that is ready to start, live or with *step* a stepped one, and its recording.

        Raises `RecordingError`.
        """
        from concsim.control.leftovers.temporary import make_recording
        from concsim.control.sessions.session import Session, describe
        from concsim.control.sessions.setting import Setting

        if not program.directory:
            directory = str(program.path.parent) if program.path.is_file() and not program.module else os.getcwd()
            program = dataclasses.replace(program, directory=directory)
        recording = make_recording(self._folder, program)
        self._made.append(recording)
        python = "" if step is not None else self.python  # the engine runs on the window's own Python
        describe(recording, program, python)
        setting = Setting(
            parameters, python, repeat=repeat, plan=plan, step=step, processes=self.processes, recording_mb=self.recording_mb
        )
        return Session(program, setting, self.labs, recording), recording.path

    def discard(self, session: Session) -> None:
        """Close a session's recording and delete it once it has ended: another run takes its place."""
        recording = session.recording
        if recording not in self._made:
            return
        self._made.remove(recording)

        def end() -> None:
            session.join(LONGEST_END)
            self._remove(recording)

        thread = threading.Thread(target=end, name=f"end of {session.program.path.name}", daemon=True)
        self._ending = [one for one in self._ending if one.is_alive()] + [thread]
        thread.start()

    def hold(self, path: Path) -> Callable[[], None]:
        """Keep a recording, whatever takes its place, until what is returned is called: it is being saved."""
        with self._turn:
            self._held[path] += 1

        def let_go() -> None:
            with self._turn:
                self._held[path] -= 1
                self._turn.notify_all()

        return let_go

    def _remove(self, recording: RecordingWriter) -> None:
        with self._turn:
            self._turn.wait_for(lambda: not self._held[recording.path])
        _remove(recording)

    @property
    def folder(self) -> Path:
        """Where recordings lie until a place is named for them."""
        return self._folder

    def close(self) -> None:
        """End the spare lab and delete this window's recordings."""
        if self._labs is not None:
            self._labs.close()
        for thread in self._ending:
            thread.join(LONGEST_END)
        for recording in self._made:
            self._remove(recording)
        self._made.clear()


def _remove(recording: RecordingWriter) -> None:
    from concsim.control.leftovers.temporary import remove

    try:
        recording.close()
    except Exception:  # a full disk must not keep the window from closing
        pass
    remove(recording.path)
