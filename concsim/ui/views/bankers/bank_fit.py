"""How a bank is fitted into its view: rows as high as there is room for, columns as wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetricsF

from concsim.ui.views.bankers.bank_clients import client_word, clients_of
from concsim.ui.views.bankers.bank_grid import MARGIN, Grid
from concsim.ui.views.bankers.bank_state import NOT_THERE, UNSAFE, Bank
from concsim.ui.views.bankers.bank_words import why_title, why_word
from concsim.ui.views.shared.run_view import SMALL

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

PAD, SIGN = 8, 10
ROW = 26
AROUND = 5
"""Rows beside those of the clients: two of headings, what is available, the safe order, a refusal."""
NARROWEST, WIDEST = 18, 56
LEAST_POINTS = 8.5


def fit_bank(view: RunView, bank: Bank) -> Grid:
    """The rows and columns of a bank in a view."""
    high = view.height() - 2 * MARGIN
    least = QFontMetricsF(view.type_of(LEAST_POINTS / view.theme.point_size)).height() + 1
    row = min(max(high / (len(bank.accounts) + AROUND), least), view.scaled(ROW))
    shown = max(1, min(len(bank.accounts), int(high / row + 0.01) - AROUND))
    names, gap, kinds = _names_width(view, bank, row), float(view.scaled(PAD)), len(bank.available)
    room = view.width() - 2 * MARGIN - names - _whys_width(view, bank, row) - 4 * gap
    cell = min(max(room / (3 * kinds), NARROWEST), view.scaled(WIDEST))
    return Grid(row, names, cell, gap, kinds, view.width() - MARGIN, shown)


def row_font(view: RunView, row: float, share: float = 1.0, bold: bool = False) -> QFont:
    """Type that fits into a row."""
    fits = (row - 2) / QFontMetricsF(view.type_of(bold=bold)).height()
    return view.type_of(max(min(fits, 1.0) * share, LEAST_POINTS / view.theme.point_size), bold)


def _names_width(view: RunView, bank: Bank, row: float) -> float:
    names, words = QFontMetricsF(row_font(view, row)), QFontMetricsF(row_font(view, row, SMALL))
    longest = max(names.horizontalAdvance(one.name) for one in bank.accounts)
    state = view.model.state
    said = (client_word(state, one) for one in clients_of(state, bank).values())
    word = max((words.horizontalAdvance(one) for one in said), default=0.0)
    return min(view.scaled(SIGN) + longest + word + 4 * PAD, view.width() * 0.36)


def _whys_width(view: RunView, bank: Bank, row: float) -> float:
    """As wide as the heading and any reason."""
    bold, words = QFontMetricsF(row_font(view, row, SMALL, bold=True)), QFontMetricsF(row_font(view, row, SMALL))
    whys = [why_word(why) for why in {UNSAFE, NOT_THERE, *(one.why for one in bank.refused)}]
    widest = max(bold.horizontalAdvance(why_title()), *(words.horizontalAdvance(why) for why in whys))
    return min(widest + 2, view.width() * 0.2)
