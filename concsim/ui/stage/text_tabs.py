"""The tabs beside the pictures, below the code: lesson, output, variables and, in Step mode, the steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QWidget

KEYS = ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+3", "Ctrl+4")
LESSON, OUTPUT, VARIABLES, STEP_VARIABLES, STEPS = range(len(KEYS))
OF_LIVE, OF_STEP = (VARIABLES,), (STEP_VARIABLES, STEPS)
"""The tabs that only one mode of the stage has."""


class TextTabs(QTabWidget):
    """Lesson, output, live variables, stepped variables, steps, in this order; each with its key."""

    def __init__(self, pages: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        for page in pages:
            self.addTab(page, "")
        for keys in dict.fromkeys(KEYS):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_key)
        self._retranslate()

    def show_mode(self, stepping: bool) -> None:
        """Offer the tabs of a mode, the first in front."""
        for index in (*OF_LIVE, *OF_STEP):
            self.setTabVisible(index, (index in OF_STEP) == stepping)
        self.setCurrentIndex(0)

    def show_begun(self, stepping: bool, own_script: bool) -> None:
        """A run has begun: bring its variables to the front in place of the lesson, or a person's own program's output."""
        if stepping and self.currentIndex() == LESSON:
            self.setCurrentIndex(STEP_VARIABLES)
        elif own_script and not stepping:
            self.setCurrentIndex(OUTPUT)

    @Slot()
    def _on_key(self) -> None:
        pressed = cast(QShortcut, self.sender()).key().toString()
        self.setCurrentIndex(next((n for n, keys in enumerate(KEYS) if keys == pressed and self.isTabVisible(n)), 0))

    def _retranslate(self) -> None:
        names = (self.tr("Lesson"), self.tr("Output"), self.tr("Variables"), self.tr("Variables"), self.tr("Steps"))
        for index, text in enumerate(names):
            self.setTabText(index, text)
            self.setTabToolTip(index, f"{text} ({KEYS[index]})")
        self.tabBar().setAccessibleName(self.tr("Lesson, output and variables"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
