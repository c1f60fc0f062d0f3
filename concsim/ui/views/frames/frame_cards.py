"""Draws frames as cards: the function, where it is suspended, its variables. Made for one painting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter

from concsim.model.folding.history import FINISHED, RUNNING
from concsim.ui.painting.lettering import RIGHT, Lettering
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.views.shared.run_view import faded

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

PAD, LINE, HEAD = 12, 20, 28
MOST_VALUES = 8
NAMES_SHARE = 0.4


@dataclass(frozen=True)
class FrameWords:
    """A frame as it is shown. *values* are names, values and whether they have changed; *hidden* says how many more."""

    actor: int
    state: int
    function: str
    who: str
    doing: str
    source: str
    values: tuple[tuple[str, str, bool], ...]
    hidden: int = 0


def card_lines(values: int) -> int:
    """How many lines a frame of so many variables has below its head."""
    return 2 + (min(values, MOST_VALUES) + (values > MOST_VALUES) or 1)


class FrameCards:
    """Draws them."""

    def __init__(self, painter: QPainter, view: RunView) -> None:
        self._painter, self._view, self._theme = painter, view, view.theme
        self._letters, self._shapes = Lettering(painter, view), StateShapes(view.theme)

    def draw(self, words: FrameWords, area: QRectF) -> None:
        """A frame's card."""
        running, over = words.state == RUNNING, words.state == FINISHED
        marked = self._view.marks.is_actor(words.actor)
        edge = "accent" if marked else "running" if running else "line" if over else "edge"
        self._letters.box(area, edge, "window" if over else "panel", 8, 2 if marked or running else 1)
        inner = area.adjusted(PAD, 4, -PAD, -4)
        self._draw_head(words, QRectF(inner.left(), inner.top(), inner.width(), self._view.scaled(HEAD)), over)
        line = QRectF(inner.left(), inner.top() + self._view.scaled(HEAD), inner.width(), self._view.scaled(LINE))
        self._letters.write(line, words.doing, "small", "text" if running else "muted")
        line.moveTop(line.top() + line.height())
        self._draw_source(words, line, running, over)
        line.moveTop(line.top() + line.height() + 4)
        self._draw_values(words, line, over)

    def _draw_head(self, words: FrameWords, area: QRectF, over: bool) -> None:
        side = float(self._view.scaled(12))
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        sign = QRectF(round(area.left()), round(area.center().y() - side / 2), side, side)
        self._shapes.draw(self._painter, sign, words.state)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        name = area.adjusted(side + 8, 0, 0, 0)
        wanted = self._letters.type.width("bold", words.function)
        room = max(name.width() - wanted - 12, name.width() * NAMES_SHARE)
        used = self._letters.write(name.adjusted(name.width() - room, 0, 0, 0), words.who, "small", "muted", RIGHT, middle=True)
        self._letters.write(name.adjusted(0, 0, -used - 12, 0), words.function, "bold", "muted" if over else "text")

    def _draw_source(self, words: FrameWords, area: QRectF, running: bool, over: bool) -> None:
        if not words.source:
            return
        if not over:
            self._painter.fillRect(area.adjusted(-4, 1, 4, -1), self._theme.colour("raised"))
        if running:
            self._painter.fillRect(QRectF(area.left() - 4, area.top() + 1, 3, area.height() - 2), self._theme.colour("running"))
        self._letters.write(area.adjusted(4, 0, 0, 0), words.source, "code", "muted" if over else "text")

    def _draw_values(self, words: FrameWords, line: QRectF, over: bool) -> None:
        if not words.values:
            text = QCoreApplication.translate("FrameCards", "no local variables")
            self._letters.write(line, text, "small", "muted")
            return
        width = self._letters.type.width
        widest = max(width("code", name) for name, _, _ in words.values)
        names = min(widest + 4, line.width() * NAMES_SHARE)
        for name, value, changed in words.values:
            self._draw_value(QRectF(line), names, (name, value, changed), over)
            line.moveTop(line.top() + line.height())
        if words.hidden:
            text = QCoreApplication.translate("FrameCards", "… and {count} more").format(count=words.hidden)
            self._letters.write(line, text, "small", "muted")

    def _draw_value(self, line: QRectF, names: float, one: tuple[str, str, bool], over: bool) -> None:
        name, value, changed = one
        if changed and not over:
            self._painter.fillRect(line.adjusted(-4, 0, 4, -1), faded(self._theme.colour("accent"), 0.14))
            self._painter.fillRect(QRectF(line.left() - 4, line.top(), 3, line.height() - 1), self._theme.colour("accent"))
        label, rest = line.adjusted(4, 0, 0, 0), line.adjusted(4 + names, 0, 0, 0)
        label.setWidth(names)
        self._letters.write(label, name, "code", "muted")
        sign = QRectF(rest.left(), rest.top(), self._letters.type.width("code", "= "), rest.height())
        self._letters.write(sign.adjusted(2, 0, 8, 0), "=", "code", "muted")
        self._letters.write(rest.adjusted(sign.width() + 6, 0, 0, 0), value, "code", "muted" if over else "text", Qt.AlignmentFlag.AlignLeft)
