"""A session's commands, and what they leave in its recording."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from concsim.control.labs.lab_process import LabProcess
from concsim.control.labs.labs import Labs
from concsim.control.sessions.session import Session
from concsim.control.sessions.setting import Setting
from concsim.model import events
from concsim.model.programs.program import read_program
from concsim.model.recordings.recording_writer import RecordingWriter


def test_that_a_line_given_to_the_program_is_noted_before_its_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "asks.py"
    script.write_text("name = input('name? ')\nprint('hello', name)\n")
    labs = Labs()
    recording = RecordingWriter(tmp_path / "run.concsim")
    session = Session(read_program(script), Setting(), labs, recording)
    seen: list[events.Record] = []
    noted: list[bool] = []
    give = LabProcess.write_input

    def give_late(lab: LabProcess, text: str) -> None:
        seen.extend(one for _, one in session.log.take_fresh())
        noted.append(any(isinstance(one, events.OutputPrinted) and one.stream == "stdin" for one in seen))
        give(lab, text)

    monkeypatch.setattr(LabProcess, "write_input", give_late)
    session.start()
    while not any(isinstance(one, events.InputWanted) for one in seen):
        seen.extend(one for _, one in session.log.take_fresh())
        assert session.running
    session.write_input("Ada\n")
    assert session.join(20)
    recording.close()
    labs.close()
    assert noted == [True]


@pytest.mark.parametrize("niceness", [0, 5])
def test_that_a_run_beside_a_window_gives_way_to_it_and_its_children_do(tmp_path: Path, niceness: int) -> None:
    script = tmp_path / "nice.py"
    script.write_text("import os\nprint(os.nice(0), flush=True)\nif os.fork() == 0:\n    print(os.nice(0), flush=True)\n    os._exit(0)\nos.wait()\n")
    labs = Labs(keep_spare=False, niceness=niceness)
    recording = RecordingWriter(tmp_path / "run.concsim")
    session = Session(read_program(script), Setting(), labs, recording)
    printed: list[str] = []
    session.log.on_output = lambda stream, text: printed.append(text)
    session.start()
    assert session.join(20)
    recording.close()
    assert "".join(printed).split() == [str(os.nice(0) + niceness)] * 2
