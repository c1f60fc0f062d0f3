"""Actors in lanes that were killed or ended badly: which they are, and the sign at the end of their lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from concsim.control.command.summary import first_line
from concsim.model.events import ErrorRaised
from concsim.model.folding.entities import Actor, Process
from concsim.model.folding.history import FINISHED
from concsim.ui.text.process_words import end_words, ended_badly

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme

KILLED = -3
"""Stands in the legend for the sign."""
REACH = 6.0


def bad_end(run: RunModel, number: int) -> Process | ErrorRaised | None:
    """The process, or the exception, of an actor that ends badly in the round shown, be it after the moment shown."""
    process = run.known_processes.get(number)
    if process is not None and ended_badly(process):
        return process
    return run.known_errors.get(number)


def bad_end_words(end: Process | ErrorRaised) -> str:
    """How it ended."""
    if isinstance(end, Process):
        return end_words(end)
    return QCoreApplication.translate("LaneEnds", "ended by {error}").format(error=error_words(end))


def error_words(error: ErrorRaised) -> str:
    """An exception, and the first line of what it says."""
    message = first_line(error.message)
    return f"{error.type}: {message}" if message else error.type


def has_ended_badly(run: RunModel, actor: Actor) -> bool:
    """Whether it has done so by the moment shown."""
    return actor.state == FINISHED and bad_end(run, actor.number) is not None


def any_bad_end(run: RunModel) -> bool:
    """Whether anybody ended so."""
    return bool(run.known_errors) or any(ended_badly(one) for one in run.known_processes.values())


def draw_cross(painter: QPainter, theme: Theme, area: QRectF) -> None:
    """A ✗ in the middle of an area."""
    reach = min(area.width() / 2, area.height() / 2 - 1, REACH)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("danger"), 2.5))
    for turn in (1, -1):
        painter.drawLine(area.center() + QPointF(-reach, -reach * turn), area.center() + QPointF(reach, reach * turn))
    painter.restore()
