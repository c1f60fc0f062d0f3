"""The window: places the pages and the corner menu, nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from concsim.control.sessions.launcher import Launcher
from concsim.ui.background import Background
from concsim.ui.garbage import Garbage
from concsim.ui.pages.notice_bar import NoticeBar
from concsim.ui.pages.page_tabs import PageTabs
from concsim.ui.pages.scenario_page import ScenarioPage
from concsim.ui.painting.theme import Theme
from concsim.ui.settings.preferences import Preferences
from concsim.ui.stage.stage import Stage
from concsim.ui.text.language import Language

if TYPE_CHECKING:
    from concsim.ui.pages.script_page import ScriptPage

FIRST_SIZE = (1280, 800)
TITLE_BAR = 40


class MainWindow(QMainWindow):
    """Tabs with pages, and above them what there is to say."""

    painted = Signal()
    file_dropped = Signal(str)

    def __init__(
        self, launcher: Launcher, language: Language, theme: Theme, preferences: Preferences, background: Background
    ) -> None:
        super().__init__()
        self._launcher, self._preferences = launcher, preferences
        self.setWindowTitle("concsim")
        self._take_place()
        self.setAcceptDrops(True)
        self.views_ready = self._has_painted = False
        self._garbage = Garbage(self)
        self.notice = NoticeBar()
        self._complaint = ""
        """What a page has said last that it could not do."""
        self.tabs = PageTabs(launcher, language, theme, preferences, background)
        self.tabs.page_made.connect(self._on_page_made)
        self.tabs.titled.connect(self._show_title)
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self._on_open_wanted)
        self.tabs.begin()

    def _lay_out(self) -> None:
        middle = QWidget(objectName="page")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.tabs, 1)
        self.setCentralWidget(middle)

    def _take_place(self) -> None:
        """Where the window was last, else as large as it should be or the screen lets it."""
        if self.restoreGeometry(self._preferences.geometry):
            return
        room = self.screen().availableGeometry()
        self.resize(min(FIRST_SIZE[0], room.width()), min(FIRST_SIZE[1], room.height() - TITLE_BAR))

    @Slot()
    def _on_open_wanted(self) -> None:
        self.tabs.setCurrentWidget(self.script_page)
        self.script_page.ask_for_script()

    def set_corner(self, widget: QWidget) -> None:
        """Put a widget at the right of the tabs."""
        self.tabs.set_corner(widget)

    # pages

    @property
    def topics(self) -> list[str]:
        """The topics in the order of their tabs."""
        return self.tabs.topics

    @property
    def stage(self) -> Stage:
        """The stage in sight."""
        page = self.tabs.currentWidget()
        return page.stage  # type: ignore[attr-defined, no-any-return]

    def page(self, topic: str) -> ScenarioPage:
        """A topic's page, made when it is first wanted."""
        return self.tabs.page(topic)

    @property
    def script_page(self) -> ScriptPage:
        """The page of the person's own script, made when it is first wanted."""
        return self.tabs.script_page

    @Slot(object)
    def _on_page_made(self, page: ScenarioPage | ScriptPage) -> None:
        page.failed.connect(self._on_failed)
        page.stage.schedule_opened.connect(self.file_dropped)
        page.stage.begun.connect(self._preferences.visit)
        page.stage.run.running_changed.connect(self._garbage.look)
        if not isinstance(page, ScenarioPage):
            page.opened.connect(self._on_opened)
        if self.views_ready:
            page.stage.let_views_in()

    def show_scenario(self, id: str) -> Stage:
        """Bring a scenario to the stage."""
        return self.tabs.show_scenario(id)

    def show_script(self, path: Path) -> bool:
        """Bring a person's own file to the stage; whether it could be read."""
        self.tabs.setCurrentWidget(self.script_page)
        return self.script_page.open_script(path)

    def let_views_in(self) -> None:
        """Views may be made now, on every stage."""
        self.views_ready = True
        for page in self.tabs.made():
            page.stage.let_views_in()

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
        self.tabs.leave()
        self._preferences.geometry = self.saveGeometry()
        self._launcher.close()
        super().closeEvent(event)

    @Slot()
    def _show_title(self) -> None:
        """Call the window after the program in sight."""
        name = self.tabs.program_title()
        self.setWindowTitle(self.tr("{name} – concsim").format(name=name) if name else "concsim")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_title()
        super().changeEvent(event)
