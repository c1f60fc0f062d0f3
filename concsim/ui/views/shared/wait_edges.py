"""Who waits for what held by whom, as nodes and edges. No Qt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from concsim.model.events import unpack_place
from concsim.model.folding.history import WAITING
from concsim.model.folding.state import State
from concsim.model.wait_graph import find_cycles

MANY = 40
FEW = 3

ACTOR, THING, GROUP = "actor", "thing", "group"
HELD_BY, WAITS_FOR = "held by", "waits for"


class Node(NamedTuple):
    """An actor, a thing, or a group of *count* actors that all wait for (or all hold) thing *number*."""

    what: str
    number: int
    side: str = ""


class Edge(NamedTuple):
    """An arrow: a thing is *held by* an actor, an actor *waits for* a thing or an actor, at a line (0: unknown)."""

    start: Node
    end: Node
    kind: str
    line: int = 0


@dataclass(frozen=True)
class WaitGraph:
    """Edges in a fixed order, how many actors each group stands for, the cycles, and who is stuck."""

    edges: tuple[Edge, ...]
    counts: dict[Node, int]
    cycles: tuple[tuple[Node, ...], ...]
    stuck: frozenset[Node]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes that have an edge, in a fixed order."""
        return tuple(sorted({node for edge in self.edges for node in (edge.start, edge.end)}))

    @cached_property
    def pairs(self) -> frozenset[tuple[Node, Node]]:
        """Which nodes have an edge, in its direction."""
        return frozenset((edge.start, edge.end) for edge in self.edges)

    @cached_property
    def bad(self) -> frozenset[Edge]:
        """The edges that are part of a cycle, or of a deadlock."""
        steps = {pair for cycle in self.cycles for pair in zip(cycle, cycle[1:] + cycle[:1], strict=True)}
        return frozenset(
            edge
            for edge in self.edges
            if (edge.start, edge.end) in steps or (edge.kind == WAITS_FOR and edge.start in self.stuck)
        )

    @cached_property
    def bad_nodes(self) -> frozenset[Node]:
        """The nodes that are part of a cycle, or of a deadlock."""
        return self.stuck.union(*self.cycles)


def wait_graph_of(state: State, most: int = MANY) -> WaitGraph:
    """The graph at the state's moment; waiters of one thing are one node when there are more than *most* edges."""
    edges = sorted([*_holds(state), *_waits(state)])
    cycles = find_cycles(_ways(edges))
    stuck = frozenset(Node(ACTOR, one.actor) for one in state.deadlock.stuck) if state.deadlock else frozenset()
    if len(edges) <= most:
        return WaitGraph(tuple(edges), {}, cycles, stuck)
    grouped, counts = _group(edges)
    return WaitGraph(_contended(grouped), counts, cycles, stuck)


def _holds(state: State) -> list[Edge]:
    return [
        Edge(Node(THING, thing.number), Node(ACTOR, owner), HELD_BY)
        for thing in state.things.values()
        for owner in thing.owners
    ]


def _waits(state: State) -> list[Edge]:
    lines = {one.actor: unpack_place(one.place)[1] for one in state.deadlock.stuck} if state.deadlock else {}
    edges = []
    for actor in state.actors.values():
        if actor.state == WAITING and actor.waits_for:
            end = Node(ACTOR if actor.waits_for in state.actors else THING, actor.waits_for)
            line = lines.get(actor.number) or unpack_place(actor.place)[1]
            edges.append(Edge(Node(ACTOR, actor.number), end, WAITS_FOR, line))
    return edges


def _group(edges: list[Edge]) -> tuple[list[Edge], dict[Node, int]]:
    """Actors with one edge, to a thing that has many such, as one node. (In a cycle an actor has two.)"""
    busy = Counter(node for edge in edges for node in (edge.start, edge.end))
    waiting = Counter(edge.end for edge in edges if edge.kind == WAITS_FOR and busy[edge.start] == 1)
    holding = Counter(edge.start for edge in edges if edge.kind == HELD_BY and busy[edge.end] == 1)
    counts: dict[Node, int] = {}
    made = []
    for edge in edges:
        start, end = edge.start, edge.end
        if busy[start] == 1 and edge.kind == WAITS_FOR and waiting[end] > FEW:
            start = Node(GROUP, end.number, "waiters")
            counts[start] = waiting[end]
        elif busy[end] == 1 and edge.kind == HELD_BY and holding[start] > FEW:
            end = Node(GROUP, start.number, "holders")
            counts[end] = holding[start]
        made.append(Edge(start, end, edge.kind, 0 if GROUP in (start.what, end.what) else edge.line))
    return sorted(set(made)), counts


def _contended(edges: list[Edge]) -> tuple[Edge, ...]:
    """The edges, without things nobody waits for where there are still too many."""
    if len(edges) <= MANY:
        return tuple(edges)
    wanted = {edge.end for edge in edges if edge.kind == WAITS_FOR}
    chosen = [edge for edge in edges if edge.kind == WAITS_FOR or edge.start in wanted]
    return tuple((chosen or edges)[: 4 * MANY])


def _ways(edges: list[Edge]) -> dict[Node, list[Node]]:
    ways: dict[Node, list[Node]] = {}
    for edge in edges:
        ways.setdefault(edge.start, []).append(edge.end)
    return ways
