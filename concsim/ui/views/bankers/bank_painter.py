"""Draws a bank's rows: headings, clients with what they claim, hold and still need, what is left, and the sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from concsim.model.folding.entities import Actor
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.views.bankers.bank_clients import client_word, is_stuck
from concsim.ui.views.bankers.bank_fit import PAD, SIGN, row_font
from concsim.ui.views.bankers.bank_grid import MARGIN, Grid, beginnings
from concsim.ui.views.bankers.bank_state import Account, Bank
from concsim.ui.views.bankers.bank_words import column_titles, order_text, refusal_text, told, why_title, why_word
from concsim.ui.views.shared.run_view import SMALL, faded

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

LEFT, CENTRE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignCenter


class BankPainter:
    """Draws a bank into its grid. Made for one painting."""

    def __init__(self, painter: QPainter, view: RunView, bank: Bank, grid: Grid) -> None:
        self._painter, self._view, self._theme = painter, view, view.theme
        self._bank, self._grid = bank, grid
        self._shapes = StateShapes(view.theme)

    def _font(self, share: float = 1.0, bold: bool = False) -> QFont:
        return row_font(self._view, self._grid.row, share, bold)

    # rows

    def draw_headings(self) -> None:
        """What the columns are, and the kinds under each."""
        titles = column_titles()
        bold, small = self._font(SMALL, bold=True), self._font(SMALL)
        kinds = beginnings(self._bank.kinds, QFontMetricsF(small), self._grid.cell - 2)
        for index, title in enumerate(titles):
            self._write(self._grid.span(index, 0).adjusted(-self._grid.gap / 2, 0, self._grid.gap / 2, 0), title, bold, "text", CENTRE)
            for area, kind in zip(self._grid.cells(index, 1), kinds, strict=True):
                self._write(area, kind, small, "muted", CENTRE)
        self._write(self._whys_area(0), why_title(), bold, "text", LEFT)
        self._rule(2)

    def draw_account(self, index: int, actor: Actor | None) -> None:
        """A client's row, with its thread if it has one."""
        account, row = self._bank.accounts[index], index + 2
        if actor is not None and self._view.marks.is_actor(actor.number):
            accent = self._theme.colour("accent")
            self._painter.fillRect(self._grid.line(row), faded(accent, 0.12))
            self._painter.fillRect(QRectF(MARGIN - 4, self._grid.top(row), 3, self._grid.row), accent)
        self._draw_name(account, row, actor)
        font = self._font()
        for group, numbers in enumerate((account.claim, account.holds, account.needs)):
            self._draw_numbers(self._grid.cells(group, row), numbers, font)
        self._frame_wish(account, self._grid.cells(2, row))
        self._write(self._whys_area(row), why_word(account.why), self._font(SMALL), "text", LEFT)

    def _frame_wish(self, account: Account, areas: list[QRectF]) -> None:
        """A frame, in the colour of waiting, around what a client still needs and was refused."""
        self._painter.setPen(QPen(self._theme.colour("waiting"), 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for area, number in zip(areas, account.wish, strict=False):
            if number:
                side, middle = min(area.width(), area.height()) - 4, area.center()
                left, top = round(middle.x() - side / 2), round(middle.y() - side / 2)
                self._painter.drawRect(QRectF(left, top, round(side), round(side)))

    def _draw_numbers(self, areas: list[QRectF], numbers: tuple[int, ...], font: QFont) -> None:
        for area, number in zip(areas, numbers, strict=False):
            self._write(area, f"{number}", font, "text" if number else "muted", CENTRE)

    def _draw_name(self, account: Account, row: int, actor: Actor | None) -> None:
        """The client's name with the shape, colour and word of its thread's state."""
        area = QRectF(MARGIN + 4, self._grid.top(row), self._grid.names - PAD - 4, self._grid.row)
        side = min(float(self._view.scaled(SIGN)), self._grid.row - 6)
        if actor is not None:
            self._shapes.draw(self._painter, QRectF(area.left(), round(area.center().y() - side / 2), side, side), actor.state)
        area.setLeft(area.left() + side + PAD)
        font, small = self._font(), self._font(SMALL)
        name = min(QFontMetricsF(font).horizontalAdvance(account.name) + 2, area.width())
        self._write(QRectF(area.left(), area.top(), name, area.height()), account.name, font, "text", LEFT)
        if actor is not None:
            colour = "danger" if is_stuck(self._view.model.state, actor) else "muted"
            self._write(area.adjusted(name + PAD, 0, 0, 0), client_word(self._view.model.state, actor), small, colour, LEFT)

    def draw_available(self) -> None:
        """What is left, below what is still needed: the two are compared."""
        row = self._grid.shown + 2
        self._rule(row)
        bold = self._font(bold=True)
        label = QRectF(MARGIN, self._grid.top(row), self._grid.group(2) - MARGIN - self._grid.gap, self._grid.row)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._write(label, QCoreApplication.translate("BankWords", "available"), bold, "text", side)
        self._draw_numbers(self._grid.cells(2, row), self._bank.available, bold)
        if hidden := len(self._bank.accounts) - self._grid.shown:
            text = QCoreApplication.translate("BankWords", "… and {count} more").format(count=hidden)
            self._write(self._whys_area(row), text, self._font(SMALL), "muted", LEFT)

    def draw_sentences(self) -> None:
        """The safe order, and what was refused."""
        row = self._grid.shown + 3
        unsafe = self._bank.is_lending and not self._bank.order
        self._write(self._grid.line(row), order_text(self._bank), self._font(), "danger" if unsafe else "text", LEFT)
        if self._bank.refused:
            text = refusal_text(self._bank, told(self._bank))
            self._write(self._grid.line(row + 1), text, self._font(SMALL), "muted", LEFT)

    # parts

    def _whys_area(self, row: int) -> QRectF:
        left = self._grid.group(3) + self._grid.gap
        return QRectF(left, self._grid.top(row), max(0.0, self._grid.right - left), self._grid.row)

    def _rule(self, row: int) -> None:
        self._painter.setPen(QPen(self._theme.colour("line"), 1))
        y = round(self._grid.top(row)) + 0.5
        self._painter.drawLine(QPointF(MARGIN, y), QPointF(self._grid.right, y))

    def _write(self, area: QRectF, text: str, font: QFont, colour: str, side: Qt.AlignmentFlag) -> None:
        self._painter.setFont(font)
        self._painter.setPen(self._theme.colour(colour))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        self._painter.drawText(area, side, shown)
