"""``concsim run``: one round without a window. The first front end on control, the window being the second."""

from __future__ import annotations

import dataclasses
import sys
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from concsim.control.catalogue import find_module, find_program
from concsim.control.command.left_running import LeftRunning
from concsim.control.command.printing import escape_what_cannot_be_shown, json_line
from concsim.control.command.streams import ForgivingError, own_terminal
from concsim.control.command.summary import as_json, notes, sentence
from concsim.control.command.whole_pieces import undivided
from concsim.control.labs.labs import Labs
from concsim.control.labs.pythons import ask_python, path_of
from concsim.control.leftovers.recorded import recorded
from concsim.control.sessions.follower import Folder, Folding
from concsim.control.sessions.log import KEPT_OUTPUT
from concsim.control.sessions.session import Session
from concsim.control.sessions.setting import LARGEST_LIMIT, MOST_MB, MOST_PROCESSES, NOTHING, RECORDING_MB, Setting
from concsim.model.files.target import RECORDING, Target
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.programs.program import Program, ProgramError
from concsim.model.words.phrases import Message, user_language

EXIT = {"finished": 0, "failed": 1, "deadlock": 3, "limit": 4, "stopped": 130}


@dataclass
class Order:
    """What ``concsim run`` was asked for, as typed."""

    program: str = ""
    module: str = ""
    settings: list[str] = field(default_factory=list)
    limit: str | None = None
    record: Path | None = None
    force: bool = False
    python: str = ""
    as_json: bool = False
    arguments: list[str] = field(default_factory=list)
    processes: str | None = None
    recording_mb: str | None = None


def find(name: str, module: str, arguments: list[str], python: str = "") -> Program:
    """The program that was named: an id, a path, or a module, which *python* ("" for ours) knows. Raises `ProgramError`."""
    try:
        directory = Path.cwd()
    except OSError:
        raise ProgramError(Message("no_working_directory")) from None
    program = find_module(module, directory, path_of(python) if python else None) if module else find_program(name)
    return dataclasses.replace(program, arguments=tuple(arguments), directory=str(directory))


def parse_settings(program: Program, settings: list[str], over: dict[str, Any] | None = None) -> dict[str, Any]:
    """The parameters of ``--set NAME=VALUE`` over the defaults, or over *over*. Raises `ProgramError`."""
    values = program.defaults() if over is None else dict(over)
    for text in settings:
        name, equals, value = text.partition("=")
        try:
            if not equals:
                raise ValueError("it is written NAME=VALUE")
            values[name] = program.parameter(name).parse(value)
        except KeyError:
            known = ", ".join(program.defaults()) or "none"
            raise ProgramError(Message("bad_setting", {"text": text, "why": f"the parameters are {known}"})) from None
        except ValueError as error:
            raise ProgramError(Message("bad_setting", {"text": text, "why": str(error)})) from None
    return values


def parse_limit(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise ProgramError(Message("bad_limit", {"text": text}))
    return seconds


def parse_processes(text: str | None) -> int:
    """How many processes a run may have. Raises `ProgramError`."""
    if text is None:
        return MOST_PROCESSES
    count = int(text[:18]) if text.isascii() and text.isdigit() else 0
    if not 0 < count <= LARGEST_LIMIT:
        raise ProgramError(Message("bad_processes", {"text": text, "most": LARGEST_LIMIT}))
    return count


def parse_recording_mb(text: str | None) -> int:
    """How many megabytes a recording may have. Raises `ProgramError`."""
    if text is None:
        return RECORDING_MB
    size = int(text[:18]) if text.isascii() and text.isdigit() else 0
    if not 0 < size <= MOST_MB:
        raise ProgramError(Message("bad_recording_mb", {"text": text, "most": MOST_MB}))
    return size


class _Printer:
    """Prints the program's output as it comes, or keeps it for the JSON object."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._kept: list[str] = []
        self._size = 0
        self.error: OSError | None = None
        """Why nothing more could be printed."""
        self.on_error: Callable[[], object] = lambda: None
        """Called then: a program that nobody reads ends, as it would by its own hand."""

    def __call__(self, stream: str, text: str) -> None:
        if self._as_json:
            if self._size <= KEPT_OUTPUT:
                self._kept.append(text)
            self._size += len(text)
            return
        out = sys.stderr if stream == "stderr" else sys.stdout
        try:
            out.write(text)
            out.flush()
        except ValueError:
            self._as_json = True
        except OSError as error:
            self._give_up(error)
        else:
            if isinstance(out, ForgivingError) and out.error is not None:
                self._give_up(out.error)

    def _give_up(self, error: OSError) -> None:
        self._as_json, self.error = True, error
        self.on_error()

    @property
    def text(self) -> str:
        return "".join(self._kept)


def follow(session: Session, state: State, printer: Folder | None = None) -> None:
    """Fold what comes until the session has ended. Ctrl-C stops it. A *printer* prints as it folds.

    Without one, all that has come is folded or nothing: the state says how far it is. One who prints may be kept waiting
    by whoever reads it, and must hear of Ctrl-C meanwhile.
    """
    follower = session.follow(state, printer or Folding())
    bell, left = threading.Event(), LeftRunning()
    session.wakeup = bell.set

    def catch_up() -> None:
        with undivided() if printer is None else nullcontext():
            follower.add(session.log.take_fresh())
            follower.complete()

    try:
        session.start()
        while session.running:
            bell.wait(0.05)
            catch_up()
            session.look_after()
            left.look(state)
    except KeyboardInterrupt:
        session.was_interrupted = True
        session.stop()
        session.join(5)
    catch_up()
    follower.finish()
    follower.complete()


def run(order: Order) -> int:
    """Run the program; the exit status. Raises `ProgramError` for bad input."""
    escape_what_cannot_be_shown()
    python = ask_python(order.python).path if order.python else ""
    program = find(order.program, order.module, order.arguments, python)
    limit = parse_limit(order.limit)
    processes, recording_mb = parse_processes(order.processes), parse_recording_mb(order.recording_mb)
    parameters = parse_settings(program, order.settings)
    target = None if order.record is None else Target(order.record, RECORDING, force=order.force, kept=[program.path])
    with recorded(program, python, target) as kept:
        terminal = own_terminal()
        setting = Setting(
            parameters, python, limit=limit, end_on_deadlock=True, stdin=NOTHING if terminal is None else terminal,
            processes=processes, recording_mb=recording_mb,
        )
        session = Session(program, setting, Labs(keep_spare=False), kept.recording)
        printer = _Printer(order.as_json)
        session.log.on_output, printer.on_error = printer, session.stop
        state = State(None if target is None else History())
        began = time.monotonic()
        try:
            follow(session, state)
        finally:
            session.stop()
            session.join(5)
        seconds = _seconds(state, began)
        check_started(state)
        if printer.error is not None:
            raise printer.error
    if order.as_json:
        print(json_line(as_json(program, state, session.outcome, seconds, printer.text)))
    else:
        _say(program, state, seconds, limit)
    return kept.status(EXIT[session.outcome])


def check_started(state: State) -> None:
    """A run whose lab did not start has said nothing of the program. Raises `ProgramError`."""
    for one in state.remarks:
        if one.code == "lab_did_not_start":
            raise ProgramError(Message(one.code, one.values))


def _seconds(state: State, began: float) -> float:
    if state.ended is not None and state.started:
        return (state.ended.time - state.started) / 1e9
    return time.monotonic() - began


def _say(program: Program, state: State, seconds: float, limit: float | None) -> None:
    language = user_language()
    lines = [sentence(program, state, language, seconds, limit), *notes(state, language)]
    for line in lines:
        if line:
            print(f"concsim: {line}", file=sys.stderr if not sys.stdout.isatty() else sys.stdout)
