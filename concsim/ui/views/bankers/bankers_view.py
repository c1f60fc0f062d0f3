"""The bank at the moment shown: what each client claims, holds and still needs, what is left, and the safe order."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from concsim.ui.views.bankers.bank_clients import client_word, clients_of
from concsim.ui.views.bankers.bank_fit import fit_bank
from concsim.ui.views.bankers.bank_grid import Grid
from concsim.ui.views.bankers.bank_painter import BankPainter
from concsim.ui.views.bankers.bank_state import Account, Bank, bank_of
from concsim.ui.views.bankers.bank_words import order_text, refusal_text
from concsim.ui.views.shared.pointed_view import Mark, PointedView


class BankersView(PointedView):
    """A row for each client, drawn from what the program watches."""

    follows_clock = False

    def least_size(self) -> tuple[int, int]:
        """The width and the height below which nothing can be told apart."""
        return 280, min(self.scaled(190), 280)

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Bank"))
        self.setAccessibleDescription(self.tr("What each client claims, holds and still needs, and the safe order"))

    def grid(self, bank: Bank) -> Grid:
        """Rows as high as there is room for, columns as wide."""
        return fit_bank(self, bank)

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the bank; says whether there was one."""
        bank = bank_of(self.model.state.watched)
        if bank is None:
            self.draw_word(painter, self._empty_word())
            return bool(self.model.state.watched)
        grid = self.grid(bank)
        drawn, actors = BankPainter(painter, self, bank, grid), clients_of(self.model.state, bank)
        drawn.draw_headings()
        for index, account in enumerate(bank.accounts[: grid.shown]):
            drawn.draw_account(index, actors.get(account.name))
        drawn.draw_available()
        drawn.draw_sentences()
        return True

    def _empty_word(self) -> str:
        program = self.model.program
        if program is not None and not {"claim", "allocation", "available"} <= program.block.watch.keys():
            return self.tr("This program watches no claim, allocation and available")
        return self.word_before(self.tr("Press Run to see what the bank lends"))

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
            grid = self.grid(bank)
            sentences = [order_text(bank), *(refusal_text(bank, one) for one in bank.refused)]
            return "\n".join(sentences) if where.y() > grid.top(grid.shown + 3) else ""
        actor = clients_of(self.model.state, bank).get(account.name)
        comma = self.tr(", ")
        lines = [f"{account.name}{comma}{client_word(self.model.state, actor)}" if actor else account.name]
        return "\n".join([*lines, refusal_text(bank, account)] if account.wish else lines)

    def mark_at(self, where: QPointF) -> Mark | None:
        """What a click there marks."""
        account, bank = self.find(where), bank_of(self.model.state.watched)
        if account is None or bank is None:
            return None
        actor = clients_of(self.model.state, bank).get(account.name)
        return ("actor", actor.number) if actor else None
