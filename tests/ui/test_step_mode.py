"""Step mode on the stage: the switch, the choice bar, steps, variables, the time line, schedules. Real labs step."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QSlider, QWidget

from concsim.bridge.choices import digit_of
from concsim.bridge.run_model import RunModel
from concsim.bridge.stepper import Stepper
from concsim.control.catalogue import STEPPED_TOPICS, read_catalogue, topic_of
from concsim.model import events
from concsim.model.encoding import Batch
from concsim.model.events import STEP_NS, Kind, pack_code
from concsim.model.folding.state import State
from concsim.model.recordings.recording import Recording
from concsim.model.recordings.recording import fold as fold_frame
from concsim.ui.application import Application
from concsim.ui.code.step_marks import utf16_column
from concsim.ui.stage.stage import Stage
from concsim.ui.stepping.steps_model import StepsModel
from concsim.ui.stepping.variable_rows import rows_of
from concsim.ui.text.language import Language
from concsim.ui.views.graph.graph_words import kind_word
from concsim.ui.views.shared.pixel_runs import TimeScale
from concsim.ui.views.shared.time_axis import step_ticks
from concsim.ui.views.shared.wait_edges import THING, wait_graph_of
from concsim.ui.views.shared.wait_words import heading_of
from tests.ui.test_window import press, settle, unnamed
from tests.ui.views_fixtures import FIRST, MAIN, SECOND, actor, fold, fold_batch

PATIENCE = 30_000
PROGRAMS = [one for one in read_catalogue() if topic_of(one) in STEPPED_TOPICS]
RACE = """
import threading
total = 0
def work():
    global total
    total += 1
first = threading.Thread(target=work, name="first")
second = threading.Thread(target=work, name="second")
first.start(); second.start(); first.join(); second.join()
"""


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def enter(stage: Stage, qtbot) -> Stage:
    """Change to Step mode and start, by the buttons."""
    click(stage.run_bar.mode.buttons["step"])
    click(stage.run_bar.run_button)
    qtbot.waitUntil(lambda: stage.stepper.waits_for_choice, timeout=PATIENCE)
    settle()
    return stage


def at_rest(stage: Stage) -> bool:
    return not stage.stepper.is_busy or not stage.run.running


def choose(stage: Stage, qtbot, *ids: str) -> None:
    """Press actors' buttons, each when the one before has been answered."""
    for id in ids:
        button = next(one for one in stage.choice_bar.buttons if one.isVisible() and one.words.id == id)
        assert button.isEnabled(), (id, button.words)
        click(button)
        qtbot.waitUntil(lambda: at_rest(stage), timeout=PATIENCE)
        settle()


@pytest.fixture
def race(built: Application, qtbot, tmp_path: Path) -> Iterator[Stage]:
    """The smallest race, free-threaded, at its first choice."""
    path = tmp_path / "race.py"
    path.write_text(RACE)
    assert built.window.show_script(path)
    stage = built.window.script_page.stage
    click(stage.run_bar.mode.buttons["step"])
    stage.step_controls.show_model("free-threaded")
    yield enter(stage, qtbot)


LOST = """
import threading
def counter():
    count = 0
    def add():
        nonlocal count
        seen = count
        count = seen + 1
    threads = [threading.Thread(target=add, name=name) for name in ("Ann", "Ben")]
    for one in threads: one.start()
    for one in threads: one.join()
counter()
"""


def test_that_what_each_thread_has_read_stands_beside_its_button_and_in_the_code(built: Application, qtbot, tmp_path: Path) -> None:
    """The reason for a lost update, forwards and back."""
    (tmp_path / "lost.py").write_text(LOST)
    assert built.window.show_script(tmp_path / "lost.py")
    stage = built.window.script_page.stage
    click(stage.run_bar.mode.buttons["step"])
    stage.step_controls.show_model("free-threaded")
    enter(stage, qtbot)

    def held() -> dict[str, str]:
        return {one.words.id: one.words.locals for one in stage.choice_bar.buttons if one.isVisible()}

    choose(stage, qtbot, "main", "main", "t1")
    assert held() == {"main": "", "t1": "seen = 0", "t2": ""}
    choose(stage, qtbot, "t2")
    assert held() == {"main": "", "t1": "seen = 0", "t2": "seen = 0"}
    assert stage.code.values == {8: "1: seen = 0   2: seen = 0"}
    rows, _ = rows_of(stage.stepper.run.state)
    assert [(one.name, one.value) for one in rows if "seen" in one.name] == [("Ann · seen", "0"), ("Ben · seen", "0")]
    choose(stage, qtbot, "t2", "t1")
    assert stage.code.values == {}
    for _ in range(2):
        click(stage.timeline._back)
        settle()
    assert held()["t2"] == "seen = 0" and stage.code.values == {8: "1: seen = 0   2: seen = 0"}


SPIN = """
import threading
flag = False
def wait():
    while not flag: pass
thread = threading.Thread(target=wait, name="Ann")
thread.start()
thread.join()
def never():
    global flag
    flag = True
"""


def test_that_a_livelock_has_its_own_word_everywhere_and_names_the_variable(built: Application, qtbot, tmp_path: Path) -> None:
    (tmp_path / "spin.py").write_text(SPIN)
    assert built.window.show_script(tmp_path / "spin.py")
    stage = enter(built.window.script_page.stage, qtbot)
    choose(stage, qtbot, "t1")
    qtbot.waitUntil(lambda: stage.run.last_state.spins, timeout=PATIENCE)
    settle()
    state = stage.stepper.run.state
    said = stage.sentence.steps.text()
    assert said.startswith("Livelock: Ann looks again and again at flag, which nobody is left to change (line 5)")
    graph = wait_graph_of(state)
    (awaited,) = [edge.end for edge in graph.edges if edge.end.what == THING]
    assert (heading_of(state, graph), kind_word(state, awaited), state.name_of(awaited.number)) == ("livelock", "variable", "flag")
    assert not state.things, "a view makes nothing up"


# the switch


def test_live_and_step_are_two_modes_of_one_stage(built):
    stage = built.window.show_scenario("races.lost_update")
    parts = stage.code, stage.timeline, stage.sentence
    assert stage.run_bar.run_button.text() == "▶ Run" and not stage.choice_bar.isVisible()
    press(built, "F2")
    assert stage.stepping and stage.choice_bar.isVisible()
    assert stage.run_bar.run_button.text() == "▶ Start" and not stage.run_bar.repeat_box.isVisible()
    assert "Press Start" in stage.sentence.label.text()
    assert stage.run_bar.parameters.values["THREADS"] == 2, "stepping begins small"
    press(built, "F2")
    assert not stage.stepping and stage.run_bar.parameters.values["THREADS"] == 4
    assert parts == (stage.code, stage.timeline, stage.sentence)


def set_value(stage: Stage, name: str, value: object) -> None:
    """Set a parameter by its own control."""
    control = next(one for one in stage.run_bar.parameters._controls if one.parameter.name == name)
    editor = control._editor
    editor.setChecked(value) if isinstance(editor, QCheckBox) else editor.setValue(value)


def test_a_value_that_was_set_goes_along_to_the_other_mode_and_back(built):
    stage = built.window.show_scenario("coroutines.asyncio")
    parameters = stage.run_bar.parameters
    set_value(stage, "BLOCKING", True)
    press(built, "F2")
    assert stage.stepping and parameters.values["BLOCKING"] is True
    set_value(stage, "ROUNDS", 7)
    press(built, "F2")
    assert not stage.stepping and parameters.values["BLOCKING"] is True and parameters.values["ROUNDS"] == 7
    built.window.show_scenario("coroutines.gevent_sleep")
    built.window.show_scenario("coroutines.asyncio")
    assert parameters.values["BLOCKING"] is False, "another program has left the stage since"


def test_each_mode_keeps_its_own_value_where_stepping_begins_small(built):
    stage = built.window.show_scenario("races.lost_update")
    parameters = stage.run_bar.parameters
    set_value(stage, "THREADS", 6)
    press(built, "F2")
    assert parameters.values["THREADS"] == 2, "stepping begins small"
    set_value(stage, "THREADS", 3)
    press(built, "F2")
    assert parameters.values["THREADS"] == 6
    press(built, "F2")
    assert parameters.values["THREADS"] == 3
    built.window.show_scenario("races.mutex")
    built.window.show_scenario("races.lost_update")
    assert stage.stepping and parameters.values["THREADS"] == 2


def test_pressing_the_mode_that_is_on_keeps_the_run(race):
    session = race.run.session
    click(race.run_bar.mode.buttons["step"])
    assert race.run.session is session and race.run.running


def test_a_topic_that_cannot_be_stepped_says_so(built):
    stage = built.window.show_scenario("pools.threads")
    step = stage.run_bar.mode.buttons["step"]
    assert not step.isEnabled() and "live only" in step.toolTip()
    press(built, "F2")
    assert not stage.stepping


@pytest.mark.parametrize("big", [False, True], ids=["ordinary type", "large type"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_stepped_scenario_fits_a_small_screen(built, big, language, monkeypatch):
    window = built.window
    built.theme.set_big(big)
    built.language.choose(language)
    window.resize(1280, 800)
    too_high = {}
    for program in PROGRAMS:
        stage = window.show_scenario(program.id)
        stage.show_mode("step")
        monkeypatch.setattr(stage.stepper, "choices", list)
        stage.choice_bar.setFixedHeight(stage.choice_bar._row_height() * (1 if big else 2))
        settle()
        bottom = stage.timeline.mapTo(window, QPoint(0, stage.timeline.height())).y()
        if max(window.minimumSizeHint().height(), window.height(), bottom) > 800:
            too_high[program.id] = window.minimumSizeHint().height()
    assert too_high == {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_control_of_stepping_has_a_name_a_tooltip_and_a_key(built, race, language):
    built.language.choose(language)
    for index in range(race.tabs.count()):
        race.tabs.setCurrentIndex(index)
        settle()
        assert unnamed(built.window) == []


# the choice bar


def test_digits_stand_for_main_and_the_first_nine_threads():
    assert [digit_of(id) for id in ("main", "t1", "t9", "t10", "k1")] == ["0", "1", "9", "", ""]


def test_each_actor_has_a_button_that_says_what_it_does_next(race, qtbot):
    words = [one.words for one in race.choice_bar.buttons if one.isVisible()]
    assert [(one.sign, one.name, one.below) for one in words] == [
        ("0", "MainThread", "next: start second"), ("1", "first", "next: read total"),
    ]  # fmt: skip
    choose(race, qtbot, "main", "t1")
    words = {one.words.id: one.words for one in race.choice_bar.buttons if one.isVisible()}
    assert words["t1"].below == "next: write total = 1" and words["t1"].word == "running"
    assert words["t2"].word == "ready" and "Key 2" in words["t2"].tip
    assert not words["main"].enabled and words["main"].below == "waits for first to end"


def test_a_button_that_is_off_says_by_whom_the_lock_is_held_and_where_it_is_awaited(built, qtbot):
    stage = enter(built.window.show_scenario("deadlock.two_locks"), qtbot)
    for id in ("main", "t1", "t1", "t2", "t2", "t1", "t1"):
        if any(one.id == id and one.enabled for one in stage.stepper.choices()):
            choose(stage, qtbot, id)
    blocked = next(one.words for one in stage.choice_bar.buttons if one.isVisible() and one.words.id == "t1")
    line = stage.program.source.splitlines().index("        with lock_b:") + 1
    assert blocked.below == f"waits for lock_b, held by thread-b (line {line})"
    assert not blocked.enabled and blocked.below in blocked.tip


def test_digits_pressed_ahead_of_the_screen_are_neither_lost_nor_swapped(race, qtbot):
    """All keys are pressed before the first answer can be seen; the last is pressed in the past, and the next ahead."""
    for id in ("main", "t1", "t2", "t2", "t1"):
        race.choice_bar.pressed.emit(id, "operation")
    qtbot.waitUntil(lambda: race.stepper.last_step == 7 and at_rest(race), timeout=PATIENCE)
    assert [race.run.state.name_of(race.run.steps.actor_of(step)) for step in (3, 4, 5, 6, 7)] == [
        "MainThread", "first", "second", "second", "first",
    ]  # fmt: skip
    assert race.sentence.label.text() == "first wrote total = 1, over second's 1: one update lost."
    race.stepper.go_to(3)
    session = race.run.session
    for id in ("t2", "t2", "t1", "t1"):
        race.choice_bar.pressed.emit(id, "operation")
    qtbot.waitUntil(lambda: race.run.session is not session and race.stepper.last_step == 7 and at_rest(race), timeout=PATIENCE)
    assert race.sentence.label.text() == "first wrote total = 2."


def test_the_keys_of_digits_choose_and_follow_the_switch(built, race, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(race.stepper, "press", lambda actor, until: asked.append((actor, until)))
    for keys in ("0", "Shift+1", "Alt+1", "9"):  # there is no t9
        press(built, keys)
    press(built, "F8")
    press(built, "1")
    assert asked == [("main", "operation"), ("t1", "line"), ("t1", "change"), ("t1", "line")]


def test_digits_are_text_where_text_is_typed(built, race, qtbot):
    race.run_bar.setFocus()
    arguments = built.window.script_page.side.arguments
    built.window.activateWindow()
    qtbot.waitUntil(built.window.isActiveWindow, timeout=PATIENCE)
    arguments.setFocus()
    QTest.keyClicks(arguments, "01")
    assert arguments.text() == "01" and race.stepper.last_step == 2


def test_many_threads_have_buttons_that_can_be_scrolled_to(built, qtbot, monkeypatch):
    stage = built.window.show_scenario("threads.how_many")
    stage.show_mode("step")
    run = stage.run
    fold(run, events.RoundStarted(0, 1, {}, "", "gil"))
    fold(run, *(actor(n, f"t{n - 1}" if n > 1 else "main", f"worker-{n}") for n in range(1, 65)))
    run.last_state.fold_batch(Batch([0] * 64, list(range(1, 65)), [pack_code(Kind.READY, 0)] * 64, [0] * 64, [0.0] * 64))
    run.changed.emit()
    settle()
    bar = stage.choice_bar
    assert len([one for one in bar.buttons if one.isVisible()]) == 64
    assert bar.height() <= 2 * bar._row_height() + 8
    assert bar._scroll.verticalScrollBar().maximum() > 0
    assert len({one.pos().toTuple() for one in bar.buttons}) == 64


# steps


def test_the_list_of_steps_goes_where_one_is_pressed(race, qtbot):
    choose(race, qtbot, "main", "t1", "t2", "t2", "t1")
    race.tabs.setCurrentWidget(race.steps)
    settle()
    model, view = race.steps.model, race.steps.list
    assert model.index(6).data() == "first wrote total = 1, over second's 1: one update lost."
    assert model.index(6).data(StepsModel.BAD) and not model.index(5).data(StepsModel.BAD)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(model.index(3)).center())
    assert race.stepper.step == 4 and race.sentence.label.text() == "first read total: 0."
    assert model.index(6).data() == "first wrote total = 1, over second's 1: one update lost.", "as it was then"


def test_a_lock_that_was_got_is_said_to_be_so_long_after(built, qtbot):
    stage = enter(built.window.show_scenario("deadlock.one_order"), qtbot)
    stage.stepper.slow_motion.play("random", 1)
    qtbot.waitUntil(lambda: stage.run.state.ended is not None, timeout=PATIENCE)
    said = [stage.steps.model.index(row).data() for row in range(stage.steps.model.rowCount())]
    assert any("acquired lock_a" in one for one in said) and not any("did not get" in one for one in said)


def stepped_run(steps: int) -> RunModel:
    """A run of so many steps, folded from rows."""
    run = RunModel()
    fold(run, events.RoundStarted(0, 1, {}, "", "free-threaded"))
    fold(run, actor(MAIN, "main", "MainThread"), actor(FIRST, "t1", "first"), actor(SECOND, "t2", "second"))
    fold(run, events.ObjectDeclared(0, 9, "variable", "total"))
    add_steps(run, 1, steps)
    return run


def add_steps(run: RunModel, first: int, last: int) -> None:
    numbers = range(first, last + 1)
    codes = [pack_code(Kind.WRITE if step % 2 else Kind.READ, 9) for step in numbers]
    fold_batch(run, Batch([step * STEP_NS for step in numbers], [1 + step % 3 for step in numbers], codes, [0] * len(codes), [float(step) for step in numbers]))


def test_the_model_of_steps_keeps_qts_rules_and_says_little_of_much(qtmodeltester, qtbot):
    run = stepped_run(100_000)
    model = StepsModel(Stepper(run, lambda *_: None, run), Language("en", run))
    said = []
    model._say = lambda step: said.append(step) or f"step {step}"  # type: ignore[method-assign,func-returns-value]
    model._say.cache_clear = lambda: None  # type: ignore[attr-defined]
    added = []
    model.rowsInserted.connect(lambda _, first, last: added.append((first, last)))
    add_steps(run, 100_001, 100_005)
    run.changed.emit()
    assert model.rowCount() == 100_005 and added == [(100_000, 100_004)] and not said
    small = stepped_run(30)
    qtmodeltester.check(StepsModel(Stepper(small, lambda *_: None, small), Language("en", small)))


# variables


def test_variables_tell_who_read_and_who_wrote_last_and_lead_there(race, qtbot):
    choose(race, qtbot, "main", "t1", "t2", "t2")
    race.tabs.setCurrentWidget(race.step_variables)
    settle()
    model = race.step_variables.model
    rows = {model.index(row, 0).data(): [model.index(row, column).data() for column in (1, 2, 3)] for row in range(model.rowCount())}
    assert rows["total"] == ["1", "second · 5", "second · 6"]
    assert model.touched_row() == list(rows).index("total")
    table = race.step_variables.table
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(model.index(model.touched_row(), 2)).center())
    assert race.stepper.step == 5
    assert model.index(model.touched_row(), 1).data() == "0"


# code


def test_columns_of_characters_are_found_in_qts_units():
    assert [utf16_column("a🧵b", column) for column in (0, 1, 2, 3)] == [0, 1, 3, 4]


def test_the_operation_of_the_step_is_marked_to_the_column_and_that_of_a_button_pointed_at(built, qtbot, tmp_path):
    path = tmp_path / "own.py"
    path.write_text(RACE.replace("    total += 1", '    "🧵"; total += 1'))
    built.window.show_script(path)
    stage = built.window.script_page.stage
    enter(stage, qtbot)
    choose(stage, qtbot, "main", "t1")
    stage.marks.point_at(0)  # the mouse may be over a button, wherever that has come to lie
    marked = [one.cursor.selectedText() for one in stage.code.extraSelections() if one.cursor.hasSelection()]
    assert marked == ["total += 1"] or marked == ["total"]
    stage.marks.point_at(next(one.number for one in stage.stepper.choices() if one.id == "t2"))
    assert len([one for one in stage.code.extraSelections() if one.cursor.hasSelection()]) == 2
    line = path.read_text().splitlines().index('    "🧵"; total += 1') + 1
    assert {one.id for one in stage.code.pointers[line]} == {"t1", "t2"}, "where they go on"


# the time line


def test_the_time_line_counts_steps_and_scrubs_by_whole_ones(built, race, qtbot):
    choose(race, qtbot, "main", "t1", "t1")
    line = race.timeline
    slider = line.findChild(QSlider, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert line._time.text() == "step 5 of 5" and slider.maximum() == 5
    slider.setValue(4)
    assert race.stepper.step == 4 and line._time.text() == "step 4 of 5"
    click(line._back)
    assert race.stepper.step == 3
    press(built, "Backspace")
    press(built, "Right")
    press(built, "Left")
    assert race.stepper.step == 2
    click(line._first)
    assert race.stepper.step == 0 and not line._back.isEnabled()
    click(line._live)
    assert race.stepper.step == 5
    race.show_mode("live")
    assert line._back.shortcut().toString() == "Ctrl+Left"


def test_the_axis_of_lanes_has_whole_steps():
    ticks = step_ticks(TimeScale(STEP_NS, 41 * STEP_NS, 400), 40)
    assert [tick.text for tick in ticks] == ["5", "10", "15", "20", "25", "30", "35", "40"]
    assert ticks[0].x == pytest.approx(45)


def test_each_step_has_a_cell_in_the_lane_of_who_took_it(race, qtbot):
    choose(race, qtbot, "main", "t1", "t2", "t2", "t1")
    lanes = race.views[0]
    rows = lanes.rows()
    place = lanes.geometry_of(rows)
    scale = lanes.scale_of(place)
    picture = lanes.grab().toImage()
    running, danger = race._theme.colours.running, race._theme.colours.danger
    found = {}
    for index, one in enumerate(rows):
        for step in range(1, 8):
            x = place.left + scale.x(step * STEP_NS) + 5
            colour = picture.pixelColor(round(x), place.y_of(index) + place.row - 6).name()
            if colour in (running, danger):
                found[step] = (one.id, colour == danger)
    assert found == {
        1: ("main", False), 2: ("main", False), 3: ("main", False), 4: ("t1", False), 5: ("t2", False),
        6: ("t2", False), 7: ("t1", True),
    }  # fmt: skip


def test_every_step_is_drawn_however_busy_the_views_are(built, qtbot):
    stage = enter(built.window.show_scenario("races.lost_update"), qtbot)
    chart = next(view for view in stage.views if hasattr(view, "plot"))
    chart.throttle.is_due = lambda: False
    choose(stage, qtbot, "main")
    assert chart.plot._cursor.value() * 1000 == pytest.approx(stage.stepper.step)


# schedules


def test_a_schedule_is_saved_opened_without_running_and_replayed(built, race, qtbot, tmp_path):
    choose(race, qtbot, "main", "t1", "t2", "t2", "t1")
    saved = tmp_path / "lost.json"
    race.schedules.save(str(saved))
    click(race.run_bar.run_button)
    qtbot.waitUntil(lambda: race.stepper.waits_for_choice and race.stepper.last_step == 2, timeout=PATIENCE)
    built.open_path(str(saved))
    settle()
    assert not race.run.running and race.run.session is None
    assert "Nothing has run yet" in race.sentence.label.text() and race.run_bar.run_button.text() == "▶ Replay"
    click(race.run_bar.run_button)
    qtbot.waitUntil(lambda: race.stepper.last_step == 7 and race.stepper.waits_for_choice, timeout=PATIENCE)
    settle()
    assert race.sentence.label.text() == "first wrote total = 1, over second's 1: one update lost."
    assert race.run_bar.run_button.text() == "↻ Restart"


def test_a_schedule_for_another_version_is_refused_in_one_sentence(built, race, qtbot, tmp_path):
    choose(race, qtbot, "main")
    saved = tmp_path / "one.json"
    race.schedules.save(str(saved))
    data = json.loads(saved.read_text())
    saved.write_text(json.dumps(data | {"sha256": "0" * 64}))
    built.open_path(str(saved))
    assert "another version" in built.window.notice.label.text()
    saved.write_text("{")
    built.open_path(str(saved))
    assert "is not a schedule" in built.window.notice.label.text()


def test_a_replay_that_differs_says_at_which_step(built, race, qtbot, tmp_path):
    choose(race, qtbot, "main", "t1")
    saved = tmp_path / "one.json"
    race.schedules.save(str(saved))
    data = json.loads(saved.read_text())
    data["operations"] = [one.replace("read total = 0", "read total = 5") for one in data["operations"]]
    saved.write_text(json.dumps(data))
    built.open_path(str(saved))
    click(race.run_bar.run_button)
    qtbot.waitUntil(lambda: "Step 4 is not what it was" in race.sentence.label.text(), timeout=PATIENCE)
    assert "read total = 5" in race.sentence.label.text()


def test_the_command_line_on_the_clipboard_takes_the_same_steps(race, qtbot):
    choose(race, qtbot, "main", "t1", "t2", "t2", "t1")
    race.schedules.copy()
    words = shlex.split(QApplication.clipboard().text())
    assert words[:2] == ["concsim", "step"]
    ran = subprocess.run([sys.executable, "-m", *words, "--json"], capture_output=True, text=True, timeout=60)
    steps = [json.loads(line) for line in ran.stdout.splitlines()][:7]
    assert [one["actor"] for one in steps] == ["main", "main", "main", "t1", "t2", "t2", "t1"], ran.stderr


# languages, recordings


def test_the_language_changes_while_stepping(built, race, qtbot):
    choose(race, qtbot, "main", "t1", "t2", "t2", "t1")
    built.language.choose("zh")
    settle()
    assert race.sentence.label.text() == "first 写入 total = 1，盖过 second 写的 1：丢失一次更新。"
    words = {one.words.id: one.words for one in race.choice_bar.buttons if one.isVisible()}
    assert (words["main"].word, words["main"].below) == ("就绪", "下一步：等 first 结束")
    assert race.steps.model.index(3).data() == "first 读到 total 为 0。"
    assert race.timeline._time.text() == "第 7 步 / 共 7 步"


def test_an_opened_recording_of_steps_goes_back_and_another_way(built, race, qtbot, tmp_path):
    choose(race, qtbot, "main", "t1", "t2", "t2", "t1")
    saved = tmp_path / "saved.concsim"
    built.save_recording(str(saved))
    qtbot.waitUntil(lambda: saved.exists() and not saved.with_name(saved.name + ".part").exists(), timeout=PATIENCE)
    built.open_path(str(saved))
    assert race.stepping and race.run.session is None
    qtbot.waitUntil(lambda: race.stepper.last_step == 7, timeout=PATIENCE)
    assert race.step_controls.model == "free-threaded"
    race.stepper.go_to(4)
    settle()
    assert race.sentence.label.text() == "first read total: 0."
    choose(race, qtbot, "t1")
    qtbot.waitUntil(lambda: race.stepper.last_step == 5 and at_rest(race), timeout=PATIENCE)
    settle()
    assert race.sentence.label.text() == "first wrote total = 1."


def test_a_run_that_waits_for_a_choice_is_in_its_file(race, qtbot):
    def steps_in_file() -> int:
        recording = Recording(race.run.recording_path)
        state = State()
        for frame in recording.frames():
            fold_frame(state, frame)
        recording.close()
        return state.step

    choose(race, qtbot, "main", "t1", "t2")
    qtbot.waitUntil(lambda: steps_in_file() == 5, timeout=5_000)


def test_a_changed_parameter_and_another_model_begin_the_run_again(built, qtbot):
    stage = enter(built.window.show_scenario("races.lost_update"), qtbot)
    session = stage.run.session
    stage.run_bar.parameters.value_changed.emit("THREADS", 2)
    qtbot.waitUntil(lambda: stage.run.session is not session and stage.stepper.waits_for_choice, timeout=PATIENCE)
    session = stage.run.session
    stage.step_controls.show_model("free-threaded")
    stage.step_controls.model_chosen.emit("free-threaded")
    qtbot.waitUntil(lambda: stage.run.session is not session and stage.stepper.waits_for_choice, timeout=PATIENCE)
    assert stage.run.state.model == "free-threaded"


def test_every_key_of_the_stage_is_the_key_of_one_thing(built, race):
    keys = [one.key().toString() for one in built.window.findChildren(QShortcut) if one.isEnabled() and one.parent().isVisible()]
    from PySide6.QtWidgets import QAbstractButton

    keys += [one.shortcut().toString() for one in built.window.findChildren(QAbstractButton) if one.isVisible() and not one.shortcut().isEmpty()]
    assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)
