"""The opening tab: what a process, a thread and a coroutine are, in a sentence each; the factory; the path."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from concsim.model.program import Program
from concsim.ui.language import Language
from concsim.ui.launcher import Launcher
from concsim.ui.path_list import PathList
from concsim.ui.preferences import Preferences
from concsim.ui.scenario_page import ScenarioPage
from concsim.ui.theme import Theme

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
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.text)

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
        self._head = QLabel(wordWrap=True)
        self._path_title = QLabel(objectName="heading")
        self.path = PathList(language, preferences)
        super().__init__(topic, programs, launcher, language, theme)
        self._place()
        self.path.chosen.connect(self.scenario_wanted)
        for card in self.cards.values():
            card.button.clicked.connect(self._on_topic)
        QTimer.singleShot(0, self.path.fill)

    def _place(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        splitter = self.list.parentWidget()
        assert isinstance(splitter, QSplitter)
        column.addWidget(self.list)
        column.addWidget(self._path_title)
        column.addWidget(self.path, 1)
        splitter.insertWidget(0, left)
        splitter.setSizes([216, 1064])
        self._fit_list()
        words = QHBoxLayout()
        words.setSpacing(8)
        for card in self.cards.values():
            words.addWidget(card, 1)
        outer = QVBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        old = self.layout()
        holder = QWidget()
        holder.setLayout(old)
        old.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._head)
        outer.addLayout(words)
        outer.addWidget(holder, 1)
        outer.setContentsMargins(8, 8, 8, 8)
        self.setLayout(outer)

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
        self._head.setText(self.tr(
            "Three ways to do several things at once. Press Run: the factory below is a real program on this machine."
        ))
        self._path_title.setText(self.tr("The path"))
        open_ = self.tr("Open ▸")
        for topic, title, text, tip in (
            ("processes", self.tr("Process"),
             self.tr("A program under way, with memory of its own: one line of the factory. Several really run at once, a core each."),
             self.tr("Open the topic Processes")),
            ("threads", self.tr("Thread"),
             self.tr("One of several hands in a process, sharing its memory: a worker on the line. In Python they take turns with the interpreter."),
             self.tr("Open the topic Threads")),
            ("coroutines", self.tr("Coroutine"),
             self.tr("A function that can pause and go on: a worker who does something else while waiting. One thread runs thousands."),
             self.tr("Open the topic Coroutines")),
        ):  # fmt: skip
            self.cards[topic].say(title, text, open_, tip)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_list()
