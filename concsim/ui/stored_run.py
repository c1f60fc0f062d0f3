"""Opening a recording: its program is shown from the text it was run with, and nothing is run."""

from __future__ import annotations

from pathlib import Path

from concsim.control.catalogue import find_scenario
from concsim.model.errors import RecordingError
from concsim.model.program import Program, make_program
from concsim.model.recording import Recording
from concsim.ui.main_window import MainWindow
from concsim.ui.stage import Stage


def program_of(recording: Recording) -> Program:
    """The program that was recorded. Raises `RecordingError` or `ProgramError`."""
    meta = recording.meta
    try:
        source, path, id, module = meta["source"], Path(meta["path"]), meta["id"], meta["module"]
        if not all(isinstance(one, str) for one in (source, id, module)):
            raise TypeError
    except (KeyError, TypeError):
        raise RecordingError("it does not say what was run") from None
    return make_program(source, path, id=id, module=module)


def open_recording(window: MainWindow, path: Path) -> Stage:
    """Show a recording where its program belongs. Raises `RecordingError` or `ProgramError`."""
    recording = Recording(path)
    try:
        program = program_of(recording)
    finally:
        recording.close()
    if program.id and find_scenario(program.id) is not None:
        stage = window.show_scenario(program.id)
    else:
        window.tabs.setCurrentWidget(window.script_page)
        window.script_page.close_page()
        stage = window.script_page.stage
    stage.show_recording(program, path)
    return stage
