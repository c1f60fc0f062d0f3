"""An actor's button: its digit, name and state, and below that what it does next, or why it cannot be chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from concsim.ui.painting.painter import painting
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.marks import Marks
from concsim.ui.stepping.choice_painter import ChoicePainter, ChoiceType
from concsim.ui.stepping.choice_words import ChoiceWords
from concsim.ui.views.shared.run_view import SMALL


class ChoiceButton(QPushButton):
    """Paints `ChoiceWords`. Off where the actor cannot be chosen; points at the actor's code while it is looked at.

    Qt takes the keyboard's place from a button that is disabled: one that has it is off, but enabled until it is left.
    """

    def __init__(self, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks, self._theme = marks, theme
        self.words: ChoiceWords | None = None

    def show_words(self, words: ChoiceWords) -> None:
        """Show these."""
        if words == self.words:
            return
        self.words = words
        self.setEnabled(words.enabled or self.has_place)
        self.setAccessibleName(", ".join(part for part in (words.name, words.word, words.below, words.locals) if part))
        self.setToolTip(words.tip)
        self.update()

    @property
    def has_place(self) -> bool:
        """Whether the keyboard's place is here, or will be when the window is active again."""
        return self.window().focusWidget() is self

    @property
    def is_on(self) -> bool:
        """Whether the actor can be chosen."""
        return self.words is not None and self.words.enabled

    def take_focus(self) -> None:
        """Have the keyboard's place, also where the actor cannot be chosen."""
        self.setEnabled(True)
        self.setFocus()

    def _type(self) -> ChoiceType:
        return ChoiceType(self._theme, self.font())

    def sizeHint(self) -> QSize:
        return QSize(200, round(self._type().line * (1 + SMALL) + 12))

    def needed_width(self) -> float:
        """The width in which nothing of it is shortened."""
        return self._type().needed_width(self.words) if self.words is not None else 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.words is None:
            return
        with painting(self) as painter:
            drawn, area = ChoicePainter(painter, self._theme, self._type(), self.words), QRectF(self.rect())
            drawn.paint_ground(area, self.hasFocus(), self.underMouse(), self.isDown())
            drawn.paint_words(area)

    # pointing

    def enterEvent(self, event: QEnterEvent) -> None:
        self._point()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._marks.point_at(0)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._point()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._marks.point_at(0)
        super().focusOutEvent(event)
        if not self.has_place:
            self.setEnabled(self.is_on)

    def _point(self) -> None:
        if self.words is not None:
            self._marks.point_at(self.words.number)
