"""What the program prints, beside the code."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from concsim.bridge.run_model import RunModel
from concsim.model.events import OutputPrinted
from concsim.ui.output.input_line import InputLine
from concsim.ui.output.output_cut import SHOWN_BLOCKS, broken, newest_of
from concsim.ui.output.output_text import OutputText
from concsim.ui.painting.theme import Theme

SHOWN_LETTERS = 2 << 20


class OutputView(QWidget):
    """What the program printed up to the moment shown, each line with who printed it; and a line for its input."""

    line_entered = Signal(str)

    def __init__(self, run: RunModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run, self._theme = run, theme
        self._last: OutputPrinted | None = None
        self._text = OutputText(run, theme)
        self._text.setMaximumBlockCount(SHOWN_BLOCKS)
        self._text.document().setDocumentMargin(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._text)
        self._input = InputLine()
        self._input.entered.connect(self.line_entered)
        column.addWidget(self._input)
        run.changed.connect(self._on_changed)
        run.reset.connect(self._on_reset)
        run.input_wanted.connect(self._on_input_wanted)
        run.running_changed.connect(self._on_running_changed)
        theme.changed.connect(self._on_reset)
        self._retranslate()

    @property
    def text(self) -> str:
        """The text shown."""
        return self._text.toPlainText()

    @Slot()
    def _on_reset(self) -> None:
        self._last = None
        self._text.forget()
        self._text.setFont(self._theme.mono())
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        output = self._run.history.output
        if not self._run.is_live:
            moment = self._run.moment
            output = [one for one in output if one.time <= moment]
        shown = len(output)
        while shown and output[shown - 1] is not self._last:
            shown -= 1
        if not shown and self._last is not None:
            self._text.forget()
            self._last = None
        if shown < len(output):
            self._append(output[shown:])
            self._last = output[-1]

    def _append(self, fresh: list[OutputPrinted]) -> None:
        """Add what is new, at most so much that the window goes on answering."""
        bar = self._text.verticalScrollBar()
        follow = bar.value() >= bar.maximum() - 4
        cursor = QTextCursor(self._text.document())
        cursor.beginEditBlock()
        newest, left_out = newest_of(fresh)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if left_out:
            note = self.tr("… {count} characters are not shown …").format(count=f"{left_out:,}")
            cursor.insertText(("\n" if cursor.positionInBlock() else "") + note + "\n", self._look("muted"))
        for one, text in newest:
            cursor.movePosition(QTextCursor.MoveOperation.End)
            first = cursor.block()
            shown = broken(text, cursor.positionInBlock())
            cursor.insertText(shown, self._look("danger" if one.stream == "stderr" else "text"))
            self._text.sign(first, one)
        cursor.endEditBlock()
        self._trim()
        if follow:
            bar.setValue(bar.maximum())

    def _look(self, colour: str) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setForeground(QColor(self._theme.colour(colour)))
        return look

    def _trim(self) -> None:
        """Let go of the older half when there is too much."""
        excess = self._text.document().characterCount() - SHOWN_LETTERS
        if excess > 0:
            cursor = QTextCursor(self._text.document())
            cursor.setPosition(excess + SHOWN_LETTERS // 2, QTextCursor.MoveMode.KeepAnchor)
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()

    @Slot(bool)
    def _on_input_wanted(self, wanted: bool) -> None:
        if wanted:
            self._input.ask()
        else:
            self._hide_input()

    @Slot(bool)
    def _on_running_changed(self, running: bool) -> None:
        if not running:
            self._hide_input()

    def _hide_input(self) -> None:
        """The keyboard's place stays in this view."""
        if self._input.has_keyboard():
            self._text.setFocus()
        self._input.hide()

    def _retranslate(self) -> None:
        self._text.setPlaceholderText(self.tr("What the program prints appears here."))
        self._text.setAccessibleName(self.tr("Output"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
