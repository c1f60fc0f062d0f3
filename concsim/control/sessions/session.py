"""A session: one recording of one program, round after round, in a thread of its own."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from functools import cached_property
from typing import Any

from concsim.control.labs.lab_process import LabError, LabProcess
from concsim.control.labs.labs import Labs
from concsim.control.labs.spec import lab_order
from concsim.control.sessions.round import Round
from concsim.control.sessions.setting import Setting
from concsim.model import events
from concsim.model.encoding import RECORD, Batch, encode_record
from concsim.model.errors import RecordingError
from concsim.model.orders import BringFault, Choose, SetParameter
from concsim.model.programs.handover import find_handed
from concsim.model.programs.program import Program, parse
from concsim.model.recordings.checked_record import shortened
from concsim.model.recordings.recording_writer import RecordingWriter

FLUSH_PERIOD = 0.1
MAX_PENDING = 16 << 20
KEPT_OUTPUT = 16 << 20


Fresh = tuple[int, "Batch | events.Record"]
"""A place in the recording and what was added there."""


class Session:
    """Runs a program and records it. Commands may come from any thread; `take_fresh` is for one reader."""

    def __init__(self, program: Program, setting: Setting, labs: Labs, recording: RecordingWriter) -> None:
        self.program, self.setting, self.recording = program, setting, recording
        recording.limit = setting.recording_mb * 1_000_000 if setting.step is None else 0  # all steps are counted
        self._is_thinned = self._is_too_rich = False
        self.on_output: Callable[[str, str], None] | None = None
        self.wakeup: Callable[[], None] = lambda: None
        self.outcome = ""
        self.error = ""
        self._labs = labs
        self._parameters = dict(setting.parameters)
        self._round = 0
        self._lab: LabProcess | None = None
        self._watcher: Round | None = None
        self._turn = threading.Condition()
        self._fresh: deque[Fresh] = deque()
        self._pending = 0
        self.stopping = self._next_round = False
        self.was_interrupted = False
        """Whether somebody has stopped it, rather than what ends it by itself."""
        self._flushed = 0.0
        self._kept_output = 0
        self._last_time = 0
        self._recording_ok = True
        self._thread = threading.Thread(target=self._run, name=f"session of {program.path.name}", daemon=True)

    @cached_property
    def handed(self) -> tuple[str, ...]:
        """The names of locks that the program gives back where it did not take them."""
        return find_handed(parse(self.program.source, self.program.path))

    # commands

    def start(self) -> None:
        """Begin the first round."""
        self._thread.start()

    def stop(self) -> None:
        """End the round and the session."""
        with self._turn:
            self.stopping = True
            if self._thread.ident is None:  # it never began
                self.outcome = "stopped"
            if self._lab is not None:
                self._lab.stop()
            self._turn.notify_all()

    def look_after(self) -> None:
        """What must go on though the session's own thread waits for whoever reads what the program prints.

        The time limit is kept, and the processes of the run are known: whoever starts next could have to end them.
        """
        with self._turn:
            if self._lab is not None and self._watcher is not None:
                self._watcher.end_if_due(self._lab)
                self._lab.keep_going()

    def set_parameter(self, name: str, value: Any) -> None:
        """A control was moved: rebind a live parameter, else end the round and start one with the new value."""
        with self._turn:
            if self._parameters.get(name) == value:
                return
            self._parameters[name] = value
            if self._lab is None:
                return
            if self.program.parameter(name).live:
                self._lab.command(SetParameter(name, value))
            else:
                self._next_round = True
                self._lab.stop()

    def write_input(self, text: str) -> None:
        """Give the program a line of input; it stands in the output as a terminal would show it."""
        with self._turn:
            if self._lab is None:
                return
            lab = self._lab
        if text:  # noted before it is given, or the program's answer could be noted first
            self.add(events.OutputPrinted(self.now(), "stdin", text))
        lab.write_input(text)

    def choose(self, actor: str, until: str = "operation") -> None:
        """Let an actor of a stepped run go on: for one operation, or until "line", "change" or "end"."""
        with self._turn:
            if self._lab is not None:
                self._lab.command(Choose(actor, until))

    def bring_fault(self, fault: str, actor: int = 0, pid: int = 0) -> None:
        """Bring about a fault: kill the process *pid*, fill a queue, block the hub."""
        with self._turn:
            if self._lab is not None:
                self._lab.command(BringFault(fault, pid))

    def join(self, seconds: float) -> bool:
        """Wait for the end of the session; whether it has come."""
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    @property
    def running(self) -> bool:
        """Whether a round runs or another will follow."""
        return self._thread.is_alive()

    # the reader's side

    def take_fresh(self) -> list[Fresh]:
        """What was added since the last call."""
        with self._turn:
            fresh = list(self._fresh)
            self._fresh.clear()
            self._pending = 0
            self._turn.notify_all()
        return fresh

    # the session's thread

    def _run(self) -> None:
        try:
            while self._run_round():
                pass
        except OSError as error:  # no descriptors are left, or no memory
            self._fail(error.strerror or str(error))
        except Exception as error:  # whatever it is, the front end must hear that the session has ended
            self._fail(f"{type(error).__name__}: {error}")
            raise
        finally:
            self.flush(force=True)
            self.wakeup()

    def _run_round(self) -> bool:
        self._round += 1
        try:
            lab = self._take_lab()
        except LabError as error:
            self._fail(str(error))
            return False
        watcher = Round(self)
        with self._turn:
            self._lab, self._watcher, self._next_round = lab, watcher, False
            self._parameters.update(self.setting.plan[self._round - 1] if self.setting.plan else {})
            parameters = dict(self._parameters)
        now = self.now()
        model = self.setting.step.model if self.setting.step is not None else ""
        self.add(events.RoundStarted(now, self._round, parameters, self.setting.python, model))
        try:
            more = {"door": lab.door.address, "folder": lab.folder, "processes": self.setting.processes}
            lab.run(lab_order(self.program, parameters, self.handed, self.setting.step, **more))
            if not self.setting.no_input and self.setting.terminal is None and (self.setting.repeat or self.setting.plan):
                self._labs.warm(self.setting.python)
            elif self.setting.step is not None:
                self._labs.warm(self.setting.python, stepping=True)
            if self.stopping:
                lab.stop()
            watcher.read_until_end(lab)
        finally:
            with self._turn:
                self._lab = None
            lab.close()
        self._end_round(watcher, lab, now)
        return self._again(watcher)

    def _take_lab(self) -> LabProcess:
        stepping = self.setting.step is not None
        if self.setting.no_input or self.setting.terminal is not None:
            stdin = _nothing() if self.setting.terminal is None else self.setting.terminal
            return LabProcess(self.setting.python, stdin=stdin, stepping=stepping)
        return self._labs.take(self.setting.python, stepping)

    def now(self) -> int:
        """The time on the recording's clock, which counts steps where steps are taken."""
        return time.monotonic_ns() if self.setting.step is None else self._last_time

    def _end_round(self, watcher: Round, lab: LabProcess, began: int) -> None:
        self.outcome = watcher.outcome(lab.status, self.stopping or self._next_round)
        status = lab.status if not (self.stopping or self._next_round) else None
        self.add(events.RoundEnded(self.now(), self._round, self.outcome, status))
        self.flush()
        self.wakeup()

    def _again(self, watcher: Round) -> bool:
        with self._turn:
            if self.stopping or watcher.ended_itself:
                return False
            if self.setting.plan:
                return self._round < len(self.setting.plan)
            return self._next_round or (self.setting.repeat and self.outcome == "finished")

    def _fail(self, why: str) -> None:
        self.outcome, self.error = "failed", why
        now = self.now()
        self.add(events.RoundStarted(now, self._round, dict(self._parameters), self.setting.python))
        self.add(events.Remark(now, "lab_did_not_start", {"why": why}))
        self.add(events.RoundEnded(now, self._round, "failed", None, why))

    def add(self, record: events.Record) -> None:
        """Record something that control itself has to say."""
        record = shortened(record)
        self.add_frame(RECORD, encode_record(record)[5:], record)

    def add_frame(self, kind: int, payload: bytes, content: Batch | events.Record) -> None:
        """Record a frame and hand it to the reader; waits for a reader that is far behind."""
        time_of = content.times[0] if isinstance(content, Batch) else content.time
        self._last_time = max(self._last_time, content.times[-1] if isinstance(content, Batch) else time_of)
        with self._turn:  # the reader has them in the order of the log
            seq = self.recording.append(time_of, kind, payload) if self._recording_ok else 0
            self._fresh.append((seq, content))
            self._pending += len(payload)
            while self._pending > MAX_PENDING and not self.stopping and threading.current_thread() is self._thread:
                self._turn.wait(0.1)
        self.flush()

    def flush(self, force: bool = False) -> None:
        """Write what was recorded, now and then; a disk that is full ends the recording, not the run."""
        now = time.monotonic()
        if not self._recording_ok or (not force and now - self._flushed < FLUSH_PERIOD):
            return
        self._flushed = now
        try:
            self.recording.flush()
            if self.recording.thinned_until and not self._is_thinned:
                self._is_thinned = True
                self.add(events.Remark(self.now(), "thinned", {"most": self.setting.recording_mb}))
            if self.recording.is_too_rich and not self._is_too_rich:
                self._is_too_rich = True
                self.add(events.Remark(self.now(), "too_rich"))
        except RecordingError as error:
            self._recording_ok = False
            self.add(events.Remark(self.now(), "disk_full", {"why": str(error)}))

    def keep_output(self, record: events.OutputPrinted) -> bool:
        """Pass printed text on; whether it is to be kept in the recording as well."""
        if self.on_output is not None:
            self.on_output(record.stream, record.text)
        before = self._kept_output
        self._kept_output += len(record.text)
        if before <= KEPT_OUTPUT < self._kept_output:
            self.add(events.Remark(record.time, "output_cut", {"kept": KEPT_OUTPUT >> 20}))
        return self._kept_output <= KEPT_OUTPUT


def _nothing() -> int:
    import subprocess

    return subprocess.DEVNULL


def describe(recording: RecordingWriter, program: Program, python: str) -> None:
    """Put into a recording what was run."""
    recording.describe(
        id=program.id, path=str(program.path), module=program.module, source=program.source, python=python,
        arguments=list(program.arguments), directory=program.directory,
    )  # fmt: skip
