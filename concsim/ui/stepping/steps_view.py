"""Every step that was taken, a sentence each; pressing one goes there."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from concsim.bridge.stepper import Stepper
from concsim.ui.painting.theme import Theme
from concsim.ui.text.language import Language
from concsim.ui.views.shared.run_view import faded

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


class StepDelegate(QStyledItemDelegate):
    """A step's number, sentence, and a bar at the left of the one that is shown."""

    def __init__(self, stepper: Stepper, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._stepper, self._theme = stepper, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view: QListView = self.parent()  # type: ignore[assignment]
        return QSize(100, round(view.fontMetrics().height() + 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view: QListView = self.parent()  # type: ignore[assignment]
        colour, area = self._theme.colour, QRectF(option.rect)
        step = index.data(StepsModel.STEP)
        painter.save()
        painter.setFont(view.font())
        metrics = QFontMetricsF(view.font())
        if step == self._stepper.step:
            painter.fillRect(area, faded(colour("accent"), 0.16))
            painter.fillRect(QRectF(area.left(), area.top(), 3, area.height()), colour("accent"))
        if view.hasFocus() and view.currentIndex() == index:
            painter.setPen(colour("accent"))
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        width = metrics.horizontalAdvance(str(max(index.model().rowCount(), 99))) + 16
        painter.setPen(colour("muted"))
        number = QRectF(area.left(), area.top(), width, area.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(step))
        later = step > self._stepper.step
        painter.setPen(colour("danger" if index.data(StepsModel.BAD) else "muted" if later else "text"))
        room = QRectF(area.left() + width + 10, area.top(), area.width() - width - 14, area.height())
        text = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


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
