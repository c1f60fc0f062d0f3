"""The steps that were taken, a sentence each, as Qt's list asks for them."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import QWidget

from concsim.bridge.stepper import Stepper
from concsim.ui.text.language import Language

KEPT = 4_096
Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


class StepsModel(QAbstractListModel):
    """The steps of the run on the screen; sentences are made when they are looked at."""

    STEP, BAD = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2

    def __init__(self, stepper: Stepper, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stepper, self._language = stepper, language
        self._log = stepper.run.steps
        self._count = len(self._log)
        self._say = lru_cache(KEPT)(self._sentence)
        stepper.run.changed.connect(self._on_changed)
        stepper.run.reset.connect(self._on_reset)
        language.changed.connect(self._on_reset)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= self._count:
            return None
        step = index.row() + 1
        if role == Qt.ItemDataRole.DisplayRole:
            return self._say(step)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{step}. {self._say(step)}"
        if role == self.STEP:
            return step
        if role == self.BAD:
            over = self._stepper.run.history.overs.get(step)
            return over is not None and over.lost
        return None

    def _sentence(self, step: int) -> str:
        return self._stepper.past_sentence(step, self._language.code)

    @Slot()
    def _on_changed(self) -> None:
        count = len(self._stepper.run.steps)
        if self._stepper.run.steps is not self._log or count < self._count:
            self._on_reset()
        elif count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()

    @Slot()
    def _on_reset(self) -> None:
        self.beginResetModel()
        self._log = self._stepper.run.steps
        self._count = len(self._log)
        self._say.cache_clear()
        self.endResetModel()
