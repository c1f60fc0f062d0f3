"""Where the columns and rows of a sequence diagram are."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

GAP = 8


@dataclass(frozen=True)
class SequencePlaces:
    """Where columns and rows are: life lines stand in the middles of columns, arrows lie low in their rows."""

    room: QRectF
    head: float
    row: int
    column: float
    scroll_x: int
    scroll_y: int

    def x(self, column: int) -> float:
        """A life line."""
        return round(self.room.left() + (column + 0.5) * self.column - self.scroll_x) + 0.5

    def top(self, row: int) -> float:
        """The top of a row."""
        return self.room.top() + row * self.row - self.scroll_y

    def y(self, row: int) -> float:
        """An arrow."""
        return round(self.top(row) + 0.75 * self.row) + 0.5

    def rows(self, count: int) -> range:
        """The rows that can be seen."""
        first = max(int(self.scroll_y // self.row), 0)
        return range(first, min(count, int((self.scroll_y + self.room.height()) // self.row) + 1))

    def columns(self, count: int) -> range:
        """The columns that can be seen."""
        first = max(int(self.scroll_x // self.column), 0)
        return range(first, min(count, int((self.scroll_x + self.room.width()) // self.column) + 1))

    def row_at(self, where: QPointF, count: int) -> int | None:
        """Which of so many rows is at a place."""
        if not self.room.top() <= where.y() < self.room.bottom():
            return None
        index = int((where.y() - self.room.top() + self.scroll_y) // self.row)
        return index if 0 <= index < count else None

    def column_at(self, where: QPointF, count: int) -> int | None:
        """Which of so many columns is at a place, heads included."""
        index = int((where.x() - self.room.left() + self.scroll_x) // self.column)
        inside = GAP <= where.y() < self.room.bottom() and self.room.left() <= where.x() < self.room.right()
        return index if inside and 0 <= index < count else None
