"""The language of the window: English or Chinese, switched while it runs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator, Signal

from concsim.model.words.phrases import Message, say

LANGUAGES = {"en": "English", "zh": "中文"}
QT_NAMES = {"zh": "qtbase_zh_CN.qm"}


class Language(QObject):
    """The language in force. Installing its translator makes Qt tell every widget."""

    changed = Signal()

    def __init__(self, code: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.code = ""
        self._translator, self._of_qt = QTranslator(self), QTranslator(self)
        self.choose(code)

    def choose(self, code: str) -> None:
        """Show everything in this language."""
        code = code if code in LANGUAGES else "en"
        if code == self.code:
            return
        self.code = code
        for one in (self._of_qt, self._translator):
            QCoreApplication.removeTranslator(one)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if code in QT_NAMES and self._of_qt.load(QT_NAMES[code], folder):
            QCoreApplication.installTranslator(self._of_qt)
        if code != "en" and self._translator.load(f":/translations/concsim_{code}.qm"):
            QCoreApplication.installTranslator(self._translator)
        self.changed.emit()

    def say(self, message: Message) -> str:
        """A sentence shared with the command line, in this language."""
        return say(message, self.code)

    def pick(self, texts: dict[str, str] | object) -> str:
        """One of a program's own texts."""
        if not isinstance(texts, dict):
            return ""
        return texts.get(self.code) or texts.get("en") or next(iter(texts.values()), "")
