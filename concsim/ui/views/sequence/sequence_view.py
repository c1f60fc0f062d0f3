"""A sequence diagram: who handed the thread to whom, and what was carried across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from concsim.ui.views.sequence.sequence_painter import SequencePainter
from concsim.ui.views.sequence.sequence_places import GAP, SequencePlaces
from concsim.ui.views.sequence.sequence_rows import END, Diagram, diagram_of
from concsim.ui.views.sequence.sequence_words import SequenceWords
from concsim.ui.views.shared.pointed_view import Mark
from concsim.ui.views.shared.scrolled_view import ScrolledView, once

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

ROW, LOW_ROW, HEAD, LOW_HEAD, LEGEND, TIMES = 32, 22, 44, 28, 24, 64
COLUMN, WIDEST_COLUMN = 44, 320
TALL_ENOUGH, NARROW = 240, 80


class SequenceView(ScrolledView):
    """A life line an actor, a row an arrow; time goes down, and the newest row is followed."""

    follows_clock = False

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        self._follows = True
        self.words = SequenceWords(run)
        self.painted_rows = 0
        super().__init__(run, marks, theme, parent)
        self.across = QScrollBar(Qt.Orientation.Horizontal, self)
        self.across.valueChanged.connect(self.update)
        self.across.hide()
        self.scroll_bar.actionTriggered.connect(self._on_scrolled)

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Sequence"))
        self.setAccessibleDescription(
            self.tr(
                "Who handed the thread to whom, and which value. Up, Down and the wheel scroll, End follows the newest; "
                "Left and Right mark an actor."
            )
        )

    def forget(self) -> None:
        """Another run: follow it."""
        self._follows = True

    # what is where

    @once
    def diagram(self) -> Diagram:
        """What is drawn: all up to the moment shown."""
        return diagram_of(self.model.arrows, self.model.state.actors, self.model.moment)

    @once
    def _column(self) -> float:
        room = self.width() - self.scaled(TIMES) - self.scroll_bar.sizeHint().width()
        count = max(len(self.diagram().columns), 1)
        return max(min(room / count, self.scaled(WIDEST_COLUMN)), self.scaled(COLUMN))

    @once
    def _has_legend(self) -> bool:
        return self.height() >= self.scaled(TALL_ENOUGH)

    def _head(self) -> int:
        """How high heads are: low ones have no room for both name and id."""
        return self.scaled(HEAD if self._has_legend() and self._column() >= self.scaled(NARROW) else LOW_HEAD)

    @once
    def _is_wide(self) -> bool:
        room = self.width() - self.scaled(TIMES) - self.scroll_bar.sizeHint().width()
        return round(len(self.diagram().columns) * self._column()) > room

    @once
    def room(self) -> QRectF:
        """Where the rows are seen."""
        below = self.scaled(LEGEND) if self._has_legend() else 4
        below += self.across.sizeHint().height() if self._is_wide() else 0
        top, row = GAP + self._head(), self.row_heights()
        high = max(self.height() - top - below, 1)
        high -= high % row if high > row else 0  # whole rows
        return QRectF(self.scaled(TIMES), top, self.width() - self.scaled(TIMES), high)

    @once
    def content_height(self) -> int:
        """How high all rows are together, and room for the thread to go on in, if it does."""
        count = len(self.diagram().rows)
        goes_on = self.model.running or not self.model.is_live
        return (count + (1 if goes_on else 0)) * self.row_heights() if count else 0

    def row_heights(self) -> int:
        """How far one turn of the wheel goes."""
        return self.scaled(ROW if self._has_legend() else LOW_ROW)

    @once
    def places(self) -> SequencePlaces:
        """Where everything is."""
        room = QRectF(self.room())
        room.setRight(self.rows_right())
        across = self.across.value() if self._is_wide() else 0
        return SequencePlaces(room, self._head(), self.row_heights(), self._column(), across, self.scrolled)

    def _fit_scroll_bar(self) -> None:
        self._kept = {}
        super()._fit_scroll_bar()
        if self._follows:
            self.scroll_bar.setValue(self.scroll_bar.maximum())
        self._fit_across()
        self._kept = None

    def _fit_across(self) -> None:
        if not hasattr(self, "across"):
            return
        room, high = self.room(), self.across.sizeHint().height()
        width = self.rows_right() - room.left()
        hidden = round(len(self.diagram().columns) * self._column() - width)
        self.across.setGeometry(round(room.left()), round(room.bottom()), max(round(width), 1), high)
        self.across.setRange(0, max(hidden, 0))
        self.across.setPageStep(max(round(width), 1))
        self.across.setSingleStep(round(self._column()))
        self.across.setVisible(self._is_wide())

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the diagram; says whether there was anything in it."""
        diagram = self.diagram()
        if not diagram.rows:
            self.draw_word(painter, self._empty_word())
            return bool(self.model.state.actors)
        places, actors = self.places(), self.model.state.actors
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawn = SequencePainter(painter, self, diagram, places)
        columns = places.columns(len(diagram.columns))
        painter.setClipRect(places.room)
        for index in columns:
            drawn.draw_life(actors[diagram.columns[index]], index)
        painter.setClipRect(places.room.adjusted(-places.room.left(), 0, 0, 0))
        time = ""
        for index in places.rows(len(diagram.rows)):
            row, before = diagram.rows[index], time
            time = self.words.time(row)
            drawn.draw_row(index, self.words.label(row), bool(row.text) and row.kind != END, "" if time == before else time)
        painter.setClipRect(places.room.adjusted(0, -places.head - GAP, 0, 0))
        for index in columns:
            drawn.draw_head(actors[diagram.columns[index]], index)
        painter.setClipping(False)
        if self._has_legend():
            top = self.height() - self.scaled(LEGEND)
            drawn.draw_legend(QRectF(GAP, top, self.width() - 2 * GAP, self.scaled(LEGEND)), self.words.legend(diagram))
        self.painted_rows = drawn.painted_rows
        return True

    def _empty_word(self) -> str:
        if self.model.state.actors:
            return self.tr("Nobody has handed the thread to anybody yet.")
        return self.word_before(self.tr("Press Run to see who hands the thread to whom"))

    # the mouse and the keys

    def column_at(self, where: QPointF) -> int:
        """The actor whose column is there, 0 for none."""
        columns = self.diagram().columns
        index = self.places().column_at(where, len(columns))
        return columns[index] if index is not None else 0

    def mark_at(self, where: QPointF) -> Mark | None:
        """What a click there marks."""
        number = self.column_at(where)
        return ("actor", number) if number else None

    def order(self) -> list[Mark]:
        """What Left and Right mark, in order."""
        return [("actor", number) for number in self.diagram().columns]

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        rows, number = self.diagram().rows, self.column_at(where)
        index = self.places().row_at(where, len(rows))
        if index is not None:
            return self.words.told(rows[index])
        return self.words.actor(number) if number else ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        sideways = event.modifiers() & Qt.KeyboardModifier.ShiftModifier or event.angleDelta().x()
        if sideways and self.across.isVisible():
            turned = event.angleDelta().x() or event.angleDelta().y()
            self.across.setValue(self.across.value() - turned * self.across.singleStep() // 120)
            event.accept()
            return
        super().wheelEvent(event)
        self._on_scrolled()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.scroll_bar
        scrolls = {
            int(Qt.Key.Key_Up): -bar.singleStep(), int(Qt.Key.Key_Down): bar.singleStep(), int(Qt.Key.Key_PageUp): -bar.pageStep(),
            int(Qt.Key.Key_PageDown): bar.pageStep(), int(Qt.Key.Key_Home): -bar.maximum(), int(Qt.Key.Key_End): bar.maximum(),
        }  # fmt: skip
        marks = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}
        if event.key() in scrolls:
            bar.setValue(bar.value() + scrolls[event.key()])
            self._on_scrolled()
        elif event.key() in marks:
            self._mark_next(marks[event.key()])
        else:
            super().keyPressEvent(event)

    def _mark_next(self, step: int) -> None:
        columns = self.diagram().columns
        if not columns:
            return
        marked = columns.index(self.marks.number) if self.marks.kind == "actor" and self.marks.number in columns else None
        index = (0 if step > 0 else len(columns) - 1) if marked is None else min(max(marked + step, 0), len(columns) - 1)
        if index != marked:
            self.marks.mark("actor", columns[index])
        left, right = round(index * self._column()), round((index + 1) * self._column() - self.across.pageStep())
        self.across.setValue(min(max(self.across.value(), right), left))

    def _on_scrolled(self) -> None:
        """The newest is followed again once a person has scrolled down to it."""
        self._follows = self.scroll_bar.sliderPosition() >= self.scroll_bar.maximum()
