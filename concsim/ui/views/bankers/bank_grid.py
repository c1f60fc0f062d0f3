"""Rows and columns of the bank: a row for each client, three groups of columns with one column for each kind."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

MARGIN = 8


@dataclass(frozen=True)
class Grid:
    """Where rows and columns are. A group of columns has one for each kind."""

    row: float
    names: float
    cell: float
    gap: float
    kinds: int
    right: float
    shown: int

    def group(self, index: int) -> float:
        """The left edge of a group: 0 claims, 1 holds, 2 still needs, 3 what was refused."""
        return MARGIN + self.names + index * (self.kinds * self.cell + self.gap)

    def cells(self, index: int, row: int) -> list[QRectF]:
        """The cells of a group in a row."""
        left, top = self.group(index), self.top(row)
        return [QRectF(left + kind * self.cell, top, self.cell, self.row) for kind in range(self.kinds)]

    def span(self, index: int, row: int) -> QRectF:
        """A whole group in a row."""
        return QRectF(self.group(index), self.top(row), self.kinds * self.cell, self.row)

    def top(self, row: int) -> float:
        """The top of a row; the first two are headings."""
        return MARGIN + row * self.row

    def line(self, row: int) -> QRectF:
        """A whole row."""
        return QRectF(MARGIN, self.top(row), self.right - MARGIN, self.row)


def beginnings(names: tuple[str, ...], metrics: QFontMetricsF, width: float) -> list[str]:
    """The names, or, if they do not all fit, as many letters of each as do: rather "go" than an ellipsis."""
    longest = max(map(len, names))
    fitting = (
        count
        for count in range(longest, 1, -1)
        if all(metrics.horizontalAdvance(name[:count]) <= width for name in names)
    )
    count = next(fitting, 1)
    return [name[:count] for name in names]
