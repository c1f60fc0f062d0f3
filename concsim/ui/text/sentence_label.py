"""A text and a note after it, in a fixed number of lines: what does not fit ends in an ellipsis, and is in the tooltip."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPaintEvent, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from concsim.model.words.phrases import shorten
from concsim.ui.painting.painter import painting
from concsim.ui.painting.theme import Theme

LONGEST = 4_000


class SentenceLabel(QLabel):
    """Never changes its height, so that what lies below stays where it is."""

    def __init__(self, theme: Theme, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._lines = theme, lines
        self.note = self._more = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, text: str, note: str, more: str = "") -> None:
        """Show a text and a note; *more* is for the tooltip alone. What nobody would read to its end is not laid out."""
        text, note, more = (shorten(one, LONGEST) for one in (text, note, more))
        if (text, note, more) == (self.text(), self.note, self._more):
            return
        self.note, self._more = note, more
        self.setText(text)
        self.setAccessibleName(self.whole)
        self._set_tip()
        self.update()

    def _set_tip(self) -> None:
        tip = "" if self.shown() == self.whole else self.whole
        if self._more:  # escaped: "<object at 0x7f…>" is no tag
            tip = f'<p style="white-space: pre-wrap">{escape(self.whole)}<br><br>{escape(self._more)}</p>'
        self.setToolTip(tip)

    @property
    def whole(self) -> str:
        """The text and the note."""
        return f"{self.text()}  {self.note}" if self.note else self.text()

    def shown(self) -> str:
        """What there is room for."""
        text = self.whole
        if self._needs(text) <= self._lines:
            return text
        low, high = 0, len(text)
        while low < high - 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._needs(text[:middle].rstrip() + "…") <= self._lines else (low, middle)
        return text[:low].rstrip() + "…"

    def _needs(self, text: str) -> int:
        return self._lay_out(text).lineCount()

    def _lay_out(self, text: str) -> QTextLayout:
        layout = QTextLayout(text, self.font())
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        start = len(self.text())
        if len(text) > start:
            layout.setFormats([self._muted(start, len(text) - start)])
        height, y = QFontMetricsF(self.font()).lineSpacing(), 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(self.width(), 100))
            line.setPosition(QPointF(0, y))
            y += height
        layout.endLayout()
        return layout

    def sizeHint(self) -> QSize:
        return QSize(400, round(self._lines * QFontMetricsF(self.font()).lineSpacing() + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        layout = self._lay_out(self.shown())
        with painting(self) as painter:
            painter.setPen(QPen(self.palette().windowText().color()))
            layout.draw(painter, QPointF(0, 0))

    def _muted(self, start: int, length: int) -> QTextLayout.FormatRange:
        span = QTextLayout.FormatRange()
        look = QTextCharFormat()
        look.setForeground(QColor(self._theme.colours.muted))
        span.start, span.length, span.format = start, length, look  # type: ignore[attr-defined]
        return span

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
        super().changeEvent(event)

    def resizeEvent(self, event: QEvent) -> None:  # type: ignore[override]
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._set_tip()
