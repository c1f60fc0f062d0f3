"""What is said of waiting wherever it is drawn as arrows: the heading over a deadlock, and the arrows' legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from concsim.ui.views.shared.graph_painter import EdgeLook
from concsim.ui.views.shared.wait_edges import HELD_BY, WAITS_FOR, Edge, WaitGraph

if TYPE_CHECKING:
    from concsim.model.folding.state import State
    from concsim.ui.painting.theme import Theme


def heading_of(state: State, graph: WaitGraph) -> str:
    """What the waiting amounts to, "" if nothing is wrong."""
    translate, deadlock = QCoreApplication.translate, state.deadlock
    if deadlock is None:
        return translate("WaitWords", "waiting in a circle") if graph.cycles else ""
    if deadlock.certainty == "certain":
        return translate("WaitWords", "livelock") if state.spins else translate("WaitWords", "deadlock")
    return translate("WaitWords", "looks like a deadlock")


def edge_word(kind: str) -> str:
    """What an arrow means."""
    translate = QCoreApplication.translate
    return translate("WaitWords", "held by") if kind == HELD_BY else translate("WaitWords", "waits for")


def edge_colour(theme: Theme, edge: Edge, bad: bool) -> QColor:
    """An arrow's colour; *bad*: it is part of a cycle, or of a deadlock."""
    return theme.colour("danger" if bad else "holding" if edge.kind == HELD_BY else "muted")


def legend_of(theme: Theme) -> list[tuple[EdgeLook, str]]:
    """Both kinds of arrows with what they mean."""
    colours = ((HELD_BY, "holding"), (WAITS_FOR, "muted"))
    return [(EdgeLook(kind, theme.colour(colour)), edge_word(kind)) for kind, colour in colours]
