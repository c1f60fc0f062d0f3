"""The table of what a stepped program shares, at the moment shown: each variable's value, who read and who wrote it last."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QLabel, QStackedLayout, QTableView, QWidget

from concsim.bridge.stepper import Stepper
from concsim.model.events import LINES
from concsim.ui.painting.theme import Theme
from concsim.ui.stepping.step_variables_model import VALUE, StepVariablesModel

SHARES, SHARES_BY_LINE = (0.24, 0.16, 0.3, 0.3), (0.42, 0.58, 0.0, 0.0)


class StepVariablesView(QWidget):
    """The table; a press on a cell that names a step goes there."""

    def __init__(self, stepper: Stepper, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stepper = stepper
        self.model = StepVariablesModel(stepper, theme, self)
        self.table = QTableView(showGrid=False, wordWrap=False)
        self.table.setModel(self.model)
        self.table.verticalHeader().hide()
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the number of the step stays
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(40)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        self.table.clicked.connect(self._on_pressed)
        self.table.activated.connect(self._on_pressed)
        self._spans: tuple[int, ...] = ()
        self._word = QLabel(objectName="muted", alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._word)
        self._stack.addWidget(self.table)
        stepper.run.changed.connect(self.refresh)
        stepper.run.reset.connect(self.refresh)
        theme.changed.connect(self._on_theme)
        self._retranslate()
        self._on_theme()

    @Slot()
    def refresh(self) -> None:
        """Show the state of the moment."""
        if not self.isVisible():
            return
        self.model.refresh()
        self._span_wide()
        self._fit_columns()
        self._stack.setCurrentIndex(int(self.model.rowCount() > 0))
        row = self.model.touched_row()
        if row >= 0:
            self.table.scrollTo(self.model.index(row, 0))

    def _span_wide(self) -> None:
        """A value alone has the room of all three columns."""
        spans = self.model.wide
        if spans != self._spans:
            self.table.clearSpans()
            for row in spans:
                self.table.setSpan(row, VALUE, 1, 3)
            self._spans = spans

    @Slot()
    def _on_theme(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + 8)
        self.table.viewport().update()

    @Slot(QModelIndex)
    def _on_pressed(self, index: QModelIndex) -> None:
        if step := self.model.step_at(index):
            self._stepper.go_to(step)

    def _retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Variables"))
        self._word.setText(self.tr("Variables that threads share appear here when they are first touched."))
        self.model.retranslate()

    def _fit_columns(self) -> None:
        """By line nobody reads or writes what others see: names and values have all the room."""
        by_line = self._stepper.run.state.model == LINES
        bar = self.table.verticalScrollBar().sizeHint().width()
        for column, share in enumerate(SHARES_BY_LINE if by_line else SHARES):
            self.table.setColumnHidden(column, not share)
            self.table.setColumnWidth(column, int((self.width() - bar - 2) * share))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._on_theme()
        super().changeEvent(event)
