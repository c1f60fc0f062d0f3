"""The watched variables beside the code."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from concsim.bridge.run_model import RunModel
from concsim.model.programs.expectation import expected_of
from concsim.ui.text.watched_words import value_text


class VariablesView(QTableWidget):
    """The watched globals at the moment shown, and what they should end as."""

    def __init__(self, run: RunModel, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self._run = run
        self.verticalHeader().hide()
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        run.changed.connect(self._on_changed)
        run.reset.connect(self._on_changed)
        self._retranslate()

    def _rows(self) -> list[tuple[str, str, str]]:
        program, state = self._run.program, self._run.state
        if program is None:
            return []
        rows = []
        for name in program.block.watch:
            watched = state.watched.get(name)
            value = "–" if watched is None else value_text(watched) or "–"
            expected = expected_of(program, name, state.parameters or program.defaults())
            shown = "–" if expected is None else f"{expected:,}" if isinstance(expected, (int, float)) else str(expected)
            rows.append((name, value, shown))
        return rows

    @Slot()
    def _on_changed(self) -> None:
        if not self.isVisible():
            return
        rows = self._rows()
        with QSignalBlocker(self):
            self.setRowCount(len(rows))
            for index, row in enumerate(rows):
                for column, text in enumerate(row):
                    item = self.item(index, column)
                    if item is None:
                        item = QTableWidgetItem()
                        self.setItem(index, column, item)
                    if item.text() != text:
                        item.setText(text)
                        item.setToolTip(text)

    def _retranslate(self) -> None:
        self.setHorizontalHeaderLabels([self.tr("Variable"), self.tr("Value"), self.tr("Expected at the end")])
        self.setAccessibleName(self.tr("Variables"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QEvent) -> None:  # type: ignore[override]
        super().showEvent(event)  # type: ignore[arg-type]
        self._on_changed()
