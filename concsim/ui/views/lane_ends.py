"""Processes in lanes that were killed or ended badly: which they are, and the sign at the end of their lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from concsim.model.history import FINISHED
from concsim.model.parts import Actor, Process
from concsim.ui.views.process_words import ended_badly

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.theme import Theme

KILLED = -3
"""Stands in the legend for the sign."""
REACH = 6.0


def bad_end(run: RunModel, number: int) -> Process | None:
    """The process of an actor, if it ends badly in the round shown, be it after the moment shown."""
    process = run.known_processes.get(number)
    return process if process is not None and ended_badly(process) else None


def has_ended_badly(run: RunModel, actor: Actor) -> bool:
    """Whether it has done so by the moment shown."""
    return actor.state == FINISHED and bad_end(run, actor.number) is not None


def any_bad_end(run: RunModel) -> bool:
    """Whether there is such a process."""
    return any(ended_badly(one) for one in run.known_processes.values())


def draw_cross(painter: QPainter, theme: Theme, area: QRectF) -> None:
    """A ✗ in the middle of an area."""
    reach = min(area.width() / 2, area.height() / 2 - 1, REACH)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("danger"), 2.5))
    for turn in (1, -1):
        painter.drawLine(area.center() + QPointF(-reach, -reach * turn), area.center() + QPointF(reach, reach * turn))
    painter.restore()
