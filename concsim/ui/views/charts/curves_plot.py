"""The chart of curves that the program itself measured: a watched dict of lists of points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from concsim.ui.views.charts.any_plot import Plot
from concsim.ui.views.charts.chart_area import ChartArea
from concsim.ui.views.charts.curves import Curve, number_text
from concsim.ui.views.shared.drawn_numbers import can_be_drawn

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.model.programs.block import Chart
    from concsim.ui.painting.theme import Theme

HEADROOM = 1.08
REACH = 0.04
LOOKS = (("actual", "o", Qt.PenStyle.SolidLine), ("danger", "s", Qt.PenStyle.DashLine), ("holding", "t", Qt.PenStyle.DotLine))
"""The colour, the mark and the line of the first curve, the second, the third; then they come again."""
SIGNS = ("●━", "■╍", "▲┅")
BYTES = ("memory", "bytes")


def curves_in(value: Any) -> dict[str, Curve]:
    """The curves of a watched dict: what is not a list of pairs of numbers is left out."""
    found: dict[str, Curve] = {}
    for name, points in value.items() if isinstance(value, dict) else ():
        pairs = [one for one in points if _is_point(one)] if isinstance(points, list) else []
        if pairs:
            x, y = np.array(pairs, dtype=float).T
            found[str(name)] = x, y
    return found


def _is_point(one: Any) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(map(can_be_drawn, one))


class CurvesPlot(Plot):
    """Each curve as a line with marks, from zero up."""

    def __init__(self, area: ChartArea, run: RunModel, chart: Chart, theme: Theme) -> None:
        super().__init__(area, run, chart, theme)
        self._items: list[pg.PlotDataItem] = []
        self._names: list[str] = []
        self._last: dict[str, float] = {}

    def _item(self, index: int) -> pg.PlotDataItem:
        while len(self._items) <= index:
            self._items.append(pg.PlotDataItem(symbolSize=7, antialias=True))
            self.area.item.addItem(self._items[-1])
            self._dress(len(self._items) - 1)
        return self._items[index]

    def _dress(self, index: int) -> None:
        colour, mark, line = LOOKS[index % len(LOOKS)]
        item = self._items[index]
        item.setPen(self.area.pen(colour, 2, line))
        item.setSymbol(mark)
        item.setSymbolPen(None)
        item.setSymbolBrush(self.theme.colour(colour))

    def restyle(self) -> None:
        """The scheme has changed."""
        for index in range(len(self._items)):
            self._dress(index)

    def draw(self) -> bool:
        """Draw; says whether there was data."""
        watched = self.run.state.watched.get(self.chart.of)
        curves = curves_in(watched.value if watched is not None and watched.is_json else None)
        self._names = list(curves)
        self._last = {name: float(y[-1]) for name, (_, y) in curves.items()}
        for item in self._items[len(curves) :]:
            item.setData([], [])
        if not curves:
            return False
        for index, (x, y) in enumerate(curves.values()):
            self._item(index).setData(x, y)
        every_x, every_y = (np.concatenate([one[axis] for one in curves.values()]) for axis in (0, 1))
        reach = max(float(every_x.max() - every_x.min()), 1e-9) * REACH
        self.area.show_range(
            (float(every_x.min()) - reach, float(every_x.max()) + reach), (0.0, max(float(every_y.max()), 1e-9) * HEADROOM)
        )
        self.area.bottom.whole = bool((every_x == every_x.round()).all())
        self.area.left_axis.whole = bool((every_y == every_y.round()).all())
        self.area.label(self.chart.over, "")
        return True

    def title(self) -> str:
        """What is drawn, in bytes where the name says so."""
        named = any(word in self.chart.of for word in BYTES)
        return f"{self.chart.of} (B)" if named else self.chart.of

    def key(self) -> list[tuple[str, str, str]]:
        """The signs in the heading: each curve's name and where it has come to."""
        return [
            (SIGNS[index % len(SIGNS)], LOOKS[index % len(LOOKS)][0], f"{name}  {number_text(self._last[name])}")
            for index, name in enumerate(self._names)
        ]
