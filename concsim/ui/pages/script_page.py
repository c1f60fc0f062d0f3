"""My script: any Python file of the person's own, opened, dropped or given on the command line."""

from __future__ import annotations

import dataclasses
import shlex
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QFileSystemWatcher, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from concsim.control.sessions.launcher import Launcher
from concsim.model.programs.program import Program, ProgramError, read_program
from concsim.model.words.phrases import Message
from concsim.ui.background import Background
from concsim.ui.painting.theme import Theme
from concsim.ui.settings.preferences import Preferences
from concsim.ui.stage.stage import Stage
from concsim.ui.text.language import Language

SETTLE_MS = 200
SCRIPTS = (".py", ".pyw")


class ScriptPage(QWidget):
    """Opens a person's own program and puts it on a stage of its own."""

    failed = Signal(str)
    opened = Signal(str)

    def __init__(
        self, launcher: Launcher, language: Language, theme: Theme, preferences: Preferences, background: Background
    ) -> None:
        super().__init__()
        self._background = background
        self._asked = 0
        """How often a module was looked for: an answer may come late."""
        self.setObjectName("page")
        self._launcher, self._language, self._preferences = launcher, language, preferences
        self.stage = Stage(launcher, language, theme)
        self.stage.failed.connect(self.failed)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_file_changed)
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.setObjectName("settling of the script")
        self._settle.timeout.connect(self._reload)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._make_side())
        row.addWidget(self.stage, 1)
        self._retranslate()
        self._show_recent()
        self.stage.show_program(None)

    def _make_side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(208)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._open = QPushButton(objectName="primary")
        self._open.clicked.connect(self.ask_for_script)
        self._hint = QLabel(objectName="muted", wordWrap=True)
        self._recent_label, self._arguments_label = QLabel(), QLabel()
        self._directory_label, self._module_label = QLabel(), QLabel()
        self._recent = QListWidget()
        self._recent.itemActivated.connect(self._on_recent)
        self._recent.itemClicked.connect(self._on_recent)
        self._arguments, self._directory, self._module = QLineEdit(), QLineEdit(), QLineEdit()
        self._arguments.editingFinished.connect(self._on_how_changed)
        self._directory.editingFinished.connect(self._on_how_changed)
        self._module.returnPressed.connect(self._on_module)
        for widget in (
            self._open, self._hint, self._recent_label, self._recent, self._arguments_label, self._arguments,
            self._directory_label, self._directory, self._module_label, self._module,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addStretch(1)
        for label, line in (
            (self._arguments_label, self._arguments), (self._directory_label, self._directory),
            (self._module_label, self._module),
        ):  # fmt: skip
            label.setBuddy(line)
        return side

    # opening

    def open_script(self, path: Path) -> bool:
        """Put a file on the stage; whether it could be read. Nothing of it is run."""
        path = path.absolute()
        self._asked += 1
        try:
            program = read_program(path)
        except ProgramError as error:
            self.close_page()
            self.stage.show_program(None)
            self.failed.emit(self._language.say(error.message))
            if error.line and path.suffix in SCRIPTS:  # it will be opened again when it is mended
                self._remember(path)
            return False
        if self.stage.program is not None and self.stage.program.path != program.path:
            self._directory.clear()  # it was for the program before
        self._module.clear()
        self._show(program)
        self._remember(path)
        return True

    def _remember(self, path: Path) -> None:
        self._preferences.remember_script(path)
        self._show_recent()

    def _show(self, program: Program) -> None:
        if self._watcher.files():
            self._watcher.removePaths(self._watcher.files())
        self._watcher.addPath(str(program.path))
        if not self._directory.text():
            self._directory.setPlaceholderText(str(program.path.parent))
        self.opened.emit(program.title(self._language.code))  # first: what is wrong with how it is to run is said after
        self.stage.show_program(self._with_how(program))

    def _with_how(self, program: Program) -> Program:
        try:
            words = tuple(shlex.split(self._arguments.text()))
        except ValueError as error:
            self.failed.emit(self.tr("The arguments cannot be read: {why}.").format(why=error))
            words = ()
        directory = self._directory.text().strip()
        if directory and not Path(directory).is_dir():
            self.failed.emit(self.tr("There is no folder {path} to run in.").format(path=directory))
            directory = ""
        return dataclasses.replace(program, arguments=words, directory=directory)

    @Slot()
    def _on_how_changed(self) -> None:
        if self.stage.program is not None and not self.stage.run.running:
            changed = self._with_how(self.stage.program)
            if changed != self.stage.program:
                self.stage.run.program = changed

    @Slot()
    def _on_module(self) -> None:
        name = self._module.text().strip()
        directory = Path(self._directory.text().strip() or ".").absolute()
        self._asked += 1
        done = partial(self._on_found, self._asked, self.stage.program, directory)
        self._background.call(partial(_find, self._launcher, name, directory), done)

    def _on_found(self, asked: int, before: Program | None, directory: Path, found: Program | Message) -> None:
        if asked != self._asked or self.stage.program is not before:  # something else is wanted, or there, meanwhile
            return
        if isinstance(found, Message):
            self.failed.emit(self._language.say(found))
            return
        self._directory.setText(str(directory))
        self._show(found)
        if self._module.hasFocus():
            self.stage.run_bar.run_button.setFocus()  # digits are for the stage now

    @Slot()
    def ask_for_script(self) -> None:
        """Let the person choose a file."""
        dialog = QFileDialog(self, self.tr("Open a Python script"))
        dialog.setNameFilter(self.tr("Python files (*.py);;All files (*)"))
        dialog.fileSelected.connect(self._on_selected)
        dialog.open()

    @Slot(str)
    def _on_selected(self, name: str) -> None:
        self.open_script(Path(name))

    @Slot(object)
    def _on_recent(self, item: object) -> None:
        self.open_script(Path(item.toolTip()))  # type: ignore[attr-defined]

    def _show_recent(self) -> None:
        self._recent.clear()
        for path in self._preferences.recent:
            self._recent.addItem(path.name)
            self._recent.item(self._recent.count() - 1).setToolTip(str(path))
        self._recent.setVisible(self._recent.count() > 0)
        self._recent_label.setVisible(self._recent.count() > 0)

    # changes on disk

    @Slot(str)
    def _on_file_changed(self, name: str) -> None:
        self._settle.start()

    @Slot()
    def _reload(self) -> None:
        program = self.stage.program
        opened_recording = self.stage.run.session is None and self.stage.run.recording_path is not None
        if program is None or opened_recording:
            return
        if program.path.is_file() and str(program.path) not in self._watcher.files():
            self._watcher.addPath(str(program.path))
        if self.stage.run.running:
            self._settle.start(1000)
            return
        try:
            fresh = read_program(program.path, module=program.module)
        except ProgramError as error:
            self.failed.emit(self._language.say(error.message))
            return
        if fresh.source != program.source:
            self.opened.emit(self.tr("{name} was changed on disk and read again.").format(name=program.path.name))
            self.stage.show_program(self._with_how(fresh))

    def close_page(self) -> None:
        """Watch the file no longer."""
        self._settle.stop()
        if self._watcher.files():
            self._watcher.removePaths(self._watcher.files())

    def _retranslate(self) -> None:
        self._open.setText(self.tr("Open a script…"))
        self._open.setAccessibleName(self.tr("Open a script…"))
        self._open.setToolTip(self.tr("Opening a file never runs it") + " (Ctrl+O)")
        self._hint.setText(self.tr("or drop a .py file anywhere on the window"))
        self._recent_label.setText(self.tr("Recent"))
        self._recent.setAccessibleName(self.tr("Recent scripts"))
        self._arguments_label.setText(self.tr("Arguments"))
        self._directory_label.setText(self.tr("Working folder"))
        self._module_label.setText(self.tr("Or a module (-m)"))
        self._module.setPlaceholderText("package.module")
        self._recent.setToolTip(self.tr("Opening a file never runs it"))
        self._arguments.setToolTip(self.tr("What the program finds in sys.argv"))
        self._directory.setToolTip(self.tr("The folder that the program runs in"))
        self._module.setToolTip(self.tr("Open a module by its name, as python -m does (Enter)"))
        for line, label in (
            (self._arguments, self._arguments_label), (self._directory, self._directory_label),
            (self._module, self._module_label),
        ):  # fmt: skip
            line.setAccessibleName(label.text())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _find(launcher: Launcher, name: str, directory: Path) -> Program | Message:
    """The module, or why there is none."""
    try:
        return launcher.find_module(name, directory)
    except ProgramError as error:
        return error.message
