"""My script: any Python file of the person's own, opened, dropped or given on the command line."""

from __future__ import annotations

import dataclasses
import shlex
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from concsim.control.sessions.launcher import Launcher
from concsim.model.programs.program import Program, ProgramError, read_program
from concsim.model.words.phrases import Message
from concsim.ui.background import Background
from concsim.ui.pages.script_side import ScriptSide
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
        self.side = ScriptSide()
        self.side.open_wanted.connect(self.ask_for_script)
        self.side.recent_chosen.connect(self._on_selected)
        self.side.how_changed.connect(self._on_how_changed)
        self.side.module_wanted.connect(self._on_module)
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
        row.addWidget(self.side)
        row.addWidget(self.stage, 1)
        self.side.show_recent(preferences.recent)
        self.stage.show_program(None)

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
            self.side.directory.clear()  # it was for the program before
        self.side.module.clear()
        self._show(program)
        self._remember(path)
        return True

    def _remember(self, path: Path) -> None:
        self._preferences.remember_script(path)
        self.side.show_recent(self._preferences.recent)

    def _show(self, program: Program) -> None:
        if self._watcher.files():
            self._watcher.removePaths(self._watcher.files())
        self._watcher.addPath(str(program.path))
        if not self.side.directory.text():
            self.side.directory.setPlaceholderText(str(program.path.parent))
        self.opened.emit(program.title(self._language.code))  # first: what is wrong with how it is to run is said after
        self.stage.show_program(self._with_how(program))

    def _with_how(self, program: Program) -> Program:
        try:
            words = tuple(shlex.split(self.side.arguments.text()))
        except ValueError as error:
            self.failed.emit(self.tr("The arguments cannot be read: {why}.").format(why=error))
            words = ()
        directory = self.side.directory.text().strip()
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
        name = self.side.module.text().strip()
        directory = Path(self.side.directory.text().strip() or ".").absolute()
        self._asked += 1
        done = partial(self._on_found, self._asked, self.stage.program, directory)
        self._background.call(partial(_find, self._launcher, name, directory), done)

    def _on_found(self, asked: int, before: Program | None, directory: Path, found: Program | Message) -> None:
        if asked != self._asked or self.stage.program is not before:  # something else is wanted, or there, meanwhile
            return
        if isinstance(found, Message):
            self.failed.emit(self._language.say(found))
            return
        self.side.directory.setText(str(directory))
        self._show(found)
        if self.side.module.hasFocus():
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


def _find(launcher: Launcher, name: str, directory: Path) -> Program | Message:
    """The module, or why there is none."""
    try:
        return launcher.find_module(name, directory)
    except ProgramError as error:
        return error.message
