"""Draws a hub as a ring, its state in words, and the rows of those it serves. Made for one painting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from concsim.model.folding.entities import Actor
from concsim.model.folding.history import BLOCKED, RUNNING, SLEEPING, WAITING
from concsim.ui.painting.lettering import LEFT, RIGHT, Lettering
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.views.hub.hub_row_words import RowWords
from concsim.ui.views.shared.run_view import faded

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

GAP = 8
SIGN = 12
WITH_IDS, LEAST_BAR = 400, 40
RING = 10.0


class HubPainter:
    """Draws it."""

    def __init__(self, painter: QPainter, view: RunView) -> None:
        self._painter, self._view, self._theme = painter, view, view.theme
        self.letters, self._shapes = Lettering(painter, view), StateShapes(view.theme)

    # the hub

    def _colour_of(self, hub: Actor) -> str:
        return {BLOCKED: "danger", RUNNING: "running", WAITING: "waiting"}.get(hub.state, "edge")

    def draw_ring(self, hub: Actor, area: QRectF) -> None:
        """The loop that goes round: a ring with an arrow head, in the colour of its state; crossed while it is blocked."""
        painter, blocked = self._painter, hub.state == BLOCKED
        wide = max(RING * area.width() / 96, 4.0)
        ring = area.adjusted(wide, wide, -wide, -wide)
        pen = QPen(self._theme.colour(self._colour_of(hub)), wide)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(ring, 60 * 16, 300 * 16)
        tip = ring.center() + QPointF(ring.width() / 4 + wide * 0.9, -ring.height() * 0.433 + wide * 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(self._colour_of(hub)))
        head = [tip, tip + QPointF(-2.4 * wide, -1.6 * wide), tip + QPointF(-1.6 * wide, 1.4 * wide)]
        painter.drawPolygon(QPolygonF(head))
        if blocked:
            self.letters.cross(ring.center(), ring.width() / 6, "danger", max(wide / 2, 2))
        elif ring.width() > 40:
            side = float(self._view.scaled(16))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            sign = QRectF(round(ring.center().x() - side / 2), round(ring.center().y() - side / 2), side, side)
            self._shapes.draw(painter, sign, hub.state)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._view.marks.is_actor(hub.number):
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(area.adjusted(-2, -2, 2, 2))

    def draw_words(self, hub: Actor, area: QRectF, name: str, words: list[tuple[str, str, str]], centred: bool) -> None:
        """The hub's name and its state, each text wrapped: text, font, colour."""
        painter, top = self._painter, area.top()
        side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        for text, font, colour in [(name, "small", "muted"), *words]:
            if not text or top >= area.bottom():
                continue
            painter.setFont(self.letters.type.font(font))
            painter.setPen(self._theme.colour(colour))
            room = QRectF(area.left(), top, area.width(), area.bottom() - top)
            needed = painter.boundingRect(room, int(flags), text)
            if needed.bottom() > area.bottom() + 2:
                needed.setHeight(self.letters.type.height(font))
                if top + needed.height() > area.bottom() + 2:
                    return
                self.letters.write(QRectF(area.left(), top, area.width(), needed.height()), text, font, colour, side)
            else:
                painter.drawText(room, int(flags), text)
            top += needed.height() + 4

    def draw_link(self, hub: Actor, ring: QRectF, row: QRectF) -> None:
        """Who has the thread: an arrow from the ring; a blocked hub cannot be reached."""
        colour = "danger" if hub.state == BLOCKED else "running"
        start, end = QPointF(ring.right() + 2, ring.center().y()), QPointF(row.left(), row.center().y())
        middle = row.left() - 2 * GAP
        painter = self._painter
        pen = QPen(self._theme.colour(colour), 2)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline([start, QPointF(middle, start.y()), QPointF(middle, end.y()), end - QPointF(6, 0)])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(colour))
        painter.drawPolygon([end, end + QPointF(-8, -5), end + QPointF(-8, 5)])

    # the rows

    def names_width(self, names: list[tuple[str, str]], width: float) -> float:
        """Room for the longest of names and, where there is room, ids."""
        ids = width > self._view.scaled(WITH_IDS)
        of = self.letters.type.width
        wanted = max((of("bold", name) + (of("small", id) + 6 if ids else 0) for name, id in names), default=0.0)
        return min(max(wanted + 8, float(self._view.scaled(72))), width * 0.45)

    def draw_row(self, actor: Actor, area: QRectF, words: RowWords, held: str, names: float) -> None:
        """One that the hub serves; *held* is the colour of the frame around who has the thread, "" for the others."""
        marked = self._view.marks.is_actor(actor.number)
        if marked or held:
            self.letters.box(area.adjusted(0, 1, 0, -1), "accent" if marked else held, "panel" if not held else faded(self._theme.colour(held), 0.1), 6, 2)
        side = float(self._view.scaled(SIGN))
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        sign = QRectF(round(area.left() + GAP), round(area.center().y() - side / 2), side, side)
        self._shapes.draw(self._painter, sign, actor.state)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = area.adjusted(side + 2 * GAP, 0, -GAP, 0)
        name = QRectF(inner.left(), inner.top(), names, inner.height())
        used = self.letters.write(name, words.name, "bold", middle=True)
        spare = name.adjusted(used + 6, 0, 0, 0)
        if words.id and self.letters.type.width("small", words.id) <= spare.width():
            self.letters.write(spare, words.id, "small", "muted")
        rest = inner.adjusted(name.width() + GAP, 0, 0, 0)
        if words.left >= 0:
            rest = self._draw_timer(rest, words)
        wide = self.letters.type.width
        text = next((one for one in (words.words, words.short) if wide("small", one) <= rest.width()), words.least or words.short)
        self.letters.write(rest, text, "small", "danger" if words.is_bad else "muted")

    def _draw_timer(self, area: QRectF, words: RowWords) -> QRectF:
        """The time left, as a bar on the same scale for all, at the right; what remains of the area."""
        width = self.letters.type.width
        number = width("small", words.left_words if words.is_bad else "00.00 s") + GAP
        spare = area.width() - number - GAP
        needed = next((one for one in (width("small", words.words), width("small", words.short)) if spare - one >= LEAST_BAR), spare)
        room = min(float(self._view.scaled(160)), spare - needed)
        text = QRectF(area.right() - number, area.top(), number, area.height())
        self.letters.write(text, words.left_words, "small", "danger" if words.is_bad else "text", RIGHT)
        if room >= LEAST_BAR:
            bar = QRectF(round(text.left() - room), round(area.center().y() - 4), room, 8)
            self._painter.fillRect(bar, self._theme.colour("raised"))
            left = QRectF(bar.left(), bar.top(), bar.width() * min(words.left, 1.0), bar.height())
            self._painter.fillRect(left, self._theme.state_colour(SLEEPING))
            self._painter.fillRect(QRectF(bar.left(), bar.top() - 2, 1, bar.height() + 4), self._theme.colour("edge"))
        return area.adjusted(0, 0, -number - max(room, 0.0) - GAP if room >= LEAST_BAR else -number, 0)

    def draw_more(self, area: QRectF, text: str) -> None:
        """How many rows like the last are left out."""
        self.letters.write(area.adjusted(self._view.scaled(SIGN) + 2 * GAP, 0, -GAP, 0), text, "small", "muted", LEFT)
