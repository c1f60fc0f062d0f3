"""What is on the stage when files change or cannot be read; the window's place, titles and keyboard."""

from __future__ import annotations

import threading
import venv

import pytest
from PySide6.QtCore import QRect, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QFileDialog, QTabBar, QToolButton

from concsim.control.labs import pythons
from concsim.model.programs.program import make_program
from concsim.model.recordings.recording import Recording
from concsim.ui.pages.main_window import MainWindow
from concsim.ui.painting.theme import LIGHT
from concsim.ui.settings.preferences import Preferences
from concsim.ui.stage.parameter_controls import ParameterControl
from concsim.ui.stage.stored_run import program_of


def test_a_script_that_cannot_be_read_leaves_no_program_to_run(built, tmp_path):
    good, bad = tmp_path / "good.py", tmp_path / "bad.py"
    good.write_text("print(1)\n")
    bad.write_text("print(\n")
    built.open_path(str(good))
    page = built.window.script_page
    assert built.window.windowTitle() == "good.py – concsim"
    built.open_path(str(bad))
    assert page.stage.program is None and not page.stage.run_bar.run_button.isEnabled()
    assert "bad.py" in built.window.notice.label.text() and not page._watcher.files()
    assert built.window.windowTitle() == "concsim"


def test_a_script_with_an_error_is_among_the_recent_to_be_opened_again_when_mended(built, tmp_path):
    bad, text = tmp_path / "bad.py", tmp_path / "README.md"
    bad.write_text("print(\n")
    text.write_text("A text\n")
    built.open_path(str(text))
    built.open_path(str(bad))
    page = built.window.script_page
    assert [page.side.recent.item(row).text() for row in range(page.side.recent.count())] == ["bad.py"]
    bad.write_text("print(1)\n")
    page.side.recent.itemActivated.emit(page.side.recent.item(0))
    assert page.stage.program is not None


def test_a_file_that_is_no_recording_leaves_the_stage_as_it_is(built, tmp_path, monkeypatch):
    mine, text = tmp_path / "mine.py", tmp_path / "README.md"
    mine.write_text("print(1)\n")
    text.write_text("# A text\n\nThat is none.\n")
    built.open_path(str(mine))
    program = built.window.script_page.stage.program
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(text)))
    built.menu.open_wanted.emit()
    assert built.window.notice.label.text().startswith("README.md is not a recording that concsim can open")
    assert built.window.script_page.stage.program is program


def test_a_module_is_looked_for_where_the_chosen_python_has_it(built, qtbot, tmp_path):
    venv.create(tmp_path / "venv", symlinks=True)
    (packages,) = (tmp_path / "venv" / "lib").glob("python3*/site-packages")
    (packages / "only_there.py").write_text("print('there')\n")
    page = built.window.script_page
    page.side.directory.setText(str(tmp_path))
    for python, found in (("", False), (str(tmp_path / "venv" / "bin" / "python3"), True), ("", False)):
        built.menu.python_chosen.emit(python)
        page.stage.show_program(None)
        page.side.module.setText("only_there")
        built.window.notice.say("")
        qtbot.keyClick(page.side.module, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: page.stage.program is not None or "no module" in built.window.notice.label.text())
        assert (page.stage.program is not None) == found
    built.menu.python_chosen.emit(str(tmp_path / "venv" / "bin" / "python3"))
    page.stage.show_program(None)
    qtbot.keyClick(page.side.module, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.stage.program is not None)
    page.stage.start()
    qtbot.waitUntil(lambda: page.stage.run.session is not None and not page.stage.run.running, timeout=30_000)
    assert page.stage.run.session.outcome == "finished"


def test_a_python_that_does_not_answer_keeps_nobody_waiting(built, qtbot, tmp_path, monkeypatch):
    """What the site's packages of a Python run when it starts may take for ever."""
    monkeypatch.setattr(pythons, "PATIENCE", 0.5)
    slow = tmp_path / "python"
    slow.write_text("#!/bin/sh\nexec sleep 100\n")
    slow.chmod(0o755)
    page, notice = built.window.script_page, built.window.notice
    built.launcher.python = str(slow)
    page.side.module.setText("timeit")
    qtbot.keyClick(page.side.module, Qt.Key.Key_Return)
    assert notice.isHidden()
    qtbot.waitUntil(lambda: "does not say where it finds modules" in notice.label.text())
    qtbot.keyClick(page.side.module, Qt.Key.Key_Return)
    built.open_path(str(write_script(tmp_path)))  # an answer that comes late changes nothing
    built._background.wait()
    QApplication.processEvents()
    assert page.stage.program.path.name == "mine.py"


def write_script(folder):
    """A program."""
    path = folder / "mine.py"
    path.write_text("print(1)\n")
    return path


def test_what_was_said_of_a_module_goes_when_it_is_found(built, qtbot, tmp_path):
    (tmp_path / "mine.py").write_text("print(1)\n")
    page, notice = built.window.script_page, built.window.notice
    built.window.show()
    page.side.module.setFocus()
    page.side.module.setText("mine")
    qtbot.keyClick(page.side.module, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "no module" in notice.label.text() and not notice.isHidden())
    page.side.directory.setText(str(tmp_path))
    qtbot.keyClick(page.side.module, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.stage.program is not None)
    assert notice.isHidden() and not page.side.module.hasFocus()
    notice.say("something else")
    page.open_script(tmp_path / "mine.py")
    assert not notice.isHidden()


@pytest.mark.parametrize("field, text, why", [("directory", "/no/such/folder", "no folder"), ("arguments", "'open", "cannot be read")])
def test_what_is_wrong_with_how_a_script_is_to_run_stays_said(built, tmp_path, field, text, why):
    page, notice = built.window.script_page, built.window.notice
    getattr(page.side, field).setText(text)
    page.open_script(write_script(tmp_path))
    assert why in notice.label.text() and not notice.isHidden()


def test_a_working_folder_that_was_named_before_is_that_of_the_first_program(built, tmp_path):
    page = built.window.script_page
    page.side.directory.setText(str(tmp_path))
    (tmp_path / "one").mkdir()
    page.open_script(write_script(tmp_path / "one"))
    assert page.stage.program.directory == str(tmp_path)


def test_the_working_folder_is_that_of_the_program(built, qtbot, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.py").write_text("print(1)\n")
    page = built.window.script_page
    page.open_script(tmp_path / "one" / "one.py")
    page.side.directory.setText(str(tmp_path))
    page.side.directory.editingFinished.emit()
    page.open_script(tmp_path / "one" / "one.py")  # the same again
    assert page.side.directory.text() == str(tmp_path) == page.stage.program.directory
    page.side.module.setText("one")
    page.open_script(tmp_path / "two" / "two.py")
    assert (page.side.directory.text(), page.side.module.text(), page.stage.program.directory) == ("", "", "")
    assert page.side.directory.placeholderText() == str(tmp_path / "two")


@pytest.mark.parametrize("gone", [False, True])
def test_a_script_changed_on_disk_is_not_run(built, tmp_path, gone):
    path = tmp_path / "mine.py"
    path.write_text("print(1)\n")
    built.open_path(str(path))
    page = built.window.script_page
    page.close_page()
    path.unlink() if gone else path.write_text("print(2)\n")
    page.stage.start()
    assert page.stage.run.session is None
    assert "mine.py has changed or is gone" in built.window.notice.label.text()


def is_marked(bar: QTabBar) -> bool:
    """Whether the last tab says that it runs, to eyes and to screen readers, as wide as ever."""
    last = bar.count() - 1
    QApplication.processEvents()
    assert bar.tabText(last) == "My script"
    place = bar.tabRect(last)
    picture = bar.grab(QRect(place.right() - 13, place.top() + 2, 12, 14)).toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    said = bar.accessibleTabName(last) == "My script, running"
    assert said == (LIGHT.accent in colours)
    return said


def test_run_and_stop_hand_the_keyboard_to_each_other(built, qtbot, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("import time\ntime.sleep(60)\n")
    built.open_path(str(path))
    window, bar = built.window, built.window.script_page.stage.run_bar
    window.resize(1280, 800)
    for press in (lambda one: QTest.mouseClick(one, Qt.MouseButton.LeftButton), lambda one: QTest.keyClick(one, Qt.Key.Key_Space)):
        bar.run_button.setFocus()
        press(bar.run_button)
        qtbot.waitUntil(lambda: window.script_page.stage.is_running)
        assert window.focusWidget() is bar.stop_button
        window.tabs.setCurrentIndex(0)
        assert is_marked(window.tabs.tabBar())
        window.tabs.setCurrentWidget(window.script_page)
        assert not is_marked(window.tabs.tabBar())
        bar.stop_button.setFocus()
        press(bar.stop_button)
        qtbot.waitUntil(lambda: not window.script_page.stage.is_running, timeout=20_000)
        assert window.focusWidget() is bar.run_button
    recording = tmp_path / "kept.concsim"
    built.save_recording(str(recording))
    qtbot.waitUntil(recording.exists)
    built._background.wait()
    built.open_path(str(recording))
    page = window.script_page
    assert not page._watcher.files() and not page._settle.isActive()
    path.write_text("print(2)\n")
    page._reload()
    assert page.stage.run.recording_path == recording


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_topic_s_tab_is_in_sight_in_large_type(built, qtbot, language):
    window = built.window
    window.resize(1280, 830)
    plain = window.tabs.tabBar().tabRect(0).width()
    built.language.choose(language)
    QApplication.processEvents()
    if language == "zh":
        qtbot.waitUntil(lambda: window.tabs.tabBar().tabRect(0).width() < plain)
        plain = window.tabs.tabBar().tabRect(0).width()
    built.theme.set_big(True)
    bar, last = window.tabs.tabBar(), window.tabs.count() - 1
    qtbot.waitUntil(lambda: bar.tabRect(0).height() > 36)
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in bar.findChildren(QToolButton)))
    assert bar.tabRect(last).right() < window.tabs.cornerWidget(Qt.Corner.TopRightCorner).geometry().left()
    built.theme.set_big(False)
    qtbot.waitUntil(lambda: window.tabs.tabBar().tabRect(0).width() == plain)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_tabs_scroll_buttons_have_arrows(built, qtbot, theme):
    built.theme.choose(theme)
    built.theme.set_big(True)
    built.window.setMinimumWidth(1)
    built.window.resize(700, 700)
    buttons = built.window.tabs.tabBar().findChildren(QToolButton)
    qtbot.waitUntil(lambda: all(one.isVisible() for one in buttons))
    built.window.tabs.setCurrentIndex(3)
    for button in buttons:
        assert button.width() >= 20
        picture = button.grab().toImage()
        ground = built.theme.colours.panel
        inside = {picture.pixelColor(x, picture.height() // 2).name() for x in range(4, picture.width() - 4)}
        assert inside - {ground}, "it is blank"


def test_the_window_fits_the_screen_and_comes_back_to_its_place(built, tmp_path):
    room = QApplication.primaryScreen().availableGeometry()
    preferences = Preferences(QSettings(str(tmp_path / "other.ini"), QSettings.Format.IniFormat))

    def make() -> MainWindow:
        return MainWindow(built.launcher, built.language, built.theme, preferences, built._background)

    window = make()
    assert window.height() <= room.height() - 40 and window.width() <= room.width()
    window.setGeometry(30, 50, 700, 600)
    preferences.geometry = window.saveGeometry()
    again = make()
    assert again.geometry() == window.geometry()
    for one in (window, again):
        one.deleteLater()


def test_whole_numbers_beyond_a_spin_box_stay_whole(built, qtbot):
    source = '# /// concsim\n# [parameters.SEED]\n# min = -1_000_000_000_000\n# max = 1_000_000_000_000\n# ///\nSEED = 5\n'
    (parameter,) = make_program(source, built.launcher._folder / "x.py").parameters
    control = ParameterControl(parameter, built.language)
    qtbot.addWidget(control)
    spin = control.findChild(QDoubleSpinBox)
    spin.setValue(123_456_789_012)
    assert control.value == 123_456_789_012 and type(control.value) is int
    control._settle.stop()
    for number in (10**12, 10**400):
        (parameter,) = make_program(f"SEED = {number}\n", built.launcher._folder / "x.py").parameters
        control = ParameterControl(parameter, built.language)
        qtbot.addWidget(control)
        assert control.value == number


@pytest.mark.parametrize("way", ["another run", "the window is closed"])
def test_a_recording_that_waits_to_be_saved_is_saved_whatever_comes(built, tmp_path, qtbot, way):
    """Both threads of the background have other work when it is asked for."""
    path = tmp_path / "one.py"
    path.write_text("print('one')\n")
    built.open_path(str(path))
    stage = built.window.script_page.stage
    stage.run_bar.run_button.click()
    qtbot.waitUntil(lambda: not stage.is_running and bool(stage.output.text), timeout=20_000)
    built._background.call(lambda: None)
    go_on = threading.Event()
    for _ in range(2):
        built._background.call(go_on.wait)
    target = tmp_path / "kept.concsim"
    built.save_recording(str(target))
    try:
        if way == "another run":
            stage.run_bar.run_button.click()
            qtbot.waitUntil(lambda: bool(built.launcher._ending))
            assert built.launcher._ending[-1].is_alive()
        else:
            late = threading.Timer(0.05, go_on.set)  # while the window waits for it
            late.start()
            built.window.close()
            late.join()
    finally:
        go_on.set()
    qtbot.waitUntil(target.exists, timeout=20_000)
    built._background.wait()
    assert program_of(Recording(target)).source == path.read_text()
