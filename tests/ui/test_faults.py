"""The buttons that bring about a fault: what then happens is real."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from concsim.model.folding.history import BLOCKED, STATE_BITS
from concsim.ui.application import Application
from concsim.ui.stage.stage import Stage

MASK = (1 << STATE_BITS) - 1
PATIENCE = 30_000
POOL = """
# /// concsim
# views = ["lanes"]
# faults = ["kill_worker"]
# ///
import multiprocessing, time
def work(number):
    time.sleep(0.3)
    return number
if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(2) as pool:
        results = [pool.apply_async(work, (number,)) for number in range(4)]
        done = []
        for one in results:
            try:
                done.append(one.get(2))
            except multiprocessing.TimeoutError:
                print("lost", results.index(one))
        print("done", len(done))
"""
QUEUE = """
# /// concsim
# views = ["lanes"]
# faults = ["fill_queue"]
# ///
import multiprocessing, queue, time
if __name__ == "__main__":
    before, items, after = multiprocessing.Queue(), multiprocessing.Queue(5), multiprocessing.Queue()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not items.full():
        time.sleep(0.02)
    print("full", items.full(), items.get(timeout=5), "others", before.qsize(), after.qsize())
    items.cancel_join_thread()
"""
HUB = """
# /// concsim
# views = ["lanes"]
# faults = ["block_hub"]
# ///
import gevent, os, time
def tick():
    worst = 0
    while not os.path.exists("enough"):
        began = time.monotonic()
        gevent.sleep(0.02)
        worst = max(worst, time.monotonic() - began)
    print("worst", worst > 0.5)
gevent.spawn(tick).join()
"""


@pytest.fixture
def begin(built: Application, qtbot, tmp_path: Path):
    """Run a script in the window."""

    def begin(source: str) -> Stage:
        path = tmp_path / "faulty.py"
        path.write_text(source.strip() + "\n", encoding="utf-8")
        assert built.window.show_script(path)
        stage = built.window.script_page.stage
        QTest.mouseClick(stage.run_bar.run_button, Qt.MouseButton.LeftButton)
        return stage

    return begin


def press(stage: Stage, fault: str) -> None:
    button = stage.faults.buttons[fault]
    assert button.isVisible() and button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def ended(stage: Stage):
    return lambda: not stage.is_running


def test_a_killed_worker_is_replaced_and_its_task_is_lost(begin, qtbot) -> None:
    stage = begin(POOL)
    qtbot.waitUntil(lambda: stage.faults.victim()[1] > 0 and any(one.task for one in stage.run.last_state.actors.values()), timeout=PATIENCE)
    number, _ = stage.faults.victim()
    press(stage, "kill_worker")
    qtbot.waitUntil(ended(stage), timeout=PATIENCE)
    state = stage.run.last_state
    assert "lost" in stage.output.text and "done 3" in stage.output.text
    assert (state.processes[number].status, state.processes[number].silent) == (-signal.SIGKILL, True)
    assert len([one for one in state.actors.values() if one.kind == "worker"]) == 3
    assert "fault_kill_worker" in [one.code for one in state.remarks]


def test_a_queue_is_filled_from_outside(begin, qtbot) -> None:
    stage = begin(QUEUE)
    qtbot.waitUntil(lambda: any(one.name == "after" for one in stage.run.last_state.things.values()), timeout=PATIENCE)
    press(stage, "fill_queue")
    qtbot.waitUntil(ended(stage), timeout=PATIENCE)
    assert "full True filler others 0 0" in stage.output.text


def was_blocked(stage: Stage) -> bool:
    """Whether a hub has ever been blocked in the round shown."""
    hubs = [one.number for one in stage.run.last_state.actors.values() if one.kind == "hub"]
    lanes = [stage.run.lanes[number] for number in hubs if number in stage.run.lanes]  # declared first, seen to do something later
    return any(value & MASK == BLOCKED for lane in lanes for value in lane.values)


def test_the_hub_is_blocked_from_outside(begin, qtbot, tmp_path: Path) -> None:
    pytest.importorskip("gevent")
    stage = begin(HUB)
    qtbot.waitUntil(lambda: any(one.kind == "hub" for one in stage.run.last_state.actors.values()), timeout=PATIENCE)
    press(stage, "block_hub")
    qtbot.waitUntil(lambda: was_blocked(stage), timeout=PATIENCE)  # it may be over before the window looks
    (tmp_path / "enough").touch()
    qtbot.waitUntil(ended(stage), timeout=PATIENCE)
    assert "worst True" in stage.output.text


def test_without_a_process_there_is_nothing_to_kill_and_that_is_said(begin, qtbot) -> None:
    stage = begin(POOL.replace("if __name__", "time.sleep(1)\nif __name__"))
    press(stage, "kill_worker")
    said: list[str] = []
    stage.failed.connect(said.append)
    press(stage, "kill_worker")
    assert said == ["There is no process to kill yet."]
    stage.stop()
    qtbot.waitUntil(ended(stage), timeout=PATIENCE)


def test_only_the_faults_that_a_program_names_have_a_button_and_only_live(built: Application) -> None:
    stage = built.window.show_scenario("pools.reuse")
    assert [fault for fault, one in stage.faults.buttons.items() if one.isVisible()] == ["kill_worker"]
    assert not stage.faults.buttons["kill_worker"].isEnabled()
    stage = built.window.show_scenario("races.mutex")
    assert not stage.faults.isVisible()
    stage = built.window.show_scenario("coroutines.gevent_sleep")
    assert stage.faults.buttons["block_hub"].isVisible()
    QTest.mouseClick(stage.run_bar.mode.buttons["step"], Qt.MouseButton.LeftButton)
    assert not stage.faults.buttons["block_hub"].isVisible()
