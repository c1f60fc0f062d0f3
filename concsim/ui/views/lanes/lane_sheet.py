"""What lanes are drawn on: where rows and columns are, and what every part of a painting of lanes needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from concsim.ui.views.lanes.lane_groups import Rows, widest
from concsim.ui.views.shared.pixel_runs import TimeScale
from concsim.ui.views.shared.run_view import SMALL

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.views.shared.run_view import RunView

ROW, SMALL_ROW = 28, 14
NAMES, LONGEST_NAMES = 96, 208
AXIS, LEGEND, GAP = 24, 24, 8
SPARE = 8


@dataclass(frozen=True)
class LaneGeometry:
    """Where things are: names from 0 to *left*, lanes from there to *right*, rows from *top* to *bottom*."""

    left: int
    right: int
    top: int
    bottom: int
    row: int
    scroll: int
    count: int
    type_height: float = 14.0

    @property
    def visible(self) -> range:
        """The rows that can be seen."""
        first = self.scroll // self.row
        return range(first, min(self.count, -(-(self.scroll + self.bottom - self.top) // self.row)))

    def y_of(self, index: int) -> int:
        """The top of a row."""
        return self.top + index * self.row - self.scroll

    def row_at(self, y: float) -> int | None:
        """The row at a height."""
        index = int(y - self.top + self.scroll) // self.row
        return index if self.top <= y < self.bottom and 0 <= index < self.count else None

    @property
    def roomy(self) -> bool:
        """Whether words fit into the bars."""
        return self.row >= self.type_height + SPARE


@dataclass(frozen=True)
class LaneSheet:
    """A painter on a run's lanes, with the scheme, the places and the fonts of names and of words in force."""

    painter: QPainter
    run: RunModel
    theme: Theme
    place: LaneGeometry
    scale: TimeScale
    name_font: QFont
    small_font: QFont

    @cached_property
    def stuck(self) -> set[int]:
        """The actors that are part of a deadlock."""
        deadlock = self.run.state.deadlock
        return {one.actor for one in deadlock.stuck} if deadlock else set()


def lay_lanes(view: RunView, rows: Rows, bar_width: int, scrolled: int) -> LaneGeometry:
    """Where rows and columns are in a view whose scroll bar, if it needs one, is so wide and stands there."""
    top, bottom = view.scaled(AXIS), max(view.height() - view.scaled(LEGEND), view.scaled(AXIS) + 1)
    row = min(max((bottom - top) // max(len(rows), 1), view.scaled(SMALL_ROW)), view.scaled(ROW))
    scrolls = row * len(rows) > bottom - top
    right = view.width() - GAP - (bar_width if scrolls else 0)
    height = QFontMetricsF(lane_fonts(view, row)[1]).height()
    return LaneGeometry(_names_width(view, rows), right, top, bottom, row, scrolled if scrolls else 0, len(rows), height)


def lane_fonts(view: RunView, row: int) -> tuple[QFont, QFont]:
    """The fonts of names and of words in rows of this height."""
    name_share = 1.0 if row > view.scaled(20) else 0.75
    return view.type_of(name_share), view.type_of(min(SMALL, name_share))


def _names_width(view: RunView, rows: Rows) -> int:
    longest = widest(rows)
    text = f"{longest.name}  {longest.id}" if longest else ""
    wanted = QFontMetricsF(view.type_of()).horizontalAdvance(text) + 36
    return round(min(max(wanted, view.scaled(NAMES)), view.scaled(LONGEST_NAMES), view.width() / 3))
