"""The menu in the window's corner: files, Python, language, theme, size of type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from concsim.ui.painting.theme import Theme
from concsim.ui.text.language import LANGUAGES, Language

if TYPE_CHECKING:
    from concsim.control.labs.pythons import Python


LIMITS = (16, 64, 256, 1024)
SIZES = (100, 300, 1_000, 3_000, 10_000)
"""Megabytes."""


class CornerMenu(QToolButton):
    """One button, one menu."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    big_chosen = Signal(bool)
    python_chosen = Signal(str)
    processes_chosen = Signal(int)
    recording_mb_chosen = Signal(int)
    save_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, language: Language, theme: Theme, processes: int, recording_mb: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language, self._theme = language, theme
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._open = self._menu.addAction("")
        self._open.triggered.connect(self.open_wanted)
        self._save = self._menu.addAction("")
        self._save.triggered.connect(self.save_wanted)
        self._menu.addSeparator()
        self._pythons = self._menu.addMenu("")
        self._python_group = QActionGroup(self)
        self._python_group.triggered.connect(self._on_python)
        self._limits = self._menu.addMenu("")
        choices = {str(most): str(most) for most in sorted({*LIMITS, processes})}
        self._limit_group = self._choices(self._limits, choices, str(processes), self._on_limit)
        self._sizes = self._menu.addMenu("")
        sizes = {str(most): _size(most) for most in sorted({*SIZES, recording_mb})}
        self._size_group = self._choices(self._sizes, sizes, str(recording_mb), self._on_size)
        self._languages = self._menu.addMenu("")
        self._language_group = self._choices(self._languages, LANGUAGES, language.code, self._on_language)
        self._themes = self._menu.addMenu("")
        self._theme_group = self._choices(
            self._themes, {"system": "", "light": "", "dark": ""}, theme.choice, self._on_theme
        )
        self._big = self._menu.addAction("")
        self._big.setCheckable(True)
        self._big.setChecked(theme.big)
        self._big.toggled.connect(self.big_chosen)
        self._retranslate()

    def _choices(self, menu: QMenu, choices: dict[str, str], chosen: str, slot: object) -> QActionGroup:
        group = QActionGroup(self)
        for code, label in choices.items():
            action = menu.addAction(label)
            action.setData(code)
            action.setCheckable(True)
            action.setChecked(code == chosen)
            group.addAction(action)
        group.triggered.connect(slot)
        return group

    def show_pythons(self, pythons: list[Python]) -> None:
        """Offer the Pythons found; the first is concsim's own."""
        for index, python in enumerate(pythons):
            action = self._pythons.addAction(python.label)
            action.setProperty("label", python.label)
            action.setData(python.path)
            action.setToolTip(python.path)
            action.setCheckable(True)
            action.setChecked(index == 0)
            self._python_group.addAction(action)
        self._name_pythons()

    def _name_pythons(self) -> None:
        for action in self._python_group.actions():
            label = action.property("label")
            own = self.tr("{version} (concsim's own)").format(version=label)
            action.setText(label if action.data() else own)

    @Slot(QAction)
    def _on_python(self, action: QAction) -> None:
        self.python_chosen.emit(action.data())

    @Slot(QAction)
    def _on_limit(self, action: QAction) -> None:
        self.processes_chosen.emit(int(action.data()))

    @Slot(QAction)
    def _on_size(self, action: QAction) -> None:
        self.recording_mb_chosen.emit(int(action.data()))

    @Slot(QAction)
    def _on_language(self, action: QAction) -> None:
        self.language_chosen.emit(action.data())

    @Slot(QAction)
    def _on_theme(self, action: QAction) -> None:
        self.theme_chosen.emit(action.data())

    def _retranslate(self) -> None:
        self.setText(self.tr("Menu ▾"))
        self.setAccessibleName(self.tr("Menu"))
        self.setToolTip(self.tr("Recordings, Python, language, theme (F10)"))
        self.setShortcut("F10")
        self._open.setText(self.tr("Open a recording…"))
        self._save.setText(self.tr("Save the recording…"))
        self._save.setShortcut("Ctrl+S")
        self._pythons.setTitle(self.tr("Python that runs the program"))
        self._limits.setTitle(self.tr("Processes a run may have"))
        self._limits.setToolTip(self.tr("A program that asks for more is refused, as the system would refuse it"))
        self._sizes.setTitle(self.tr("Size of a recording"))
        self._sizes.setToolTip(self.tr("Of a longer run only some moments of what is older are kept"))
        self._languages.setTitle(self.tr("Language"))
        self._themes.setTitle(self.tr("Theme"))
        names = {"system": self.tr("as the system"), "light": self.tr("light"), "dark": self.tr("dark")}
        for action in self._theme_group.actions():
            action.setText(names[action.data()])
        self._big.setText(self.tr("Large type for a projector"))
        self._name_pythons()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _size(megabytes: int) -> str:
    return f"{megabytes} MB" if megabytes < 1_000 else f"{megabytes / 1_000:g} GB"
