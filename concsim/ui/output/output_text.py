"""Printed lines, with a margin that says who printed each: drawn beside the text, so that a copy is what was printed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QResizeEvent, QTextBlock
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from concsim.bridge.run_model import RunModel
from concsim.model.events import OutputPrinted
from concsim.ui.painting.theme import Theme

ERROR = 1
ERROR_SIGN = "!"
MOST_LETTERS = 14
UNSEEN = -1


class Margin(QWidget):
    """The strip at the left of the text."""

    def __init__(self, text: OutputText) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:
        return QSize(self._text.margin_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._text.paint_margin(self, event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._text.describe(event.pos().y()), self)
            return True
        return super().event(event)


class OutputText(QPlainTextEdit):
    """Read-only text. The margin shows when more than one actor has printed, or something went to the error stream."""

    def __init__(self, run: RunModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run, self._theme = run, theme
        self.setReadOnly(True)
        self._margin = Margin(self)
        self._actors: set[int] = set()
        self._has_errors = False
        self.updateRequest.connect(self._on_update_request)
        self._place()

    def forget(self) -> None:
        """Begin anew."""
        self.clear()
        self._actors, self._has_errors = set(), False
        self._place()

    def sign(self, first: QTextBlock, printed: OutputPrinted) -> None:
        """Note who printed what was just inserted, from block *first* on. A line belongs to who began it."""
        error = ERROR if printed.stream == "stderr" else 0
        block = first
        while block.isValid():
            if block.userState() == UNSEEN and block.length() > 1:
                block.setUserState(printed.actor << 1 | error)
            block = block.next()
        before = self.margin_width()
        self._actors.add(printed.actor)
        self._has_errors = self._has_errors or bool(error)
        if self.margin_width() != before:
            self._place()

    @property
    def names_shown(self) -> bool:
        """Whether there is more than one printing actor to tell apart."""
        return len(self._actors) > 1

    def signature(self, block: QTextBlock) -> tuple[str, bool]:
        """Who printed a line ("" for nobody seen), and whether it went to the error stream."""
        state = block.userState()
        if state == UNSEEN:
            return "", False
        name = self._run.state.name_of(state >> 1) if state >> 1 else ""
        return ("" if name == "?" else name), bool(state & ERROR)

    def describe(self, y: int) -> str:
        """A line's signature in words."""
        block = self.firstVisibleBlock()
        while block.isValid() and self._area(block).bottom() < y:
            block = block.next()
        name, error = self.signature(block) if block.isValid() else ("", False)
        stream = self.tr("to the error stream") if error else ""
        return ", ".join(one for one in (name, stream) if one)

    # the margin

    def margin_width(self) -> int:
        """Room for the longest name there may be, and the error sign."""
        if not self.names_shown and not self._has_errors:
            return 0
        metrics = QFontMetrics(self.font())
        names = [self._run.state.name_of(number) for number in self._actors if number] if self.names_shown else []
        letters = min(max((len(name) for name in names), default=0), MOST_LETTERS)
        return metrics.horizontalAdvance("0") * (letters + 2) + 16

    def _place(self) -> None:
        width, area = self.margin_width(), self.contentsRect()
        self.setViewportMargins(width, 0, 0, 0)
        self._margin.setGeometry(QRect(area.left(), area.top(), width, area.height()))
        self._margin.setVisible(width > 0)

    @Slot(QRect, int)
    def _on_update_request(self, rect: QRect, dy: int) -> None:
        if dy:
            self._margin.scroll(0, dy)
        else:
            self._margin.update(0, rect.y(), self._margin.width(), rect.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _area(self, block: QTextBlock) -> QRect:
        return self.blockBoundingGeometry(block).translated(self.contentOffset()).toRect()

    def paint_margin(self, margin: QWidget, event: QPaintEvent) -> None:
        """Draw the signatures of the lines in sight; a name only where it changes."""
        painter = QPainter(margin)
        painter.setFont(self.font())
        painter.fillRect(event.rect(), self._theme.colour("panel"))
        painter.fillRect(QRect(margin.width() - 2, event.rect().top(), 1, event.rect().height()), self._theme.colour("line"))
        block, before = self.firstVisibleBlock(), None
        while block.isValid() and (area := self._area(block)).top() <= event.rect().bottom():
            name, error = self.signature(block)
            line = QRect(8, area.top(), margin.width() - 12, QFontMetrics(self.font()).height())
            self._paint_signature(painter, line, name if name != before else "", error)
            before, block = name, block.next()

    def _paint_signature(self, painter: QPainter, line: QRect, name: str, error: bool) -> None:
        if error:
            painter.setPen(self._theme.colour("danger"))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, ERROR_SIGN)
        if name and self.names_shown:
            painter.setPen(self._theme.colour("muted"))
            room = line.width() - 2 * QFontMetrics(self.font()).horizontalAdvance("0")
            shown = QFontMetrics(self.font()).elidedText(name, Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, shown)
