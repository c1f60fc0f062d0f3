"""What each costs: how long it takes to make and to switch to a process, thread … and how much memory it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractSlider

from concsim.ui.views.costs.cost_bars import CostBars, Row
from concsim.ui.views.costs.cost_figures import KINDS, MEASURES, Cost, amount, ratio, read_costs, scale_for
from concsim.ui.views.shared.scrolled_view import ScrolledView, once

if TYPE_CHECKING:
    pass

GLOBAL = "costs"
PAD, GAP, FOOT = 16, 8, 24
HEAD, AXIS = 24, 20
ROW_LEAST, ROW_MOST, FOLDED_ROW = 17, 32, 38
BAR_LEAST = 128
KEYS = {
    int(Qt.Key.Key_Up): QAbstractSlider.SliderAction.SliderSingleStepSub,
    int(Qt.Key.Key_Down): QAbstractSlider.SliderAction.SliderSingleStepAdd,
    int(Qt.Key.Key_PageUp): QAbstractSlider.SliderAction.SliderPageStepSub,
    int(Qt.Key.Key_PageDown): QAbstractSlider.SliderAction.SliderPageStepAdd,
}


class Group(NamedTuple):
    """One measure: where it is, and its rows."""

    measure: str
    area: QRectF
    rows: list[tuple[QRectF, Row]]


class CostsView(ScrolledView):
    """Three groups of bars, each on its own logarithmic scale."""

    follows_clock = False

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Costs"))
        self.setAccessibleDescription(
            self.tr(
                "How long it takes to make and to switch to each kind, and how much memory it takes. Up and Down scroll."
            )
        )

    # what is known

    @once
    def costs(self) -> dict[str, dict[str, Cost | None]]:
        """Kind to measure to cost, as far as measured at the moment shown."""
        watched = self.model.state.watched.get(GLOBAL)
        return read_costs(watched.value) if watched is not None and watched.is_json else {}

    def kinds(self) -> list[str]:
        """The kinds, from the heaviest; those that only this program knows last."""
        return [*KINDS, *(kind for kind in self.costs() if kind not in KINDS)]

    def rows_of(self, measure: str) -> list[Row]:
        """A group's rows."""
        found = {kind: self.costs().get(kind, {}).get(measure) for kind in self.kinds()}
        least = min((one.median for one in found.values() if one is not None and one.median > 0), default=0.0)
        rows = []
        for kind, cost in found.items():
            seen = cost is not None and cost.median > 0
            words = "" if seen else self._word_for(kind, measure)
            value = amount(cost.median, measure == "memory") if cost is not None and seen else ""
            times = ratio(cost.median, least) if cost is not None and seen else ""
            rows.append(Row(kind, self.kind_word(kind), cost if seen else None, value, times, words))
        return rows

    def kind_word(self, kind: str) -> str:
        """What a kind is called."""
        words = {
            "process": self.tr("process"), "thread": self.tr("thread"), "greenlet": self.tr("greenlet"),
            "generator": self.tr("generator"),
        }  # fmt: skip
        return words.get(kind, kind)

    def title(self, measure: str) -> str:
        """What a group measures."""
        words = {
            "create": self.tr("To make one and end it"), "switch": self.tr("To switch to one"),
            "memory": self.tr("Memory that one takes"),
        }  # fmt: skip
        return words[measure]

    def repeats_word(self, measure: str) -> str:
        """Of how many measurements a group's values are the medians."""
        counts = {row.cost.repeats for row in self.rows_of(measure) if row.cost is not None and row.cost.repeats}
        if not counts:
            return ""
        few, many = min(counts), max(counts)
        return self.tr("median of {count}").format(count=few if few == many else f"{few}–{many}")

    def _word_for(self, kind: str, measure: str) -> str:
        """Why there is no bar."""
        measured = self.costs().get(kind)
        if measured is not None and measure in measured:
            cost = measured[measure]
            return self.tr("not told by this system") if cost is None else self.tr("too little to measure")
        ended = self.model.state.ended
        if ended is None:
            return self.tr("not measured yet")
        finished = ended.outcome == "finished" and kind == "greenlet" and measured is None
        return self.tr("not installed") if finished else self.tr("not measured")

    # what is where

    @once
    def bars(self) -> CostBars:
        """The columns that all groups share."""
        rows = [row for measure in MEASURES for row in self.rows_of(measure)]
        return CostBars(self, rows, PAD, self.rows_right() - PAD)

    @once
    def is_folded(self) -> bool:
        """Whether each bar stands below its words: there is too little room beside them."""
        rows = [row for measure in MEASURES for row in self.rows_of(measure)]
        return CostBars(self, rows, PAD, self.width() - 2 * PAD).bar_width() < self.scaled(BAR_LEAST)

    @once
    def row_height(self) -> int:
        """As high as lets all groups be seen, within bounds."""
        if self.is_folded():
            return self.scaled(FOLDED_ROW)
        rows = len(self.kinds()) * len(MEASURES)
        spare = int(self.room().height() - len(MEASURES) * self._besides()) // rows
        return min(max(spare, self.scaled(ROW_LEAST)), self.scaled(ROW_MOST))

    def _besides(self) -> int:
        return self.scaled(HEAD) + self.scaled(AXIS) + GAP

    @once
    def room(self) -> QRectF:
        """Where the groups are seen."""
        return QRectF(self.rect()).adjusted(0, 4, 0, -self.scaled(FOOT))

    @once
    def content_height(self) -> int:
        """How high all groups are together."""
        return len(MEASURES) * (self._besides() + len(self.kinds()) * self.row_height()) - GAP

    @once
    def groups(self) -> list[Group]:
        """Where everything is."""
        found, top, height = [], self.room().top() - self.scrolled, self.row_height()
        width = self.rows_right() - 2 * PAD
        for measure in MEASURES:
            rows, first = self.rows_of(measure), top + self.scaled(HEAD)
            places = [QRectF(PAD, first + index * height, width, height) for index in range(len(rows))]
            bottom = first + len(rows) * height + self.scaled(AXIS)
            found.append(Group(measure, QRectF(PAD, top, width, bottom - top), list(zip(places, rows, strict=True))))
            top = bottom + GAP
        return found

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the groups; says whether there was something measured."""
        if not self.costs():
            self.draw_word(painter, self._empty_word())
            return bool(self.model.state.actors)
        bars, room = self.bars(), self.room()
        painter.setClipRect(room)
        for group in self.groups():
            if group.area.bottom() < room.top() or group.area.top() > room.bottom():
                continue
            costs = [row.cost for _, row in group.rows if row.cost is not None]
            heading = QRectF(group.area.left(), group.area.top(), group.area.width(), self.scaled(HEAD))
            bars.draw_beside(painter, heading, self.title(group.measure), self.repeats_word(group.measure), "bold")
            bars.draw_rows(painter, group.rows, scale_for(costs, group.measure == "memory"), self.is_folded())
        painter.setClipping(False)
        foot = QRectF(PAD, room.bottom(), self.width() - 2 * PAD, self.scaled(FOOT))
        bars.draw_beside(
            painter, foot, self.tr("From line to line: ×10"), self.tr("Whisker: lowest to highest"), "small"
        )
        return True

    def _empty_word(self) -> str:
        state = self.model.state
        if state.ended is not None:
            return self.tr("Nothing was measured in this run")
        if state.actors:
            return self.tr("Measuring …")
        return self.word_before(self.tr("Press Run to measure what each costs"))

    # the mouse and the keys

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        if not self.room().contains(where):
            return ""
        for group in self.groups():
            for area, row in group.rows:
                if area.contains(where) and self.costs():
                    return self._describe_row(group.measure, row)
        return ""

    def _describe_row(self, measure: str, row: Row) -> str:
        cost, is_memory = row.cost, measure == "memory"
        head = f"{row.name} · {self.title(measure)}"
        if cost is None:
            return f"{head}\n{row.why_not}"
        range_words = self.tr("median {median}, lowest {low}, highest {high}, of {count} measurements").format(
            median=row.value,
            low=amount(cost.low, is_memory),
            high=amount(cost.high, is_memory),
            count=f"{cost.repeats:,}",
        )
        least = (
            self.tr("the cheapest here")
            if row.times == "×1"
            else self.tr("{times} the cheapest").format(times=row.times)
        )
        return f"{head}\n{range_words}\n{least}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in KEYS:
            self.scroll_bar.triggerAction(KEYS[event.key()])
        else:
            super().keyPressEvent(event)
