"""Opening a recording or a schedule: its program is shown, and nothing is run."""

from __future__ import annotations

import dataclasses
from itertools import islice
from pathlib import Path

from concsim.control.catalogue import find_program, find_scenario
from concsim.model.encoding import RECORD, DamagedFrameError
from concsim.model.errors import RecordingError
from concsim.model.events import RoundStarted
from concsim.model.files.schedule import Schedule, check_fits, hash_of, read_schedule
from concsim.model.programs.program import Program, ProgramError, make_program
from concsim.model.recordings.checked_record import read_record
from concsim.model.recordings.recording import Recording
from concsim.model.words.phrases import Message
from concsim.ui.pages.main_window import MainWindow
from concsim.ui.stage.stage import Stage

FIRST_FRAMES = 8


def program_of(recording: Recording) -> Program:
    """The program that was recorded. Raises `RecordingError` or `ProgramError`."""
    meta = recording.meta
    try:
        source, path, id, module = meta["source"], Path(meta["path"]), meta["id"], meta["module"]
        if not all(isinstance(one, str) for one in (source, id, module)):
            raise TypeError
    except (KeyError, TypeError):
        raise RecordingError("it does not say what was run") from None
    program = make_program(source, path, id=id, module=module)
    arguments, directory = meta.get("arguments", ()), meta.get("directory", "")
    if isinstance(arguments, list) and all(isinstance(one, str) for one in arguments) and isinstance(directory, str):
        program = dataclasses.replace(program, arguments=tuple(arguments), directory=directory)
    return program


def start_of(recording: Recording) -> RoundStarted | None:
    """How the recorded run began, None where that is not among its first frames. Raises `RecordingError`."""
    for frame in islice(recording.frames(), FIRST_FRAMES):
        try:
            record = read_record(frame.payload) if frame.kind == RECORD else None
        except (DamagedFrameError, ValueError, KeyError, TypeError):
            return None
        if isinstance(record, RoundStarted):
            return record
    return None


def open_recording(window: MainWindow, path: Path) -> Stage:
    """Show a recording where its program belongs. Raises `RecordingError` or `ProgramError`."""
    recording = Recording(path)
    try:
        program, started = program_of(recording), start_of(recording)
    finally:
        recording.close()
    if program.id and find_scenario(program.id) is not None:
        stage = window.show_scenario(program.id)
    else:
        window.tabs.setCurrentWidget(window.script_page)
        window.script_page.close_page()
        stage = window.script_page.stage
    stage.show_recording(program, path, started)
    return stage


def open_schedule(window: MainWindow, path: Path) -> Stage:
    """Show a schedule with its program; it waits for the person. Raises `ProgramError` with one sentence."""
    schedule = read_schedule(path)
    shown = window.stage.program
    program = shown if shown is not None and hash_of(shown) == schedule.sha256 else find_program(schedule.program)
    check_fits(schedule, program)
    _check_parameters(schedule, program)
    if program is shown:
        stage = window.stage
    elif program.id:
        stage = window.show_scenario(program.id)
    else:
        window.show_script(program.path)
        stage = window.script_page.stage
    stage.show_schedule(program, schedule)
    return stage


def _check_parameters(schedule: Schedule, program: Program) -> None:
    for name, value in schedule.parameters.items():
        try:
            program.parameter(name).check(value)
        except (KeyError, ValueError) as error:
            raise ProgramError(Message("bad_kept_setting", {"text": f"{name}={value}", "why": str(error)})) from None
