"""The run on the screen: one signal a frame, rewinding, rounds, and a hundred thousand signals."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

from concsim.bridge.run_model import RunModel
from concsim.control.labs.labs import Labs
from concsim.control.sessions.session import Session, describe
from concsim.control.sessions.setting import Setting
from concsim.model.programs.program import read_program
from concsim.model.recordings.recording import copy_recording
from concsim.model.recordings.recording_writer import RecordingWriter
from concsim.model.recordings.snapshot import to_text

COUNTING = """
    # /// concsim
    # watch = { total = "ROUNDS" }
    # [parameters.ROUNDS]
    # min = 1
    # [parameters.PACE]
    # ///
    import threading, time
    ROUNDS = 30
    PACE = 0.005
    total = 0
    lock = threading.Lock()
    def work():
        global total
        for _ in range(ROUNDS):
            with lock:
                total += 1
            time.sleep(PACE)
    if __name__ == "__main__":
        threading.Thread(target=work, name="counter").start()
"""

Start = Callable[..., RunModel]


@pytest.fixture
def start(tmp_path: Path, qapp: object) -> Iterator[Start]:
    """A run of a source, shown; everything is ended afterwards."""
    made: list[tuple[RunModel, RecordingWriter, Labs]] = []

    def start(source: str = COUNTING, repeat: bool = False, **parameters: object) -> RunModel:
        path = tmp_path / "program.py"
        path.write_text(textwrap.dedent(source))
        program = read_program(path)
        recording = RecordingWriter(tmp_path / f"{len(made)}.concsim")
        describe(recording, program, "")
        labs = Labs()
        setting = Setting({**program.defaults(), **parameters}, repeat=repeat)
        model = RunModel()
        made.append((model, recording, labs))
        model.start(Session(program, setting, labs, recording), recording.path)
        return model

    yield start
    for model, recording, labs in made:
        session = model.session
        model.close_run()
        assert session is None or session.join(20)
        labs.close()
        recording.close()


def ended(model: RunModel) -> Callable[[], bool]:
    return lambda: not model.running and model.state.ended is not None and model.is_at_rest


def test_that_a_run_is_shown_to_its_end(start: Start, qtbot) -> None:
    model = start()
    qtbot.waitUntil(ended(model), timeout=20_000)
    assert model.state.watched["total"].number == 30
    assert [one.name for one in model.state.actors.values() if one.number] == ["MainThread", "counter"]
    assert model.history.rounds[0].outcome == "finished"


def test_that_changed_comes_at_most_once_a_frame(start: Start, qtbot) -> None:
    model = start()
    told: list[int] = []
    model.changed.connect(lambda: told.append(model.state.count))
    qtbot.waitUntil(ended(model), timeout=20_000)
    frames = (model.newest - model.began) / 16e6
    assert 0 < len(told) <= frames + 10


def test_that_rewinding_shows_the_state_of_that_moment_and_comes_back(start: Start, qtbot) -> None:
    model = start()
    qtbot.waitUntil(ended(model), timeout=20_000)
    newest = to_text(model.state)
    series = model.history.all_series["total"]
    for index in (0, len(series.times) // 2, len(series.times) - 1):
        model.show_moment(series.times[index])
        assert not model.is_live
        assert model.state.watched["total"].number == series.values[index]
        assert model.state.time <= series.times[index]
    model.show_newest()
    assert model.is_live
    assert to_text(model.state) == newest


def test_that_rewinding_while_it_runs_leaves_the_run_alone(start: Start, qtbot) -> None:
    model = start(ROUNDS=150)
    qtbot.waitUntil(lambda: model.state.count > 60, timeout=20_000)
    middle = (model.began + model.newest) // 2
    model.show_moment(middle)
    shown = to_text(model.state)
    before = model.newest
    qtbot.waitUntil(lambda: model.newest > before, timeout=20_000)
    assert to_text(model.state) == shown
    assert model.moment == middle
    model.show_newest()
    qtbot.waitUntil(ended(model), timeout=20_000)
    assert model.state.watched["total"].number == 150


def test_that_a_moved_slider_ends_the_round_and_starts_one_with_its_value(start: Start, qtbot) -> None:
    model = start(ROUNDS=10_000)
    qtbot.waitUntil(lambda: model.state.count > 20, timeout=20_000)
    assert model.session is not None
    model.session.set_parameter("ROUNDS", 5)
    qtbot.waitUntil(ended(model), timeout=20_000)
    assert [one.parameters["ROUNDS"] for one in model.history.rounds] == [10_000, 5]
    assert [one.outcome for one in model.history.rounds] == ["stopped", "finished"]
    assert model.state.watched["total"].number == 5


LIVE = """
    # /// concsim
    # [parameters.OPEN]
    # live = true
    # ///
    import time
    OPEN = False
    while not OPEN:
        time.sleep(0.005)
"""


def test_that_a_live_parameter_reaches_the_running_program(start: Start, qtbot) -> None:
    model = start(LIVE)
    qtbot.waitUntil(lambda: model.state.count > 3, timeout=20_000)
    assert model.session is not None
    model.session.set_parameter("OPEN", True)
    qtbot.waitUntil(ended(model), timeout=20_000)
    assert [one.outcome for one in model.history.rounds] == ["finished"]


def test_that_rounds_repeat_and_their_results_are_kept(start: Start, qtbot) -> None:
    model = start(repeat=True, PACE=0.0)
    qtbot.waitUntil(lambda: len(model.history.rounds) >= 4, timeout=30_000)
    model.stop()
    qtbot.waitUntil(ended(model), timeout=20_000)
    assert [one.finals["total"] for one in model.history.rounds[:3]] == [30, 30, 30]
    first = model.history.rounds[0]
    model.show_moment(first.ended)
    assert model.state.round == 1
    assert {one.name for one in model.known_actors.values() if one.number} == {"MainThread", "counter"}
    assert model.lanes


def test_that_rounds_repeat_until_one_fails(start: Start, qtbot) -> None:
    model = start("""
        import pathlib
        rounds = pathlib.Path(__file__).with_suffix(".count")
        done = len(rounds.read_text()) if rounds.exists() else 0
        rounds.write_text("." * (done + 1))
        if done == 2:
            raise SystemExit("the third fails")
    """, repeat=True)
    qtbot.waitUntil(ended(model), timeout=30_000)
    assert [one.outcome for one in model.history.rounds] == ["finished", "finished", "failed"]


def test_that_a_stored_recording_shows_what_the_run_showed(start: Start, qtbot, tmp_path: Path) -> None:
    model = start()
    qtbot.waitUntil(ended(model), timeout=20_000)
    assert model.session is not None
    saved = tmp_path / "saved.concsim"
    copy_recording(model.session.recording.path, saved)
    other = RunModel()
    assert model.program is not None
    other.show_recording(model.program, saved)
    qtbot.waitUntil(lambda: other.is_at_rest, timeout=20_000)
    assert to_text(other.state) == to_text(model.state)
    counter = next(one for one in other.state.actors.values() if one.name == "counter")
    other.show_moment((counter.began + counter.ended) // 2)
    assert 0 < other.state.watched["total"].number < 30
    other.close_run()


class Emitter(QObject):
    happened = Signal(bool)


def test_that_a_hundred_thousand_signals_do_not_wear_out_the_interpreter(qapp: object) -> None:
    emitter, heard = Emitter(), []
    emitter.happened.connect(heard.append)
    for _ in range(100_000):
        emitter.happened.emit(True)
    assert len(heard) == 100_000
    assert all(heard)
