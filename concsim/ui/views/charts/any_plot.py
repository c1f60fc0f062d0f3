"""What every kind of chart has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from concsim.ui.views.charts.chart_area import ChartArea

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.model.folding.entities import Thing
    from concsim.model.programs.block import Chart
    from concsim.ui.painting.theme import Theme

translate = QCoreApplication.translate  # lupdate knows calls of this name, with the context and the text as literals


class Plot:
    """Draws one chart of a run into an area."""

    def __init__(self, area: ChartArea, run: RunModel, chart: Chart, theme: Theme) -> None:
        self.area, self.run, self.chart, self.theme = area, run, chart, theme

    def restyle(self) -> None:
        """The scheme has changed."""

    def draw(self) -> bool:
        """Draw; says whether there was data."""
        raise NotImplementedError

    def title(self) -> str:
        """What is drawn."""
        return self.chart.of

    def key(self) -> list[tuple[str, str, str]]:
        """The signs in the heading: sign, colour, word."""
        return []

    def corner(self) -> str:
        """The number that matters now."""
        return ""

    def is_bad(self) -> bool:
        """Whether the corner tells of something gone wrong."""
        return False

    def expression(self) -> str:
        """What the program's block expects of the watched global, "" for nothing."""
        program = self.run.program
        return program.block.watch.get(self.chart.of, "") if program is not None else ""

    def thing(self) -> Thing | None:
        """The object of the chart's name."""
        return next((one for one in self.run.state.things.values() if one.name == self.chart.of), None)
