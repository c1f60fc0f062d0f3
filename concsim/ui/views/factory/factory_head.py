"""Draws the figures at the head of the factory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from concsim.ui.painting.lettering import Lettering

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

GAP = 8


def draw_figure(letters: Lettering, view: RunView, area: QRectF, number: str, words: str) -> None:
    """A big number with small words below it; where that is too low, a smaller one with the words beside it."""
    painter, is_low = letters.painter, area.height() < 2 * letters.type.height("small")
    high = area.height() if is_low else area.height() * 0.64
    font = view.type_of(1.3 if is_low else 2.0, bold=True)
    painter.setFont(font)
    painter.setPen(view.theme.colour("text"))
    side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(area.left(), area.top(), area.width(), high), side, number)
    beside = area.adjusted(QFontMetricsF(font).horizontalAdvance(number) + GAP, 0, 0, 0)
    rest = beside if is_low else area.adjusted(0, high, 0, 0)
    letters.write(rest, words, "small", "muted")
