"""What all tests share: real runs of small programs, without a window."""

from __future__ import annotations

import contextlib
import gc
import os
import re
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hypothesis
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from concsim.control.command.summary import deadlock_of
from concsim.control.labs.labs import Labs
from concsim.control.labs.pythons import Python, find_pythons
from concsim.control.sessions.session import Session
from concsim.control.sessions.setting import NOTHING, Setting
from concsim.model import events
from concsim.model.encoding import Batch
from concsim.model.events import Row
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.programs.program import read_program
from concsim.model.recordings.recording_writer import RecordingWriter

PATIENCE = 60.0
hypothesis.settings.register_profile("busy", deadline=None)  # a machine that does something else is no fault of what is tested
hypothesis.settings.load_profile("busy")


@dataclass
class Ran:
    """What a test looks at after a run."""

    outcome: str
    state: State
    rows: list[Row] = field(default_factory=list)
    records: list[events.Record] = field(default_factory=list)
    output: str = ""

    @property
    def deadlock(self) -> list[dict[str, Any]] | None:
        return deadlock_of(self.state)

    def names(self, kind: str) -> list[str]:
        return [one.name for one in self.state.things.values() if one.kind == kind]

    def seen(self, kind: int) -> list[Row]:
        return [row for row in self.rows if row[2] == kind]

    def said(self, cls: type) -> list[Any]:
        return [one for one in self.records if isinstance(one, cls)]


Run = Callable[..., Ran]


def gather(session: Session) -> Ran:
    """Fold a session to its end."""
    ran = Ran("", State(History()))
    output: list[str] = []
    session.log.on_output = lambda stream, text: output.append(text)
    bell = threading.Event()
    session.wakeup = bell.set
    session.start()
    assert session.join(PATIENCE), "the session did not end"
    for _, content in session.log.take_fresh():
        if isinstance(content, Batch):
            ran.rows += content.rows()
            ran.state.fold_batch(content)
        else:
            ran.records.append(content)
            ran.state.fold_record(content)
    ran.outcome, ran.output = session.outcome, "".join(output)
    return ran


@pytest.fixture
def run_file(tmp_path: Path) -> Iterator[Run]:
    """Run a file for real and give what was seen."""
    recordings: list[RecordingWriter] = []

    def run(path: Path, *, python: str = "", limit: float = 30.0, plan: Any = (), processes: int = 256, **parameters: Any) -> Ran:
        program = read_program(path)
        recording = RecordingWriter(tmp_path / f"{len(recordings)}.concsim")
        recordings.append(recording)
        setting = Setting(
            {**program.defaults(), **parameters}, python, limit=limit, end_on_deadlock=True, stdin=NOTHING, plan=plan,
            processes=processes,
        )  # fmt: skip
        return gather(Session(program, setting, Labs(keep_spare=False), recording))

    yield run
    for one in recordings:
        one.close()


@pytest.fixture
def run_source(tmp_path: Path, run_file: Run) -> Run:
    """Run a source text for real."""

    def run(source: str, **how: Any) -> Ran:
        path = tmp_path / "program.py"
        path.write_text(textwrap.dedent(source), encoding="utf-8")
        return run_file(path, **how)

    return run


def as_python(path: Path, source: str, python: str = "") -> str:
    """What the plain interpreter prints."""
    path.write_text(textwrap.dedent(source), encoding="utf-8")
    done = subprocess.run([python or sys.executable, path], capture_output=True, text=True, encoding="utf-8", timeout=60)
    return done.stdout + done.stderr


def without_addresses(text: str) -> str:
    """A text in which addresses are the same in every run."""
    return re.sub(r"0x[0-9a-f]+", "0x", text)


ALL_PYTHONS = find_pythons()


@pytest.fixture(params=ALL_PYTHONS, ids=[one.label for one in ALL_PYTHONS])
def python(request: pytest.FixtureRequest) -> Python:
    """Each Python found on the machine that can run a lab."""
    return request.param


def pytest_collection_finish() -> None:
    """Set aside what was made before the first test: it is looked through for timers after every one, and no test made it."""
    gc.collect()
    gc.freeze()


def _running_timers() -> list[str]:
    """Qt timers that go on, by name; none where Qt is not in use."""
    core, shiboken = sys.modules.get("PySide6.QtCore"), sys.modules.get("shiboken6")
    if core is None or shiboken is None:
        return []
    timer = core.QTimer
    timers = [one for one in gc.get_objects() if type(one) is timer and shiboken.isValid(one)]
    return [one.objectName() or "a timer without a name" for one in timers if one.isActive()]


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that leaves a thread, a timer or a child process behind fails, and says which."""
    import psutil

    before = set(threading.enumerate())
    yield
    left = [one for one in threading.enumerate() if one not in before and one.name.startswith(("session", "background"))]
    for one in left:
        one.join(5)
    assert not [one.name for one in left if one.is_alive()], "threads were left running"
    children = psutil.Process().children(recursive=True)
    _, alive = psutil.wait_procs(children, timeout=5)
    described = []
    for one in alive:
        with contextlib.suppress(psutil.NoSuchProcess):  # it has ended meanwhile
            described.append(" ".join(one.cmdline()[:6]))
            one.kill()
    assert not described, f"processes were left running: {described}"
    timers = _running_timers()
    assert not timers, f"timers were left running: {timers}"
