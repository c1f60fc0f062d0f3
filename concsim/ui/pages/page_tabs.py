"""The tabs of the window: a page for each topic, and one for the person's own script, each made when it is first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QWidget

from concsim.control.catalogue import read_topic, topics
from concsim.control.sessions.launcher import Launcher
from concsim.ui.background import Background
from concsim.ui.pages.opening_page import OpeningPage
from concsim.ui.pages.scenario_page import ScenarioPage
from concsim.ui.pages.topic_bar import TopicBar
from concsim.ui.pages.topics import topic_title
from concsim.ui.painting.theme import Theme
from concsim.ui.settings.preferences import Preferences
from concsim.ui.stage.stage import Stage
from concsim.ui.text.language import Language

if TYPE_CHECKING:
    from concsim.ui.pages.script_page import ScriptPage

OPENING = "overview"


class PageTabs(QTabWidget):
    """Makes pages; whoever wants to know of one hears `page_made` with it, and `titled` when titles may have changed."""

    page_made = Signal(object)
    titled = Signal()

    def __init__(
        self, launcher: Launcher, language: Language, theme: Theme, preferences: Preferences, background: Background
    ) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self._launcher, self._language, self._theme, self._preferences = launcher, language, theme, preferences
        self._background = background
        self._bar = TopicBar(theme, self)
        self.setTabBar(self._bar)
        self._pages: dict[str, ScenarioPage | None] = {}
        for topic in topics():
            self._pages[topic] = None
            self.addTab(QWidget(), topic)
        self._script_page: ScriptPage | None = None
        self.addTab(QWidget(), "")
        self.currentChanged.connect(self._on_tab_changed)
        for key, slot in (("Ctrl+PgDown", self._on_next_tab), ("Ctrl+PgUp", self._on_tab_before)):
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def begin(self) -> None:
        """Make the first page."""
        self._retranslate()
        self._on_tab_changed(0)

    # pages

    @property
    def topics(self) -> list[str]:
        """The topics in the order of their tabs."""
        return list(self._pages)

    def page(self, topic: str) -> ScenarioPage:
        """A topic's page, made when it is first wanted."""
        found = self._pages[topic]
        if found is not None:
            return found
        made = self._make_page(topic)
        self._pages[topic] = made
        self._put(self.topics.index(topic), made)
        return made

    def _make_page(self, topic: str) -> ScenarioPage:
        programs = list(read_topic(topic))
        if topic != OPENING:
            return ScenarioPage(topic, programs, self._launcher, self._language, self._theme)
        made = OpeningPage(topic, programs, self._launcher, self._language, self._theme, self._preferences)
        made.scenario_wanted.connect(self.show_scenario)
        made.topic_wanted.connect(self._on_topic_wanted)
        return made

    @property
    def script_page(self) -> ScriptPage:
        """The page of the person's own script, made when it is first wanted."""
        if self._script_page is None:
            from concsim.ui.pages.script_page import ScriptPage

            made = ScriptPage(self._launcher, self._language, self._theme, self._preferences, self._background)
            self._script_page = made
            self._put(self.count() - 1, made)
        return self._script_page

    def _put(self, index: int, page: ScenarioPage | ScriptPage) -> None:
        """Put a page in place of the empty one that kept its tab."""
        self.page_made.emit(page)
        page.stage.run.reset.connect(self.show_titles)
        page.stage.run.running_changed.connect(self.show_titles)
        with_focus = self.currentIndex() == index
        self.blockSignals(True)
        old = self.widget(index)
        self.removeTab(index)
        self.insertTab(index, page, "")
        if with_focus:
            self.setCurrentIndex(index)
        self.blockSignals(False)
        assert old is not None
        old.deleteLater()
        self.show_titles()

    def made(self) -> list[ScenarioPage | ScriptPage]:
        """Every page made so far."""
        return [page for page in (*self._pages.values(), self._script_page) if page is not None]

    def leave(self) -> None:
        """The window closes: nothing goes on that a page has started."""
        for page in self.made():
            page.stage.leave_run()
        if self._script_page is not None:
            self._script_page.close_page()

    @Slot(str)
    def show_scenario(self, id: str) -> Stage:
        """Bring a scenario to the stage."""
        page = self.page(id.partition(".")[0])
        self.setCurrentWidget(page)
        page.choose(id)
        return page.stage

    @Slot(str)
    def _on_topic_wanted(self, topic: str) -> None:
        self.setCurrentWidget(self.page(topic))

    # tabs

    def set_corner(self, widget: QWidget) -> None:
        """Put a widget at the right of the tabs."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 8, 2)
        widget.setProperty("corner", True)  # it has the height of a tab and no more
        row.addWidget(widget)
        self.setCornerWidget(holder, Qt.Corner.TopRightCorner)
        self._bar.fit()

    @Slot()
    def _on_next_tab(self) -> None:
        self.setCurrentIndex((self.currentIndex() + 1) % self.count())

    @Slot()
    def _on_tab_before(self) -> None:
        self.setCurrentIndex((self.currentIndex() - 1) % self.count())

    @Slot(int)
    def _on_tab_changed(self, index: int) -> None:
        if 0 <= index < len(self._pages):
            self.page(self.topics[index])
        elif index == len(self._pages):
            _ = self.script_page
        self.show_titles()

    @Slot()
    @Slot(bool)
    def show_titles(self, _: bool = False) -> None:
        """Title the tabs, and mark those that run out of sight."""
        titles = [*(topic_title(topic) for topic in self.topics), self.tr("My script")]
        pages = [*self._pages.values(), self._script_page]
        for index, title in enumerate(titles):
            self.setTabText(index, title)
        running = [index for index, page in enumerate(pages) if page is not None and page.stage.is_running]
        self._bar.show_running([index for index in running if index != self.currentIndex()])
        self._bar.fit()
        self.titled.emit()

    def program_title(self) -> str:
        """What the program in sight is called, "" where there is none."""
        seen = [*self._pages.values(), self._script_page][self.currentIndex()]
        program = seen.stage.program if seen is not None else None
        return program.title(self._language.code) if program is not None else ""

    def _retranslate(self) -> None:
        self.show_titles()
        self._bar.setAccessibleName(self.tr("Topics"))
        self._bar.setToolTip(self.tr("Topics (Ctrl+PageUp, Ctrl+PageDown)"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
