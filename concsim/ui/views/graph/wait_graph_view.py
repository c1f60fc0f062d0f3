"""The wait-for graph at the moment shown: who waits for what held by whom, and where that goes in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from concsim.ui.views.graph.graph_layout import Layout, lay_out
from concsim.ui.views.shared.graph_painter import EdgeLook, GraphPainter
from concsim.ui.views.shared.run_view import SMALL, RunView, faded
from concsim.ui.views.shared.wait_edges import (
    ACTOR,
    GROUP,
    HELD_BY,
    THING,
    WAITS_FOR,
    Edge,
    Node,
    WaitGraph,
    wait_graph_of,
)

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

CELL_HEIGHT, LOW_CELL = 58, 46
NODE_WIDTH, NARROW_NODE, LEAST_NODE, NODE_GAP, NARROW_GAP = 160, 88, 64, 24, 12
ACTOR_HEIGHT, THING_HEIGHT = 30, 40
HEADING, LEGEND, MARGIN = 32, 24, 8
SPREAD_X, SPREAD_Y = 1.7, 1.25
READABLE = 0.75
LEAST_POINTS = 8.5
FEW_EDGES = 6


class WaitGraphView(RunView):
    """Actors and things with an arrow for each hold and wait. That nobody waits is a drawing of a run, too."""

    follows_clock = False

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(run, marks, theme, parent)
        self._set_least()

    def _set_least(self) -> None:
        self.setMinimumSize(240, min(self.scaled(LEGEND + THING_HEIGHT + 2 * LOW_CELL), 200))

    def restyle(self) -> None:
        """The scheme or the type size has changed."""
        self._set_least()
        super().restyle()

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Wait-for graph"))
        self.setAccessibleDescription(self.tr("Which thread waits for which lock, and which thread holds it"))

    # words

    def heading(self, graph: WaitGraph) -> str:
        """What the graph amounts to, "" if nothing is wrong."""
        deadlock = self.model.state.deadlock
        if deadlock is not None:
            return self.tr("deadlock") if deadlock.certainty == "certain" else self.tr("looks like a deadlock")
        return self.tr("waiting in a circle") if graph.cycles else ""

    def name_of(self, node: Node, graph: WaitGraph) -> str:
        """A node's name."""
        if node.what == GROUP:
            return self.tr("×{count} threads").format(count=graph.counts.get(node, 0))
        return self.model.state.name_of(node.number)

    def kind_word(self, node: Node) -> str:
        """What a thing is."""
        if node.what != THING:
            return ""
        words = {
            "lock": self.tr("lock"), "rlock": self.tr("reentrant lock"), "semaphore": self.tr("semaphore"),
            "condition": self.tr("condition"), "event": self.tr("event"), "barrier": self.tr("barrier"),
            "queue": self.tr("queue"), "pool": self.tr("pool"), "future": self.tr("future"),
        }  # fmt: skip
        kind = self.model.state.thing(node.number).kind
        return words.get(kind, kind)

    def _edge_words(self, edge: Edge, bad: bool) -> tuple[str, ...]:
        if edge.kind == HELD_BY:
            return (self.tr("held by"),)
        if not bad or not edge.line:
            return (self.tr("waits for"),)
        line = self.tr("line {line}").format(line=edge.line)
        return self.tr("waits for, {line}").format(line=line), line

    # places

    @property
    def least_share(self) -> float:
        """How far type may be shrunk and still be read."""
        return LEAST_POINTS / self.theme.point_size

    def graph(self) -> WaitGraph:
        """The graph of the moment; where there is no room for every thread, those that wait for one thing are one node."""
        whole = wait_graph_of(self.model.state)
        if len(whole.edges) <= FEW_EDGES or self._fit(whole)[1] >= self.least_share:
            return whole
        grouped = wait_graph_of(self.model.state, FEW_EDGES)
        return grouped if self._fit(grouped)[1] > self._fit(whole)[1] else whole

    def _room(self, graph: WaitGraph) -> QRectF:
        top = self.scaled(HEADING) if self.heading(graph) else MARGIN
        return QRectF(self.rect()).adjusted(MARGIN, top, -MARGIN, -self.scaled(LEGEND))

    def _fit(self, graph: WaitGraph) -> tuple[Layout, float, int]:
        """The layout with the most air that fits, else the densest one, to what share that is shrunk, a node's width."""
        room = self._room(graph)
        for tight in (False, True):
            layout = self._layout_of(graph, tight)
            shrunk = min(1.0, room.width() / layout.width, room.height() / layout.height)
            if shrunk >= 1.0:
                break
        return layout, shrunk, self._node_width(graph, tight)

    def _node_width(self, graph: WaitGraph, tight: bool = True) -> int:
        """As wide as the longest name, within reason."""
        metrics = QFontMetricsF(self.type_of())
        longest = max((metrics.horizontalAdvance(self.name_of(node, graph)) for node in graph.nodes), default=0.0)
        least, around = (LEAST_NODE, 16) if tight else (NARROW_NODE, 32)
        return round(min(max(longest + around, self.scaled(least)), self.scaled(NODE_WIDTH)))

    def areas(self, graph: WaitGraph) -> dict[Node, QRectF]:
        """Where each node is drawn."""
        layout, shrunk, width = self._fit(graph)
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

    def _layout_of(self, graph: WaitGraph, tight: bool) -> Layout:
        pairs = tuple((edge.start, edge.end) for edge in graph.edges)
        width = self._node_width(graph, tight) + self.scaled(NARROW_GAP if tight else NODE_GAP)
        height = self.scaled(LOW_CELL if tight else CELL_HEIGHT)
        tall = max(3, round(self._room(graph).height()) // height)
        stretch = min(max(self.width() / max(self.height(), 1) - 0.2, 1.0), 2.6)
        return lay_out(graph.nodes, pairs, graph.cycles, width, height, tall, round(stretch, 1))

    def _area_around(self, centre: QPointF, node: Node, width: float, shrunk: float) -> QRectF:
        height = self.scaled(THING_HEIGHT if node.what == THING else ACTOR_HEIGHT) * shrunk
        return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the graph, or that nobody waits; says whether there was a run to draw."""
        graph = self.graph()
        if not graph.edges:
            self.draw_word(painter, self._empty_word())
            return bool(self.model.state.actors)
        areas = self.areas(graph)
        shrunk = self._fit(graph)[1]
        fonts = self._fonts(shrunk)
        painted = GraphPainter(painter, self.theme, fonts, shrunk)
        for edge in graph.edges:
            self._draw_edge(painted, edge, areas, graph)
        for node, area in areas.items():
            self._draw_node(painted, node, area, graph)
        if shrunk > READABLE:
            painted.draw_labels(list(areas.values()))
        self._draw_heading(painter, graph)
        self._draw_legend(painter)
        return True

    def _fonts(self, shrunk: float) -> tuple[QFont, QFont]:
        """Type is shrunk less than the nodes: as long as it fits into them it stays readable."""
        least = self.least_share
        fits = self.scaled(ACTOR_HEIGHT) * shrunk / (QFontMetricsF(self.type_of(least)).height() + 4)
        share = max(shrunk, least * min(1.0, fits))
        return self.type_of(share), self.type_of(share * SMALL)

    def _draw_legend(self, painter: QPainter) -> None:
        area = QRectF(MARGIN, self.height() - self.scaled(LEGEND), self.width(), self.scaled(LEGEND))
        held, waits = EdgeLook(HELD_BY, self.theme.colour("holding")), EdgeLook(WAITS_FOR, self.theme.colour("muted"))
        plain = GraphPainter(painter, self.theme, (self.type_of(), self.type_of(SMALL)))
        plain.draw_legend(area, [(held, self.tr("held by")), (waits, self.tr("waits for"))])

    def _empty_word(self) -> str:
        if self.model.state.actors:
            return self.tr("Nobody waits for anybody.")
        return self.word_before(self.tr("Press Run to see who waits for whom"))

    def _draw_edge(self, painted: GraphPainter, edge: Edge, areas: dict[Node, QRectF], graph: WaitGraph) -> None:
        bad = edge in graph.bad
        colour = self.theme.colour("danger" if bad else "holding" if edge.kind == HELD_BY else "muted")
        bent = (edge.end, edge.start) in graph.pairs
        look = EdgeLook(edge.kind, colour, bad, bent, self._edge_words(edge, bad))
        painted.draw_edge(areas[edge.start], areas[edge.end], look)

    def _draw_node(self, painted: GraphPainter, node: Node, area: QRectF, graph: WaitGraph) -> None:
        bad = node in graph.bad_nodes
        usual = "holding" if node.what == THING else "muted"
        outline = self.theme.colour("danger" if bad else usual)
        ground = self.theme.colour("raised" if node.what == THING else "panel")
        marked = (self.marks.kind, self.marks.number) == (node.what, node.number)
        painted.draw_node(area, node.what, self.name_of(node, graph), self.kind_word(node), (outline, ground), marked)

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

    # the mouse

    def find(self, where: QPointF) -> Node | None:
        """The node at a place."""
        graph = self.graph()
        if not graph.edges:
            return None
        return next((node for node, area in self.areas(graph).items() if area.contains(where)), None)

    def describe(self, node: Node) -> str:
        """A node in words."""
        state = self.model.state
        if node.what == ACTOR:
            actor = state.actors[node.number]
            held = self.tr(", ").join(state.name_of(number) for number in actor.holds)
            return self.tr("{name}, holds {things}").format(name=actor.name, things=held) if held else actor.name
        waiters = len(state.waiters(node.number))
        return self.tr("{name}: {count} waiting").format(name=state.name_of(node.number), count=waiters)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            node = self.find(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.describe(node) if node else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        node = self.find(event.position())
        if node is not None and event.button() == Qt.MouseButton.LeftButton:
            actor = node.what == ACTOR or node.number in self.model.state.actors
            self.marks.mark("actor" if actor else "thing", node.number)
