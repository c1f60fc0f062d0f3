"""A sentence at the top of the window that asks for a decision or says what went wrong; never a dialog that blocks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from concsim.model.words.phrases import shorten

LONGEST = 1_000


class NoticeBar(QFrame):
    """One notice at a time, the newest; what can wait comes when that has been closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.label = QLabel(wordWrap=True)
        self.action = QPushButton()
        self._close = QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.addWidget(self.label, 1)
        row.addWidget(self.action)
        row.addWidget(self._close)
        self._do: Callable[[], None] | None = None
        self._later: list[tuple[str, str, Callable[[], None] | None]] = []
        self.action.clicked.connect(self._on_action)
        self._close.clicked.connect(self._on_close)
        self._retranslate()
        self.hide()

    def say(self, text: str, action: str = "", do: Callable[[], None] | None = None) -> None:
        """Show a sentence, with a button if there is something to do about it."""
        text = shorten(text, LONGEST)
        self.label.setText(text)
        self.label.setAccessibleName(text)
        self.action.setText(action)
        self.action.setAccessibleName(action)
        self.action.setToolTip(text)
        self.action.setVisible(bool(action))
        self._do = do
        self.show()

    def say_later(self, text: str, action: str = "", do: Callable[[], None] | None = None) -> None:
        """The same, once the person has closed what is said now."""
        if self.isHidden():
            self.say(text, action, do)
        else:
            self._later.append((text, action, do))

    def take_back(self, text: str) -> None:
        """What was said no longer holds: it goes, if it is still shown."""
        if text and self.label.text() == shorten(text, LONGEST) and not self.isHidden():
            self._on_close()

    @Slot()
    def _on_close(self) -> None:
        self.hide()
        if self._later:
            self.say(*self._later.pop(0))

    @Slot()
    def _on_action(self) -> None:
        do = self._do
        self._on_close()
        if do is not None:
            do()

    def _retranslate(self) -> None:
        self._close.setText(self.tr("Close"))
        self._close.setToolTip(self.tr("Close this notice (Ctrl+W)"))
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setShortcut("Ctrl+W")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
