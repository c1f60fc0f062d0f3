"""A parameter's value arrives in the program as it is: live, stepped, and in processes that do not inherit it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from concsim.control.command.headless import parse_settings
from concsim.control.labs.labs import Labs
from concsim.control.labs.pythons import Python
from concsim.control.sessions.session import Session
from concsim.control.sessions.setting import NOTHING, Setting, StepOrder
from concsim.model.orders import Named
from concsim.model.programs.program import read_program
from concsim.model.recordings.recording_writer import RecordingWriter
from tests.conftest import Run, gather

SOURCE = """
BIG = 1e999
SMALL = 0.5
COUNT = -3
HUGE = 0x1%s
LONG = %r
TEXT = "a"
if __name__ == "__main__": print([BIG, SMALL, COUNT, len(hex(HUGE)), len(LONG), TEXT], flush=True)
"""
PROGRAM = SOURCE % ("0" * 6000, "x" * 200_000)
SPAWNED = PROGRAM + """
import multiprocessing
def say(): print([BIG, SMALL, COUNT, len(hex(HUGE)), len(LONG), TEXT], flush=True)
if __name__ == "__main__":
    child = multiprocessing.get_context("spawn").Process(target=say)
    child.start(); child.join()
"""
AS_WRITTEN = "[inf, 0.5, -3, 6003, 200000, 'a']\n"
VALUES: dict[str, Any] = {
    "BIG=nan": "[nan, 0.5, -3, 6003, 200000, 'a']\n",
    "BIG=-inf": "[-inf, 0.5, -3, 6003, 200000, 'a']\n",
    "SMALL=inf": "[inf, inf, -3, 6003, 200000, 'a']\n",
    "SMALL=-0.0": "[inf, -0.0, -3, 6003, 200000, 'a']\n",
    f"COUNT={10**4000}": f"[inf, 0.5, {10**4000}, 6003, 200000, 'a']\n",
    "COUNT=-7": "[inf, 0.5, -7, 6003, 200000, 'a']\n",
    "TEXT=é\udc80\ud800'\n": "[inf, 0.5, -3, 6003, 200000, " + repr("é\udc80\ud800'\n") + "]\n",
}


def given(path: Path, source: str, *settings: str) -> dict[str, Any]:
    path.write_text(source, encoding="utf-8")
    return parse_settings(read_program(path), list(settings), over={})


@pytest.mark.parametrize("setting", VALUES)
def test_that_a_value_arrives_in_the_program_and_its_processes(run_source: Run, tmp_path: Path, setting: str) -> None:
    ran = run_source(SPAWNED, **given(tmp_path / "program.py", SPAWNED, setting))
    assert ran.output == VALUES[setting] * 2


def test_that_a_text_longer_than_an_argument_arrives(run_source: Run) -> None:
    assert run_source(SPAWNED).output == AS_WRITTEN * 2
    assert run_source(SPAWNED, TEXT="é" * 200_000).output.count("é") == 400_000


def test_that_values_arrive_in_every_python(run_source: Run, tmp_path: Path, python: Python) -> None:
    values = given(tmp_path / "program.py", PROGRAM, "BIG=nan", "SMALL=-inf", "COUNT=-7", "TEXT=\ud800")
    assert run_source(PROGRAM, python=python.path, **values).output == "[nan, -inf, -7, 6003, 200000, '\\ud800']\n"


@pytest.mark.parametrize("model", ["gil", "free-threaded"])
def test_that_values_arrive_where_they_are_stepped(tmp_path: Path, model: str) -> None:
    path = tmp_path / "program.py"
    values = given(path, PROGRAM, "BIG=nan", "SMALL=-0.0", "COUNT=-7", "TEXT=\ud800")
    program = read_program(path)
    recording = RecordingWriter(tmp_path / "run.concsim")
    setting = Setting({**program.defaults(), **values}, stdin=NOTHING, step=StepOrder(model, Named("in-turn")))
    ran = gather(Session(program, setting, Labs(keep_spare=False), recording))
    recording.close()
    assert ran.output == "[nan, -0.0, -7, 6003, 200000, '\\ud800']\n"
