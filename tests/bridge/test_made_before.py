"""Recordings that earlier versions of concsim have made are shown, at their end and at a moment within."""

from __future__ import annotations

from pathlib import Path

import pytest

from concsim.bridge.run_model import RunModel
from concsim.model.folding.history import WAITING
from concsim.model.programs.program import read_program

MADE_BEFORE = Path(__file__).parents[1] / "data" / "made_before"


@pytest.fixture
def model():
    model = RunModel()
    yield model
    model.close_run()


def test_that_a_deadlock_of_the_second_format_is_shown_before_and_after(model: RunModel, qtbot) -> None:
    model.show_recording(read_program(MADE_BEFORE / "locks.py"), MADE_BEFORE / "format_2.concsim")
    qtbot.waitUntil(lambda: model.is_at_rest, timeout=20_000)
    assert model.state.deadlock is not None and {"Ann", "Ben"} <= {one.name for one in model.state.actors.values() if one.state == WAITING}
    model.show_moment(model.state.deadlock.time - 100_000_000)  # both sleep, each with its lock
    assert not model.is_live and model.state.deadlock is None
    assert {one.name: len(one.holds) for one in model.state.actors.values() if one.id in ("t1", "t2")} == {"Ann": 1, "Ben": 1}


def test_that_a_queue_of_the_third_format_is_shown(model: RunModel, qtbot) -> None:
    model.show_recording(read_program(MADE_BEFORE / "race.py"), MADE_BEFORE / "format_3.concsim")
    qtbot.waitUntil(lambda: model.is_at_rest, timeout=20_000)
    assert model.state.ended is not None and model.state.ended.outcome == "finished"
    assert max(model.history.all_series["words"].values) == 3
    assert {one.name for one in model.known_actors.values()} >= {"worker 0", "worker 1"}
