"""Draws a row for each process below the diagram: its state, its name, and how its time was split so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from concsim.model.folding.entities import Actor
from concsim.model.folding.history import FINISHED, READY, RUNNING, WAITING
from concsim.ui.painting.lettering import RIGHT, Lettering
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.views.states.os_diagram import OS_ENDED, SHAPE_OF
from concsim.ui.views.states.os_shares import Shares, shares_of, shares_text, short_shares, state_of

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

MARGIN, SIGN = 8, 10
NAMES, NAMES_SHARE, BAR_LEAST = 168, 0.3, 80


class OsRows:
    """Draws rows. Made for one painting."""

    def __init__(self, letters: Lettering, view: RunView) -> None:
        self._letters, self._view = letters, view
        self._shapes = StateShapes(letters.theme)

    def draw_row(self, actor: Actor, area: QRectF) -> None:
        """An actor's row."""
        if self._view.marks.is_actor(actor.number):
            self._letters.box(area.adjusted(-4, 1, 4, -1), "accent", None, 4, 1.5)
        side, names = self._view.scaled(SIGN), min(self._view.scaled(NAMES), area.width() * NAMES_SHARE)
        over = state_of(actor) == OS_ENDED
        shape = FINISHED if over else SHAPE_OF[actor.os_state]
        self._shapes.draw(self._letters.painter, QRectF(area.left(), round(area.center().y() - side / 2), side, side), shape)
        name = QRectF(area.left() + side + 6, area.top(), names - side - 6, area.height())
        used = self._letters.write(name, actor.id, "small", "muted", RIGHT) if actor.id != actor.name else 0.0
        name.setRight(name.right() - (used + 6 if used else 0))
        self._letters.write(name, actor.name, "plain", "muted" if over else "text", middle=True)
        rest = area.adjusted(names + MARGIN, 0, 0, 0)
        shares = shares_of(actor, self._view.model.moment)
        if shares is not None:
            self._draw_shares(shares, rest)

    def _draw_shares(self, shares: Shares, area: QRectF) -> None:
        longest = shares_text(Shares(100, 100, 100))
        short = self._letters.type.width("small", longest) + BAR_LEAST > area.width()
        text = short_shares(shares) if short else shares_text(shares)
        width = self._letters.type.width("small", short_shares(Shares(100, 100, 100)) if short else longest)
        bar = area.adjusted(0, 6, -width - 2 * MARGIN, -6)
        self._letters.write(QRectF(bar.right() + MARGIN, area.top(), width + MARGIN, area.height()), text, "small", "muted")
        left = bar.left()
        for state, share in zip((RUNNING, READY, WAITING), shares, strict=True):
            part = QRectF(round(left), bar.top(), round(left + bar.width() * share / 100) - round(left), bar.height())
            if part.width() >= 1:
                self._shapes.draw(self._letters.painter, part, state)
            left += bar.width() * share / 100
