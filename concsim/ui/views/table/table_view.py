"""A round table: the actors sit around it, the locks lie between them, and lines say who holds and who wants which."""

from __future__ import annotations

import sys
from itertools import product
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from concsim.model.folding.history import FINISHED, NEW, SLEEPING, WAITING
from concsim.ui.painting.state_shapes import StateShapes
from concsim.ui.text.actor_words import state_word
from concsim.ui.views.shared.graph_painter import EdgeLook, GraphPainter
from concsim.ui.views.shared.run_view import SMALL, RunView, faded
from concsim.ui.views.shared.wait_edges import ACTOR, HELD_BY, THING, WAITS_FOR, Node, WaitGraph, wait_graph_of
from concsim.ui.views.table.table_places import Places, Sizes, arrange
from concsim.ui.views.table.table_seats import Table, table_of

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.ui.painting.theme import Theme
    from concsim.ui.stage.marks import Marks

MARGIN, LEGEND = 8, 24
CHIP_LEAST, CHIP_MOST, CHIP_HEIGHT = 76, 150, 38
LOCK_LEAST, LOCK_MOST, LOCK_HEIGHT, LOW_LOCK = 40, 96, 34, 20
SIGN = 10
INSIDE = (0.6, 0.52, 0.45)
"""How far out the locks may lie, as shares of where the actors sit."""
SHARES = (1.0, 0.92, 0.85, 0.78, 0.7, 0.62, 0.55)
LEAST_POINTS = 8.0


class TableView(RunView):
    """Actors in a ring, locks between them. Which program it is does not matter: the locks are the forks."""

    follows_clock = False

    def __init__(self, run: RunModel, marks: Marks, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(run, marks, theme, parent)
        self._set_least()

    def _set_least(self) -> None:
        self.setMinimumSize(280, min(self.scaled(200), 260))

    def restyle(self) -> None:
        """The scheme or the type size has changed."""
        self._set_least()
        super().restyle()

    def retranslate(self) -> None:
        """Set the texts that are not asked for while painting."""
        self.setAccessibleName(self.tr("Table"))
        self.setAccessibleDescription(self.tr("The threads round a table, and who holds or wants which lock"))

    # what is where

    def places(self, table: Table) -> Places:
        """The largest arrangement in which nothing lies on anything else."""
        room, heading = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -self.scaled(LEGEND)), self.heading()
        for share, inside in product(SHARES, INSIDE):
            found = arrange(room, table, self._sizes(table, heading, share), inside)
            if not found.collide():
                break
        return found

    def _sizes(self, table: Table, heading: str, share: float) -> Sizes:
        metrics = QFontMetricsF(self._heading_font(share))
        words = (metrics.horizontalAdvance(heading) + 16, metrics.height() + 6) if heading else (0.0, 0.0)
        tall = self.scaled(LOCK_HEIGHT if self.height() > self.scaled(300) else LOW_LOCK) * share
        chip = self._chip_width(table, share), self.scaled(CHIP_HEIGHT) * share
        return Sizes(share, chip, (self._lock_width(table, share), tall), words)

    def _heading_font(self, share: float) -> QFont:
        return self.type_of(self._share_of_type(1.1 * share), bold=True)

    def _chip_width(self, table: Table, share: float) -> float:
        names = QFontMetricsF(self.type_of(self._share_of_type(share), bold=True))
        words = QFontMetricsF(self.type_of(self._share_of_type(share * SMALL)))
        actors = [self.model.state.actors[number] for number in table.seats]
        name = max((names.horizontalAdvance(one.name) for one in actors), default=0.0) + 16
        word = max(words.horizontalAdvance(state_word(state)) for state in (NEW, WAITING, SLEEPING, FINISHED))
        least, most = self.scaled(CHIP_LEAST) * share, self.scaled(CHIP_MOST) * share
        return min(max(name, word + self.scaled(SIGN) + 18, least), most)

    def _lock_width(self, table: Table, share: float) -> float:
        metrics = QFontMetricsF(self._lock_fonts(share)[0])
        names = [self.model.state.name_of(number) for number in (*table.between, *table.middle)]
        longest = max((metrics.horizontalAdvance(name) for name in names), default=0.0)
        return min(max(longest + 16, self.scaled(LOCK_LEAST) * share), self.scaled(LOCK_MOST))

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
        self._draw_board(painter, places.board)
        painted = GraphPainter(painter, self.theme, self._lock_fonts(places.share), places.share)
        self._draw_edges(painted, places, graph)
        for number, area in places.locks.items():
            self._draw_lock(painted, number, area, graph)
        shapes = StateShapes(self.theme)
        for number, area in places.actors.items():
            self._draw_actor(painter, number, area, (shapes, graph, places.share))
        self._draw_heading(painter, places)
        self._draw_legend(painter, table.hidden)
        return True

    def _graph(self) -> WaitGraph:
        """Every edge of its own: nobody at the table is hidden in a group."""
        return wait_graph_of(self.model.state, sys.maxsize)

    def _empty_word(self) -> str:
        if self.model.state.actors:
            return self.tr("There is no lock to lie on the table.")
        return self.word_before(self.tr("Press Run to see who holds which lock"))

    def heading(self) -> str:
        """What is wrong at the table, "" if nothing is."""
        deadlock = self.model.state.deadlock
        if deadlock is not None:
            return self.tr("deadlock") if deadlock.certainty == "certain" else self.tr("looks like a deadlock")
        return self.tr("waiting in a circle") if self._graph().cycles else ""

    def _draw_board(self, painter: QPainter, board: QRectF) -> None:
        painter.setPen(QPen(self.theme.colour("line"), 1))
        painter.setBrush(self.theme.colour("window"))
        painter.drawEllipse(board)

    def _share_of_type(self, share: float) -> float:
        return max(share, LEAST_POINTS / self.theme.point_size)

    def _lock_fonts(self, share: float) -> tuple[QFont, QFont]:
        size = self._share_of_type(share * SMALL)
        return self.type_of(size), self.type_of(size)

    def _draw_edges(self, painted: GraphPainter, places: Places, graph: WaitGraph) -> None:
        areas = {ACTOR: places.actors, THING: places.locks}
        for edge in graph.edges:
            start, end = areas[edge.start.what].get(edge.start.number), areas[edge.end.what].get(edge.end.number)
            if start is None or end is None:
                continue
            bad = edge in graph.bad
            colour = self.theme.colour("danger" if bad else "holding" if edge.kind == HELD_BY else "muted")
            painted.draw_edge(start, end, EdgeLook(edge.kind, colour, bad))

    def _draw_lock(self, painted: GraphPainter, number: int, area: QRectF, graph: WaitGraph) -> None:
        held = bool(self.model.state.things[number].owners)
        bad = Node(THING, number) in graph.bad_nodes
        outline = self.theme.colour("danger" if bad else "holding" if held else "edge")
        ground = self.theme.colour("raised" if held else "panel")
        word = "" if held else self.tr("free")
        painted.draw_node(area, THING, self.model.state.name_of(number), word, (outline, ground), self.marks.is_thing(number))

    def _draw_actor(self, painter: QPainter, number: int, area: QRectF, look: tuple[StateShapes, WaitGraph, float]) -> None:
        shapes, graph, share = look
        actor = self.model.state.actors[number]
        if self.marks.is_actor(number):
            painter.setPen(QPen(self.theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(-4, -4, 4, 4), 12, 12)
        bad = Node(ACTOR, number) in graph.bad_nodes
        painter.setPen(QPen(self.theme.colour("danger" if bad else "edge"), 2 if bad else 1))
        painter.setBrush(self.theme.colour("panel"))
        painter.drawRoundedRect(area, 8, 8)
        name = QRectF(area.left() + 6, area.top() + 2, area.width() - 12, area.height() / 2 - 1)
        over = "muted" if actor.state == FINISHED else "text"
        self._write(painter, name, actor.name, self.type_of(self._share_of_type(share), bold=True), over)
        self._draw_state(painter, name.translated(0, name.height()), actor.state, (shapes, share))

    def _draw_state(self, painter: QPainter, area: QRectF, state: int, look: tuple[StateShapes, float]) -> None:
        """The state's shape in its colour, and its word."""
        shapes, share = look
        font = self.type_of(self._share_of_type(share * SMALL))
        side = self.scaled(SIGN) * share
        text = QFontMetricsF(font).horizontalAdvance(state_word(state)) + 2
        left = max(area.left(), area.center().x() - (side + 4 + text) / 2)
        shapes.draw(painter, QRectF(round(left), round(area.center().y() - side / 2), round(side), round(side)), state)
        words = QRectF(left + side + 4, area.top(), min(text, area.right() - left - side - 4), area.height())
        self._write(painter, words, state_word(state), font, "muted")

    def _write(self, painter: QPainter, area: QRectF, text: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(self.theme.colour(colour))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)

    def _draw_heading(self, painter: QPainter, places: Places) -> None:
        if places.heading.isEmpty():
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(self.theme.colour("danger"), 0.12))
        painter.drawRoundedRect(places.heading, 4, 4)
        self._write(painter, places.heading, self.heading(), self._heading_font(places.share), "danger")

    def _draw_legend(self, painter: QPainter, hidden: int) -> None:
        area = QRectF(MARGIN, self.height() - self.scaled(LEGEND), self.width() - 2 * MARGIN, self.scaled(LEGEND))
        held, waits = EdgeLook(HELD_BY, self.theme.colour("holding")), EdgeLook(WAITS_FOR, self.theme.colour("muted"))
        painted = GraphPainter(painter, self.theme, (self.type_of(), self.type_of(SMALL)))
        painted.draw_legend(area, [(held, self.tr("held by")), (waits, self.tr("waits for"))])
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

    def describe(self, node: Node) -> str:
        """An actor or lock in words."""
        state, comma = self.model.state, self.tr(", ")
        if node.what == THING:
            owners = comma.join(state.name_of(number) for number in state.things[node.number].owners)
            name = state.name_of(node.number)
            return self.tr("{name}, held by {owner}").format(name=name, owner=owners) if owners else self.tr("{name}, free").format(name=name)
        actor = state.actors[node.number]
        lines = [f"{actor.name}{comma}{state_word(actor.state)}"]
        if actor.holds:
            lines.append(self.tr("holds {things}").format(things=comma.join(state.name_of(one) for one in actor.holds)))
        if actor.state == WAITING and actor.waits_for:
            lines.append(self.tr("waits for {thing}").format(thing=state.name_of(actor.waits_for)))
        return "\n".join(lines)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            node = self.find(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.describe(node) if node else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        node = self.find(event.position())
        if node is not None and event.button() == Qt.MouseButton.LeftButton:
            self.marks.mark(node.what, node.number)
