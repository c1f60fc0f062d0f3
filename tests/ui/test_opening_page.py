"""The opening tab: where a newcomer starts, the ways into the topics, the path and what of it was run."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from concsim.control.catalogue import read_catalogue
from concsim.ui.application import Application
from concsim.ui.pages.opening_page import OpeningPage
from concsim.ui.pages.path_list import DONE, ID, TO_DO
from tests.ui.test_window import settle, unnamed


@pytest.fixture
def page(built: Application) -> OpeningPage:
    found = built.window.page("overview")
    assert isinstance(found, OpeningPage)
    settle()
    return found


def texts(page: OpeningPage) -> dict[str, str]:
    """What the path says of each scenario."""
    items = [page.path.item(row) for row in range(page.path.count())]
    return {item.data(ID): item.text() for item in items if item.text().startswith(" ")}


def test_the_window_opens_with_the_factory_ready_to_run(built: Application, page: OpeningPage) -> None:
    assert built.window.tabs.currentWidget() is page
    assert page.stage.program is not None and page.stage.program.id == "overview.factory"
    assert page.stage.run_bar.run_button.isEnabled()
    assert not page.stage.run.running


def test_process_thread_and_coroutine_have_a_sentence_each_and_a_way_to_their_topic(built: Application, page: OpeningPage) -> None:
    for topic, card in page.cards.items():
        assert card.isVisible() and card.text.text().count(".") in (1, 2)
        QTest.mouseClick(card.button, Qt.MouseButton.LeftButton)
        settle()
        assert built.window.tabs.currentWidget() is built.window.page(topic)
        built.window.tabs.setCurrentWidget(page)


def test_the_path_has_every_scenario_in_order(page: OpeningPage) -> None:
    assert list(texts(page)) == [one.id for one in read_catalogue()]
    assert all(text.strip().startswith(TO_DO.strip()) for text in texts(page).values())


def test_a_scenario_on_the_path_is_opened_by_a_click(built: Application, page: OpeningPage) -> None:
    row = next(row for row in range(page.path.count()) if page.path.item(row).data(ID) == "deadlock.two_locks" and page.path.item(row).text().startswith(" "))
    page.path.scrollToItem(page.path.item(row))
    settle()
    QTest.mouseClick(page.path.viewport(), Qt.MouseButton.LeftButton, pos=page.path.visualItemRect(page.path.item(row)).center())
    settle()
    assert built.window.stage.program.id == "deadlock.two_locks"


def test_what_was_run_is_ticked_and_stays_so(built: Application, page: OpeningPage, qtbot, tmp_path) -> None:
    stage = built.window.show_scenario("threads.subclass")
    assert texts(page)["threads.subclass"].strip().startswith(TO_DO.strip())
    QTest.mouseClick(stage.run_bar.run_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not stage.run.running, timeout=30_000)
    assert texts(page)["threads.subclass"].strip().startswith(DONE.strip())
    assert page.path.first_to_do == "overview.factory"
    stored = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    built.preferences._settings.sync()
    assert stored.value("visited") in ("threads.subclass", ["threads.subclass"])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("big", [False, True])
def test_everything_on_it_has_a_name_and_can_be_reached(built: Application, page: OpeningPage, language: str, big: bool) -> None:
    built.language.choose(language)
    built.theme.set_big(big)
    settle()
    assert unnamed(built.window) == []
    for card in page.cards.values():
        needed = card.text.heightForWidth(card.text.width())
        assert card.text.height() >= needed, (card.topic, card.text.height(), needed)
