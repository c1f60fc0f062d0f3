"""A session: one recording of one program, round after round, in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from typing import Any

from concsim.control.labs.lab_process import LabError, LabProcess
from concsim.control.labs.labs import Labs
from concsim.control.labs.spec import lab_order
from concsim.control.sessions.follower import Folder, Follower
from concsim.control.sessions.log import Log
from concsim.control.sessions.round import Round
from concsim.control.sessions.setting import Setting
from concsim.model import events
from concsim.model.folding.state import State
from concsim.model.orders import BringFault, Choose, SetParameter
from concsim.model.programs.handover import find_handed
from concsim.model.programs.program import Program, parse
from concsim.model.recordings.keeper import Keeper
from concsim.model.recordings.recording_writer import RecordingWriter


class Session:
    """Runs a program and records it. Commands may come from any thread; one reads its `log`."""

    def __init__(self, program: Program, setting: Setting, labs: Labs, recording: RecordingWriter) -> None:
        self.program, self.setting = program, setting
        steps = setting.step is not None  # all of them are counted: no step may go
        self.log = Log(recording, 0 if steps else setting.recording_mb, steps)
        self.wakeup: Callable[[], None] = lambda: None
        """Called when a round has ended."""
        self.outcome = self.error = ""
        self.was_interrupted = False
        """Whether somebody has stopped it, rather than what ends it by itself."""
        self._labs = labs
        self._parameters = dict(setting.parameters)
        self._number = 0
        self._round: Round | None = None
        self._turn = threading.RLock()
        self._stopping = self._next_round = False
        self._thread = threading.Thread(target=self._run, name=f"session of {program.path.name}", daemon=True)

    @property
    def recording(self) -> RecordingWriter:
        """Where it is recorded."""
        return self.log.recording

    @cached_property
    def handed(self) -> tuple[str, ...]:
        """The names of locks that the program gives back where it did not take them."""
        return find_handed(parse(self.program.source, self.program.path))

    # commands

    def start(self) -> None:
        """Begin the first round."""
        self._thread.start()

    def follow(self, state: State, folder: Folder, heard: Callable[[events.Record], None] | None = None) -> Follower:
        """Who folds into *state* what is added to the log. A state with a history is kept in the recording."""
        return Follower(state, folder, None if state.history is None else Keeper(self.recording), heard)

    def stop(self) -> None:
        """End the round and the session."""
        self.log.let_go()
        with self._turn:
            self._stopping = True
            if self._thread.ident is None:  # it never began
                self.outcome = "stopped"
            if self._round is not None:
                self._round.stop()

    def look_after(self) -> None:
        """What must go on though the session's own thread waits for whoever reads what the program prints.

        The time limit is kept, and the processes of the run are known: whoever starts next could have to end them.
        """
        with self._turn:
            if self._round is not None:
                self._round.look_after()

    def set_parameter(self, name: str, value: Any) -> None:
        """A control was moved: rebind a live parameter, else end the round and start one with the new value."""
        with self._turn:
            if self._parameters.get(name) == value:
                return
            self._parameters[name] = value
            if self._round is None:
                return
            if self.program.parameter(name).live:
                self._round.lab.command(SetParameter(name, value))
            else:
                self._next_round = True
                self._round.stop()

    def write_input(self, text: str) -> None:
        """Give the program a line of input; it stands in the output as a terminal would show it."""
        with self._turn:
            if self._round is None:
                return
            lab = self._round.lab
        if text:  # noted before it is given, or the program's answer could be noted first
            self.log.add(events.OutputPrinted(self.log.now(), "stdin", text))
        lab.write_input(text)

    def choose(self, actor: str, until: str = "operation") -> None:
        """Let an actor of a stepped run go on: for one operation, or until "line", "change" or "end"."""
        self._order(Choose(actor, until))

    def bring_fault(self, fault: str, actor: int = 0, pid: int = 0) -> None:
        """Bring about a fault: kill the process *pid*, fill a queue, block the hub."""
        self._order(BringFault(fault, pid))

    def _order(self, order: Choose | BringFault) -> None:
        with self._turn:
            if self._round is not None:
                self._round.lab.command(order)

    def join(self, seconds: float) -> bool:
        """Wait for the end of the session; whether it has come."""
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    @property
    def running(self) -> bool:
        """Whether a round runs or another will follow."""
        return self._thread.is_alive()

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
            self.log.flush(force=True)
            self.wakeup()

    def _run_round(self) -> bool:
        self._number += 1
        try:
            lab = self._take_lab()
        except LabError as error:
            self._fail(str(error))
            return False
        round = Round(lab, self.program, self.setting, self.handed, self.log)
        with self._turn:
            self._round, self._next_round = round, False
            self._parameters.update(self.setting.plan[self._number - 1] if self.setting.plan else {})
            parameters = dict(self._parameters)
        step = self.setting.step
        self._say_started(parameters, step.model if step is not None else "")
        try:
            more = {"door": lab.door.address, "folder": lab.folder, "processes": self.setting.processes}
            lab.run(lab_order(self.program, parameters, self.handed, step, **more))
            self._warm_another()
            if self._stopping:
                round.stop()
            round.read_until_end()
        finally:
            with self._turn:
                self._round = None
            lab.close()
        self._end_round(round)
        return self._again(round)

    def _take_lab(self) -> LabProcess:
        if self.setting.stdin is not None:
            return LabProcess(self.setting.python, stdin=self.setting.stdin, stepping=self.setting.step is not None)
        return self._labs.take(self.setting.python, self.setting.step is not None)

    def _warm_another(self) -> None:
        """Have a lab ready where another is soon wanted: for the next round, or another way from a step."""
        if self.setting.step is not None:
            self._labs.warm(self.setting.python, stepping=True)
        elif self.setting.stdin is None and (self.setting.repeat or self.setting.plan):
            self._labs.warm(self.setting.python)

    def _say_started(self, parameters: dict[str, Any], model: str = "") -> None:
        self.log.add(events.RoundStarted(self.log.now(), self._number, parameters, self.setting.python, model))

    def _end_round(self, round: Round) -> None:
        self.outcome = round.outcome()
        status = None if round.stopped else round.lab.status
        self.log.add(events.RoundEnded(self.log.now(), self._number, self.outcome, status))
        self.log.flush()
        self.wakeup()

    def _again(self, round: Round) -> bool:
        with self._turn:
            if self._stopping or round.ended_itself:
                return False
            if self.setting.plan:
                return self._number < len(self.setting.plan)
            return self._next_round or (self.setting.repeat and self.outcome == "finished")

    def _fail(self, why: str) -> None:
        self.outcome, self.error = "failed", why
        self._say_started(dict(self._parameters))
        self.log.remark("lab_did_not_start", why=why)
        self.log.add(events.RoundEnded(self.log.now(), self._number, "failed", None, why))


def describe(recording: RecordingWriter, program: Program, python: str) -> None:
    """Put into a recording what was run."""
    recording.describe(
        id=program.id, path=str(program.path), module=program.module, source=program.source, python=python,
        arguments=list(program.arguments), directory=program.directory,
    )  # fmt: skip
