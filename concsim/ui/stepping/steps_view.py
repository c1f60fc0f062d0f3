"""Every step that was taken, a sentence each; pressing one goes there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QStackedLayout, QWidget

from concsim.bridge.stepper import Stepper
from concsim.ui.painting.theme import Theme
from concsim.ui.stepping.step_delegate import StepDelegate
from concsim.ui.stepping.steps_model import StepsModel
from concsim.ui.text.language import Language


class StepsView(QWidget):
    """The list, or a word where there is none yet."""

    def __init__(self, stepper: Stepper, language: Language, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stepper = stepper
        self.list = QListView(uniformItemSizes=True)
        self.list.setObjectName("steps")
        self.model = StepsModel(stepper, language, self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(StepDelegate(stepper, theme, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.clicked.connect(self._on_pressed)
        self.list.activated.connect(self._on_pressed)
        self._word = QLabel(objectName="muted", alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._word)
        self._stack.addWidget(self.list)
        stepper.run.changed.connect(self.refresh)
        stepper.run.reset.connect(self.refresh)
        self._retranslate()

    @Slot()
    def refresh(self) -> None:
        """Mark the step shown and bring it into sight."""
        if not self.isVisible():
            return
        count = self.model.rowCount()
        self._stack.setCurrentIndex(int(count > 0))
        step = self._stepper.step
        if count and 0 < step <= count:
            self.list.scrollTo(self.model.index(step - 1))
        self.list.viewport().update()

    @Slot(QModelIndex)
    def _on_pressed(self, index: QModelIndex) -> None:
        self._stepper.go_to(index.row() + 1)

    def _retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Steps"))
        self._word.setText(self.tr("Each step appears here as a sentence; press one to go there."))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
