"""The rows of what a stepped program shares, as Qt's table asks for them."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from concsim.bridge.stepper import Stepper
from concsim.ui.painting.theme import Theme
from concsim.ui.stepping.variable_rows import Row, rows_of
from concsim.ui.views.shared.run_view import faded

NAME, VALUE, READ, WRITTEN = range(4)
Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


class StepVariablesModel(QAbstractTableModel):
    """The variables in the order in which they were first touched, then the locks and queues."""

    def __init__(self, stepper: Stepper, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stepper, self._theme = stepper, theme
        self._rows: list[Row] = []
        self._touched = 0

    def refresh(self) -> None:
        """Read the state anew."""
        rows, self._touched = rows_of(self._stepper.run.state)
        self._take(rows)

    def _take(self, rows: list[Row]) -> None:
        shared = min(len(rows), len(self._rows))
        if len(rows) > shared:
            self.beginInsertRows(QModelIndex(), shared, len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
        elif len(self._rows) > shared:
            self.beginRemoveRows(QModelIndex(), shared, len(self._rows) - 1)
            self._rows = rows
            self.endRemoveRows()
        self._rows = rows
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, WRITTEN))

    def retranslate(self) -> None:
        """Another language: headings too."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, WRITTEN)
        self.refresh()

    # Qt

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.ToolTipRole and (step := self.step_at(index)):
            return self.tr("Go to step {step}").format(step=step)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (row.name, row.value, row.read, row.written)[column]
        if role == Qt.ItemDataRole.BackgroundRole and row.number == self._touched:
            return faded(self._theme.colour("accent"), 0.16)
        if role == Qt.ItemDataRole.ForegroundRole and self.step_at(index):
            return self._theme.colour("accent")
        return None

    @property
    def wide(self) -> tuple[int, ...]:
        """The rows with nothing but a value: of locks, queues and their like, and of what is recorded by line."""
        return tuple(index for index, row in enumerate(self._rows) if row.wide)

    def step_at(self, index: Index) -> int:
        """The step that a cell names, 0 for none."""
        row = self._rows[index.row()]
        return {READ: row.read_at, WRITTEN: row.written_at}.get(index.column(), 0)

    def touched_row(self) -> int:
        """The row of what the step shown touched, -1 for none."""
        return next((index for index, row in enumerate(self._rows) if row.number == self._touched), -1)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Variable"), self.tr("Value"), self.tr("Read · step"), self.tr("Wrote · step"))[section]
