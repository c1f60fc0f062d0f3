"""One chart of a program's block, with its heading. pyqtgraph and numpy are imported here and below only."""

from __future__ import annotations

import time
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from concsim.ui.views.chart_area import ChartArea
from concsim.ui.views.plots import make_plot
from concsim.ui.views.run_view import SMALL, RunView

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.model.block import Chart
    from concsim.ui.marks import Marks
    from concsim.ui.theme import Theme


class ChartView(RunView):
    """A drift, depth, count, bars, sweep or waiting chart."""

    def __init__(
        self, run: RunModel, marks: Marks, theme: Theme, chart: Chart, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        self.chart = chart
        self.heading, self.key, self.corner, self.word = QLabel(), QLabel(), QLabel(), QLabel()
        self.area = ChartArea()
        self.plot = make_plot(self.area, run, chart, theme)
        super().__init__(run, marks, theme, parent)
        self._place()
        self.area.double_clicked.connect(self.refresh)
        self.restyle()

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.heading)
        head.addWidget(self.key)
        head.addStretch(1)
        head.addWidget(self.corner)
        self.word.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.word.setWordWrap(True)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.word)
        self._stack.addWidget(self.area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(self._stack, 1)
        self.setMinimumSize(200, 120)

    def retranslate(self) -> None:
        """Set the texts that are not asked for while drawing."""
        self.setAccessibleName(self.tr("Chart: {title}").format(title=self.plot.title()))
        self.area.setAccessibleName(self.accessibleName())
        self.area.setToolTip(self.tr("Drag to move, wheel to zoom, double click to show everything"))

    def restyle(self) -> None:
        """The scheme or the type size has changed."""
        small = self.type_of(SMALL)
        self.area.restyle(self.theme, small)
        self.area.scene().setFont(small)
        self.plot.restyle()
        self.heading.setFont(self.type_of(bold=True))
        self.corner.setFont(self.type_of(bold=True))
        self.key.setFont(small)
        self.word.setFont(self.type_of())
        self._tint(self.heading, "text")
        self._tint(self.word, "muted")
        self.update()
        self.refresh()

    def _tint(self, label: QLabel, colour: str) -> None:
        palette = label.palette()
        palette.setColor(label.foregroundRole(), self.theme.colour(colour))
        label.setPalette(palette)

    def forget(self) -> None:
        """Another run: follow it."""
        self.area.show_all()

    def refresh(self) -> None:
        """Draw the chart anew, if it can be seen."""
        if not self.isVisible():
            return
        began = time.perf_counter()
        has_data = self.plot.draw()
        self._drawn = self._drawn or has_data
        self._stack.setCurrentIndex(int(has_data))
        self._write_heading(has_data)
        self.throttle.spent(2 * (time.perf_counter() - began))

    def _write_heading(self, has_data: bool) -> None:
        self.heading.setText(self.plot.title())
        self.corner.setText(self.plot.corner() if has_data else "")
        self._tint(self.corner, "danger" if has_data and self.plot.is_bad() else "text")
        signs = [
            f'<span style="color:{self.theme.colour(colour).name()}">{sign}</span> '
            f'<span style="color:{self.theme.colours.muted}">{escape(word)}</span>'
            for sign, colour, word in (self.plot.key() if has_data else [])
        ]
        self.key.setText("&nbsp;&nbsp; ".join(signs))
        if not has_data:
            self.word.setText(self._empty_word())

    def _empty_word(self) -> str:
        if self.chart.kind == "sweep":
            return self.tr("A point appears here for each finished round")
        if self.model.history.rounds and self.model.state.ended is not None:
            return self.tr("Nothing of {name} was seen").format(name=self.plot.title())
        return self.tr("Press Run to see {name}").format(name=self.plot.title())

    def draw(self, painter: QPainter) -> bool:
        """The ground is all that is painted here."""
        return False
