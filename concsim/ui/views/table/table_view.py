"""A round table: the actors sit around it, the locks lie between them, and lines say who holds and who wants which."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from concsim.ui.views.shared.graph_painter import EdgeLook, GraphPainter
from concsim.ui.views.shared.pointed_view import Mark, PointedView
from concsim.ui.views.shared.run_view import SMALL
from concsim.ui.views.shared.wait_edges import ACTOR, THING, Node, WaitGraph, wait_graph_of
from concsim.ui.views.shared.wait_words import edge_colour, heading_of, legend_of
from concsim.ui.views.table.table_painter import TablePainter
from concsim.ui.views.table.table_places import Places
from concsim.ui.views.table.table_seats import Table, table_of
from concsim.ui.views.table.table_sizes import TableSizes
from concsim.ui.views.table.table_words import node_words

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

MARGIN, LEGEND = 8, 24


class TableView(PointedView):
    """Actors in a ring, locks between them. Which program it is does not matter: the locks are the forks."""

    follows_clock = False

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(run, marks, theme, parent)
        self._sizes = TableSizes(self)

    def least_size(self) -> tuple[int, int]:
        """The width and the height below which nothing can be told apart."""
        return 280, min(self.scaled(200), 260)

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Table"))
        self.setAccessibleDescription(self.tr("The threads round a table, and who holds or wants which lock"))

    def places(self, table: Table) -> Places:
        """The largest arrangement in which nothing lies on anything else."""
        room = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -self.scaled(LEGEND))
        return self._sizes.places(room, table, self.heading())

    def heading(self) -> str:
        """What is wrong at the table, "" if nothing is."""
        return heading_of(self.model.state, self._graph())

    def _graph(self) -> WaitGraph:
        """Every edge of its own: nobody at the table is hidden in a group."""
        return wait_graph_of(self.model.state, sys.maxsize)

    # drawing

    def draw(self, painter: QPainter) -> bool:
        """Draw the table; says whether anybody sat at it."""
        table = table_of(self.model.state)
        if not table.seats or not table.between:
            self.draw_word(painter, self._empty_word())
            return bool(self.model.state.actors)
        places = self.places(table)
        graph = self._graph()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawn = TablePainter(painter, self.theme, self._sizes, places.share)
        drawn.draw_board(places.board)
        small = self._sizes.small_font(places.share)
        painted = GraphPainter(painter, self.theme, (small, small), places.share)
        self._draw_edges(painted, places, graph)
        for number, area in places.locks.items():
            self._draw_lock(painted, number, area, graph)
        for number, area in places.actors.items():
            bad = Node(ACTOR, number) in graph.bad_nodes
            drawn.draw_actor(self.model.state.actors[number], area, bad, self.marks.is_actor(number))
        if not places.heading.isEmpty():
            drawn.draw_heading(places.heading, self.heading())
        self._draw_legend(painter, table.hidden)
        return True

    def _empty_word(self) -> str:
        if self.model.state.actors:
            return self.tr("There is no lock to lie on the table.")
        return self.word_before(self.tr("Press Run to see who holds which lock"))

    def _draw_edges(self, painted: GraphPainter, places: Places, graph: WaitGraph) -> None:
        areas = {ACTOR: places.actors, THING: places.locks}
        for edge in graph.edges:
            start, end = areas[edge.start.what].get(edge.start.number), areas[edge.end.what].get(edge.end.number)
            if start is None or end is None:
                continue
            bad = edge in graph.bad
            painted.draw_edge(start, end, EdgeLook(edge.kind, edge_colour(self.theme, edge, bad), bad))

    def _draw_lock(self, painted: GraphPainter, number: int, area: QRectF, graph: WaitGraph) -> None:
        held = bool(self.model.state.things[number].owners)
        bad = Node(THING, number) in graph.bad_nodes
        outline = self.theme.colour("danger" if bad else "holding" if held else "edge")
        ground = self.theme.colour("raised" if held else "panel")
        word = "" if held else self.tr("free")
        painted.draw_node(area, THING, self.model.state.name_of(number), word, (outline, ground), self.marks.is_thing(number))

    def _draw_legend(self, painter: QPainter, hidden: int) -> None:
        area = QRectF(MARGIN, self.height() - self.scaled(LEGEND), self.width() - 2 * MARGIN, self.scaled(LEGEND))
        painted = GraphPainter(painter, self.theme, (self.type_of(), self.type_of(SMALL)))
        painted.draw_legend(area, legend_of(self.theme))
        if hidden:
            painter.setPen(self.theme.colour("muted"))
            text = self.tr("… and {count} more").format(count=hidden)
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    # the mouse

    def find(self, where: QPointF) -> Node | None:
        """The actor or lock at a place."""
        table = table_of(self.model.state)
        if not table.seats or not table.between:
            return None
        places = self.places(table)
        for what, areas in ((ACTOR, places.actors), (THING, places.locks)):
            for number, area in areas.items():
                if area.contains(where):
                    return Node(what, number)
        return None

    def describe(self, where: QPointF) -> str:
        """What is at a place, in words; "" for nothing."""
        node = self.find(where)
        return node_words(self.model.state, node) if node else ""

    def mark_at(self, where: QPointF) -> Mark | None:
        """What a click there marks."""
        node = self.find(where)
        return (node.what, node.number) if node is not None else None
