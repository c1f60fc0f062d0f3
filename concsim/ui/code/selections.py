"""Lines and operations of the code, in colour: what Qt calls extra selections."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QTextEdit

from concsim.ui.code.step_marks import Span, cursor_over

Selection = QTextEdit.ExtraSelection


def line_selection(document: QTextDocument, line: int, colour: QColor, alpha: int) -> Selection | None:
    """A whole line, seen through to a share of 255; None where there is no such line."""
    block = document.findBlockByNumber(line - 1)
    if not block.isValid():
        return None
    colour.setAlpha(alpha)
    selection = QTextEdit.ExtraSelection()
    selection.format.setBackground(colour)  # type: ignore[attr-defined]
    selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)  # type: ignore[attr-defined]
    selection.cursor = QTextCursor(block)  # type: ignore[attr-defined]
    return selection


def span_selection(
    document: QTextDocument, span: Span, colour: QColor, share: float, dashed: bool = False
) -> Selection | None:
    """An operation, underlined, its ground in a share of the colour; None where there is no such line."""
    cursor = cursor_over(document, span)
    if cursor is None:
        return None
    selection = QTextEdit.ExtraSelection()
    look = selection.format  # type: ignore[attr-defined]
    look.setUnderlineColor(colour)
    style = QTextCharFormat.UnderlineStyle
    look.setUnderlineStyle(style.DashUnderline if dashed else style.SingleUnderline)
    colour.setAlphaF(share)
    look.setBackground(colour)
    selection.format, selection.cursor = look, cursor  # type: ignore[attr-defined]
    return selection
