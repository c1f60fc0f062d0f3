"""A colour and a pattern for each of several actors: neither looks like a state's."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor

from concsim.ui.painting.theme import Theme

LIGHT = ("#0072b2", "#d55e00", "#8fc7ec", "#a64f86", "#7d6b00", "#8a93a0")
DARK = ("#3d9ad6", "#ef7d33", "#9fd4f5", "#d68fbb", "#d9c84a", "#a0a9b5")
PATTERNS = (Qt.BrushStyle.SolidPattern, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.HorPattern)
"""When the colours are used up the same come again, hatched, then striped."""


class ActorColours:
    """The looks of actors in the scheme in force, in the order in which they were seen first."""

    def __init__(self, theme: Theme, actors: list[int]) -> None:
        self._colours = [QColor(one) for one in (DARK if theme.dark else LIGHT)]
        self._index = {number: index for index, number in enumerate(actors)}

    def colour(self, actor: int) -> QColor:
        """An actor's colour."""
        return self._colours[self._index.get(actor, 0) % len(self._colours)]

    def pattern(self, actor: int) -> Qt.BrushStyle:
        """An actor's pattern."""
        return PATTERNS[self._index.get(actor, 0) // len(self._colours) % len(PATTERNS)]

    def brush(self, actor: int) -> QBrush:
        """What an actor's blocks are filled with; above a hatched one's ground lies `ground`."""
        return QBrush(self.colour(actor), self.pattern(actor))

    def ground(self, actor: int) -> QColor:
        """What lies under a hatch: the colour, paler."""
        made = QColor(self.colour(actor))
        made.setAlphaF(0.25)
        return made

    def ink(self, actor: int) -> QColor:
        """What can be read on a solid block: black or white."""
        colour = self.colour(actor)
        parts = [one / 12.92 if one <= 0.04 else ((one + 0.055) / 1.055) ** 2.4 for one in (colour.redF(), colour.greenF(), colour.blueF())]
        return QColor("#000000" if 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] > 0.179 else "#ffffff")
