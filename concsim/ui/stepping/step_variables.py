"""What a stepped program shares, at the moment shown: each variable's value, who read it last and who wrote it last.

Locks, queues and their like stand below, with who holds them and who waits. Of a run recorded by line: the watched
globals, and every frame's local variables.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QLabel, QStackedLayout, QTableView, QWidget

from concsim.bridge.stepper import Stepper
from concsim.model.events import LINES
from concsim.model.folding.entities import Thing, Variable
from concsim.ui.painting.theme import Theme
from concsim.ui.text.watched_words import value_text
from concsim.ui.views.shared.run_view import faded

NAME, VALUE, READ, WRITTEN = range(4)
SHARES, SHARES_BY_LINE = (0.24, 0.16, 0.3, 0.3), (0.42, 0.58, 0.0, 0.0)
UNSEEN = "–"
Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


@dataclass(frozen=True)
class Row:
    """A row as it is shown; `read_at` and `written_at` are steps, 0 for none. A *wide* one has nothing but its value."""

    number: int
    name: str
    value: str
    read: str = ""
    read_at: int = 0
    written: str = ""
    written_at: int = 0
    wide: bool = False


class StepVariablesModel(QAbstractTableModel):
    """The variables in the order in which they were first touched, then the locks and queues."""

    def __init__(self, stepper: Stepper, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stepper, self._theme = stepper, theme
        self._rows: list[Row] = []
        self._touched = 0

    def refresh(self) -> None:
        """Read the state anew."""
        state = self._stepper.run.state
        taken = state.taken
        if state.model == LINES:
            rows = self._watched_rows() + self._local_rows()
            self._touched = taken.actor if taken is not None else 0
        else:
            rows = [self._variable_row(one) for one in state.variables.values() if one.name != "?"]
            rows += [self._thing_row(one) for one in state.things.values()]
            self._touched = taken.target if taken is not None else 0
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

    def _variable_row(self, one: Variable) -> Row:
        state = self._stepper.run.state
        value = state.text_of(one) or UNSEEN
        read, written = self._who(one.reader, one.read_at), self._who(one.writer, one.written_at)
        return Row(one.id, one.name, value, read, one.read_at, written, one.written_at)

    def _watched_rows(self) -> list[Row]:
        watched = self._stepper.run.state.watched.values()
        return [Row(0, one.name, value_text(one) or UNSEEN, wide=True) for one in watched]

    def _local_rows(self) -> list[Row]:
        """The local variables of a run recorded by line, by actor: its innermost own function's, kept between its turns."""
        state = self._stepper.run.state
        return [
            Row(actor, f"{state.name_of(actor)} · {name}", value, wide=True)
            for actor, frame in state.frames.items()
            for name, value in frame.values.items()
        ]

    def _who(self, actor: int, step: int) -> str:
        if not actor or not step:
            return ""
        return f"{self._stepper.run.state.name_of(actor)} · {step}"

    def _thing_row(self, one: Thing) -> Row:
        state = self._stepper.run.state
        comma = self.tr(", ")
        parts = []
        if one.owners:
            parts.append(self.tr("held by {names}").format(names=comma.join(state.name_of(number) for number in one.owners)))
        elif one.kind in ("lock", "rlock"):
            parts.append(self.tr("free"))
        if one.kind in ("queue", "semaphore", "event"):
            parts.append(str(one.depth))
        if waiters := state.waiters(one.number):
            parts.append(self.tr("awaited by {names}").format(names=comma.join(waiter.name for waiter in waiters)))
        return Row(one.number, one.name, "; ".join(parts) or UNSEEN, wide=True)

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
