"""The real window, used as a person would: buttons, keys, sliders, files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider, QSpinBox

from concsim.ui.application import Application
from concsim.ui.stage.stage import Stage

PATIENCE = 30_000


def run(stage: Stage) -> None:
    QTest.mouseClick(stage.run_bar.run_button, Qt.MouseButton.LeftButton)


def stop(stage: Stage, qtbot) -> None:
    QTest.mouseClick(stage.run_bar.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not stage.run.running, timeout=PATIENCE)


def script(built: Application, folder: Path, source: str) -> Stage:
    path = folder / "own.py"
    path.write_text(textwrap.dedent(source), encoding="utf-8")
    assert built.window.show_script(path)
    return built.window.script_page.stage


@pytest.mark.qt_no_exception_capture
def test_that_a_deadlock_is_said_drawn_and_ended(built: Application, qtbot) -> None:
    stage = built.window.show_scenario("deadlock.two_locks")
    run(stage)
    qtbot.waitUntil(lambda: stage.run.state.deadlock is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "Deadlock" in stage.sentence.label.text(), timeout=PATIENCE)
    assert "lock_a" in stage.sentence.label.text()
    assert stage.run.running, "the window never stops a run by itself"
    stop(stage, qtbot)
    assert "Deadlock" in stage.sentence.label.text()


def test_that_a_slider_moved_while_it_runs_answers_in_the_next_round(built: Application, qtbot) -> None:
    stage = built.window.show_scenario("races.lost_update")
    run(stage)
    qtbot.waitUntil(lambda: len(stage.run.history.rounds) > 1, timeout=PATIENCE)
    slider = stage.run_bar.parameters.findChild(QSlider)
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert stage.run_bar.parameters.findChild(QSpinBox).value() == 64
    qtbot.waitUntil(lambda: stage.run.state.parameters.get("THREADS") == 64, timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(stage.run.state.actors) > 60, timeout=PATIENCE)
    stop(stage, qtbot)


def test_that_the_time_line_rewinds_all_views_and_comes_back(built: Application, qtbot) -> None:
    stage = built.window.show_scenario("threads.how_many")
    run(stage)
    qtbot.waitUntil(lambda: stage.run.state.ended is not None and not stage.run.running, timeout=PATIENCE)
    newest = stage.run.state.time
    slider = stage.timeline.findChild(QSlider)
    slider.setValue(slider.maximum() // 2)
    assert not stage.run.is_live
    assert stage.run.state.time < newest
    assert stage.run.state.ended is None
    slider.setValue(slider.maximum())
    assert stage.run.is_live
    assert stage.run.state.time == newest


def test_that_a_program_can_be_given_its_input(built: Application, qtbot, tmp_path: Path) -> None:
    stage = script(built, tmp_path, "name = input('name? ')\nprint('hello', name)\n")
    run(stage)
    qtbot.waitUntil(lambda: stage.output._input.isVisible(), timeout=PATIENCE)
    QTest.keyClicks(stage.output._input._line, "Ada")
    QTest.keyClick(stage.output._input._line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "name? Ada\nhello Ada" in stage.output.text, timeout=PATIENCE)


def test_that_an_uncaught_error_is_said_with_its_line(built: Application, qtbot, tmp_path: Path) -> None:
    stage = script(built, tmp_path, "import threading\n\ndef work():\n    1 / 0\n\nthreading.Thread(target=work).start()\n")
    run(stage)
    qtbot.waitUntil(lambda: "ZeroDivisionError" in stage.sentence.label.text(), timeout=PATIENCE)
    assert "line 4" in stage.sentence.label.text()


def test_that_opening_never_runs_and_a_change_on_disk_is_read(built: Application, qtbot, tmp_path: Path) -> None:
    mark = tmp_path / "was-run"
    stage = script(built, tmp_path, f"open({str(mark)!r}, 'w')\nSIZE = 1\n")
    assert not mark.exists()
    (tmp_path / "own.py").write_text("SIZE = 2\n")
    qtbot.waitUntil(lambda: stage.program.defaults() == {"SIZE": 2}, timeout=PATIENCE)
    assert not mark.exists()


def test_that_a_file_dropped_on_the_window_is_opened(built: Application, qtbot, tmp_path: Path) -> None:
    path = tmp_path / "dropped.py"
    path.write_text("print('dropped')\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(QPointF(QPoint(9, 9)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    built.window.dropEvent(event)
    assert built.window.script_page.stage.program.path == path
    assert path in built.preferences.recent


@pytest.mark.parametrize("content", ["def broken(:\n", "\0", "# /// concsim\n# colour = 1\n# ///\n"])
def test_that_a_bad_file_gets_one_sentence_and_the_window_lives(
    built: Application, qtbot, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "bad.py"
    path.write_text(content)
    assert not built.window.show_script(path)
    assert built.window.notice.isVisible()
    assert path.name in built.window.notice.label.text() or "colour" in built.window.notice.label.text()
    stage = built.window.show_scenario("threads.one_then_many")
    run(stage)
    qtbot.waitUntil(lambda: stage.run.state.count > 0, timeout=PATIENCE)
    stop(stage, qtbot)


def test_that_a_crash_of_the_program_is_named(built: Application, qtbot, tmp_path: Path) -> None:
    stage = script(built, tmp_path, "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    run(stage)
    qtbot.waitUntil(lambda: stage.run.state.ended is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "SIGSEGV" in stage.sentence.label.text(), timeout=PATIENCE)


def test_that_a_saved_recording_opens_without_running_anything(built: Application, qtbot, tmp_path: Path) -> None:
    stage = script(built, tmp_path, "import threading\nthreading.Thread(target=print, args=('once',)).start()\n")
    run(stage)
    qtbot.waitUntil(lambda: stage.run.state.ended is not None and not stage.run.running, timeout=PATIENCE)
    count = stage.run.state.count
    saved = tmp_path / "saved.concsim"
    built.save_recording(str(saved))
    qtbot.waitUntil(lambda: saved.exists() and saved.stat().st_size > 0, timeout=PATIENCE)
    (tmp_path / "own.py").unlink()
    built.open_path(str(saved))
    stage = built.window.script_page.stage
    qtbot.waitUntil(lambda: stage.run.state.ended is not None, timeout=PATIENCE)
    assert stage.run.state.count == count
    qtbot.waitUntil(lambda: "once" in stage.output.text, timeout=PATIENCE)


def test_that_a_damaged_recording_is_refused(built: Application, qtbot, tmp_path: Path) -> None:
    path = tmp_path / "bad.concsim"
    path.write_bytes(b"nothing of the kind" * 100)
    built.open_path(str(path))
    assert built.window.notice.isVisible()
    assert "bad.concsim" in built.window.notice.label.text()


def test_that_closing_the_window_ends_the_run(built: Application, qtbot, tmp_path: Path) -> None:
    stage = script(built, tmp_path, "while True: pass\n")
    run(stage)
    qtbot.waitUntil(lambda: stage.run.state.count > 0, timeout=PATIENCE)
    built.close()
    assert psutil.wait_procs(psutil.Process().children(recursive=True), timeout=5)[1] == []


WINDOW = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from concsim.ui.application import Application, make_application
from concsim.ui.pages.cut_off_recordings import CutOffDialog
application = make_application([])
folder = Path(sys.argv[1])
built = Application(application, QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat), folder)
built.window.show()
def look():
    if not built.window.views_ready:
        return
    if sys.argv[2] == "run":
        stage = built.window.show_scenario("threads.how_many") if built.window.stage.run.session is None else built.window.stage
        if stage.run.session is None:
            stage.start()
        if stage.run.state.count > 10 and stage.run.session.recording._seq > 5:
            print(json.dumps("running"), flush=True)
    else:
        if built.window.notice.action.isVisible():
            built.window.notice.action.click()
        for dialog in built.window.findChildren(CutOffDialog):
            dialog.open_button.click()
        stage = built.window.stage
        if stage.run.history.rounds and stage.run.is_at_rest:
            print(json.dumps([stage.program.id, stage.run.state.count]), flush=True)
            built.close()
            application.quit()
timer = QTimer(interval=50); timer.timeout.connect(look); timer.start()
application.exec()
"""


def test_that_a_run_survives_a_crash_of_the_window_and_is_offered_again(tmp_path: Path) -> None:
    first = subprocess.Popen([sys.executable, "-c", WINDOW, str(tmp_path), "run"], stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    assert json.loads(first.stdout.readline()) == "running"
    lines = 0
    while lines < 5:  # a few frames more: what was recorded is flushed every tenth of a second
        lines += bool(first.stdout.readline())
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    first.stdout.close()
    second = subprocess.run(
        [sys.executable, "-c", WINDOW, str(tmp_path), "look"], capture_output=True, text=True, timeout=60
    )
    id, count = json.loads(second.stdout.splitlines()[-1])
    assert (id, count > 5) == ("threads.how_many", True), second.stderr
