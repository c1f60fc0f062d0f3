"""Draws bars of costs: the name, the bar with its whisker, the value and how many times the cheapest it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from concsim.ui.painting.actor_colours import ActorColours
from concsim.ui.painting.lettering import CENTRE, RIGHT, Lettering, Type
from concsim.ui.views.costs.cost_figures import KINDS, Cost, LogScale, amount

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

GAP, SIGN, AXIS = 8, 10, 20
PALETTE = (0, 1, 3, 4)
"""Of the actors' colours those that are told apart best."""


class Row(NamedTuple):
    """A kind in one group: its name, what it costs as texts, or why that is not known."""

    kind: str
    name: str
    cost: Cost | None
    value: str
    times: str
    why_not: str


class CostBars:
    """The columns from *left* to *right*: name, bar, value, times. Made for one painting."""

    def __init__(self, view: RunView, rows: list[Row], left: float, right: float) -> None:
        self._view, self._theme = view, view.theme
        self._left, self._right = left, right
        letters = Type(view)
        self._name = max((letters.width("plain", row.name) for row in rows), default=0) + SIGN + GAP
        self._value = max((letters.width("bold", row.value) for row in rows), default=0)
        self._times = max((letters.width("small", row.times) for row in rows), default=0)
        self._colours = ActorColours(view.theme, list(range(6)))

    def bar_width(self) -> float:
        """How much room a bar has beside its words."""
        return self._right - self._left - self._name - self._value - self._times - 4 * GAP

    def colour(self, kind: str) -> QColor:
        """A kind's colour."""
        return self._colours.colour(PALETTE[KINDS.index(kind)] if kind in KINDS else 5)

    # drawing

    def draw_beside(self, painter: QPainter, area: QRectF, text: str, aside: str, font: str) -> None:
        """A text at the left and, if there is room for all of it, a small one at the right."""
        letters = Lettering(painter, self._view)
        used = letters.write(area, text, font, "muted" if font == "small" else "text") + 2 * GAP
        if letters.type.width("small", aside) <= area.width() - used:
            letters.write(area, aside, "small", "muted", RIGHT)

    def draw_rows(self, painter: QPainter, rows: list[tuple[QRectF, Row]], scale: LogScale, folded: bool) -> None:
        """A group's rows over its scale."""
        left = self._left if folded else self._left + self._name + GAP
        bars = QRectF(left, rows[0][0].top(), (self._right if folded else left + self.bar_width()) - left, 0)
        bars.setBottom(rows[-1][0].bottom())
        letters = Lettering(painter, self._view)
        if any(row.cost is not None for _, row in rows):
            self._draw_scale(letters, bars, scale)
        for area, row in rows:
            line = QRectF(area.left(), area.top(), area.width(), area.height() * 0.55) if folded else area
            self._draw_words(letters, line, row)
            if row.cost is not None:
                top = line.bottom() if folded else area.top() + area.height() * 0.2
                high = area.height() * (0.3 if folded else 0.6)
                self._draw_bar(
                    painter, QRectF(bars.left(), round(top), bars.width(), round(high)), row.kind, row.cost, scale
                )

    def _draw_scale(self, letters: Lettering, bars: QRectF, scale: LogScale) -> None:
        painter, marks = letters.painter, scale.ticks()
        texts = [amount(one, scale.is_memory).replace(".00", "").replace(".0", "") for one in marks]
        widest = max(letters.type.width("small", text) for text in texts) + GAP
        every = max(1, -(-int(widest) // max(int(bars.width() / max(len(marks) - 1, 1)), 1)))
        height = self._view.scaled(AXIS)
        for index, (mark, text) in enumerate(zip(marks, texts, strict=True)):
            x = round(bars.left() + bars.width() * scale.share(mark))
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.drawLine(QLineF(x + 0.5, bars.top(), x + 0.5, bars.bottom() + 2))
            if index % every == 0:
                half = letters.type.width("small", text) / 2 + 2
                at = min(max(x - half, self._left), self._right - 2 * half)
                letters.write(QRectF(at, bars.bottom(), 2 * half, height), text, "small", "muted", CENTRE)

    def _draw_words(self, letters: Lettering, line: QRectF, row: Row) -> None:
        painter, middle = letters.painter, line.center().y()
        sign = QRectF(line.left(), round(middle - SIGN / 2), SIGN, SIGN)
        if row.cost is None:
            letters.box(sign, "edge", None, 0)
        else:
            painter.fillRect(sign, self.colour(row.kind))
        left = sign.right() + GAP
        right = self._right - self._times - GAP
        if row.cost is None:
            letters.write(QRectF(left, line.top(), self._name, line.height()), row.name, "plain", "muted")
            after = self._left + self._name + 2 * GAP
            words = QRectF(after, line.top() + 1, self._right - after, line.height() - 2)
            ground = words.adjusted(-2, 0, letters.type.width("small", row.why_not) + 4 - words.width(), 0)
            painter.fillRect(ground, self._theme.colour("panel"))
            letters.write(words, row.why_not, "small", "muted")
            return
        letters.write(QRectF(left, line.top(), self._name, line.height()), row.name)
        letters.write(
            QRectF(right - self._value - 1, line.top(), self._value + 1, line.height()),
            row.value,
            "bold",
            "text",
            RIGHT,
        )
        letters.write(QRectF(right, line.top(), self._right - right, line.height()), row.times, "small", "muted", RIGHT)

    def _draw_bar(self, painter: QPainter, area: QRectF, kind: str, cost: Cost, scale: LogScale) -> None:
        bar = QRectF(area.left(), area.top(), max(area.width() * scale.share(cost.median), 2.0), area.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(bar, self.colour(kind))
        low, high = (round(area.left() + area.width() * scale.share(one)) for one in (cost.low, cost.high))
        if high - low < 3:
            return
        middle, reach = round(area.center().y()), max(area.height() / 4, 2.0)
        for colour, wide in ((self._theme.colour("panel"), 4.0), (self._theme.colour("text"), 1.5)):
            painter.setPen(QPen(colour, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(QLineF(low, middle, high, middle))
            for x in (low, high):
                painter.drawLine(QLineF(x, middle - reach, x, middle + reach))
