"""The window's look and its controls: what fits, what stays where it is, what has a name and a key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QColor, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextBrowser,
    QWidget,
)  # fmt: skip

from concsim.control.catalogue import read_catalogue
from concsim.control.labs.pythons import Python
from concsim.model.errors import RecordingError
from concsim.ui.pages.scenario_page import height_of
from concsim.ui.painting.theme import DARK, LIGHT

PROGRAMS = read_catalogue()
CHINESE = "Noto Sans CJK SC"


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def luminance(colour: str) -> float:
    parts = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in QColor(colour).getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


# what fits


@pytest.mark.parametrize("big", [False, True], ids=["ordinary type", "large type"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_scenario_fits_a_small_screen(built, big, language):
    window = built.window
    built.theme.set_big(big)
    built.language.choose(language)
    window.resize(1280, 800)
    too_high = {}
    for program in PROGRAMS:
        stage = window.show_scenario(program.id)
        settle()
        if max(window.minimumSizeHint().height(), window.height()) > 800:
            too_high[program.id] = window.minimumSizeHint().height()
        bottom = stage.timeline.mapTo(window, QPoint(0, stage.timeline.height())).y()
        assert bottom <= window.height(), program.id
        for view in stage.views:
            assert view.height() >= view.minimumHeight(), (program.id, view)
            assert view.mapTo(window, QPoint(0, view.height())).y() < stage.timeline.mapTo(window, QPoint(0, 0)).y()
    assert too_high == {}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edges_of_controls_can_be_seen(colours):
    for ground in (colours.window, colours.panel):
        assert contrast(colours.edge, ground) >= 3
        assert contrast(colours.muted, ground) >= 4.5


@pytest.mark.parametrize("kind", [QCheckBox, QAbstractSpinBox, QComboBox])
def test_controls_in_the_dark_are_drawn_with_that_edge(built, kind):
    built.theme.choose("dark")
    stage = built.window.show_scenario("races.lost_update")
    settle()
    control = next(one for one in stage.run_bar.findChildren(kind) if one.isVisible() and not one.hasFocus())
    if kind is QCheckBox:
        control.setChecked(False)
    picture = control.grab().toImage()
    drawn = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert DARK.edge in drawn


def test_a_spin_box_has_arrows(built):
    stage = built.window.show_scenario("races.lost_update")
    settle()
    spin = next(one for one in stage.run_bar.findChildren(QAbstractSpinBox) if one.isVisible())
    picture = spin.grab().toImage()
    right = range(picture.width() - 16, picture.width() - 3)
    for half in (range(3, picture.height() // 2), range(picture.height() // 2, picture.height() - 3)):
        assert min(picture.pixelColor(x, y).lightness() for x in right for y in half) < 150


# what stays where it is


def test_the_sentence_keeps_its_height_whatever_it_says(built):
    stage = built.window.show_scenario("races.lost_update")
    label = stage.sentence.label
    places = set()
    for text, note in (("Short.", ""), ("Long words. " * 60, ""), ("Short.", "A note. " * 60), ("", "")):
        label.say(text, note)
        settle()
        places.add((stage._middle.mapTo(stage, QPoint(0, 0)).y(), stage._middle.height()))
    assert len(places) == 1


def test_a_sentence_that_is_cut_is_whole_in_its_tooltip(built):
    label = built.window.show_scenario("races.lost_update").sentence.label
    label.say("It fits.", "So does this.")
    assert label.shown() == "It fits.  So does this." and label.toolTip() == ""
    label.say("Many words that need room. " * 40, "And a note.")
    assert label.shown().endswith("…") and label.shown() != label.whole
    assert label.toolTip() == label.accessibleName() == label.whole


# the empty stage


def test_a_stage_without_a_program_says_what_to_do_and_nothing_else(built):
    window = built.window
    window.tabs.setCurrentWidget(window.script_page)
    settle()
    page, stage = window.script_page, window.script_page.stage
    shown = [one for one in stage.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly) if one.isVisible()]
    assert shown == [stage._empty] and "script" in stage._empty.text()
    lines = [one for one in page.findChildren(QLineEdit) if one.isVisible()]
    assert max(one.mapTo(page, QPoint(0, 0)).y() for one in lines) < 400


def test_an_opened_script_takes_the_stage(built, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("print('hello')\n")
    built.open_path(str(path))
    settle()
    stage = built.window.script_page.stage
    assert not stage._empty.isVisible() and stage.run_bar.isVisible() and stage.code.isVisible()


# language


def test_chinese_is_drawn_with_chinese_shapes_and_english_is_left_as_it_was(built):
    stage = built.window.show_scenario("races.lost_update")
    before = QApplication.font().families()
    built.language.choose("zh")
    settle()
    for widget in (stage.run_bar.run_button, stage.lesson, stage.code, stage.views[0]):
        families = widget.font().families()
        assert CHINESE in families and families[0] != CHINESE, widget
    assert CHINESE in built.theme.mono().families()
    built.language.choose("en")
    settle()
    assert QApplication.font().families() == before
    assert CHINESE not in stage.run_bar.run_button.font().families()


def test_qts_own_words_are_translated_too(built):
    def cancel() -> str:
        return QCoreApplication.translate("QPlatformTheme", "Cancel")

    built.language.choose("zh")
    assert cancel() == "取消"
    built.language.choose("en")
    assert cancel() == "Cancel"


def test_the_menu_names_its_pythons_again(built):
    built.menu.show_pythons([Python("", "3.11")])
    action = built.menu._python_group.actions()[-1]
    assert action.text() == "3.11 (concsim's own)"
    built.language.choose("zh")
    settle()
    assert "concsim's own" not in action.text() and "3.11" in action.text()


def test_code_and_lesson_have_their_names_from_the_beginning_in_both_languages(built):
    stage = built.window.show_scenario("races.lost_update")
    assert (stage.code.accessibleName(), stage.lesson.accessibleName()) == ("Code", "Lesson")
    built.language.choose("zh")
    settle()
    assert (stage.code.accessibleName(), stage.lesson.accessibleName()) == ("代码", "讲解")


def test_errors_from_below_come_in_a_sentence_of_the_language(built, monkeypatch):
    window = built.window
    stage = window.show_scenario("races.lost_update")
    built.language.choose("zh")
    stage.run.failed.emit("disk I/O error.")
    assert window.notice.label.text() == "无法读取记录：disk I/O error。"
    built.saving.on_not_saved("disk full")
    assert window.notice.label.text() == "无法保存记录：disk full。"

    def refuse(*_: object) -> None:
        raise RecordingError("no space left")

    monkeypatch.setattr(built.launcher, "make_session", refuse)
    stage.start()
    assert window.notice.label.text() == "无法记录这次运行：no space left。"


# names and keys

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextBrowser)
READ = (QPlainTextEdit, QTextBrowser, QAbstractItemView)


def unnamed(window: QWidget) -> list[str]:
    """The controls in sight without a name, a tooltip or a way to them by key."""
    found = []
    for one in window.findChildren(QWidget):
        inner = isinstance(one.parent(), (QAbstractSpinBox, QComboBox)) or one.objectName().startswith("qt_")
        if not one.isVisible() or inner or isinstance(one, (QScrollBar, QHeaderView)) or not isinstance(one, CONTROLS):
            continue
        if type(one).__name__ in ("QToolButton", "CloseButton") and isinstance(one.parent(), QTabBar):
            continue
        named = one.accessibleName() and (one.toolTip() or isinstance(one, READ))
        if not named or (not one.focusPolicy() & Qt.FocusPolicy.TabFocus and not getattr(one, "shortcut", lambda: "")()):
            found.append(f"{type(one).__name__} {one.accessibleName()!r} {one.toolTip()!r} {one.focusPolicy()}")
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_control_has_a_name_a_tooltip_and_a_key(built, language):
    window = built.window
    built.language.choose(language)
    for id in ("races.lost_update", "races.mutex", "conditions.market"):
        stage = window.show_scenario(id)
        for index in range(stage.tabs.count()):
            stage.tabs.setCurrentIndex(index)
            settle()
            assert unnamed(window) == []
    window.notice.say("A word", "Do it")
    window.tabs.setCurrentWidget(window.script_page)
    settle()
    assert unnamed(window) == []


def press(built, key: str) -> None:
    """Press what a shortcut of the window in sight answers to."""
    found = [one for one in built.window.findChildren(QShortcut) if one.key().toString() == key and one.parent().isVisible()]
    assert len(found) == 1, key
    found[0].activated.emit()
    settle()


def test_tabs_have_keys(built):
    window = built.window
    first = window.tabs.currentIndex()
    press(built, "Ctrl+PgDown")
    assert window.tabs.currentIndex() == first + 1
    press(built, "Ctrl+PgUp")
    press(built, "Ctrl+PgUp")
    assert window.tabs.currentIndex() == window.tabs.count() - 1
    stage = window.show_scenario("races.lost_update")
    press(built, "Ctrl+2")
    assert stage.tabs.currentWidget() is stage.output
    press(built, "Ctrl+1")
    assert stage.tabs.currentWidget() is stage.lesson


def test_a_script_can_be_opened_by_key_from_anywhere(built):
    window = built.window
    window.show_scenario("races.lost_update")
    press(built, "Ctrl+O")
    dialogs = window.script_page.findChildren(QFileDialog)
    assert window.tabs.currentWidget() is window.script_page and len(dialogs) == 1
    dialogs[0].reject()


def test_the_keyboard_is_at_run_first_and_goes_on_to_stop(built):
    bar = built.window.stage.run_bar
    assert built.window.focusWidget() is bar.run_button
    bar.show_running(True)
    assert built.window.focusWidget() is bar.stop_button
    bar.show_running(False)
    assert built.window.focusWidget() is bar.run_button


def test_focus_can_be_seen(built):
    stage = built.window.show_scenario("races.lost_update")
    built.window.activateWindow()
    lanes, button = stage.views[0], stage.run_bar.stop_button
    button.setEnabled(True)
    for widget in (lanes, button, stage.code, stage.output._text):
        stage.tabs.setCurrentWidget(stage.output)
        built.window.tabs.tabBar().setFocus()
        settle()
        before = widget.grab().toImage()
        widget.setFocus()
        settle()
        after = widget.grab().toImage()
        edges = [(x, 0) for x in range(8, before.width() - 8)]
        assert any(before.pixelColor(*at) != after.pixelColor(*at) for at in edges), widget


def test_the_selected_tab_alone_is_marked_even_under_the_mouse(built, qtbot):
    window = built.window
    window.tabs.setCurrentIndex(2)
    bar = window.tabs.tabBar()
    QTest.mouseMove(bar, bar.tabRect(0).center())
    settle()
    picture = bar.grab().toImage()
    marked = [
        index
        for index in range(bar.count())
        if bar.tabRect(index).right() < picture.width()  # a narrow window has more tabs than it shows
        and picture.pixelColor(bar.tabRect(index).center().x(), bar.tabRect(index).bottom() - 1).name() == LIGHT.accent
    ]
    assert marked == [2]


def test_a_long_title_in_the_list_is_not_cut(built):
    built.theme.set_big(True)
    page = built.window.page("races")
    built.window.show_scenario("races.reentrant")
    settle()
    metrics = page.list.fontMetrics()
    for row in range(page.list.count()):
        area = page.list.visualItemRect(page.list.item(row))
        text = metrics.boundingRect(0, 0, area.width() - 20, 999, Qt.TextFlag.TextWordWrap, page.list.item(row).text())
        assert text.height() <= area.height() - 8


def test_that_each_line_of_a_title_has_the_height_of_the_highest(built):
    font = built.window.font()
    one, other = height_of("卡住", font, 1_000), height_of("gevent", font, 1_000)
    assert height_of("卡住 gevent", font, 45) == 2 * max(one, other)
    assert height_of("gevent", font, 1_000) < 2 * max(one, other)
