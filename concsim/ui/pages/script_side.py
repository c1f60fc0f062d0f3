"""The column beside a person's own script: opening one, those opened before, and how it is to run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

WIDTH = 208


class ScriptSide(QWidget):
    """Says what the person wants; what becomes of it is the page's affair."""

    open_wanted = Signal()
    recent_chosen = Signal(str)
    how_changed = Signal()
    module_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.open = QPushButton(objectName="primary")
        self.open.clicked.connect(self.open_wanted)
        self._hint = QLabel(objectName="muted", wordWrap=True)
        self._recent_label, self._arguments_label = QLabel(), QLabel()
        self._directory_label, self._module_label = QLabel(), QLabel()
        self.recent = QListWidget()
        self.recent.itemActivated.connect(self._on_recent)
        self.recent.itemClicked.connect(self._on_recent)
        self.arguments, self.directory, self.module = QLineEdit(), QLineEdit(), QLineEdit()
        self.arguments.editingFinished.connect(self.how_changed)
        self.directory.editingFinished.connect(self.how_changed)
        self.module.returnPressed.connect(self.module_wanted)
        self._lay_out()
        self._retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.open, self._hint, self._recent_label, self.recent):
            column.addWidget(widget)
        for label, line in self._lines():
            column.addWidget(label)
            column.addWidget(line)
            label.setBuddy(line)
        column.addStretch(1)

    def _lines(self) -> list[tuple[QLabel, QLineEdit]]:
        return [
            (self._arguments_label, self.arguments), (self._directory_label, self.directory),
            (self._module_label, self.module),
        ]  # fmt: skip

    def show_recent(self, paths: Iterable[Path]) -> None:
        """List what was opened before."""
        self.recent.clear()
        for path in paths:
            self.recent.addItem(path.name)
            self.recent.item(self.recent.count() - 1).setToolTip(str(path))
        self.recent.setVisible(self.recent.count() > 0)
        self._recent_label.setVisible(self.recent.count() > 0)

    @Slot(object)
    def _on_recent(self, item: QListWidgetItem) -> None:
        self.recent_chosen.emit(item.toolTip())

    def _retranslate(self) -> None:
        self.open.setText(self.tr("Open a script…"))
        self.open.setAccessibleName(self.tr("Open a script…"))
        self.open.setToolTip(self.tr("Opening a file never runs it") + " (Ctrl+O)")
        self._hint.setText(self.tr("or drop a .py file anywhere on the window"))
        self._recent_label.setText(self.tr("Recent"))
        self.recent.setAccessibleName(self.tr("Recent scripts"))
        self.recent.setToolTip(self.tr("Opening a file never runs it"))
        self._arguments_label.setText(self.tr("Arguments"))
        self.arguments.setToolTip(self.tr("What the program finds in sys.argv"))
        self._directory_label.setText(self.tr("Working folder"))
        self.directory.setToolTip(self.tr("The folder that the program runs in"))
        self._module_label.setText(self.tr("Or a module (-m)"))
        self.module.setPlaceholderText("package.module")
        self.module.setToolTip(self.tr("Open a module by its name, as python -m does (Enter)"))
        for label, line in self._lines():
            line.setAccessibleName(label.text())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
