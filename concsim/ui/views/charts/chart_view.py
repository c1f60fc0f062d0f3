"""One chart of a program's block, with its heading. pyqtgraph and numpy are imported here and below only."""

from __future__ import annotations

import time
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from concsim.ui.views.charts.chart_area import ChartArea
from concsim.ui.views.charts.number_plots import make_plot
from concsim.ui.views.shared.run_view import SMALL, RunView

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.model.programs.block import Chart
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks


MARGIN, HEAD_GAP = 8, 16
ZOOM_STEP = 1.25


def _width(label: QLabel, text: str) -> int:
    """The width that a label needs for a text."""
    return label.fontMetrics().horizontalAdvance(text) + 4 if text else 0


def _elided(label: QLabel, text: str, room: float) -> str:
    return label.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(round(room) - 4, 0))


class ChartView(RunView):
    """A drift, depth, count, bars, sweep or waiting chart."""

    def __init__(
        self, run: RunModel, marks: Marks, theme: Theme, chart: Chart, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        self.chart = chart
        self.heading, self.key, self.corner, self.word = QLabel(), QLabel(), QLabel(), QLabel()
        self.area = ChartArea()
        self.plot = make_plot(self.area, run, chart, theme)
        self._corner_text = self._key_text = ""
        super().__init__(run, marks, theme, parent)
        self._place()
        self.area.double_clicked.connect(self.refresh)
        self._refit = QTimer(self, interval=0, singleShot=True)  # once for many, and when all is laid out
        self._refit.setObjectName("laying out of a chart")
        self._refit.timeout.connect(self.refresh)
        self.area.resized.connect(self._refit.start)
        self.restyle()

    def _place(self) -> None:
        self._head = QWidget()
        for label in (self.heading, self.key, self.corner):
            label.setParent(self._head)
        self.word.setObjectName("muted")
        self.word.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.word.setWordWrap(True)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.word)
        self._stack.addWidget(self.area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, 4, MARGIN, 4)
        layout.setSpacing(4)
        layout.addWidget(self._head)
        layout.addLayout(self._stack, 1)
        self.setMinimumSize(200, 120)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def retranslate(self) -> None:
        """Set the texts that are not asked for while drawing."""
        self.setAccessibleName(self.tr("Chart: {title}").format(title=self.plot.title()))
        self.area.setAccessibleName(self.accessibleName())
        self.area.setToolTip(self.tr("Drag to move; wheel, + or - to zoom; double click or 0 to show everything"))

    def restyle(self) -> None:
        """The scheme or the type size has changed."""
        small = self.type_of(SMALL)
        self.area.restyle(self.theme, small)
        self.area.scene().setFont(small)
        self.plot.restyle()
        self.heading.setFont(self.type_of(bold=True))
        self.corner.setFont(self.type_of(bold=True))
        self.word.setFont(self.type_of())
        self._tint(self.heading, "text")
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
        self._corner_text = self.plot.corner() if has_data else ""
        self._tint(self.corner, "danger" if has_data and self.plot.is_bad() else "text")
        signs = [
            f'<span style="color:{self.theme.colour(colour).name()}">{sign}</span> '
            f'<span style="color:{self.theme.colours.muted}">{escape(word)}</span>'
            for sign, colour, word in (self.plot.key() if has_data else [])
        ]
        size = f"{self.theme.point_size * SMALL:.1f}pt"  # said here: what a label's font says is lost when it is first styled
        self._key_text = f'<span style="font-size:{size}">{"&nbsp;&nbsp; ".join(signs)}</span>' if signs else ""
        self._fit_head()
        if not has_data:
            self.word.setText(self._empty_word())

    def _fit_head(self) -> None:
        """The number first, then the title, shortened if need be; the key behind it, or below it where it is too long."""
        room = self.width() - 2 * MARGIN
        corner = _elided(self.corner, self._corner_text, room * 2 // 3)
        spare = room - _width(self.corner, corner) - HEAD_GAP
        title = _elided(self.heading, self.plot.title(), spare)
        self.key.setText(self._key_text)
        key = self.key.sizeHint().width() if self._key_text else 0
        line, after_title = self.heading.fontMetrics().height() + 4, _width(self.heading, title) + HEAD_GAP
        beside = bool(key) and key + after_title <= spare
        below = bool(key) and not beside and key <= room
        self._head.setFixedHeight(line * (2 if below else 1))
        self._place_label(self.heading, title, QRect(0, 0, room, line))
        key_place = QRect(0, line, room, line) if below else QRect(after_title, 0, room - after_title, line)
        self._place_label(self.key, self._key_text if beside or below else "", key_place)
        self._place_label(self.corner, corner, QRect(room - _width(self.corner, corner), 0, _width(self.corner, corner), line))
        self.heading.setToolTip(self.plot.title() if beside or below or not key else f"{self.plot.title()}<br>{self._key_text}")

    def _place_label(self, label: QLabel, text: str, place: QRect) -> None:
        label.setText(text)
        label.setGeometry(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        zooms = {Qt.Key.Key_Plus: 1 / ZOOM_STEP, Qt.Key.Key_Equal: 1 / ZOOM_STEP, Qt.Key.Key_Minus: ZOOM_STEP}
        if event.key() in zooms:
            self.area.zoom(zooms[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_0:
            self.area.show_all()
            self.refresh()
        else:
            super().keyPressEvent(event)

    def _empty_word(self) -> str:
        if self.chart.kind == "sweep":
            return self.tr("A point appears here for each finished round")
        if self.model.history.rounds and self.model.state.ended is not None:
            return self.tr("Nothing of {name} was seen").format(name=self.plot.title())
        return self.word_before(self.tr("Press Run to see {name}").format(name=self.plot.title()))

    def draw(self, painter: QPainter) -> bool:
        """The ground is all that is painted here."""
        return False
