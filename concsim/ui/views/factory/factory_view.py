"""The phone factory: its lines with their workers and what they have made, how fast, and the settings tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from concsim.ui.painting.lettering import Lettering
from concsim.ui.views.factory.factory_figures import Line, Tried, lines_of, made_so_far, rate_so_far, tried_settings
from concsim.ui.views.factory.factory_head import draw_figure
from concsim.ui.views.factory.factory_lines import FactoryLines
from concsim.ui.views.factory.factory_places import FactoryPlaces
from concsim.ui.views.factory.factory_table import FactoryTable, in_a_line
from concsim.ui.views.factory.factory_words import line_words, worker_words
from concsim.ui.views.shared.pointed_view import Mark
from concsim.ui.views.shared.scrolled_view import ScrolledView, once

if TYPE_CHECKING:
    pass

PAD = 16
HEAD, LOW_HEAD, LEGEND, TABLE_ROW, TABLE_TITLE = 56, 28, 22, 18, 24
TALL, MIDDLE, LOW = 92, 64, 34
LINES_LEAST = LOW * 1.5
"""What the lines get in any case: one, and enough of the next to see that there is one."""
TABLE_SHARE, TABLE_LEAST_ROWS = 0.3, 3


class Shares(NamedTuple):
    """How high what is around the lines is: figures, legend, and the settings with so many rows of their table."""

    head: int
    legend: int
    table: int
    rows: int


class FactoryView(ScrolledView):
    """A conveyor belt for each line; the figures above, and below what was tried before."""

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Factory"))
        self.setAccessibleDescription(
            self.tr(
                "The lines of the factory, their workers, and how many phones they have made. Up and Down mark a line."
            )
        )

    # what is known

    @once
    def lines(self) -> list[Line]:
        """The lines, from top to bottom."""
        return lines_of(self.model.state)

    @once
    def tried(self) -> list[Tried]:
        """The settings tried by the moment shown, the newest last."""
        return tried_settings(self.model.history.rounds, self.model.moment)

    def figures(self) -> tuple[str, str]:
        """The phones made and the phones a second, as texts."""
        state = self.model.state
        made = made_so_far(state)
        rate = rate_so_far(state, self.model.round_began, self.model.moment)
        return "–" if made is None else f"{made:,}", "–" if rate is None else f"{rate:,.1f}"

    # what is where

    @once
    def shares(self) -> Shares:
        """The first that leaves room for the lines: where there is little, the table gives way, then the figures."""
        count, row = len(self.tried()), self.scaled(TABLE_ROW)
        wanted = min(count + 1, max(int(self.height() * TABLE_SHARE) // row, TABLE_LEAST_ROWS)) if count else 0
        rows = min(wanted, 2)
        tries = [
            self._shares(HEAD, LEGEND, wanted), self._shares(HEAD, LEGEND, rows), self._shares(LOW_HEAD, LEGEND, rows),
            self._shares(LOW_HEAD, LEGEND, 0), self._shares(LOW_HEAD, 0, 0),
        ]  # fmt: skip
        least = self.height() - self.scaled(LINES_LEAST)
        return next((one for one in tries if one.head + one.legend + one.table <= least), Shares(tries[-1].head, 0, 0, 0))

    def _shares(self, head: int, legend: int, rows: int) -> Shares:
        table = rows * self.scaled(TABLE_ROW) + self.scaled(TABLE_TITLE) + 4 if self.tried() else 0
        return Shares(self.scaled(head), self.scaled(legend) + 2 if legend else 0, table, rows)

    @once
    def _table_area(self) -> QRectF:
        """Where the settings are, an empty area while there are none."""
        high = self.shares().table
        return QRectF(PAD, self.height() - high, self.width() - 2 * PAD, high)

    @once
    def room(self) -> QRectF:
        """Where the lines are seen."""
        top = self.shares().head
        bottom = self._table_area().top() - self.shares().legend
        return QRectF(0, top, self.width(), max(bottom - top, 8))

    @once
    def line_height(self) -> int:
        """As high as lets all lines be seen, else low."""
        count = max(len(self.lines()), 1)
        return next(
            (self.scaled(one) for one in (TALL, MIDDLE) if self.scaled(one) * count <= self.room().height()),
            self.scaled(LOW),
        )

    def row_heights(self) -> int:
        """How far one turn of the wheel goes."""
        return self.line_height()

    @once
    def content_height(self) -> int:
        """How high all lines are together."""
        return len(self.lines()) * self.line_height()

    @once
    def areas(self) -> list[QRectF]:
        """Where each line is, those out of sight as well."""
        high, top = self.line_height(), self.room().top() - self.scrolled
        return [QRectF(0, top + index * high, self.rows_right(), high) for index in range(len(self.lines()))]

    def places(self) -> FactoryPlaces:
        """Where the parts of the lines are."""
        return FactoryPlaces(self, self.lines(), self.rows_right(), self.line_height())

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the factory; says whether there was something of a run."""
        lines, is_begun = self.lines(), bool(self.model.state.actors)
        if not lines and not self.tried() and not is_begun:
            self.draw_word(painter, self._empty_word())
            return False
        letters = Lettering(painter, self)
        self._draw_figures(letters)
        room, legend = self.room(), self.shares().legend
        if lines:
            places = self.places()
            drawn = FactoryLines(painter, self, places)
            painter.setClipRect(room)
            for line, area in zip(lines, self.areas(), strict=True):
                if area.bottom() > room.top() and area.top() < room.bottom():
                    drawn.draw_line(line, area)
            painter.setClipping(False)
            if legend:
                drawn.draw_legend(QRectF(PAD, room.bottom(), self.width() - 2 * PAD, legend - 2), self._phone_words(places.each))
        else:
            letters.write(room.adjusted(PAD, 0, -PAD, 0), self.tr("The lines are being set up …"), "plain", "muted")
        if self.shares().table:
            self._draw_tried(painter, letters)
        return True

    def _empty_word(self) -> str:
        return self.word_before(self.tr("Press Run to start the factory"))

    def _phone_words(self, each: int) -> str:
        return self.tr("one phone") if each == 1 else self.tr("{count} phones").format(count=each)

    def _draw_figures(self, letters: Lettering) -> None:
        made, rate = self.figures()
        head = QRectF(PAD, 4, (self.width() - 2 * PAD) / 2, self.shares().head - 8)
        step = min(head.width(), self.scaled(176))
        head.setWidth(step - 4)
        draw_figure(letters, self, head, made, self.tr("phones made"))
        draw_figure(letters, self, head.translated(step, 0), rate, self.tr("phones a second"))

    def _draw_tried(self, painter: QPainter, letters: Lettering) -> None:
        area = self._table_area()
        painter.fillRect(QRectF(0, area.top(), self.width(), 1), self.theme.colour("line"))
        title = QRectF(area.left(), area.top() + 2, area.width(), self.scaled(TABLE_TITLE))
        used = letters.write(title, self.tr("Settings tried: {count}").format(count=len(self.tried())), "strong")
        if self.shares().rows:
            below = area.adjusted(0, self.scaled(TABLE_TITLE), 0, 0)
            FactoryTable(painter, self, self.scaled(TABLE_ROW)).draw(below, self.tried())
        else:
            letters.write(title.adjusted(used + PAD, 0, 0, 0), in_a_line(self.tried()), "small", "muted")

    # the mouse and the keys

    def _line_at(self, where: QPointF) -> tuple[Line, QRectF] | None:
        if not self.room().contains(where):
            return None
        pairs = zip(self.lines(), self.areas(), strict=True)
        return next(((line, area) for line, area in pairs if area.contains(where)), None)

    def _worker_at(self, line: Line, area: QRectF, where: QPointF) -> int:
        boxes = self.places().boxes(line, area)
        return next((number for number, box in boxes.items() if box.contains(where)), 0)

    def mark_at(self, where: QPointF) -> Mark | None:
        """What a click there marks: a worker, or a line."""
        found = self._line_at(where)
        if found is None:
            return None
        return "actor", self._worker_at(*found, where) or found[0].number

    def order(self) -> list[Mark]:
        """What Up and Down mark, in order."""
        return [("actor", line.number) for line in self.lines()]

    def span_of(self, mark: Mark) -> tuple[float, float]:
        """From where to where a marked line is, from the top of all lines."""
        index = next((index for index, line in enumerate(self.lines()) if line.number == mark[1]), 0)
        return index * self.line_height(), (index + 1) * self.line_height()

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        found = self._line_at(where)
        if found is None:
            return ""
        line, number = found[0], self._worker_at(*found, where)
        worker = next((one for one in line.workers if one.number == number), None)
        return worker_words(line, worker) if worker is not None else line_words(line)
