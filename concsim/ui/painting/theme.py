"""Colours, sizes and shapes, in one place. State colours are from the Okabe–Ito palette, safe for colour-blind eyes;
each state has a shape (fill, hatch, outline) and a word as well.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette

from concsim.model.folding.history import BLOCKED, FINISHED, MIXED, NEW, READY, RUNNING, SLEEPING, WAITING

GRID = 8
CHINESE_FAMILIES = ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC")


@dataclass(frozen=True)
class Colours:
    """One scheme, as "#rrggbb"."""

    window: str
    panel: str
    raised: str
    text: str
    muted: str
    line: str
    edge: str
    accent: str
    on_accent: str
    running: str
    ready: str
    waiting: str
    sleeping: str
    finished: str
    danger: str
    holding: str
    expected: str
    actual: str
    code_string: str
    code_keyword: str
    code_comment: str
    code_number: str
    code_name: str


LIGHT = Colours(
    window="#f4f5f7", panel="#ffffff", raised="#eceff3", text="#1b1f24", muted="#5b6470", line="#d5dae1", edge="#838d9b",
    accent="#0060a8", on_accent="#ffffff", running="#009e73", ready="#8fd6c0", waiting="#e69f00", sleeping="#a9c4e6",
    finished="#c9ced6", danger="#c8401c", holding="#7a3e9d", expected="#5b6470", actual="#0060a8",
    code_string="#0a6b4f", code_keyword="#8a2b8f", code_comment="#6b7480", code_number="#a8480a", code_name="#0b4f8a",
)  # fmt: skip

DARK = Colours(
    window="#16191d", panel="#1d2126", raised="#282e35", text="#e8ebef", muted="#a0a9b5", line="#363d46", edge="#6f7a89",
    accent="#56b4e9", on_accent="#0b1016", running="#2bc79b", ready="#1c6a55", waiting="#f0b429", sleeping="#47638a",
    finished="#4a525d", danger="#ff7a52", holding="#c792ea", expected="#a0a9b5", actual="#56b4e9",
    code_string="#7fd1ae", code_keyword="#d6a5f0", code_comment="#8b95a3", code_number="#f5b27a", code_name="#8ccbf5",
)  # fmt: skip


class Theme(QObject):
    """The scheme and type size in force; `changed` when either does."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = "system"
        self._big = self._chinese = False
        self._plain = QFont(QGuiApplication.font())
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def dark(self) -> bool:
        """Whether the dark scheme is in force."""
        if self._choice != "system":
            return self._choice == "dark"
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    @property
    def colours(self) -> Colours:
        """The scheme in force."""
        return DARK if self.dark else LIGHT

    @property
    def choice(self) -> str:
        """ "system", "light" or "dark"."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Follow the system or keep to one scheme."""
        self._choice = choice
        self.changed.emit()

    @property
    def big(self) -> bool:
        """Whether type is large, for a projector."""
        return self._big

    def set_big(self, big: bool) -> None:
        """Large type on or off."""
        self._big = big
        self.changed.emit()

    def set_language(self, code: str) -> None:
        """Chinese is drawn with Chinese shapes: without a family that says so it would be a Japanese font's."""
        self._chinese = code == "zh"
        self.changed.emit()

    def _for_language(self, font: QFont) -> QFont:
        """The font with families for the language in force behind its own: the real one, not a name for any."""
        if self._chinese:
            font.setFamilies([QFontInfo(font).family(), *CHINESE_FAMILIES])
        return font

    def font(self) -> QFont:
        """The font of the window."""
        return self._for_language(QFont(self._plain))

    @property
    def point_size(self) -> float:
        """The size of ordinary text."""
        return 15.0 if self._big else 10.0

    def colour(self, name: str) -> QColor:
        """A colour by its name in `Colours`."""
        return QColor(getattr(self.colours, name))

    def state_colour(self, state: int) -> QColor:
        """An actor state's colour."""
        names = {
            NEW: "raised", RUNNING: "running", WAITING: "waiting", SLEEPING: "sleeping", FINISHED: "finished",
            MIXED: "running", READY: "ready", BLOCKED: "danger",
        }  # fmt: skip
        return self.colour(names[state])

    def mono(self) -> QFont:
        """The font of code."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.point_size)
        return self._for_language(font)

    def palette(self) -> QPalette:
        """Qt's palette of the scheme."""
        role, c = QPalette.ColorRole, self.colours
        palette = QPalette()
        for target, name in {
            role.Window: c.window, role.WindowText: c.text, role.Base: c.panel, role.AlternateBase: c.raised,
            role.Text: c.text, role.Button: c.raised, role.ButtonText: c.text, role.Highlight: c.accent,
            role.HighlightedText: c.on_accent, role.ToolTipBase: c.raised, role.ToolTipText: c.text,
            role.PlaceholderText: c.muted, role.Link: c.accent, role.Mid: c.line, role.Dark: c.line,
            role.Light: c.panel, role.Midlight: c.raised, role.Accent: c.accent,
        }.items():  # fmt: skip
            palette.setColor(target, QColor(name))
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(c.muted))
        return palette

    def _on_scheme_changed(self) -> None:
        if self._choice == "system":
            self.changed.emit()
