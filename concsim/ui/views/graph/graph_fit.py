"""How a wait-for graph is fitted into its view: which graph there is room for, where its nodes are, how large type is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from concsim.ui.views.graph.graph_layout import Layout, lay_out
from concsim.ui.views.graph.graph_words import name_of
from concsim.ui.views.shared.run_view import SMALL
from concsim.ui.views.shared.wait_edges import THING, Node, WaitGraph, wait_graph_of
from concsim.ui.views.shared.wait_words import heading_of

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

CELL_HEIGHT, LOW_CELL = 58, 46
NODE_WIDTH, NARROW_NODE, LEAST_NODE, NODE_GAP, NARROW_GAP = 160, 88, 64, 24, 12
ACTOR_HEIGHT, THING_HEIGHT = 30, 40
HEADING, LEGEND, MARGIN = 32, 24, 8
SPREAD_X, SPREAD_Y = 1.7, 1.25
LEAST_POINTS = 8.5
FEW_EDGES = 6


class Fit(NamedTuple):
    """A layout, to what share it is shrunk, and how wide its nodes are."""

    layout: Layout
    shrunk: float
    width: int


class GraphFit:
    """Fits graphs of a view's run into the view as it is now."""

    def __init__(self, view: RunView) -> None:
        self._view = view

    @property
    def least_share(self) -> float:
        """How far type may be shrunk and still be read."""
        return LEAST_POINTS / self._view.theme.point_size

    def graph(self) -> WaitGraph:
        """The graph of the moment; where there is no room for every thread, those that wait for one thing are one node."""
        state = self._view.model.state
        whole = wait_graph_of(state)
        if len(whole.edges) <= FEW_EDGES or self.fit(whole).shrunk >= self.least_share:
            return whole
        grouped = wait_graph_of(state, FEW_EDGES)
        return grouped if self.fit(grouped).shrunk > self.fit(whole).shrunk else whole

    def fit(self, graph: WaitGraph) -> Fit:
        """The layout with the most air that fits, else the densest one."""
        room = self._room(graph)
        for tight in (False, True):
            layout = self._layout_of(graph, tight)
            shrunk = min(1.0, room.width() / layout.width, room.height() / layout.height)
            if shrunk >= 1.0:
                break
        return Fit(layout, shrunk, self._node_width(graph, tight))

    def areas(self, graph: WaitGraph) -> dict[Node, QRectF]:
        """Where each node is drawn."""
        layout, shrunk, width = self.fit(graph)
        room = self._room(graph)
        x_scale = min(SPREAD_X, max(room.width() / layout.width, shrunk)) if shrunk == 1.0 else shrunk
        y_scale = min(SPREAD_Y, max(room.height() / layout.height, shrunk)) if shrunk == 1.0 else shrunk
        left = room.center().x() - layout.width * x_scale / 2
        top = room.center().y() - layout.height * y_scale / 2
        found = {}
        for node, place in layout.places.items():
            assert isinstance(node, Node)
            centre = QPointF(left + place.x * x_scale, top + place.y * y_scale)
            found[node] = self._area_around(centre, node, width * shrunk, shrunk)
        return found

    def fonts(self, shrunk: float) -> tuple[QFont, QFont]:
        """Type is shrunk less than the nodes: as long as it fits into them it stays readable."""
        view, least = self._view, self.least_share
        fits = view.scaled(ACTOR_HEIGHT) * shrunk / (QFontMetricsF(view.type_of(least)).height() + 4)
        share = max(shrunk, least * min(1.0, fits))
        return view.type_of(share), view.type_of(share * SMALL)

    def _room(self, graph: WaitGraph) -> QRectF:
        view = self._view
        top = view.scaled(HEADING) if heading_of(view.model.state, graph) else MARGIN
        return QRectF(view.rect()).adjusted(MARGIN, top, -MARGIN, -view.scaled(LEGEND))

    def _node_width(self, graph: WaitGraph, tight: bool = True) -> int:
        """As wide as the longest name, within reason."""
        view = self._view
        metrics = QFontMetricsF(view.type_of())
        names = (name_of(view.model.state, node, graph) for node in graph.nodes)
        longest = max((metrics.horizontalAdvance(name) for name in names), default=0.0)
        least, around = (LEAST_NODE, 16) if tight else (NARROW_NODE, 32)
        return round(min(max(longest + around, view.scaled(least)), view.scaled(NODE_WIDTH)))

    def _layout_of(self, graph: WaitGraph, tight: bool) -> Layout:
        view = self._view
        pairs = tuple((edge.start, edge.end) for edge in graph.edges)
        width = self._node_width(graph, tight) + view.scaled(NARROW_GAP if tight else NODE_GAP)
        height = view.scaled(LOW_CELL if tight else CELL_HEIGHT)
        tall = max(3, round(self._room(graph).height()) // height)
        stretch = min(max(view.width() / max(view.height(), 1) - 0.2, 1.0), 2.6)
        return lay_out(graph.nodes, pairs, graph.cycles, width, height, tall, round(stretch, 1))

    def _area_around(self, centre: QPointF, node: Node, width: float, shrunk: float) -> QRectF:
        height = self._view.scaled(THING_HEIGHT if node.what == THING else ACTOR_HEIGHT) * shrunk
        return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
