"""The window: places the pages and the corner menu, nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QTabWidget, QVBoxLayout, QWidget

from concsim.control.catalogue import read_topic, topics
from concsim.control.sessions.launcher import Launcher
from concsim.ui.background import Background
from concsim.ui.garbage import Garbage
from concsim.ui.pages.notice_bar import NoticeBar
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

FIRST_SIZE = (1280, 800)
TITLE_BAR = 40
OPENING = "overview"


class MainWindow(QMainWindow):
    """A tab for each topic of the catalogue, and one for the person's own script."""

    painted = Signal()
    file_dropped = Signal(str)

    def __init__(
        self, launcher: Launcher, language: Language, theme: Theme, preferences: Preferences, background: Background
    ) -> None:
        super().__init__()
        self._background = background
        self._launcher, self._language, self._theme, self._preferences = launcher, language, theme, preferences
        self.setWindowTitle("concsim")
        self._take_place()
        self.setAcceptDrops(True)
        self.views_ready = self._has_painted = False
        self._garbage = Garbage(self)
        self.notice = NoticeBar()
        self._complaint = ""
        """What a page has said last that it could not do."""
        self.tabs = QTabWidget(documentMode=True)
        self.topic_bar = TopicBar(theme, self.tabs)
        self.tabs.setTabBar(self.topic_bar)
        self._pages: dict[str, ScenarioPage | None] = {}
        for topic in topics():
            self._pages[topic] = None
            self.tabs.addTab(QWidget(), topic)
        self._script_page: ScriptPage | None = None
        self.tabs.addTab(QWidget(), "")
        middle = QWidget(objectName="page")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.tabs, 1)
        self.setCentralWidget(middle)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self._make_keys()
        self._retranslate()
        self._on_tab_changed(0)

    def _take_place(self) -> None:
        """Where the window was last, else as large as it should be or the screen lets it."""
        if self.restoreGeometry(self._preferences.geometry):
            return
        room = self.screen().availableGeometry()
        self.resize(min(FIRST_SIZE[0], room.width()), min(FIRST_SIZE[1], room.height() - TITLE_BAR))

    def _make_keys(self) -> None:
        for key, slot in (
            ("Ctrl+PgDown", self._on_next_tab), ("Ctrl+PgUp", self._on_tab_before), ("Ctrl+O", self._on_open_wanted),
        ):  # fmt: skip
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    @Slot()
    def _on_next_tab(self) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())

    @Slot()
    def _on_tab_before(self) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() - 1) % self.tabs.count())

    @Slot()
    def _on_open_wanted(self) -> None:
        self.tabs.setCurrentWidget(self.script_page)
        self.script_page.ask_for_script()

    def set_corner(self, widget: QWidget) -> None:
        """Put a widget at the right of the tabs."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 8, 2)
        widget.setProperty("corner", True)  # it has the height of a tab and no more
        row.addWidget(widget)
        self.tabs.setCornerWidget(holder, Qt.Corner.TopRightCorner)
        self.topic_bar.fit()

    @property
    def topics(self) -> list[str]:
        """The topics in the order of their tabs."""
        return list(self._pages)

    @property
    def stage(self) -> Stage:
        """The stage in sight."""
        page = self.tabs.currentWidget()
        return page.stage  # type: ignore[attr-defined, no-any-return]

    def page(self, topic: str) -> ScenarioPage:
        """A topic's page, made when it is first wanted."""
        found = self._pages[topic]
        if found is not None:
            return found
        made = self._make_page(topic)
        self._connect(made)
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

    @Slot(str)
    def _on_topic_wanted(self, topic: str) -> None:
        self.tabs.setCurrentWidget(self.page(topic))

    @property
    def script_page(self) -> ScriptPage:
        """The page of the person's own script, made when it is first wanted."""
        if self._script_page is None:
            from concsim.ui.pages.script_page import ScriptPage

            made = ScriptPage(self._launcher, self._language, self._theme, self._preferences, self._background)
            self._connect(made)
            made.opened.connect(self._on_opened)
            self._script_page = made
            self._put(self.tabs.count() - 1, made)
        return self._script_page

    def _connect(self, page: ScenarioPage | ScriptPage) -> None:
        page.failed.connect(self._on_failed)
        page.stage.schedule_opened.connect(self.file_dropped)
        page.stage.begun.connect(self._preferences.visit)
        page.stage.run.reset.connect(self._show_titles)
        page.stage.run.running_changed.connect(self._show_titles)
        page.stage.run.running_changed.connect(self._garbage.look)
        if self.views_ready:
            page.stage.let_views_in()

    def _put(self, index: int, page: QWidget) -> None:
        """Put a page in place of the empty one that kept its tab."""
        with_focus = self.tabs.currentIndex() == index
        self.tabs.blockSignals(True)
        old = self.tabs.widget(index)
        self.tabs.removeTab(index)
        self.tabs.insertTab(index, page, "")
        if with_focus:
            self.tabs.setCurrentIndex(index)
        self.tabs.blockSignals(False)
        assert old is not None
        old.deleteLater()
        self._show_titles()

    def show_scenario(self, id: str) -> Stage:
        """Bring a scenario to the stage."""
        topic = id.partition(".")[0]
        page = self.page(topic)
        self.tabs.setCurrentWidget(page)
        page.choose(id)
        return page.stage

    def show_script(self, path: Path) -> bool:
        """Bring a person's own file to the stage; whether it could be read."""
        self.tabs.setCurrentWidget(self.script_page)
        return self.script_page.open_script(path)

    def let_views_in(self) -> None:
        """Views may be made now, on every stage."""
        self.views_ready = True
        for stage in self.stages():
            stage.let_views_in()

    def stages(self) -> list[Stage]:
        """Every stage made so far."""
        made = [*self._pages.values(), self._script_page]
        return [page.stage for page in made if page is not None]

    @Slot(int)
    def _on_tab_changed(self, index: int) -> None:
        if 0 <= index < len(self._pages):
            self.page(self.topics[index])
        elif index == len(self._pages):
            _ = self.script_page
        self._show_titles()

    @Slot(str)
    def _on_failed(self, why: str) -> None:
        self._complaint = why
        self.notice.say(why)

    @Slot()
    def _on_opened(self) -> None:
        self.notice.take_back(self._complaint)

    # files dropped on the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.file_dropped.emit(files[0])

    # the window's own life

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            self.stage.run_bar.run_button.setFocus()
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        for stage in self.stages():
            stage.leave_run()
        if self._script_page is not None:
            self._script_page.close_page()
        self._preferences.geometry = self.saveGeometry()
        self._launcher.close()
        super().closeEvent(event)

    @Slot()
    @Slot(bool)
    def _show_titles(self, _: bool = False) -> None:
        """Title the tabs, mark those that run out of sight, and the window after the program in sight."""
        titles = [*(topic_title(topic) for topic in self.topics), self.tr("My script")]
        pages = [*self._pages.values(), self._script_page]
        for index, title in enumerate(titles):
            self.tabs.setTabText(index, title)
        running = [index for index, page in enumerate(pages) if page is not None and page.stage.is_running]
        self.topic_bar.show_running([index for index in running if index != self.tabs.currentIndex()])
        self.topic_bar.fit()
        seen = pages[self.tabs.currentIndex()]
        program = seen.stage.program if seen is not None else None
        name = program.title(self._language.code) if program is not None else ""
        self.setWindowTitle(self.tr("{name} – concsim").format(name=name) if name else "concsim")

    def _retranslate(self) -> None:
        self._show_titles()
        self.tabs.tabBar().setAccessibleName(self.tr("Topics"))
        self.tabs.tabBar().setToolTip(self.tr("Topics (Ctrl+PageUp, Ctrl+PageDown)"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
