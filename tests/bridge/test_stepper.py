"""Stepping by hand, without a window: choices, going back, taking another way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from concsim.bridge.choices import Choice
from concsim.bridge.run_model import RunModel
from concsim.bridge.stepper import Stepper
from concsim.control.catalogue import find_program
from concsim.control.labs.labs import Labs
from concsim.control.sessions.session import Session
from concsim.control.sessions.setting import Setting, StepOrder
from concsim.model.orders import Person
from concsim.model.programs.program import Program, make_program
from concsim.model.recordings.recording_writer import RecordingWriter

PATIENCE = 30_000
TWO_WRITERS = """
import threading
total = 0
def work():
    global total
    total += 1
first = threading.Thread(target=work, name="first")
second = threading.Thread(target=work, name="second")
first.start(); second.start(); first.join(); second.join()
"""


class Bench:
    """A run and its stepper, and what starts labs for them."""

    def __init__(self, folder: Path, program: Program, model: str, **parameters: Any) -> None:
        self._folder, self._program, self._model = folder, program, model
        self._parameters = {**program.defaults(), **program.block.expect.get("set", {}), **parameters}
        self.labs = Labs()
        self.recordings: list[RecordingWriter] = []
        self.run = RunModel()
        self.stepper = Stepper(self.run, self.start)

    def start(self, person: Person, after: int | None) -> None:
        recording = RecordingWriter(self._folder / f"{len(self.recordings)}.concsim")
        self.recordings.append(recording)
        step = StepOrder(self._model, person)
        session = Session(self._program, Setting(self._parameters, step=step), self.labs, recording)
        self.run.start(session, recording.path, after)

    def close(self) -> None:
        session = self.run.session
        self.run.close_run()
        if session is not None:
            assert session.join(20)
        self.labs.close()
        for one in self.recordings:
            one.close()


@pytest.fixture
def bench(tmp_path: Path, qtbot) -> Iterator[Any]:
    made: list[Bench] = []

    def make(program: Program | str, model: str = "free-threaded", **parameters: Any) -> Bench:
        if isinstance(program, str):
            program = make_program(program, tmp_path / "program.py")
            program.path.write_text(program.source)
        made.append(Bench(tmp_path, program, model, **parameters))
        made[-1].stepper.restart()
        qtbot.waitUntil(lambda: made[-1].stepper.waits_for_choice, timeout=PATIENCE)
        return made[-1]

    yield make
    for one in made:
        one.close()


def take(one: Bench, qtbot, *actors: str, until: str = "operation") -> None:
    for actor in actors:
        before = one.stepper.last_step
        one.stepper.choose(actor, until)
        qtbot.waitUntil(lambda before=before: one.stepper.last_step > before and (one.stepper.waits_for_choice or not one.run.running), timeout=PATIENCE)


def by_id(one: Bench) -> dict[str, Choice]:
    return {choice.id: choice for choice in one.stepper.choices()}


def test_that_it_begins_where_there_is_a_choice(bench, qtbot) -> None:
    one = bench(TWO_WRITERS)
    assert [choice.id for choice in one.stepper.choices() if choice.enabled] == ["main", "t1"]
    assert one.stepper.next_words(by_id(one)["t1"], "en") == "read total"
    assert one.stepper.next_words(by_id(one)["main"], "en") == "start second"


def test_that_a_lost_update_is_made_by_hand_and_told(bench, qtbot) -> None:
    one = bench(TWO_WRITERS)
    take(one, qtbot, "main", "t1", "t2", "t2")
    assert one.stepper.next_words(by_id(one)["t1"], "en") == "write total = 1"
    take(one, qtbot, "t1")
    assert one.stepper.sentence("en") == "first wrote total = 1, over second's 1: one update lost."


def test_that_going_back_shows_the_recorded_state_and_runs_nothing(bench, qtbot) -> None:
    one = bench(TWO_WRITERS)
    take(one, qtbot, "main", "t1", "t1")
    session, last = one.run.session, one.stepper.last_step
    one.stepper.back()
    assert one.stepper.step == last - 1
    assert one.stepper.sentence("en") == "first read total: 0."
    assert one.stepper.next_words(by_id(one)["t1"], "en") == "write total = 1"
    one.stepper.forward()
    assert one.stepper.sentence("en") == "first wrote total = 1."
    assert one.run.session is session


def test_that_another_choice_in_the_past_takes_another_way(bench, qtbot) -> None:
    one = bench(TWO_WRITERS)
    take(one, qtbot, "main", "t1", "t2", "t2", "t1")
    lost_at = one.stepper.last_step
    one.stepper.go_to(lost_at - 3)  # after the first read
    old = one.run.session
    one.stepper.choose("t1")
    qtbot.waitUntil(lambda: one.run.session is not old and one.stepper.waits_for_choice and one.stepper.last_step == lost_at - 2, timeout=PATIENCE)
    assert one.stepper.sentence("en") == "first wrote total = 1."
    take(one, qtbot, "t2", "t2")
    assert one.stepper.sentence("en") == "second wrote total = 2."


def test_that_a_deadlock_is_brought_about_and_undone(bench, qtbot) -> None:
    one = bench(find_program("deadlock.two_locks"))
    take(one, qtbot, "main")
    for actor in ("t1", "t2"):
        take(one, qtbot, actor, until="line")
    while one.run.state.deadlock is None and one.run.running:
        able = [choice for choice in one.stepper.choices() if choice.enabled]
        take(one, qtbot, able[-1].id)
    qtbot.waitUntil(lambda: not one.run.running, timeout=PATIENCE)
    assert one.run.state.deadlock is not None
    assert not [choice for choice in one.stepper.choices() if choice.enabled]
    why = {choice.name: one.stepper.why_not(choice, "en") for choice in one.stepper.choices()}
    assert why["thread-a"].startswith("waits for lock_b, held by thread-b")
    one.stepper.back()
    assert one.run.state.deadlock is None
    assert [choice for choice in one.stepper.choices() if choice.enabled]


def test_that_under_the_gil_the_others_are_held_in_the_middle_of_an_increment(bench, qtbot) -> None:
    one = bench(TWO_WRITERS, "gil")
    take(one, qtbot, "main", "t1")
    assert by_id(one)["t2"].choice == "held"
    assert by_id(one)["t1"].choice == "ready"


def test_that_who_was_held_is_held_in_a_replay_as_well(bench, qtbot) -> None:
    one = bench(TWO_WRITERS, "gil")
    take(one, qtbot, "main", "t1", "t1", "t2")
    step = one.stepper.last_step
    choices = one.stepper.schedule().choices
    one.stepper.replay(choices)
    qtbot.waitUntil(lambda: one.stepper.waits_for_choice and one.stepper.last_step == step, timeout=PATIENCE)
    one.stepper.go_to(4)  # t1 has read and will write: without asking the engine, nobody else can be chosen
    assert {name: choice.choice for name, choice in by_id(one).items() if name != "main"} == {"t1": "ready", "t2": "held"}
    one.stepper.go_to(5)
    assert by_id(one)["t2"].choice == "ready"


def test_that_slow_motion_plays_to_the_end(bench, qtbot) -> None:
    one = bench(TWO_WRITERS)
    one.stepper.slow_motion.play("random", 1)
    qtbot.waitUntil(lambda: one.run.state.ended is not None, timeout=PATIENCE)
    assert one.run.state.ended.outcome == "finished"
    qtbot.waitUntil(lambda: not one.run.running, timeout=PATIENCE)
    assert not one.stepper.slow_motion.playing


def test_that_the_schedule_up_to_the_step_shown_can_be_taken_along(bench, qtbot) -> None:
    one = bench(TWO_WRITERS)
    take(one, qtbot, "main", "t1")
    assert one.stepper.schedule().choices == ("main", "main", "main", "t1")
    assert one.stepper.schedule().steps[-1] == "read total = 0 @6"
