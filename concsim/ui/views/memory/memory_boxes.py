"""Where the boxes of the watched globals stand: a dict with some items gets a line for each, where there is room."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF

from concsim.model.folding.entities import Watched
from concsim.ui.text.watched_words import lines_of

GAP = 16
BOX_LEAST, BOX_MOST, BOX_HEIGHT, LOW_BOX = 152, 264, 80, 62
LINE = 18
LISTED_LEAST, LISTED_MOST = 248, 400
"""Widths of boxes where one of them lists items."""


def place_boxes(all_of_them: Iterable[Watched], area: QRectF, scale: float) -> dict[str, QRectF]:
    """Places of the boxes, row by row from the top of *area*, centred; they may need more than its height."""
    watched = list(all_of_them)
    lines = [len(lines_of(one)) for one in watched]
    least, most = (LISTED_LEAST, LISTED_MOST) if any(lines) else (BOX_LEAST, BOX_MOST)
    columns = max(1, min(len(watched), int((area.width() + GAP) // (least * scale + GAP))))
    width = min(most * scale, (area.width() - GAP * (columns - 1)) / columns)
    left = area.center().x() - (columns * (width + GAP) - GAP) / 2
    heights = _heights([max(lines[start : start + columns]) for start in range(0, len(watched), columns)], area.height(), scale)
    places, top = {}, area.top()
    for row, height in enumerate(heights):
        for column, one in enumerate(watched[row * columns : (row + 1) * columns]):
            places[one.name] = QRectF(left + column * (width + GAP), top, width, height)
        top += height + GAP
    return places


def _heights(lines: list[int], room: float, scale: float) -> list[float]:
    """Each row's height: what it wants, as far as the room goes after the rest has its least."""
    spare = room - len(lines) * (LOW_BOX * scale + GAP) + GAP
    heights = []
    for index, count in enumerate(lines):
        wanted = (BOX_HEIGHT + LINE * max(count - 1, 0)) * scale
        share = max(min(wanted - LOW_BOX * scale, spare if count else spare / (len(lines) - index)), 0.0)
        spare -= share
        heights.append(LOW_BOX * scale + share)
    return heights
