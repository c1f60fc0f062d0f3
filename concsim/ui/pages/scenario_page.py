"""A topic's page: its scenarios at the left, the stage beside them."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)  # fmt: skip

from concsim.control.sessions.launcher import Launcher
from concsim.model.programs.program import Program
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.stage import Stage
from concsim.ui.text.language import Language

ITEM_SIDES, ITEM_ENDS = 24, 16


class WrappedItem(QStyledItemDelegate):
    """A title over as many lines as it needs. (Qt's own forgets the style sheet's padding, and cuts the last line.)"""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        view: QListWidget = self.parent()  # type: ignore[assignment]
        height = height_of(index.data(), view.font(), view.viewport().width() - ITEM_SIDES)
        return QSize(ITEM_SIDES, height + ITEM_ENDS)


def height_of(text: str, font: QFont, width: int) -> int:
    """The height of a text over as many lines as it needs, each as high as the highest: Chinese ones are, beside Latin."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    heights = [0.0]
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        heights.append(line.height())
    layout.endLayout()
    return ceil(max(heights) * (len(heights) - 1))


class ScenarioPage(QWidget):
    """One topic of the catalogue."""

    failed = Signal(str)

    def __init__(
        self, topic: str, programs: list[Program], launcher: Launcher, language: Language, theme: Theme
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.topic, self._programs, self._language = topic, programs, language
        self.list = QListWidget()
        self.list.setMinimumWidth(176)
        self.list.setWordWrap(True)
        self.list.setItemDelegate(WrappedItem(self.list))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stage = Stage(launcher, language, theme)
        self.stage.failed.connect(self.failed)
        splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        splitter.setHandleWidth(8)
        splitter.addWidget(self.list)
        splitter.addWidget(self.stage)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([200, 1080])
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.addWidget(splitter)
        for _ in programs:
            self.list.addItem(QListWidgetItem())
        self._retranslate()
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.list.setCurrentRow(0)

    def choose(self, id: str) -> None:
        """Put a scenario of this topic on the stage."""
        for row, program in enumerate(self._programs):
            if program.id == id:
                self.list.setCurrentRow(row)

    @Slot(int)
    def _on_row_changed(self, row: int) -> None:
        self.stage.show_program(self._programs[row] if row >= 0 else None)

    def _retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Scenarios"))
        for row, program in enumerate(self._programs):
            item = self.list.item(row)
            item.setText(program.title(self._language.code))
            item.setToolTip(f"{self._language.pick(program.block.blurb)}\n{program.id}".strip())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
