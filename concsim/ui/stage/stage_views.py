"""The pictures of a stage: the views and charts that its program asks for, one below the other."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from importlib import import_module

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSplitter, QVBoxLayout, QWidget

from concsim.bridge.run_model import RunModel
from concsim.model.programs.nature import views_of
from concsim.model.programs.program import Program
from concsim.model.programs.views import known_views
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.marks import Marks

ViewMaker = Callable[[], QWidget]
LIVE_CHARTS = ("sweep", "waiting")
FIRST_ROW = 1500
"""The height of the first row beside others of 1000: what the program names first is what it is about."""


def panel(inner: QWidget, title: QLabel | None = None) -> QFrame:
    """A framed panel around a view."""
    frame = QFrame(objectName="panel")
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 1, 1, 1)
    column.setSpacing(0)
    if title is not None:
        title.setContentsMargins(8, 4, 8, 0)
        column.addWidget(title)
    column.addWidget(inner)
    return frame


def view_class(name: str) -> Callable[..., QWidget] | None:
    """The class of the view of that name; None for what has its place elsewhere."""
    said = known_views().get(name)
    if said is None or not said.view:
        return None
    file, _, kind = said.view.partition(".")
    found: Callable[..., QWidget] = getattr(import_module(f"concsim.ui.views.{name}.{file}"), kind)
    return found


def rows_of(views: list[QWidget]) -> list[list[QWidget]]:
    """Views one below the other; from four on, those after the first in pairs."""
    if len(views) < 4:
        return [[view] for view in views]
    rest = views[1:]
    return [views[:1], *(rest[start : start + 2] for start in range(0, len(rest), 2))]


class StageViews(QSplitter):
    """Makes the views of a program, and lets go of those of the one before."""

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setChildrenCollapsible(False)
        self._run, self._marks, self._theme = run, marks, theme
        self.views: list[QWidget] = []

    def show_program(self, program: Program | None, stepping: bool) -> None:
        """Make the views of a program, for one of the stage's modes."""
        while (old := self.widget(0)) is not None:
            old.setParent(None)
            old.deleteLater()
        self.views = [make() for make in self._makers(program, stepping)]
        self.setVisible(bool(self.views))
        rows = rows_of(self.views)
        for row in rows:
            beside = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
            beside.setHandleWidth(8)
            for view in row:
                beside.addWidget(panel(view))
            beside.setSizes([1000] * len(row))
            self.addWidget(beside)
        self.setSizes([FIRST_ROW if len(rows) > 2 else 1000, *[1000] * (len(rows) - 1)])

    def _makers(self, program: Program | None, stepping: bool) -> list[ViewMaker]:
        if program is None:
            return []
        from concsim.ui.views.charts.chart_view import ChartView

        kinds = [kind for name in views_of(program, stepping) if (kind := view_class(name)) is not None]
        makers: list[ViewMaker] = [partial(kind, self._run, self._marks, self._theme) for kind in kinds]
        for chart in program.block.charts:
            if stepping and chart.kind in LIVE_CHARTS:
                continue  # it needs many rounds, or real time
            if stepping and chart.kind == "drift":  # "so far" is meant for samples: between two steps it would mislead
                chart = dataclasses.replace(chart, over="")
            makers.append(partial(ChartView, self._run, self._marks, self._theme, chart))
        return makers
