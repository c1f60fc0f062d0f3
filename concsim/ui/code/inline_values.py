"""Local variables behind the lines at which actors stand, as a debugger shows them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextBlock
from PySide6.QtWidgets import QPlainTextEdit

from concsim.ui.painting.painter import painting
from concsim.ui.painting.theme import Theme

GAP = 3
"""Between the text of a line and the values, in widths of a character."""


def paint_values(view: QPlainTextEdit, theme: Theme, values: Mapping[int, str], geometry: object, offset: QPointF) -> None:
    """Paint *values*, texts by line from 1, into the view. *geometry* tells where a block lies, *offset* how far it is scrolled."""
    metrics = QFontMetricsF(view.font())
    with painting(view.viewport()) as painter:
        painter.setFont(view.font())
        painter.setPen(theme.colour("muted"))
        for line, text in values.items():
            block = view.document().findBlockByNumber(line - 1)
            if not block.isValid() or not block.isVisible():
                continue
            area = _area(block, geometry(block), offset, metrics)  # type: ignore[operator]
            area.setRight(view.viewport().width() - 1)
            if area.width() > metrics.averageCharWidth() * GAP:
                shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
                painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _area(block: QTextBlock, lies: QRectF, offset: QPointF, metrics: QFontMetricsF) -> QRectF:
    """Where the text of *block* ends: from there on there is room."""
    first = block.layout().lineAt(0)
    left = first.naturalTextWidth() + metrics.averageCharWidth() * GAP
    area = lies.translated(offset)
    return QRectF(area.left() + left, area.top(), 0, first.height())
