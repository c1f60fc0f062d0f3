"""The chart of many rounds: what was lost, over a parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from concsim.model.folding.history import RoundSummary
from concsim.model.programs.block import LARGEST
from concsim.ui.views.charts.any_plot import Plot, translate
from concsim.ui.views.charts.chart_area import ChartArea
from concsim.ui.views.charts.curves import expected_final, medians, number_text
from concsim.ui.views.shared.run_view import faded

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.model.programs.block import Chart
    from concsim.ui.painting.theme import Theme

HEADROOM = 1.08
MANY_POINTS = 2_000
STOPPED = "stopped"  # a round cut short has lost nothing: it was not done


class SweepPlot(Plot):
    """Each finished round as a point: how much was lost, over a parameter."""

    def __init__(self, area: ChartArea, run: RunModel, chart: Chart, theme: Theme) -> None:
        super().__init__(area, run, chart, theme)
        self._count = 0
        self._points = pg.ScatterPlotItem(size=8)
        self._line = pg.PlotCurveItem()
        area.item.addItem(self._line)
        area.item.addItem(self._points)

    def restyle(self) -> None:
        """The scheme has changed."""
        self._points.setPen(pg.mkPen(None))
        self._points.setBrush(faded(self.theme.colour("actual"), 0.5))
        self._line.setPen(self.area.pen("expected", 1.5, Qt.PenStyle.DashLine))

    def points(self) -> list[tuple[float, float]]:
        """(parameter, expected minus final) of each finished round that has both."""
        found = [self._point(one) for one in self.run.history.rounds[-MANY_POINTS:] if one.ended and one.outcome != STOPPED]
        return [point for point in found if point is not None]

    def _point(self, one: RoundSummary) -> tuple[float, float] | None:
        x, final = one.parameters.get(self.chart.over), one.finals.get(self.chart.of)
        expected = expected_final(self.expression(), one.parameters)
        if not isinstance(x, (int, float)) or abs(x) > LARGEST or final is None or expected is None:
            return None
        return float(x), expected - final

    def draw(self) -> bool:
        """Draw; says whether there was data."""
        points = self.points()
        self._count = len(points)
        if not points:
            return False
        x, y = np.array(points).T
        self._points.setData(x, y)
        self._line.setData(*medians(x, y), antialias=True)
        reach = max(float(x.max() - x.min()), 1.0) * 0.06
        low, high = min(0.0, float(y.min())), max(float(y.max()), 1.0)
        self.area.show_range((float(x.min()) - reach, float(x.max()) + reach), (low - high * 0.04, high * HEADROOM))
        self.area.bottom.whole = bool((x == x.round()).all())
        self.area.label(self.chart.over, "")
        return True

    def key(self) -> list[tuple[str, str, str]]:
        """The signs in the heading."""
        point, line = translate("ChartView", "a round"), translate("ChartView", "median")
        return [("●", "actual", point), ("╸╸", "expected", line)]

    def title(self) -> str:
        """What is drawn."""
        text = translate("ChartView", "{name} lost, by {parameter}")
        return text.format(name=self.chart.of, parameter=self.chart.over)

    def corner(self) -> str:
        """How many rounds there are."""
        return translate("ChartView", "rounds: {count}").format(count=number_text(self._count))
