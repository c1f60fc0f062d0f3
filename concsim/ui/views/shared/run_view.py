"""What every view of a run shares: when it refreshes, its type sizes, its empty state."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from concsim.control.sessions.step_kind import steps_by_line
from concsim.model.errors import DAMAGE
from concsim.ui.painting.painter import painting

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

SHARE = 0.25
LONGEST_REST = 0.02
SMALL = 0.85


class Throttle:
    """Keeps drawing to a share of the time."""

    def __init__(self, share: float = SHARE) -> None:
        self._rest = 1 / share - 1
        self._next = 0.0

    def is_due(self) -> bool:
        """Whether enough time has passed since what was spent."""
        return time.perf_counter() >= self._next

    def spent(self, seconds: float) -> None:
        """Drawing has just taken *seconds*."""
        self._next = time.perf_counter() + min(seconds * self._rest, LONGEST_REST)


class RunView(QWidget):
    """A view that draws the run's state when told, while it can be seen."""

    follows_clock = True
    """Whether its picture changes as time goes on, though nothing happens."""

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self.marks, self.theme = run, marks, theme
        self.throttle = Throttle()
        self._drawn = False
        self._folds = -1
        run.changed.connect(self._on_changed)
        run.reset.connect(self._on_reset)
        marks.changed.connect(self._on_marks_changed)
        theme.changed.connect(self._on_theme_changed)
        self.retranslate()

    # for the window

    def has_drawn(self) -> bool:
        """Whether data of the run on the screen has been drawn."""
        return self._drawn

    # for the views

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""

    def refresh(self) -> None:
        """Draw the state anew."""
        self.update()

    def restyle(self) -> None:
        """The scheme or the type size has changed."""
        self.refresh()

    def forget(self) -> None:
        """Another run is on the screen: drop what belongs to the one before."""

    def draw(self, painter: QPainter) -> bool:
        """Draw; says whether there was data."""
        return False

    def scaled(self, pixels: float) -> int:
        """A length for ordinary type as one for the type size in force."""
        return round(pixels * self.theme.point_size / 10)

    def type_of(self, share: float = 1.0, bold: bool = False) -> QFont:
        """The font in force, at a share of its size."""
        font = QFont(self.font())
        font.setPointSizeF(self.theme.point_size * share)
        font.setBold(bold)
        return font

    def draw_word(self, painter: QPainter, text: str) -> None:
        """The calm word of an empty view."""
        painter.setFont(self.type_of())
        painter.setPen(self.theme.colour("muted"))
        area = self.rect().adjusted(16, 8, -16, -8)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)

    def word_before(self, live: str) -> str:
        """What an empty view says: before a run *live*, or in Step mode how stepping begins; then why it is empty."""
        model = self.model
        if model.running and model.is_live:
            return ""
        if model.history.rounds:
            past = model.moment < model.newest
            return self.tr("Nothing of it has happened yet at this moment") if past else self.tr("Nothing of it was seen in this run")
        if not model.stepping:
            return live
        if steps_by_line(model.program):
            return self.tr("Press Start, then go through its lines, forwards and back")
        return self.tr("Press Start, then choose who goes next")

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        began = time.perf_counter()
        with painting(self) as painter:
            painter.fillRect(self.rect(), self.theme.colour("panel"))
            self._drawn = self._draw_or_say(painter) or self._drawn
            self._draw_focus(painter)
        self.throttle.spent(time.perf_counter() - began)

    def _refresh(self) -> None:
        """Refresh; of a recording that somebody has changed what can be refreshed."""
        try:
            self.refresh()
        except DAMAGE:
            if self.model.session is not None:
                raise
            self.update()

    def _draw_or_say(self, painter: QPainter) -> bool:
        """Draw; of a recording that somebody has changed what cannot be drawn is said."""
        try:
            return self.draw(painter)
        except DAMAGE:
            if self.model.session is not None:
                raise
        painter.resetTransform()
        painter.setClipping(False)
        painter.fillRect(self.rect(), self.theme.colour("panel"))
        self.draw_word(painter, self.tr("What was recorded of it is damaged and cannot be drawn"))
        return False

    def _draw_focus(self, painter: QPainter) -> None:
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(self.theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._refresh()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    # slots

    @Slot()
    def _on_changed(self) -> None:
        following = self.model.running and self.model.is_live and not self.model.is_stepped  # after a step comes no next frame
        if not self.isVisible() or (following and not self._is_due()):
            return
        self._folds = self.model.folds
        self._refresh()

    def _is_due(self) -> bool:
        return (self.follows_clock or self._folds != self.model.folds) and self.throttle.is_due()

    @Slot()
    def _on_marks_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    @Slot()
    def _on_reset(self) -> None:
        self._drawn = False
        self.forget()
        self.refresh()

    @Slot()
    def _on_theme_changed(self) -> None:
        self.restyle()


def faded(colour: QColor, share: float) -> QColor:
    """The colour, seen through to a share."""
    made = QColor(colour)
    made.setAlphaF(share)
    return made
