"""The wait-for graph at the moment shown: who waits for what held by whom, and where that goes in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from concsim.ui.views.graph.graph_fit import HEADING, LEGEND, LOW_CELL, MARGIN, THING_HEIGHT, GraphFit
from concsim.ui.views.graph.graph_words import edge_words, kind_word, name_of, node_words
from concsim.ui.views.shared.graph_painter import EdgeLook, GraphPainter
from concsim.ui.views.shared.pointed_view import Mark, PointedView
from concsim.ui.views.shared.run_view import SMALL, faded
from concsim.ui.views.shared.wait_edges import ACTOR, THING, Edge, Node, WaitGraph
from concsim.ui.views.shared.wait_words import edge_colour, heading_of, legend_of

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

READABLE = 0.75


class WaitGraphView(PointedView):
    """Actors and things with an arrow for each hold and wait. That nobody waits is a drawing of a run, too."""

    follows_clock = False

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(run, marks, theme, parent)
        self.fitting = GraphFit(self)

    def least_size(self) -> tuple[int, int]:
        """The width and the height below which nothing can be told apart."""
        return 240, min(self.scaled(LEGEND + THING_HEIGHT + 2 * LOW_CELL), 200)

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Wait-for graph"))
        self.setAccessibleDescription(self.tr("Which thread waits for which lock, and which thread holds it"))

    def graph(self) -> WaitGraph:
        """The graph of the moment, as there is room for it."""
        return self.fitting.graph()

    def areas(self, graph: WaitGraph) -> dict[Node, QRectF]:
        """Where each node is drawn."""
        return self.fitting.areas(graph)

    def heading(self, graph: WaitGraph) -> str:
        """What the graph amounts to, "" if nothing is wrong."""
        return heading_of(self.model.state, graph)

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the graph, or that nobody waits; says whether there was a run to draw."""
        graph = self.graph()
        if not graph.edges:
            self.draw_word(painter, self._empty_word())
            return bool(self.model.state.actors)
        areas = self.areas(graph)
        shrunk = self.fitting.fit(graph).shrunk
        painted = GraphPainter(painter, self.theme, self.fitting.fonts(shrunk), shrunk)
        for edge in graph.edges:
            self._draw_edge(painted, edge, areas, graph)
        for node, area in areas.items():
            self._draw_node(painted, node, area, graph)
        if shrunk > READABLE:
            painted.draw_labels(list(areas.values()))
        self._draw_heading(painter, graph)
        self._draw_legend(painter)
        return True

    def _empty_word(self) -> str:
        if self.model.state.actors:
            return self.tr("Nobody waits for anybody.")
        return self.word_before(self.tr("Press Run to see who waits for whom"))

    def _draw_edge(self, painted: GraphPainter, edge: Edge, areas: dict[Node, QRectF], graph: WaitGraph) -> None:
        bad = edge in graph.bad
        bent = (edge.end, edge.start) in graph.pairs
        look = EdgeLook(edge.kind, edge_colour(self.theme, edge, bad), bad, bent, edge_words(edge, bad))
        painted.draw_edge(areas[edge.start], areas[edge.end], look)

    def _draw_node(self, painted: GraphPainter, node: Node, area: QRectF, graph: WaitGraph) -> None:
        bad, state = node in graph.bad_nodes, self.model.state
        usual = "holding" if node.what == THING else "muted"
        outline = self.theme.colour("danger" if bad else usual)
        ground = self.theme.colour("raised" if node.what == THING else "panel")
        marked = (self.marks.kind, self.marks.number) == (node.what, node.number)
        name, word = name_of(state, node, graph), kind_word(state, node)
        painted.draw_node(area, node.what, name, word, (outline, ground), marked)

    def _draw_heading(self, painter: QPainter, graph: WaitGraph) -> None:
        text = self.heading(graph)
        if not text:
            return
        font = self.type_of(1.1, bold=True)
        painter.setFont(font)
        width = QFontMetricsF(font).horizontalAdvance(text) + 16
        area = QRectF(MARGIN, 6, width, self.scaled(HEADING) - 8)
        danger = self.theme.colour("danger")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(danger, 0.12))
        painter.drawRoundedRect(area, 4, 4)
        painter.setPen(danger)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_legend(self, painter: QPainter) -> None:
        area = QRectF(MARGIN, self.height() - self.scaled(LEGEND), self.width(), self.scaled(LEGEND))
        plain = GraphPainter(painter, self.theme, (self.type_of(), self.type_of(SMALL)))
        plain.draw_legend(area, legend_of(self.theme))

    # the mouse

    def find(self, where: QPointF) -> Node | None:
        """The node at a place."""
        graph = self.graph()
        if not graph.edges:
            return None
        return next((node for node, area in self.areas(graph).items() if area.contains(where)), None)

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        node = self.find(where)
        return node_words(self.model.state, node) if node else ""

    def mark_at(self, where: QPointF) -> Mark | None:
        """What a click there marks."""
        node = self.find(where)
        if node is None:
            return None
        actor = node.what == ACTOR or node.number in self.model.state.actors
        return ("actor" if actor else "thing"), node.number
