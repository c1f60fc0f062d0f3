"""Recordings of runs whose window, or command, did not end properly: offered at the start, listed when asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from concsim.ui.background import Background
from concsim.ui.pages.main_window import MainWindow
from concsim.ui.text.language import Language

if TYPE_CHECKING:
    from concsim.control.leftovers.temporary import CutOff

PATH = Qt.ItemDataRole.UserRole


def _find(folder: Path) -> list[CutOff]:
    """What is offered; from now on the person knows until when each is kept."""
    from concsim.control.labs.lab_command import remove_files_of
    from concsim.control.leftovers.ledger import end_what_is_left
    from concsim.control.leftovers.own_folder import RECORDINGS, RUNNING, own_places
    from concsim.control.leftovers.temporary import cut_off_in, note_said, remove_cut_off, remove_outdated

    end_what_is_left(remove_files_of)
    for running in own_places(RUNNING):
        remove_cut_off(running)
    found = []
    for place in {folder, *own_places(RECORDINGS)[1:]}:  # where one was written that could not write the usual one
        remove_outdated(place)
        found += cut_off_in(place)
    note_said(found)
    return sorted(found, key=lambda one: one.began, reverse=True)


class CutOffRecordings(QObject):
    """Says that there are some, shows them, and lets the person open or delete each. None is deleted otherwise."""

    open_wanted = Signal(str)

    def __init__(self, folder: Path, window: MainWindow, language: Language, background: Background) -> None:
        super().__init__(window)
        self._folder, self._window, self._language, self._background = folder, window, language, background
        self._found: list[CutOff] = []

    def offer(self) -> None:
        """Look for some, away from the window's thread, and say so where there are."""
        self._background.call(lambda: _find(self._folder), self._on_found)

    def _on_found(self, found: list[CutOff]) -> None:
        self._found = found
        if found:
            self._window.notice.say_later(self._sentence(found), self.tr("Show…"), self.show_list)

    def _sentence(self, found: list[CutOff]) -> str:
        until = self.date_of(min(one.until for one in found))
        if len(found) == 1:
            text = self.tr("concsim did not close properly. The recording of {name} is still there, and is kept until {until}.")
            return text.format(name=found[0].name, until=until)
        text = self.tr("concsim did not close properly. {count} recordings are still there; the oldest is kept until {until}.")
        return text.format(count=len(found), until=until)

    def date_of(self, seconds: float) -> str:
        """A day, as the language writes it."""
        form = "yyyy年M月d日" if self._language.code == "zh" else "d MMM yyyy"
        return self._locale().toString(QDateTime.fromSecsSinceEpoch(int(seconds)).date(), form)

    def _locale(self) -> QLocale:
        return QLocale(QLocale.Language.Chinese if self._language.code == "zh" else QLocale.Language.English)

    def show_list(self) -> None:
        """List them."""
        dialog = CutOffDialog(self._window)
        for one in self._found:
            began = QDateTime.fromSecsSinceEpoch(int(one.began))
            when = self._locale().toString(began, QLocale.FormatType.ShortFormat)
            dialog.add(one.path, one.name, when, self._locale().formattedDataSize(one.size), self.date_of(one.until))
        dialog.open_wanted.connect(self.open_wanted)
        dialog.delete_wanted.connect(self._on_delete)
        dialog.open()

    @Slot(str)
    def _on_delete(self, name: str) -> None:
        from concsim.control.leftovers.temporary import remove

        remove(Path(name))
        self._found = [one for one in self._found if one.path != Path(name)]


class CutOffDialog(QDialog):
    """A row each; `open_wanted` and `delete_wanted` with the path of the row chosen."""

    open_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, parent: MainWindow) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Recordings that were cut off"))
        self.resize(680, 360)
        text = QLabel(self.tr("These runs were recorded when concsim was ended. Open one to look at it or to save it."), wordWrap=True)
        self.rows = QTreeWidget(rootIsDecorated=False, allColumnsShowFocus=True)
        self.rows.setAccessibleName(self.windowTitle())
        self.rows.setHeaderLabels([self.tr("Program"), self.tr("Begun"), self.tr("Size"), self.tr("Kept until")])
        self.rows.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.rows.itemSelectionChanged.connect(self._on_selection)
        self.rows.itemActivated.connect(self._on_open)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(text)
        column.addWidget(self.rows, 1)
        column.addLayout(self._make_buttons())

    def _make_buttons(self) -> QHBoxLayout:
        self.open_button = QPushButton(self.tr("Open"), objectName="primary")
        self.delete_button = QPushButton(self.tr("Delete"))
        self.delete_button.setToolTip(self.tr("Press twice: what is deleted does not come back"))
        close = QPushButton(self.tr("Close"))
        self.open_button.clicked.connect(self._on_open)
        self.delete_button.clicked.connect(self._on_delete)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.delete_button)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.open_button)
        return row

    def add(self, path: Path, *words: str) -> None:
        """A row."""
        item = QTreeWidgetItem(list(words))
        item.setData(0, PATH, str(path))
        item.setToolTip(0, str(path))
        self.rows.addTopLevelItem(item)
        if self.rows.topLevelItemCount() == 1:
            self.rows.setCurrentItem(item)

    def _chosen(self) -> QTreeWidgetItem | None:
        chosen = self.rows.selectedItems()
        return chosen[0] if chosen else None

    @Slot()
    def _on_selection(self) -> None:
        """Another row: nothing of what was half said of the one before holds."""
        self.delete_button.setText(self.tr("Delete"))
        for button in (self.open_button, self.delete_button):
            button.setEnabled(self._chosen() is not None)

    @Slot()
    def _on_open(self) -> None:
        item = self._chosen()
        if item is not None:
            self.open_wanted.emit(item.data(0, PATH))
            self.accept()

    @Slot()
    def _on_delete(self) -> None:
        item, sure = self._chosen(), self.tr("Delete for good")
        if item is None:
            return
        if self.delete_button.text() != sure:
            self.delete_button.setText(sure)
            return
        self.delete_wanted.emit(item.data(0, PATH))
        self.rows.takeTopLevelItem(self.rows.indexOfTopLevelItem(item))
        self._on_selection()
