"""A person steps in the real window: makes a deadlock by hand and avoids it, loses an update, finds a race of their own."""

from __future__ import annotations

import textwrap
from pathlib import Path

import psutil
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from concsim.ui.application import Application
from concsim.ui.stage.stage import Stage
from concsim.ui.stepping.choice_button import ChoiceButton
from concsim.ui.views.graph.wait_graph_view import WaitGraphView

PATIENCE = 30_000


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def key(built: Application, name: Qt.Key) -> None:
    QTest.keyClick(built.window, name)


def start(built: Application, stage: Stage, qtbot, model: str = "") -> None:
    click(stage.run_bar.mode.buttons["step"])
    if model:
        box = stage.step_controls.model_box
        box.setFocus()
        while box.currentData() != model:
            QTest.keyClick(box, Qt.Key.Key_Down)
    click(stage.run_bar.run_button)
    qtbot.waitUntil(lambda: stage.stepper.waits_for_choice, timeout=PATIENCE)
    built.window.activateWindow()
    qtbot.waitUntil(built.window.isActiveWindow, timeout=PATIENCE)
    qtbot.waitUntil(lambda: buttons(stage) != {}, timeout=PATIENCE)


def buttons(stage: Stage) -> dict[str, ChoiceButton]:
    return {one.words.id: one for one in stage.choice_bar.buttons if one.isVisible() and one.words is not None}


def press(built: Application, stage: Stage, qtbot, digits: str) -> None:
    """Press digits, each once what the one before did is on the screen."""
    for digit in digits:
        key(built, Qt.Key(int(Qt.Key.Key_0) + int(digit)))
        qtbot.waitUntil(lambda: not stage.stepper.is_busy or not stage.is_running, timeout=PATIENCE)
        QApplication.processEvents()


def line_of(stage: Stage, id: str) -> str:
    return buttons(stage)[id].words.below if id in buttons(stage) else ""


def press_until(built: Application, stage: Stage, qtbot, digit: str, id: str, words: str) -> None:
    """Press a digit until the actor's button says *words*."""
    for _ in range(20):
        if words in line_of(stage, id):
            return
        press(built, stage, qtbot, digit)
    raise AssertionError(f"{id} says {line_of(stage, id)!r}, never {words!r}")


def said(stage: Stage) -> str:
    return stage.sentence.label.text()


def test_that_a_deadlock_is_made_by_hand_seen_and_avoided(built: Application, qtbot) -> None:
    stage = built.window.show_scenario("deadlock.two_locks")
    start(built, stage, qtbot)
    assert said(stage) == "Choose who goes next: press a thread's button or its digit."
    press_until(built, stage, qtbot, "0", "main", "waits for thread-a to end")
    press_until(built, stage, qtbot, "1", "t1", "acquire lock_b")
    before = stage.stepper.step
    press_until(built, stage, qtbot, "2", "t2", "waits for lock_a, held by thread-a")
    qtbot.waitUntil(lambda: "Deadlock" in said(stage) and not stage.is_running, timeout=PATIENCE)
    graph = next(view for view in stage.views if isinstance(view, WaitGraphView))
    assert graph.graph().bad and graph.heading(graph.graph()) == "deadlock"
    assert not any(one.is_on for one in buttons(stage).values())
    while stage.stepper.step > before:
        key(built, Qt.Key.Key_Left)
    assert stage.run.state.deadlock is None and not graph.graph().bad
    old = stage.run.session
    press(built, stage, qtbot, "1")
    qtbot.waitUntil(lambda: stage.run.session is not old and not stage.stepper.is_busy, timeout=PATIENCE)
    click(stage.step_controls.random_button)
    stage.step_controls.speed.setValue(stage.step_controls.speed.maximum())
    qtbot.waitUntil(lambda: stage.run.state.ended is not None or stage.run.state.deadlock is not None, timeout=PATIENCE)
    if stage.run.state.deadlock is None:
        assert "2 got them" in said(stage)


def test_that_an_update_is_lost_in_the_fewest_steps(built: Application, qtbot) -> None:
    stage = built.window.show_scenario("races.lost_update")
    start(built, stage, qtbot)
    press_until(built, stage, qtbot, "0", "main", "waits for worker-1 to end")
    press(built, stage, qtbot, "1")
    press_until(built, stage, qtbot, "2", "t2", "read total")
    press_until(built, stage, qtbot, "1", "t1", "write total = 1")
    press_until(built, stage, qtbot, "2", "t2", "write total = 1")
    press(built, stage, qtbot, "21")
    assert said(stage) == "worker-1 wrote total = 1, over worker-2's 1: one update lost."
    assert stage.run.state.taken.lost and stage.run.state.watched["total"].number == 1
    click(stage.step_controls.random_button)
    qtbot.waitUntil(lambda: stage.run.state.ended is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not stage.is_running, timeout=PATIENCE)
    assert "missing" in said(stage) and "fails" in stage.sentence.label.note


def test_that_a_race_in_ones_own_script_is_found_step_by_step(built: Application, qtbot, tmp_path: Path) -> None:
    path = tmp_path / "bank.py"
    path.write_text(textwrap.dedent("""
        import threading
        balance = 100

        def withdraw(amount):
            global balance
            if balance >= amount:
                balance = balance - amount

        a = threading.Thread(target=withdraw, args=(100,), name="alice")
        b = threading.Thread(target=withdraw, args=(100,), name="bob")
        a.start(); b.start(); a.join(); b.join()
        print("balance", balance)
    """))
    built.open_path(str(path))
    stage = built.window.script_page.stage
    start(built, stage, qtbot, "free-threaded")
    press_until(built, stage, qtbot, "0", "main", "waits for alice to end")
    press(built, stage, qtbot, "12")
    assert said(stage) == "bob read balance: 100."
    press_until(built, stage, qtbot, "1", "t1", "write balance = 0")
    press(built, stage, qtbot, "1")
    assert said(stage) == "alice wrote balance = 0, over MainThread's 100." or said(stage) == "alice wrote balance = 0."
    press_until(built, stage, qtbot, "2", "t2", "write balance = -100")
    press(built, stage, qtbot, "2")
    assert "bob wrote balance = -100" in said(stage)
    for _ in range(3):
        key(built, Qt.Key.Key_Backspace)
    key(built, Qt.Key.Key_Right)
    assert stage.stepper.step == stage.stepper.last_step - 2
    key(built, Qt.Key.Key_Home)
    assert stage.stepper.step == 0
    key(built, Qt.Key.Key_End)
    assert "bob wrote balance = -100" in said(stage)


def test_that_the_arrow_keys_move_a_slider_that_has_the_keyboard_and_digits_still_choose(built: Application, qtbot) -> None:
    stage = built.window.show_scenario("deadlock.two_locks")
    start(built, stage, qtbot)
    slider = stage.run_bar.parameters._controls[0]._slider
    slider.setFocus()
    step, value = stage.stepper.step, slider.value()
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert slider.value() < value and stage.stepper.step == step
    QTest.keyClick(stage.run_bar.run_button, Qt.Key.Key_Left)
    assert stage.stepper.step == step - 1, "elsewhere the key goes a step back"
    qtbot.waitUntil(lambda: stage.stepper.waits_for_choice and not stage.run_bar.parameters._controls[0]._settle.isActive(), timeout=PATIENCE)


def test_that_what_stepping_cannot_control_is_said(built: Application, qtbot, tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text("import threading\nimport socket\nthreading.Thread(target=lambda: socket.create_connection(('127.0.0.1', 9))).start()\n")
    built.open_path(str(path))
    stage = built.window.script_page.stage
    click(stage.run_bar.mode.buttons["step"])
    click(stage.run_bar.run_button)
    qtbot.waitUntil(lambda: (stage.run.state.count > 0 and not stage.is_running) or stage.stepper.waits_for_choice, timeout=PATIENCE)
    for _ in range(5):
        able = [one for one in stage.stepper.choices() if one.enabled]
        if not stage.run.running or not able:
            break
        stage.stepper.press(able[-1].id)
        qtbot.waitUntil(lambda: not stage.stepper.is_busy or not stage.is_running, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "cannot control" in said(stage), timeout=PATIENCE)


def test_that_closing_the_window_ends_a_run_that_waits_for_a_choice(built: Application, qtbot) -> None:
    stage = built.window.show_scenario("deadlock.two_locks")
    start(built, stage, qtbot)
    built.close()
    assert psutil.wait_procs(psutil.Process().children(recursive=True), timeout=5)[1] == []
