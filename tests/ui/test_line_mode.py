"""Step mode of programs that are recorded line by line: the same buttons go through the recording. Real labs record."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from concsim.control.catalogue import LINE_TOPICS, read_catalogue, topic_of
from concsim.control.sessions.step_kind import steps_by_line
from concsim.model.events import LINES, unpack_place
from concsim.ui.application import Application
from concsim.ui.stage.stage import Stage
from concsim.ui.stepping.choice_button import ChoiceButton
from concsim.ui.stepping.choice_words import ChoiceWords
from concsim.ui.views.charts.chart_view import ChartView
from concsim.ui.views.frames.frames_view import FramesView
from concsim.ui.views.shared.run_view import RunView
from tests.ui.test_window import settle

PATIENCE = 30_000
PROGRAMS = [one for one in read_catalogue() if topic_of(one) in LINE_TOPICS]
TURNS = """
def speaker(word):
    said = 0
    while True:
        yield word * said
        said += 1

one, other = speaker("a"), speaker("b")
for _ in range(2):
    next(one)
    next(other)
"""


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def record(stage: Stage, qtbot) -> Stage:
    """Change to Step mode and record, by the buttons."""
    click(stage.run_bar.mode.buttons["step"])
    click(stage.run_bar.run_button)
    qtbot.waitUntil(lambda: len(stage.run.steps) > 0 and not stage.is_running, timeout=PATIENCE)
    settle()
    return stage


@pytest.fixture
def stage(built: Application, qtbot, tmp_path: Path) -> Stage:
    path = tmp_path / "turns.py"
    path.write_text(TURNS, encoding="utf-8")
    assert built.window.show_script(path)
    return record(built.window.script_page.stage, qtbot)


def line(stage: Stage) -> int:
    """The line of the step shown."""
    taken = stage.run.state.taken
    site = stage.run.state.site(taken.site) if taken is not None else None
    return site.line if site is not None else 0


def words_of(stage: Stage) -> dict[str, ChoiceWords]:
    """What the buttons say, by the actor's id."""
    return {one.words.id: one.words for one in stage.choice_bar.buttons if one.isVisible()}


def line_in(text: str) -> int:
    """The line that a text names first, 0 for none."""
    found = re.search(r"line (\d+)", text)
    return int(found[1]) if found else 0


def test_before_a_recording_nobody_is_asked_to_choose(built: Application, qtbot) -> None:
    stage = built.window.show_scenario("iterators.send")
    stage.show_mode("step")
    view = next(one for one in stage.views if isinstance(one, RunView) and not isinstance(one, ChartView))
    assert view.word_before("live") == "Press Start, then go through its lines, forwards and back"
    assert stage.choice_bar._empty_word() == "Whose turn it is appears here, at each line of the recording."
    record(stage, qtbot)
    assert view.word_before("live") == "Nothing of it has happened yet at this moment"
    stage.stepper.go_to(stage.stepper.last_step)
    assert view.word_before("live") == "Nothing of it was seen in this run"
    assert "The program ended." in stage.sentence.steps.note() and "schedule" not in stage.sentence.steps.note()


def test_a_recorded_run_is_shown_from_where_it_begins_to_do_something(stage: Stage) -> None:
    assert stage.run.last_state.model == LINES
    assert stage.stepper.step == 1
    assert stage.stepper.last_step > 15
    assert line(stage) == 2
    assert stage.sentence.label.text().startswith("MainThread: line 2")
    assert words_of(stage)["main"].below.startswith("next: line 8")
    stage.stepper.back()
    settle()
    assert stage.stepper.step == 0
    assert words_of(stage)["main"].below.startswith("next: line 2")


def agreeing(stage: Stage) -> int:
    """How many actors have a button, a card and a badge that name the same line; fails where they do not."""
    frames = next((one for one in stage.views if isinstance(one, FramesView)), None)
    badges = {actor.id: line for line, actors in stage.code.pointers.items() for actor in actors}
    signs = {actor.id: stage.code._gutter.sign_of(actor) for actors in stage.code.pointers.values() for actor in actors}
    seen = 0
    for id, words in words_of(stage).items():
        assert badges.get(id, 0) == line_in(words.below), words
        assert signs.get(id, words.sign) == words.sign
        frame = stage.run.state.frames.get(words.number)
        if frame is not None and badges.get(id):
            assert unpack_place(frame.place)[1] == badges[id], words
            doing = frames.words(frame).doing if frames is not None else ""
            assert not doing or (line_in(doing) == badges[id] and doing.startswith("next: ") == words.enabled), (words, doing)
            seen += 1
    return seen


def test_button_card_and_code_agree_on_where_each_one_stands(stage: Stage) -> None:
    seen = 0
    for step in range(stage.stepper.last_step):
        stage.stepper.go_to(step)
        settle()
        seen += agreeing(stage)
        following = next(line_in(words.below) for words in words_of(stage).values() if words.enabled)
        stage.stepper.go_to(step + 1)
        settle()
        assert line(stage) == following
    assert seen > 20


def test_forward_and_back_go_by_a_line(stage: Stage) -> None:
    seen = []
    for _ in range(6):
        seen.append(line(stage))
        stage.stepper.forward()
        settle()
    assert seen[:3] == [2, 8, 9]
    stage.stepper.back()
    settle()
    assert line(stage) == seen[-1]


def test_a_turn_goes_on_until_somebody_else_has_the_thread(stage: Stage) -> None:
    movers = [stage.run.state.actor(number).id for number in stage.run.steps.actors()]
    stage.step_controls.reach.show_code("change")
    settle()
    click(button_that_goes_on(stage))
    settle()
    step = stage.stepper.step
    assert movers[step] != movers[0]
    assert set(movers[:step]) == {"main"}


def test_actors_are_counted_without_gaps_and_their_keys_are_their_badges(built: Application, qtbot) -> None:
    stage = built.window.show_scenario("coroutines.asyncio")
    record(stage, qtbot)
    signs = {}
    for step in range(0, stage.stepper.last_step, 4):
        stage.stepper.go_to(step)
        settle()
        agreeing(stage)
        signs |= {id: words.sign for id, words in words_of(stage).items()}
    assert signs == {"main": "0", "k1": "1", "k2": "2", "k3": "3", "k4": "4"}


def test_headline_and_list_say_the_text_of_the_line(stage: Stage) -> None:
    source = TURNS.split("\n")
    for step in (1, 4, stage.stepper.last_step // 2):
        stage.stepper.go_to(step)
        settle()
        number = line(stage)
        said = f"line {number}: {source[number - 1].strip()}"
        assert stage.sentence.label.text().endswith(said)
        assert stage.steps.model.index(step - 1).data().endswith(said)


def button_that_goes_on(stage: Stage) -> ChoiceButton:
    """The button of whoever goes next."""
    return next(one for one in stage.choice_bar.buttons if one.isVisible() and one.words.enabled)


def test_back_and_forward_go_by_a_turn_where_that_is_chosen(stage: Stage) -> None:
    movers = list(stage.run.steps.actors())
    ends = [step for step in range(1, len(movers)) if movers[step - 1] != movers[step]] + [len(movers)]
    stage.step_controls.reach.show_code("change")
    for end in ends:
        QTest.keyClick(stage, Qt.Key.Key_Right)
        settle()
        assert stage.stepper.step == end
    for end in [*ends[-2::-1], 0]:
        click(stage.timeline._back)
        settle()
        assert stage.stepper.step == end
    click(stage.timeline._forward)
    settle()
    assert stage.stepper.step == ends[0]


def test_the_keyboard_stays_on_the_button_that_was_pressed(stage: Stage, built: Application) -> None:
    stage.step_controls.reach.show_code("change")
    button = button_that_goes_on(stage)
    pressed = button.words.id
    click(button)
    settle()
    assert button.words.id == pressed and not button.words.enabled
    assert built.window.focusWidget() is button
    step = stage.stepper.step
    QTest.keyClick(button, Qt.Key.Key_Space)
    settle()
    assert stage.stepper.step == step
    button_that_goes_on(stage).setFocus()
    settle()
    assert not button.isEnabled()


def test_the_keyboard_stays_with_an_actor_whose_button_moves_and_comes_back(stage: Stage, built: Application) -> None:
    numbers = [one.words.number for one in stage.choice_bar.buttons if one.isVisible()]
    stage.stepper.go_to(stage.stepper.last_step // 2)
    settle()
    last = [one for one in stage.choice_bar.buttons if one.isVisible()][-1]
    number = last.words.number
    assert number not in numbers
    last.take_focus()
    stage.stepper.go_to(0)
    settle()
    assert built.window.focusWidget() is stage.choice_bar
    stage.stepper.go_to(stage.stepper.last_step // 2)
    settle()
    focused = built.window.focusWidget()
    assert isinstance(focused, ChoiceButton) and focused.words.number == number


def test_the_buttons_say_who_is_suspended_where(stage: Stage) -> None:
    last = len(stage.run.steps)
    stage.stepper.go_to(last - 1)
    settle()
    words = {one.words.id: one.words for one in stage.choice_bar.buttons if one.isVisible()}
    enabled = [id for id, one in words.items() if one.enabled]
    assert len(enabled) == 1
    stage.stepper.go_to(8)
    settle()
    words = {one.words.id: one.words for one in stage.choice_bar.buttons if one.isVisible()}
    suspended = [one for one in words.values() if not one.enabled]
    assert suspended and all("line" in one.below or "not begun" in one.below for one in suspended)
    assert {one.sign for one in words.values()} <= {"0", "1", "2"}


def test_choosing_somebody_who_is_suspended_does_nothing(stage: Stage) -> None:
    step = stage.stepper.step
    stage.stepper.press("i1")
    settle()
    assert stage.stepper.step == step


def test_controls_that_make_no_sense_are_not_there(stage: Stage) -> None:
    controls = stage.step_controls
    assert not controls.model_box.isVisible()
    assert not controls.schedule_button.isVisible()
    assert not controls.random_button.isVisible()
    assert not controls.reach.buttons["operation"].isVisible()
    assert controls.reach.code in ("line", "change")


def test_threads_are_stepped_as_before(built: Application) -> None:
    stage = built.window.show_scenario("iterators.send")
    click(stage.run_bar.mode.buttons["step"])
    other = built.window.show_scenario("races.lost_update")
    click(other.run_bar.mode.buttons["step"])
    settle()
    assert other.step_controls.model_box.isVisible()
    assert other.step_controls.reach.code == "operation"


def test_the_variables_tab_lists_the_locals_of_every_frame(stage: Stage) -> None:
    stage.tabs.setCurrentWidget(stage.step_variables)
    stage.stepper.go_to(len(stage.run.steps))
    settle()
    model = stage.step_variables.model
    shown = {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}
    assert {name: shown[name] for name in ("one · word", "one · said", "other · word", "other · said")} == {
        "one · word": "'a'", "one · said": "1", "other · word": "'b'", "other · said": "1",
    }  # fmt: skip
    before = shown["other · said"]
    stage.stepper.go_to(8)
    settle()
    shown = {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}
    assert shown.get("other · said", "") != before


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda one: one.id)
def test_every_program_of_these_topics_is_recorded_and_gone_through(built: Application, qtbot, program) -> None:
    assert steps_by_line(program)
    stage = built.window.show_scenario(program.id)
    quick = {one.name: 0.01 for one in program.parameters if "PAUSE" in one.name or one.name in ("WORK", "PATIENCE")}
    small = program.block.expect.get("set", {})
    click(stage.run_bar.mode.buttons["step"])
    stage.run_bar.parameters.show_program(program, {**program.defaults(), **small, **quick})
    record(stage, qtbot)
    assert stage.run.last_state.ended is not None and stage.run.last_state.ended.outcome == "finished"
    assert stage.stepper.step == stage.stepper.lines.first_shown() > 0
    middle, most = stage.stepper.last_step // 2, 30
    for step in range(most):
        stage.stepper.go_to(stage.stepper.last_step * step // most)
        settle()
        agreeing(stage)
    stage.stepper.go_to(middle)
    settle()
    assert stage.stepper.step == middle and line(stage) > 0
    stage.stepper.back()
    settle()
    assert stage.stepper.step == middle - 1


ASKING = """
print("hello")
def turns():
    for number in range(3):
        yield number
for number in turns():
    print(number)
name = input("name? ")
print(name)
"""


def test_the_newest_step_is_reached_while_a_program_that_acts_at_once_waits_for_input(built: Application, qtbot, tmp_path: Path) -> None:
    path = tmp_path / "asking.py"
    path.write_text(ASKING.lstrip(), encoding="utf-8")
    assert built.window.show_script(path)
    stage = built.window.script_page.stage
    click(stage.run_bar.mode.buttons["step"])
    click(stage.run_bar.run_button)
    qtbot.waitUntil(lambda: bool(stage.run.last_state.asking) and len(stage.run.steps) > 4, timeout=PATIENCE)
    settle()
    assert stage.stepper.step == 0, "it begins where the program begins to do something: at once"
    stage.stepper.go_to(stage.stepper.last_step)
    settle()
    assert stage.stepper.step == stage.stepper.last_step
    stage.stop()
    qtbot.waitUntil(lambda: not stage.is_running, timeout=PATIENCE)
