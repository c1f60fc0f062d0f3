"""Charts of horizontal bars: a watched dict, and how long each actor has waited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from concsim.model.folding.entities import Actor
from concsim.model.folding.history import WAITING
from concsim.ui.views.charts.any_plot import Plot, translate
from concsim.ui.views.charts.chart_area import ChartArea
from concsim.ui.views.charts.curves import number_text
from concsim.ui.views.shared.drawn_numbers import can_be_drawn

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.model.programs.block import Chart
    from concsim.ui.painting.theme import Theme

MOST = 24
LABEL_SHARE = 0.45
THICK = 0.7


def short_labels(labels: list[str], metrics: QFontMetricsF, room: float) -> list[str]:
    """Labels cut to *room*, at the place that keeps most of them apart."""
    sides = (Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideLeft, Qt.TextElideMode.ElideRight)
    return max(([metrics.elidedText(one, side, room) for one in labels] for side in sides), key=lambda cut: len(set(cut)))


class BarRow(NamedTuple):
    """One bar: its label, its length, and the length written."""

    label: str
    value: float
    text: str


class BarsItem(pg.GraphicsObject):  # type: ignore[misc]
    """Horizontal bars from 0, row by row from the top, each with its value at its end."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[BarRow] = []
        self._fill, self._ink = QColor(), QColor()

    def set_rows(self, rows: list[BarRow], fill: QColor, ink: QColor) -> None:
        """What is drawn."""
        self._rows, self._fill, self._ink = rows, fill, ink
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        reach = max((abs(row.value) for row in self._rows), default=1.0) or 1.0
        return QRectF(-reach, -1, 4 * reach, len(self._rows) + 2)

    def paint(self, painter: QPainter, *_: Any) -> None:
        transform = painter.transform()
        painter.resetTransform()
        font = self.scene().font() if self.scene() is not None else painter.font()
        painter.setFont(font)
        for index, row in enumerate(self._rows):
            area = QRectF(QPointF(0, index - THICK / 2), QPointF(row.value, index + THICK / 2))
            self._paint_row(painter, row, transform.mapRect(area))
        painter.setTransform(transform)

    def _paint_row(self, painter: QPainter, row: BarRow, bar: QRectF) -> None:
        painter.fillRect(bar, self._fill)
        height = QFontMetricsF(painter.font()).height()
        if height > bar.height() * 1.6:
            return
        painter.setPen(self._ink)
        words = QRectF(bar.right() + 6, bar.center().y() - height / 2, 400, height)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.text)


class BarPlot(Plot):
    """Bars with labels at the left."""

    colour = "actual"

    def __init__(self, area: ChartArea, run: RunModel, chart: Chart, theme: Theme) -> None:
        super().__init__(area, run, chart, theme)
        self._bars = BarsItem()
        self.hidden = 0
        area.item.addItem(self._bars)
        area.item.getViewBox().invertY(True)
        area.item.getViewBox().setMouseEnabled(x=True, y=False)

    def rows(self) -> list[BarRow]:
        """The bars, at most `most`; `hidden` says how many more there are."""
        raise NotImplementedError

    @property
    def unit(self) -> str:
        """The unit behind each number."""
        return ""

    @property
    def most(self) -> int:
        """How many bars there is room for."""
        height = QFontMetricsF(self.area.scene().font()).height()
        return max(2, min(MOST, int((self.area.height() - 3 * height) / height)))

    def draw(self) -> bool:
        """Draw; says whether there was data."""
        rows = self.rows()
        if not rows:
            return False
        self._bars.set_rows(rows, self.theme.colour(self.colour), self.theme.colour("text"))
        self._label_rows(rows)
        high, low = max(max(row.value for row in rows), 0.0), min(min(row.value for row in rows), 0.0)
        room = self._value_share(rows)
        reach = max((high - low) / (1 - room), 1e-9)
        self.area.show_range((low, low + reach), (-0.6, len(rows) - 0.4 + (0.6 if self.hidden else 0)))
        self.area.bottom.whole = all(row.value == int(row.value) for row in rows)
        self.area.label("", "", self.unit)
        return True

    def _value_share(self, rows: list[BarRow]) -> float:
        metrics = QFontMetricsF(self.area.scene().font())
        widest = max(metrics.horizontalAdvance(row.text) for row in rows) + 16
        whole = max(float(self.area.item.getViewBox().width()), 1.0)
        return min(0.5, widest / whole)

    def _label_rows(self, rows: list[BarRow]) -> None:
        metrics = QFontMetricsF(self.area.left_axis.style["tickFont"])
        room = self.area.width() * LABEL_SHARE
        texts = short_labels([row.label for row in rows], metrics, room)
        self.area.left_axis.setTicks([list(enumerate(texts))])
        width = max(metrics.horizontalAdvance(text) for text in texts) + 16
        self.area.left_axis.setWidth(round(width))

    def corner(self) -> str:
        """How many bars there is no room for."""
        return translate("ChartView", "… and {count} more").format(count=self.hidden) if self.hidden else ""


class DictBars(BarPlot):
    """A watched dict of numbers, by label."""

    def rows(self) -> list[BarRow]:
        """The bars, sorted by label."""
        watched = self.run.state.watched.get(self.chart.of)
        value = watched.value if watched is not None and watched.is_json else None
        numbers = value if isinstance(value, dict) else {}
        items = [(label, float(one)) for label, one in sorted(numbers.items()) if isinstance(one, bool) or can_be_drawn(one)]
        self.hidden = max(len(items) - self.most, 0)
        return [BarRow(label, one, number_text(one)) for label, one in items[: self.most]]


class WaitingBars(BarPlot):
    """The seconds each actor has waited, by actor: those that waited longest if there are many."""

    colour = "waiting"

    def rows(self) -> list[BarRow]:
        """The bars, sorted by actor."""
        actors = [one for number, one in sorted(self.run.state.actors.items()) if number and one.began]
        waited = np.array([self.waited(one) for one in actors])
        self.hidden = max(len(actors) - self.most, 0)
        kept = sorted(np.argsort(-waited, kind="stable")[: self.most])
        return [BarRow(actors[index].name, float(waited[index]), f"{waited[index]:,.3f}{self.unit}") for index in kept]

    def waited(self, actor: Actor) -> float:
        """Seconds waited, with the wait that goes on."""
        going_on = max(0, self.run.moment - actor.since) if actor.state == WAITING else 0
        if self.run.state.ended is not None:
            going_on = min(going_on, max(0, self.run.state.ended.time - actor.since))
        return (actor.waited + going_on) / 1e9

    @property
    def unit(self) -> str:
        """The unit behind each number."""
        return translate("ChartView", " s")

    def title(self) -> str:
        """What is drawn."""
        return translate("ChartView", "time waited")
