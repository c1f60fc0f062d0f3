"""The panels beside the code: the lesson, what was printed, the watched variables."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from concsim.bridge.run_model import RunModel
from concsim.control.catalogue import lesson_path
from concsim.control.summary import expected_of
from concsim.model.events import OutputPrinted
from concsim.ui.language import Language
from concsim.ui.output_text import OutputText
from concsim.ui.theme import Theme
from concsim.ui.views.watched_words import value_text

SHOWN_BLOCKS = 5_000
LONGEST_LINE = 4_000
LETTERS_A_FRAME = 200_000
SHOWN_LETTERS = 2 << 20


def broken(text: str, column: int) -> str:
    """*text* with its lines broken where they grow too long to lay out; its first line goes on at *column*."""
    if column + len(text) <= LONGEST_LINE:
        return text
    lines = []
    for line in text.split("\n"):
        first = max(LONGEST_LINE - column, 0)
        parts = [line[:first], *(line[at : at + LONGEST_LINE] for at in range(first, len(line), LONGEST_LINE))]
        lines.append("\n".join(parts))
        column = 0
    return "\n".join(lines)


def newest_of(printed: list[OutputPrinted]) -> tuple[list[tuple[OutputPrinted, str]], int]:
    """What of it is shown, as (a record, its text and that of those like it that follow), and how much is left out."""
    letters = lines = 0
    kept: list[tuple[OutputPrinted, list[str]]] = []
    for one in reversed(printed):
        if letters >= LETTERS_A_FRAME or lines >= SHOWN_BLOCKS:
            break
        text = one.text[max(len(one.text) - LETTERS_A_FRAME + letters, 0) :]
        letters, lines = letters + len(text), lines + text.count("\n")
        if kept and (kept[-1][0].actor, kept[-1][0].stream) == (one.actor, one.stream):
            kept[-1][1].append(text)
        else:
            kept.append((one, [text]))
    left_out = 0 if lines >= SHOWN_BLOCKS else sum(len(one.text) for one in printed) - letters
    return [(one, "".join(reversed(texts))) for one, texts in reversed(kept)], left_out


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
        self.verticalScrollBar().setValue(place)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


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
        self._input = self._make_input()
        column.addWidget(self._input)
        run.changed.connect(self._on_changed)
        run.reset.connect(self._on_reset)
        run.input_wanted.connect(self._on_input_wanted)
        run.running_changed.connect(self._on_running_changed)
        theme.changed.connect(self._on_reset)
        self._retranslate()

    def _make_input(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 8, 8, 8)
        self._asks = QLabel()
        self._line = QLineEdit()
        self._line.returnPressed.connect(self._on_entered)
        self._end = QPushButton()
        self._end.clicked.connect(self._on_end_of_file)
        for widget in (self._asks, self._line, self._end):
            row.addWidget(widget)
        bar.hide()
        return bar

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
            self._input.show()
            self._line.setFocus()
        else:
            self._hide_input()

    @Slot(bool)
    def _on_running_changed(self, running: bool) -> None:
        if not running:
            self._hide_input()

    def _hide_input(self) -> None:
        """The keyboard's place stays in this view."""
        if self._line.hasFocus() or self._end.hasFocus():
            self._text.setFocus()
        self._input.hide()

    @Slot()
    def _on_entered(self) -> None:
        self.line_entered.emit(self._line.text() + "\n")
        self._line.clear()

    @Slot()
    def _on_end_of_file(self) -> None:
        self.line_entered.emit("")

    def _retranslate(self) -> None:
        self._asks.setText(self.tr("The program asks:"))
        self._line.setPlaceholderText(self.tr("type a line and press Enter"))
        self._line.setAccessibleName(self.tr("Input for the program"))
        self._end.setText(self.tr("End of input"))
        self._line.setToolTip(self.tr("What the program reads from its input"))
        self._end.setAccessibleName(self._end.text())
        self._end.setToolTip(self.tr("Tell the program that no more input will come"))
        self._text.setPlaceholderText(self.tr("What the program prints appears here."))
        self._text.setAccessibleName(self.tr("Output"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


class VariablesView(QTableWidget):
    """The watched globals at the moment shown, and what they should end as."""

    def __init__(self, run: RunModel, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self._run = run
        self.verticalHeader().hide()
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        run.changed.connect(self._on_changed)
        run.reset.connect(self._on_changed)
        self._retranslate()

    def _rows(self) -> list[tuple[str, str, str]]:
        program, state = self._run.program, self._run.state
        if program is None:
            return []
        rows = []
        for name in program.block.watch:
            watched = state.watched.get(name)
            value = "–" if watched is None else value_text(watched) or "–"
            expected = expected_of(program, name, state.parameters or program.defaults())
            shown = "–" if expected is None else f"{expected:,}" if isinstance(expected, (int, float)) else str(expected)
            rows.append((name, value, shown))
        return rows

    @Slot()
    def _on_changed(self) -> None:
        if not self.isVisible():
            return
        rows = self._rows()
        with QSignalBlocker(self):
            self.setRowCount(len(rows))
            for index, row in enumerate(rows):
                for column, text in enumerate(row):
                    item = self.item(index, column)
                    if item is None:
                        item = QTableWidgetItem()
                        self.setItem(index, column, item)
                    if item.text() != text:
                        item.setText(text)
                        item.setToolTip(text)

    def _retranslate(self) -> None:
        self.setHorizontalHeaderLabels([self.tr("Variable"), self.tr("Value"), self.tr("Expected at the end")])
        self.setAccessibleName(self.tr("Variables"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QEvent) -> None:  # type: ignore[override]
        super().showEvent(event)  # type: ignore[arg-type]
        self._on_changed()
