"""The opening tab: what a process, a thread and a coroutine are, in a sentence each; the factory; the path."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from concsim.control.sessions.launcher import Launcher
from concsim.model.programs.program import Program
from concsim.ui.pages.path_list import PathList
from concsim.ui.pages.scenario_page import ScenarioPage
from concsim.ui.painting.theme import Theme
from concsim.ui.settings.preferences import Preferences
from concsim.ui.text.language import Language

LEAST_PATH = 160
CARDS = ("processes", "threads", "coroutines")


class Card(QFrame):
    """A word, its sentence, and the way to its topic."""

    def __init__(self, topic: str) -> None:
        super().__init__(objectName="panel")
        self.topic = topic
        self.title, self.text = QLabel(objectName="heading"), QLabel(wordWrap=True)
        self.button = QPushButton()
        self.button.setProperty("topic", topic)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)

    def say(self, title: str, text: str, button: str, tip: str) -> None:
        """Show these words."""
        self.title.setText(title)
        self.text.setText(text)
        self.button.setText(button)
        self.button.setToolTip(tip)
        self.button.setAccessibleName(tip)


class OpeningPage(ScenarioPage):
    """The overview's scenarios between the three words and the path through everything else."""

    scenario_wanted = Signal(str)
    topic_wanted = Signal(str)

    def __init__(
        self, topic: str, programs: list[Program], launcher: Launcher, language: Language, theme: Theme,
        preferences: Preferences,
    ) -> None:  # fmt: skip
        self.cards = {one: Card(one) for one in CARDS}
        self._path_title = QLabel(objectName="heading")
        self.path = PathList(language, preferences)
        super().__init__(topic, programs, launcher, language, theme)
        self._place()
        self.path.chosen.connect(self.scenario_wanted)
        for card in self.cards.values():
            card.button.clicked.connect(self._on_topic)
        QTimer.singleShot(0, self.path.fill)

    def _place(self) -> None:
        """Everything beside the stage is in one column, which scrolls where the window is low."""
        splitter = self.list.parentWidget()
        assert isinstance(splitter, QSplitter)
        column_widget = QWidget(objectName="page")
        column = QVBoxLayout(column_widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list)
        for card in self.cards.values():
            column.addWidget(card)
        column.addWidget(self._path_title)
        column.addWidget(self.path, 1)
        self.path.setMinimumHeight(LEAST_PATH)
        scroll = QScrollArea(frameShape=QFrame.Shape.NoFrame, widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumWidth(208)
        scroll.setWidget(column_widget)
        splitter.insertWidget(0, scroll)
        splitter.setSizes([264, 1016])
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        self._fit_list()

    def _fit_list(self) -> None:
        """The list of four scenarios is as high as they are; the rest is the path's."""
        rows = sum(self.list.sizeHintForRow(row) for row in range(self.list.count()))
        self.list.setFixedHeight(rows + 2 * self.list.frameWidth() + 12)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @Slot()
    def _on_topic(self) -> None:
        self.topic_wanted.emit(self.sender().property("topic"))

    def _retranslate(self) -> None:
        super()._retranslate()
        self._path_title.setText(self.tr("The path"))
        open_ = self.tr("Open ▸")
        for topic, title, text, tip in (
            ("processes", self.tr("Process"),
             self.tr("A program under way with memory of its own: a line of the factory. Several run at once, a core each."),
             self.tr("Open the topic Processes")),
            ("threads", self.tr("Thread"),
             self.tr("One of several hands in a process, sharing its memory: a worker on the line. They take turns with the interpreter."),
             self.tr("Open the topic Threads")),
            ("coroutines", self.tr("Coroutine"),
             self.tr("A function that pauses and goes on: a worker busy with another phone while one waits. A thread runs thousands."),
             self.tr("Open the topic Coroutines")),
        ):  # fmt: skip
            self.cards[topic].say(title, text, open_, tip)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_list()
