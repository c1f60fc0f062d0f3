"""The small table of the settings that were tried in a phone factory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLineF, QRectF
from PySide6.QtGui import QPainter, QPen

from concsim.ui.painting.lettering import RIGHT, Lettering
from concsim.ui.text.process_words import joined
from concsim.ui.views.factory.factory_figures import Tried

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

GAP = 12
STAR = "★"


def headings() -> list[str]:
    """What the columns are called."""
    translate = QCoreApplication.translate
    return [
        translate("FactoryTable", "lines"), translate("FactoryTable", "workers"), translate("FactoryTable", "use waiting"),
        translate("FactoryTable", "rounds"), translate("FactoryTable", "per second"),
    ]  # fmt: skip


def cells_of(one: Tried) -> list[str]:
    """A row's texts, in the order of the headings."""
    translate = QCoreApplication.translate
    lines, workers, waiting = (one.parameters.get(name) for name in ("LINES", "WORKERS", "USE_WAITING"))
    yes = translate("FactoryTable", "yes") if waiting else translate("FactoryTable", "no")
    return [
        *("–" if value is None else f"{value}" for value in (lines, workers)), "–" if waiting is None else yes,
        f"{one.rounds:,}", f"{one.rate:,.1f}",
    ]  # fmt: skip


def best_word() -> str:
    """What the best row says."""
    return f"{STAR} " + QCoreApplication.translate("FactoryTable", "best")


def shown_of(tried: list[Tried], room: int) -> list[Tried]:
    """The newest that there is room for, and the best in any case."""
    if len(tried) <= room:
        return tried
    newest = tried[-room:] if room > 0 else []
    best = [one for one in tried if one.is_best][:1]
    return newest if not best or best[0] in newest or room < 2 else best + newest[1:]


def in_a_line(tried: list[Tried]) -> str:
    """The best setting, or the newest where none is the best, for where there is no room for a table."""
    one = next((one for one in tried if one.is_best), tried[-1])
    texts = [f"{title} {cell}" for title, cell in zip(headings(), cells_of(one), strict=True)]
    return joined(best_word() if one.is_best else "", texts[-1], *texts[:-1])


class FactoryTable:
    """Draws it. Made for one painting."""

    def __init__(self, painter: QPainter, view: RunView, row: int) -> None:
        self._letters, self._theme, self._row = Lettering(painter, view), view.theme, row

    def draw(self, area: QRectF, tried: list[Tried]) -> None:
        """Headings, and as many rows as there is room for."""
        rows = shown_of(tried, int(area.height() // self._row) - 1)
        cells = [cells_of(one) for one in rows]
        titles = headings()
        kind = self._letters.type
        widths = [
            max(kind.width("small", title), *(kind.width("strong", row[index]) for row in cells)) + GAP
            for index, title in enumerate(titles)
        ]
        mark = kind.width("strong", STAR)
        hidden = {3} if sum(widths) + kind.width("strong", best_word()) > area.width() else set()
        used = sum(width for index, width in enumerate(widths) if index not in hidden)
        share = min((area.width() - mark) / used, 1.0)
        widths = [width * share for width in widths]
        self._draw_row(area, 0, titles, widths, hidden, "small", "muted")
        painter = self._letters.painter
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(QLineF(area.left(), area.top() + self._row - 0.5, area.right(), area.top() + self._row - 0.5))
        for index, (one, texts) in enumerate(zip(rows, cells, strict=True), 1):
            font = "strong" if one.is_best else "small"
            used = self._draw_row(area, index, texts, widths, hidden, font, "text")
            rest = QRectF(
                area.left() + used + GAP * share,
                area.top() + index * self._row,
                area.width() - used - GAP * share,
                self._row,
            )
            if one.is_best:
                word = best_word() if kind.width("strong", best_word()) <= rest.width() else STAR
                rest.setLeft(rest.left() + self._letters.write(rest, word, "strong", "accent") + GAP)
            self._letters.write(rest, one.others, "small", "muted")

    def _draw_row(
        self, area: QRectF, index: int, texts: list[str], widths: list[float], hidden: set[int], font: str, colour: str
    ) -> float:
        left, top = area.left(), area.top() + index * self._row
        for column, (text, width) in enumerate(zip(texts, widths, strict=True)):
            if column not in hidden:
                self._letters.write(QRectF(left, top, width - GAP, self._row), text, font, colour, RIGHT)
                left += width
        return left - area.left() - GAP
