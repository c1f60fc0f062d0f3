"""How large everything at a table is: the largest at which nothing lies on anything else."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from concsim.model.folding.history import FINISHED, NEW, SLEEPING, WAITING
from concsim.ui.text.actor_words import state_word
from concsim.ui.views.shared.run_view import SMALL
from concsim.ui.views.table.table_places import Places, Sizes, arrange
from concsim.ui.views.table.table_seats import Table

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

CHIP_LEAST, CHIP_MOST, CHIP_HEIGHT = 76, 150, 38
LOCK_LEAST, LOCK_MOST, LOCK_HEIGHT, LOW_LOCK = 40, 96, 34, 20
SIGN = 10
INSIDE = (0.6, 0.52, 0.45)
"""How far out the locks may lie, as shares of where the actors sit."""
SHARES = (1.0, 0.92, 0.85, 0.78, 0.7, 0.62, 0.55)
LEAST_POINTS = 8.0


class TableSizes:
    """Finds sizes for a view's type; a *share* is of full size."""

    def __init__(self, view: RunView) -> None:
        self._view = view

    def places(self, room: QRectF, table: Table, heading: str) -> Places:
        """The largest arrangement in which nothing lies on anything else."""
        for share, inside in product(SHARES, INSIDE):
            found = arrange(room, table, self._sizes(table, heading, share), inside)
            if not found.collide():
                break
        return found

    # type

    def heading_font(self, share: float) -> QFont:
        """The type of the heading."""
        return self._font(1.1 * share, bold=True)

    def name_font(self, share: float) -> QFont:
        """The type of an actor's name."""
        return self._font(share, bold=True)

    def small_font(self, share: float) -> QFont:
        """The type of an actor's state and of a lock."""
        return self._font(share * SMALL)

    def _font(self, share: float, bold: bool = False) -> QFont:
        return self._view.type_of(max(share, LEAST_POINTS / self._view.theme.point_size), bold=bold)

    # sizes

    def sign(self, share: float) -> float:
        """The side of an actor's sign."""
        return self._view.scaled(SIGN) * share

    def _sizes(self, table: Table, heading: str, share: float) -> Sizes:
        view, metrics = self._view, QFontMetricsF(self.heading_font(share))
        words = (metrics.horizontalAdvance(heading) + 16, metrics.height() + 6) if heading else (0.0, 0.0)
        tall = view.scaled(LOCK_HEIGHT if view.height() > view.scaled(300) else LOW_LOCK) * share
        chip = self._chip_width(table, share), view.scaled(CHIP_HEIGHT) * share
        return Sizes(share, chip, (self._lock_width(table, share), tall), words)

    def _chip_width(self, table: Table, share: float) -> float:
        scaled, names, words = self._view.scaled, QFontMetricsF(self.name_font(share)), QFontMetricsF(self.small_font(share))
        actors = [self._view.model.state.actors[number] for number in table.seats]
        name = max((names.horizontalAdvance(one.name) for one in actors), default=0.0) + 16
        word = max(words.horizontalAdvance(state_word(state)) for state in (NEW, WAITING, SLEEPING, FINISHED))
        least, most = scaled(CHIP_LEAST) * share, scaled(CHIP_MOST) * share
        return min(max(name, word + scaled(SIGN) + 18, least), most)

    def _lock_width(self, table: Table, share: float) -> float:
        scaled, metrics = self._view.scaled, QFontMetricsF(self.small_font(share))
        names = [self._view.model.state.name_of(number) for number in (*table.between, *table.middle)]
        longest = max((metrics.horizontalAdvance(name) for name in names), default=0.0)
        return min(max(longest + 16, scaled(LOCK_LEAST) * share), scaled(LOCK_MOST))
