"""The lesson beside the code."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from concsim.bridge.run_model import RunModel
from concsim.control.catalogue import lesson_path
from concsim.ui.painting.theme import Theme
from concsim.ui.text.language import Language

SPACE_ABOVE = 0.8


class LessonView(QTextBrowser):
    """The lesson of the program on the stage, in the language in force."""

    def __init__(self, run: RunModel, language: Language, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run, self._language, self._theme = run, language, theme
        self.setOpenExternalLinks(True)
        self.document().setDocumentMargin(16)
        self._open = False
        self._retranslate()
        run.reset.connect(self.refresh)
        language.changed.connect(self.refresh)
        theme.changed.connect(self.refresh)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Lesson"))

    def open_book(self) -> None:
        """Show lessons from now on: the window is on the screen."""
        self._open = True
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the lesson again: another program, language or size."""
        if not self._open:
            return
        program = self._run.program
        path = lesson_path(program, self._language.code) if program is not None else None
        place = self.verticalScrollBar().value()
        if path is not None:
            self.setMarkdown(path.read_text(encoding="utf-8"))
        else:
            self.setMarkdown(self.tr(
                "## Your own script\n\nPress **Run** to see its threads, locks and queues live. Upper-case constants"
                " at the top of the file become sliders.\n\nA comment block at the top of the file can name the"
                " globals to watch and the charts to draw; CONTRIBUTING.md shows how."
            ))  # fmt: skip
        self._space_headings()
        self.verticalScrollBar().setValue(place)

    def _space_headings(self) -> None:
        """Air above each heading of the second level: Markdown has no say in it."""
        block, cursor = self.document().begin(), QTextCursor(self.document())
        while block.isValid():
            form = block.blockFormat()
            if form.headingLevel() == 2:
                form.setTopMargin(self.fontMetrics().height() * SPACE_ABOVE)
                cursor.setPosition(block.position())
                cursor.setBlockFormat(form)
            block = block.next()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
