"""Draws the board of a table, who sits at it, and the heading over it. Made for one painting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from concsim.model.folding.history import FINISHED
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.text.actor_words import state_word
from concsim.ui.views.shared.run_view import faded

if TYPE_CHECKING:
    from concsim.model.folding.entities import Actor
    from concsim.ui.painting.theme import Theme
    from concsim.ui.views.table.table_sizes import TableSizes


class TablePainter:
    """Draws at a share of full size."""

    def __init__(self, painter: QPainter, theme: Theme, sizes: TableSizes, share: float) -> None:
        self._painter, self._theme, self._sizes, self._share = painter, theme, sizes, share
        self._shapes = StateShapes(theme)

    def draw_board(self, board: QRectF) -> None:
        """The table itself."""
        self._painter.setPen(QPen(self._theme.colour("line"), 1))
        self._painter.setBrush(self._theme.colour("window"))
        self._painter.drawEllipse(board)

    def draw_actor(self, actor: Actor, area: QRectF, bad: bool, marked: bool) -> None:
        """Who sits there; *bad*: it is part of a circle of waiting, or of a deadlock."""
        painter = self._painter
        if marked:
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(-4, -4, 4, 4), 12, 12)
        painter.setPen(QPen(self._theme.colour("danger" if bad else "edge"), 2 if bad else 1))
        painter.setBrush(self._theme.colour("panel"))
        painter.drawRoundedRect(area, 8, 8)
        name = QRectF(area.left() + 6, area.top() + 2, area.width() - 12, area.height() / 2 - 1)
        self._write(name, actor.name, self._sizes.name_font(self._share), "muted" if actor.state == FINISHED else "text")
        self._draw_state(name.translated(0, name.height()), actor.state)

    def _draw_state(self, area: QRectF, state: int) -> None:
        """The state's shape in its colour, and its word."""
        font, side = self._sizes.small_font(self._share), self._sizes.sign(self._share)
        text = QFontMetricsF(font).horizontalAdvance(state_word(state)) + 2
        left = max(area.left(), area.center().x() - (side + 4 + text) / 2)
        sign = QRectF(round(left), round(area.center().y() - side / 2), round(side), round(side))
        self._shapes.draw(self._painter, sign, state)
        words = QRectF(left + side + 4, area.top(), min(text, area.right() - left - side - 4), area.height())
        self._write(words, state_word(state), font, "muted")

    def draw_heading(self, area: QRectF, text: str) -> None:
        """What is wrong at the table."""
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(faded(self._theme.colour("danger"), 0.12))
        self._painter.drawRoundedRect(area, 4, 4)
        self._write(area, text, self._sizes.heading_font(self._share), "danger")

    def _write(self, area: QRectF, text: str, font: QFont, colour: str) -> None:
        self._painter.setFont(font)
        self._painter.setPen(self._theme.colour(colour))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
        self._painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)
