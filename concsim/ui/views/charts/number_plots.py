"""One class per kind of chart: what it takes from the run and how it draws it. Made by `make_plot`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from concsim.model.events import STEP_NS
from concsim.model.programs.block import LARGEST
from concsim.ui.views.charts.any_plot import Plot, translate
from concsim.ui.views.charts.bar_plots import DictBars, WaitingBars
from concsim.ui.views.charts.chart_area import Band, ChartArea
from concsim.ui.views.charts.curves import (
    NOTHING,
    Curve,
    arrays_of,
    band_between,
    between,
    decimate,
    expected_curve,
    expected_final,
    number_text,
    stepped,
)  # fmt: skip
from concsim.ui.views.charts.curves_plot import CurvesPlot
from concsim.ui.views.charts.sweep_plot import SweepPlot
from concsim.ui.views.shared.run_view import faded

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.model.programs.block import Chart
    from concsim.ui.painting.theme import Theme

RECENT_SECONDS = 20.0
HEADROOM = 1.08
MANY_ROUNDS = 2_000


class SeriesPlot(Plot):
    """A number over time, as steps: a count, or the depth of a queue with its capacity."""

    def __init__(self, area: ChartArea, run: RunModel, chart: Chart, theme: Theme) -> None:
        super().__init__(area, run, chart, theme)
        self._curve = pg.PlotCurveItem()
        self._limit = pg.PlotCurveItem()
        self._cursor = pg.InfiniteLine(angle=90)
        for item in (self._limit, self._curve, self._cursor):
            area.item.addItem(item)
        area.left_axis.whole = True

    def restyle(self) -> None:
        """The scheme has changed."""
        self._curve.setPen(self.area.pen("actual", 2))
        self._limit.setPen(self.area.pen("expected", 1.5, Qt.PenStyle.DashLine))
        self._cursor.setPen(self.area.pen("accent", 2))

    # time

    @property
    def now(self) -> float:
        """The end of what is known, in seconds; a stepped run's last step has room of its own."""
        end = self.run.newest + STEP_NS if self.run.is_stepped else max(self.run.round_ended_at, self.run.newest)
        return (end - self.run.began) / 1e9

    def span(self) -> tuple[float, float]:
        """The seconds shown: the last of a run of many rounds while it goes on, else everything."""
        recent = self.run.running and len(self.run.history.rounds) > 1
        begin = max(0.0, self.now - RECENT_SECONDS) if recent else 0.0
        return begin, max(self.now, begin + 1e-6)

    def curve_of(self, name: str) -> Curve:
        """A series, the part shown, decimated."""
        series = self.run.history.all_series.get(name)
        if series is None:
            return NOTHING
        begin, end = self.span()
        pixels = max(int(self.area.item.getViewBox().width()), 50)
        return decimate(between(arrays_of(series, self.run.began), begin, end), pixels)

    # drawing

    def draw(self) -> bool:
        """Draw; says whether there was data."""
        actual, limit = self.curve_of(self.chart.of), self.limit()
        self._cursor.setVisible(self.run.is_stepped or not self.run.is_live)
        self._cursor.setValue((self.run.moment - self.run.began) / 1e9)
        if not len(actual[0]):
            return False
        smooth = not self.run.running
        self._curve.setData(*stepped(actual, self.now), antialias=smooth)
        self._limit.setData(*stepped(limit, self.now), antialias=smooth)
        self.area.show_range(self.span(), self._heights(actual, limit))
        self.area.count_steps(self.run.is_stepped)
        self.area.label("", self.unit(), "" if self.run.is_stepped else translate("ChartView", " s"))
        return True

    def _heights(self, actual: Curve, limit: Curve) -> tuple[float, float]:
        shown = np.concatenate([actual[1], limit[1]])
        low, high = min(0.0, float(shown.min())), max(float(shown.max()), 0.0)
        return low * HEADROOM, max(high * HEADROOM, low + 1.0)

    def limit(self) -> Curve:
        """The dashed line: the capacity."""
        capacity = self._capacity()
        return (np.array([0.0]), np.array([capacity])) if capacity else NOTHING

    def _capacity(self) -> float:
        state = self.run.state
        given = state.parameters.get(self.chart.capacity)
        if isinstance(given, (int, float)) and abs(given) < LARGEST:
            return float(given)
        thing = self.thing()
        return float(thing.capacity) if thing is not None and self.chart.kind == "depth" else 0.0

    def unit(self) -> str:
        """What is counted."""
        if self.chart.kind != "depth":
            return ""
        thing = self.thing()
        if thing is not None and thing.kind == "semaphore":
            return translate("ChartView", "free places")
        return translate("ChartView", "items")

    def key(self) -> list[tuple[str, str, str]]:
        """The signs in the heading: sign, colour, word."""
        capacity = self._capacity()
        if not capacity:
            return []
        # a plain list has no capacity: the number may be its limit, or how many are to come
        text = translate("ChartView", "of {count}") if self.thing() is None else translate("ChartView", "capacity {count}")
        return [("╸╸", "expected", text.format(count=number_text(capacity)))]

    def corner(self) -> str:
        """The number now."""
        series = self.run.history.all_series.get(self.chart.of)
        value = series.last(self.run.moment) if series is not None else None
        return "" if value is None else number_text(value)


class DriftPlot(SeriesPlot):
    """A watched global against what it should be, the area between them tinted."""

    def __init__(self, area: ChartArea, run: RunModel, chart: Chart, theme: Theme) -> None:
        super().__init__(area, run, chart, theme)
        self._band = Band()
        self._band.setZValue(-10)
        area.item.addItem(self._band, ignoreBounds=True)

    def restyle(self) -> None:
        """The scheme has changed."""
        super().restyle()
        self._band.setPen(pg.mkPen(None))
        self._band.setBrush(faded(self.theme.colour("danger"), 0.12))

    def draw(self) -> bool:
        """Draw; says whether there was data."""
        drawn = super().draw()
        self._band.setVisible(bool(self.chart.over) or len(self.run.history.rounds) > 1 or self.is_bad())
        self._band.set_outline(band_between(self.limit(), self.curve_of(self.chart.of), self.now))
        return drawn

    def limit(self) -> Curve:
        """What is expected: so far, by another watched global, or at the end of each round."""
        if self.chart.over:
            return self.curve_of(self.chart.over)
        rounds = self.run.history.rounds
        return between(expected_curve(self.expression(), rounds[-MANY_ROUNDS:], self.run.began), *self.span())

    def unit(self) -> str:
        """What is counted: the title says it."""
        return ""

    def key(self) -> list[tuple[str, str, str]]:
        """The signs in the heading."""
        so_far = translate("ChartView", "expected so far")
        expected = so_far if self.chart.over else translate("ChartView", "expected at the end")
        return [("━━", "actual", translate("ChartView", "actual")), ("╸╸", "expected", expected)]

    def _expected_now(self) -> float | None:
        if self.chart.over:
            series = self.run.history.all_series.get(self.chart.over)
            return series.last(self.run.moment) if series is not None else None
        return expected_final(self.expression(), self.run.state.parameters)

    def corner(self) -> str:
        """How much is missing. Before a round's end what is missing may still come, and is not called lost."""
        series = self.run.history.all_series.get(self.chart.of)
        actual = series.last(self.run.moment) if series is not None else None
        expected = self._expected_now()
        if actual is None or expected is None:
            return super().corner()
        missing = expected - actual
        if not missing:
            return translate("ChartView", "as expected")
        if missing < 0:
            return translate("ChartView", "{count} too many").format(count=number_text(-missing))
        lost = bool(self.chart.over) or self.run.state.ended is not None
        text = translate("ChartView", "lost {count}") if lost else translate("ChartView", "{count} to go")
        return text.format(count=number_text(missing))

    def is_bad(self) -> bool:
        """Whether the corner tells of something gone wrong."""
        ended = self.run.state.ended is not None or bool(self.chart.over)
        return ended and self.corner() != translate("ChartView", "as expected") and self._expected_now() is not None


KINDS: dict[str, type[Plot]] = {
    "drift": DriftPlot, "depth": SeriesPlot, "count": SeriesPlot, "bars": DictBars, "sweep": SweepPlot,
    "waiting": WaitingBars, "curves": CurvesPlot,
}  # fmt: skip


def make_plot(area: ChartArea, run: RunModel, chart: Chart, theme: Theme) -> Plot:
    """The plot of a chart's kind."""
    return KINDS[chart.kind](area, run, chart, theme)
