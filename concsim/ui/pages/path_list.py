"""The path: every scenario in the order in which they build on each other, those that were run with a tick."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from concsim.control.catalogue import read_topic, topics
from concsim.model.programs.program import Program
from concsim.ui.pages.topics import topic_title
from concsim.ui.settings.preferences import Preferences
from concsim.ui.text.language import Language

DONE, TO_DO = "✓ ", "○ "
ID = Qt.ItemDataRole.UserRole


class PathList(QListWidget):
    """`chosen` with a scenario's id when one is pressed. A topic's title goes to its first scenario."""

    chosen = Signal(str)

    def __init__(self, language: Language, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language, self._preferences = language, preferences
        self._topics = topics()
        self._programs: dict[str, list[Program]] | None = None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemActivated.connect(self._on_chosen)
        self.itemClicked.connect(self._on_chosen)
        preferences.visited_changed.connect(self._retranslate)

    def fill(self) -> None:
        """Read the catalogue; the window is on the screen and has the time."""
        if self._programs is None:
            self._programs = {topic: list(read_topic(topic)) for topic in self._topics}
            self._retranslate()

    @property
    def first_to_do(self) -> str:
        """The first scenario on the path that was not run yet, "" if all were."""
        visited = self._preferences.visited
        return next((one.id for rows in (self._programs or {}).values() for one in rows if one.id not in visited), "")

    @Slot()
    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("The path through the catalogue"))
        if self._programs is None:
            return
        visited, place = self._preferences.visited, self.verticalScrollBar().value()
        self.clear()
        for topic, programs in self._programs.items():
            done = sum(one.id in visited for one in programs)
            self._add_topic(topic, programs, done)
            for one in programs:
                self._add_program(one, one.id in visited)
        self.verticalScrollBar().setValue(place)

    def _add_topic(self, topic: str, programs: list[Program], done: int) -> None:
        title = topic_title(topic).replace("&&", "&")
        item = QListWidgetItem(f"{title}  {done}/{len(programs)}")
        font = QFont(self.font())
        font.setBold(True)
        item.setFont(font)
        item.setData(ID, programs[0].id if programs else "")
        item.setToolTip(self.tr("{done} of {count} were run").format(done=done, count=len(programs)))
        self.addItem(item)

    def _add_program(self, program: Program, done: bool) -> None:
        title = program.title(self._language.code)
        item = QListWidgetItem(f"   {DONE if done else TO_DO}{title}")
        item.setData(ID, program.id)
        blurb = self._language.pick(program.block.blurb)
        state = self.tr("was run") if done else self.tr("not run yet")
        item.setToolTip("\n".join(part for part in (title, blurb, state) if part))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {state}")
        self.addItem(item)

    @Slot(QListWidgetItem)
    def _on_chosen(self, item: QListWidgetItem) -> None:
        if item.data(ID):
            self.chosen.emit(item.data(ID))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
