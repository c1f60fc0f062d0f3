"""The bank at the moment shown: what each client claims, holds and still needs, what is left, and the safe order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from concsim.model.folding.parts import Actor
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.text.actor_words import state_word
from concsim.ui.views.bankers.bank_grid import MARGIN, Grid, beginnings
from concsim.ui.views.bankers.bank_state import NOT_THERE, UNSAFE, Account, Bank, bank_of
from concsim.ui.views.shared.run_view import SMALL, RunView, faded

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

PAD, SIGN = 8, 10
ROW = 26
AROUND = 5
"""Rows beside those of the clients: two of headings, what is available, the safe order, a refusal."""
NARROWEST, WIDEST = 18, 56
LEAST_POINTS = 8.5
LEFT, CENTRE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignCenter


class BankersView(RunView):
    """A row for each client, drawn from what the program watches."""

    follows_clock = False

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(run, marks, theme, parent)
        self._set_least()

    def _set_least(self) -> None:
        self.setMinimumSize(280, min(self.scaled(190), 280))

    def restyle(self) -> None:
        """The scheme or the type size has changed."""
        self._set_least()
        super().restyle()

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Bank"))
        self.setAccessibleDescription(self.tr("What each client claims, holds and still needs, and the safe order"))

    # what is where

    def grid(self, bank: Bank) -> Grid:
        """Rows as high as there is room for, columns as wide."""
        high = self.height() - 2 * MARGIN
        least = QFontMetricsF(self.type_of(LEAST_POINTS / self.theme.point_size)).height() + 1
        row = min(max(high / (len(bank.accounts) + AROUND), least), self.scaled(ROW))
        shown = max(1, min(len(bank.accounts), int(high / row + 0.01) - AROUND))
        names, gap, kinds = self._names_width(bank, row), float(self.scaled(PAD)), len(bank.available)
        room = self.width() - 2 * MARGIN - names - self._whys_width(bank, row) - 4 * gap
        cell = min(max(room / (3 * kinds), NARROWEST), self.scaled(WIDEST))
        return Grid(row, names, cell, gap, kinds, self.width() - MARGIN, shown)

    def _font(self, row: float, share: float = 1.0, bold: bool = False) -> QFont:
        """Type that fits into a row."""
        fits = (row - 2) / QFontMetricsF(self.type_of(bold=bold)).height()
        return self.type_of(max(min(fits, 1.0) * share, LEAST_POINTS / self.theme.point_size), bold)

    def _names_width(self, bank: Bank, row: float) -> float:
        names, words = QFontMetricsF(self._font(row)), QFontMetricsF(self._font(row, SMALL))
        longest = max(names.horizontalAdvance(one.name) for one in bank.accounts)
        word = max((words.horizontalAdvance(self._word_of(one)) for one in self._actors(bank).values()), default=0.0)
        return min(self.scaled(SIGN) + longest + word + 4 * PAD, self.width() * 0.36)

    def _whys_width(self, bank: Bank, row: float) -> float:
        """As wide as the heading and any reason."""
        bold, words = QFontMetricsF(self._font(row, SMALL, bold=True)), QFontMetricsF(self._font(row, SMALL))
        whys = [self.why_word(why) for why in {UNSAFE, NOT_THERE, *(one.why for one in bank.refused)}]
        widest = max(bold.horizontalAdvance(self.tr("must wait")), *(words.horizontalAdvance(why) for why in whys))
        return min(widest + 2, self.width() * 0.2)

    def _actors(self, bank: Bank) -> dict[str, Actor]:
        """The threads that have the clients' names."""
        names = {one.name for one in bank.accounts}
        return {one.name: one for one in self.model.state.actors.values() if one.name in names}

    # words

    def _word_of(self, actor: Actor) -> str:
        return self.tr("deadlock") if self._is_stuck(actor) else state_word(actor.state)

    def _is_stuck(self, actor: Actor) -> bool:
        deadlock = self.model.state.deadlock
        return deadlock is not None and any(one.actor == actor.number for one in deadlock.stuck)

    def coins_text(self, bank: Bank, numbers: tuple[int, ...]) -> str:
        """Numbers as "1 gold, 2 silver"."""
        return self.tr(", ").join(f"{number} {kind}" for number, kind in bank.coins(numbers))

    def why_word(self, why: str) -> str:
        """Why a request waits, in a word."""
        words = {UNSAFE: self.tr("unsafe"), NOT_THERE: self.tr("not there")}
        return words.get(why, why)

    def refusal_text(self, bank: Bank, account: Account) -> str:
        """What a client was refused, and why, in a sentence."""
        sentences = {
            UNSAFE: self.tr("{name} was refused {coins}: no order would have been left in which all can finish."),
            NOT_THERE: self.tr("{name} was refused {coins}: the bank had not got it."),
        }
        text = sentences.get(account.why, self.tr("{name} was refused {coins}."))
        return text.format(name=account.name, coins=self.coins_text(bank, account.wish))

    def order_text(self, bank: Bank) -> str:
        """The safe order, or why there is none to show."""
        if bank.is_closed:
            return self.tr("All clients have given everything back.")
        if bank.order:
            return self.tr("Safe order: {order}").format(order=" → ".join(bank.order))
        if not bank.is_lending:
            return self.tr("Nothing has been lent yet.")
        return self.tr("Unsafe: there is no order in which all can finish.")

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the bank; says whether there was one."""
        bank = bank_of(self.model.state.watched)
        if bank is None:
            self.draw_word(painter, self._empty_word())
            return bool(self.model.state.watched)
        grid = self.grid(bank)
        self._draw_headings(painter, bank, grid)
        shapes, actors = StateShapes(self.theme), self._actors(bank)
        for index, account in enumerate(bank.accounts[: grid.shown]):
            self._draw_account(painter, bank, grid, index, actors.get(account.name), shapes)
        self._draw_available(painter, bank, grid)
        self._draw_sentences(painter, bank, grid)
        return True

    def _empty_word(self) -> str:
        program = self.model.program
        if program is not None and not {"claim", "allocation", "available"} <= program.block.watch.keys():
            return self.tr("This program watches no claim, allocation and available")
        return self.word_before(self.tr("Press Run to see what the bank lends"))

    def _draw_headings(self, painter: QPainter, bank: Bank, grid: Grid) -> None:
        titles = (self.tr("claims"), self.tr("holds"), self.tr("still needs"))
        bold, small = self._font(grid.row, SMALL, bold=True), self._font(grid.row, SMALL)
        kinds = beginnings(bank.kinds, QFontMetricsF(small), grid.cell - 2)
        for index, title in enumerate(titles):
            self._write(painter, grid.span(index, 0).adjusted(-grid.gap / 2, 0, grid.gap / 2, 0), title, bold, "text", CENTRE)
            for area, kind in zip(grid.cells(index, 1), kinds, strict=True):
                self._write(painter, area, kind, small, "muted", CENTRE)
        self._write(painter, self._whys_area(grid, 0), self.tr("must wait"), bold, "text", LEFT)
        self._rule(painter, grid, 2)

    def _whys_area(self, grid: Grid, row: int) -> QRectF:
        left = grid.group(3) + grid.gap
        return QRectF(left, grid.top(row), max(0.0, grid.right - left), grid.row)

    def _rule(self, painter: QPainter, grid: Grid, row: int) -> None:
        painter.setPen(QPen(self.theme.colour("line"), 1))
        y = round(grid.top(row)) + 0.5
        painter.drawLine(QPointF(MARGIN, y), QPointF(grid.right, y))

    def _draw_account(
        self, painter: QPainter, bank: Bank, grid: Grid, index: int, actor: Actor | None, shapes: StateShapes
    ) -> None:
        account, row = bank.accounts[index], index + 2
        if actor is not None and self.marks.is_actor(actor.number):
            accent = self.theme.colour("accent")
            painter.fillRect(grid.line(row), faded(accent, 0.12))
            painter.fillRect(QRectF(MARGIN - 4, grid.top(row), 3, grid.row), accent)
        self._draw_name(painter, account, grid, row, (actor, shapes))
        font = self._font(grid.row)
        for group, numbers in enumerate((account.claim, account.holds, account.needs)):
            self._draw_numbers(painter, grid.cells(group, row), numbers, font)
        self._frame_wish(painter, account, grid.cells(2, row))
        self._write(painter, self._whys_area(grid, row), self.why_word(account.why), self._font(grid.row, SMALL), "text", LEFT)

    def _frame_wish(self, painter: QPainter, account: Account, areas: list[QRectF]) -> None:
        """A frame, in the colour of waiting, around what a client still needs and was refused."""
        painter.setPen(QPen(self.theme.colour("waiting"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for area, number in zip(areas, account.wish, strict=False):
            if number:
                side = min(area.width(), area.height()) - 4
                painter.drawRect(QRectF(round(area.center().x() - side / 2), round(area.center().y() - side / 2), round(side), round(side)))

    def _draw_numbers(self, painter: QPainter, areas: list[QRectF], numbers: tuple[int, ...], font: QFont) -> None:
        for area, number in zip(areas, numbers, strict=False):
            self._write(painter, area, f"{number}", font, "text" if number else "muted", CENTRE)

    def _draw_name(
        self, painter: QPainter, account: Account, grid: Grid, row: int, look: tuple[Actor | None, StateShapes]
    ) -> None:
        """The client's name with the shape, colour and word of its thread's state."""
        actor, shapes = look
        area = QRectF(MARGIN + 4, grid.top(row), grid.names - PAD - 4, grid.row)
        side = min(float(self.scaled(SIGN)), grid.row - 6)
        if actor is not None:
            shapes.draw(painter, QRectF(area.left(), round(area.center().y() - side / 2), side, side), actor.state)
        area.setLeft(area.left() + side + PAD)
        font, small = self._font(grid.row), self._font(grid.row, SMALL)
        name = min(QFontMetricsF(font).horizontalAdvance(account.name) + 2, area.width())
        self._write(painter, QRectF(area.left(), area.top(), name, area.height()), account.name, font, "text", LEFT)
        if actor is not None:
            colour = "danger" if self._is_stuck(actor) else "muted"
            self._write(painter, area.adjusted(name + PAD, 0, 0, 0), self._word_of(actor), small, colour, LEFT)

    def _draw_available(self, painter: QPainter, bank: Bank, grid: Grid) -> None:
        """What is left, below what is still needed: the two are compared."""
        row = grid.shown + 2
        self._rule(painter, grid, row)
        bold = self._font(grid.row, bold=True)
        label = QRectF(MARGIN, grid.top(row), grid.group(2) - MARGIN - grid.gap, grid.row)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._write(painter, label, self.tr("available"), bold, "text", side)
        self._draw_numbers(painter, grid.cells(2, row), bank.available, bold)
        if hidden := len(bank.accounts) - grid.shown:
            text = self.tr("… and {count} more").format(count=hidden)
            self._write(painter, self._whys_area(grid, row), text, self._font(grid.row, SMALL), "muted", LEFT)

    def _draw_sentences(self, painter: QPainter, bank: Bank, grid: Grid) -> None:
        row = grid.shown + 3
        unsafe = bank.is_lending and not bank.order
        self._write(painter, grid.line(row), self.order_text(bank), self._font(grid.row), "danger" if unsafe else "text", LEFT)
        if bank.refused:
            text = self.refusal_text(bank, self._told(bank))
            self._write(painter, grid.line(row + 1), text, self._font(grid.row, SMALL), "muted", LEFT)

    def _told(self, bank: Bank) -> Account:
        """The refusal told in a sentence: rather one that the coins would have been there for."""
        return next((one for one in bank.refused if one.why == UNSAFE), bank.refused[0])

    def _write(
        self, painter: QPainter, area: QRectF, text: str, font: QFont, colour: str, side: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(font)
        painter.setPen(self.theme.colour(colour))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, side, shown)

    # the mouse

    def find(self, where: QPointF) -> Account | None:
        """The client in whose row a place is."""
        bank = bank_of(self.model.state.watched)
        return None if bank is None else next(self._hits(bank, where), None)

    def _hits(self, bank: Bank, where: QPointF) -> Iterator[Account]:
        grid = self.grid(bank)
        return (one for row, one in enumerate(bank.accounts[: grid.shown], 2) if grid.line(row).contains(where))

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        bank = bank_of(self.model.state.watched)
        if bank is None:
            return ""
        account = next(self._hits(bank, where), None)
        if account is None:
            below = where.y() > self.grid(bank).top(self.grid(bank).shown + 3)
            return "\n".join([self.order_text(bank), *(self.refusal_text(bank, one) for one in bank.refused)]) if below else ""
        actor = self._actors(bank).get(account.name)
        lines = [f"{account.name}{self.tr(', ')}{self._word_of(actor)}" if actor else account.name]
        return "\n".join([*lines, self.refusal_text(bank, account)] if account.wish else lines)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.describe(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        account = self.find(event.position())
        bank = bank_of(self.model.state.watched)
        if account is None or bank is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if actor := self._actors(bank).get(account.name):
            self.marks.mark("actor", actor.number)
