"""The wait-for graph: its edges and cycles, where nodes lie, and what a click marks."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import pytest
from PySide6.QtCore import Qt

from concsim.bridge.run_model import RunModel
from concsim.model.events import Kind
from concsim.ui.views.graph.graph_layout import lay_out
from concsim.ui.views.graph.graph_words import edge_words
from concsim.ui.views.graph.wait_graph_view import WaitGraphView
from concsim.ui.views.shared.wait_edges import (
    ACTOR,
    GROUP,
    HELD_BY,
    MANY,
    THING,
    WAITS_FOR,
    Edge,
    Node,
    wait_graph_of,
)

from .views_fixtures import (
    FIRST,
    LOCK_A,
    LOCK_B,
    MAIN,
    SECOND,
    actor,
    begin,
    fold,
    fold_rows,
    many_actors,
    thing,
    two_locks,
)  # fmt: skip

CYCLE = ("a", "lock b", "b", "lock a")
CIRCLE = tuple(zip(CYCLE, CYCLE[1:] + CYCLE[:1], strict=True))


@pytest.fixture
def view(put):
    return put(WaitGraphView, 400, 260)


def chain(run: RunModel, count: int) -> None:
    """Threads of which each waits for the lock of the one before."""
    begin(run)
    fold(run, *(actor(n, f"t{n}", f"worker-{n}") for n in range(1, count + 1)))
    fold(run, *(thing(100 + n, f"lock_{n}") for n in range(1, count)))
    fold_rows(run, [(n, n, Kind.BEGIN, 0, 1, 0) for n in range(1, count + 1)])
    fold_rows(run, [(20 + n, n, Kind.ACQUIRE, 100 + n, 2, 1) for n in range(1, count)])
    fold_rows(run, [(40 + n, n, Kind.WAIT, 99 + n, 3, -1) for n in range(2, count + 1)])


def crowd(run: RunModel, count: int = 57) -> None:
    """Many threads that wait for one lock."""
    begin(run)
    fold(run, actor(1, "t1", "holder"), thing(900, "lock"))
    fold(run, *(actor(n, f"t{n}", f"worker-{n}") for n in range(2, count + 2)))
    fold_rows(run, [(1, 1, Kind.ACQUIRE, 900, 2, 1)])
    fold_rows(run, [(2, n, Kind.WAIT, 900, 3, -1) for n in range(2, count + 2)])


# edges


def test_that_holds_and_waits_become_edges(run):
    two_locks(run, certainty=None)
    a, b, main = Node(ACTOR, FIRST), Node(ACTOR, SECOND), Node(ACTOR, MAIN)
    assert set(wait_graph_of(run.last_state).edges) == {
        Edge(Node(THING, LOCK_A), a, HELD_BY), Edge(Node(THING, LOCK_B), b, HELD_BY),
        Edge(a, Node(THING, LOCK_B), WAITS_FOR, 24), Edge(b, Node(THING, LOCK_A), WAITS_FOR, 34),
        Edge(main, a, WAITS_FOR, 50),
    }  # fmt: skip


def test_that_a_cycle_alternates_actors_and_things_in_the_order_of_the_edges(run):
    two_locks(run, certainty=None)
    graph = wait_graph_of(run.last_state)
    assert [(node.what, node.number) for node in graph.cycles[0]] == [
        (ACTOR, FIRST), (THING, LOCK_B), (ACTOR, SECOND), (THING, LOCK_A),
    ]  # fmt: skip
    assert len(graph.bad) == 4 and Node(ACTOR, MAIN) not in graph.bad_nodes


def test_that_a_chain_has_no_cycle(run):
    chain(run, 4)
    graph = wait_graph_of(run.last_state)
    assert len(graph.edges) == 6 and graph.cycles == () and graph.bad == frozenset()


def test_that_many_waiters_of_one_thing_are_one_node(run):
    crowd(run)
    graph = wait_graph_of(run.last_state)
    group = Node(GROUP, 900, "waiters")
    assert graph.counts == {group: 57}
    assert len(graph.edges) == 2 and group in graph.nodes


def test_that_few_waiters_are_shown_one_by_one(run):
    crowd(run, 5)
    assert wait_graph_of(run.last_state).counts == {}


def test_that_the_nodes_of_a_cycle_are_never_hidden_in_a_group(run):
    two_locks(run)
    fold(run, *(actor(n, f"t{n}", f"worker-{n}") for n in range(100, 100 + 2 * MANY)))
    fold_rows(run, [(900, n, Kind.WAIT, LOCK_A, 3, -1) for n in range(100, 100 + 2 * MANY)])
    graph = wait_graph_of(run.last_state)
    assert graph.counts == {Node(GROUP, LOCK_A, "waiters"): 2 * MANY}
    assert graph.bad_nodes <= set(graph.nodes)


# places


def test_that_a_cycle_lies_on_a_circle_in_its_order():
    layout = lay_out(CYCLE, CIRCLE, (CYCLE,), 100, 50)
    places = [layout.places[node] for node in CYCLE]
    centre = sum(place.x for place in places) / 4, sum(place.y for place in places) / 4
    radii = [hypot(place.x - centre[0], place.y - centre[1]) for place in places]
    assert radii == pytest.approx([radii[0]] * 4)
    turns = [_turn(centre, one, two) for one, two in zip(places, places[1:] + places[:1], strict=True)]
    assert all(turn > 0 for turn in turns)


def _turn(centre, one, two) -> float:
    return (one.x - centre[0]) * (two.y - centre[1]) - (one.y - centre[1]) * (two.x - centre[0])


def test_that_the_same_nodes_get_the_same_places_twice():
    nodes, edges = (*CYCLE, "main"), (*CIRCLE, ("main", "a"))
    first = lay_out(nodes, edges, (CYCLE,), 100, 50)
    lay_out.cache_clear()
    assert lay_out(nodes, edges, (CYCLE,), 100, 50) == first


def test_that_a_waiter_of_a_cycle_lies_beside_the_node_it_waits_for():
    layout = lay_out((*CYCLE, "main"), (*CIRCLE, ("main", "b")), (CYCLE,), 100, 50)
    nearest = min(CYCLE, key=lambda node: abs(layout.places["main"].x - layout.places[node].x))
    assert nearest == "b"


def test_that_holders_lie_left_things_between_and_waiters_right():
    edges = (("lock", "holder"), ("w1", "lock"), ("w2", "lock"))
    places = lay_out(("holder", "lock", "w1", "w2"), edges, (), 100, 50).places
    assert places["holder"].x < places["lock"].x < places["w1"].x == places["w2"].x


@pytest.mark.parametrize("count", [2, 3, 4, 6, 10, 24])
@pytest.mark.parametrize("stretch", [1.0, 2.2])
def test_that_cells_never_overlap(count, stretch):
    cycle = tuple(range(count))
    edges = (*((n, (n + 1) % count) for n in cycle), ("main", 0), ("other", "main"))
    layout = lay_out((*cycle, "main", "other"), edges, (cycle,), 100, 50, 4, stretch)
    for one, two in combinations(layout.places.values(), 2):
        assert abs(one.x - two.x) >= 99.99 or abs(one.y - two.y) >= 49.99
    assert all(49.9 <= place.x <= layout.width - 49.9 for place in layout.places.values())


@pytest.mark.parametrize("fill", [two_locks, lambda run: chain(run, 3), lambda run: crowd(run, 4)])
def test_that_nodes_of_a_small_graph_fit_without_overlap(view, run, fill):
    fill(run)
    areas = view.areas(wait_graph_of(run.last_state))
    assert 2 <= len(areas) <= 6
    assert all(view.rect().contains(area.toAlignedRect()) for area in areas.values())
    assert not any(one.intersects(two) for one, two in combinations(areas.values(), 2))
    assert all(area.width() > 60 for area in areas.values())


# the view


def test_that_an_empty_graph_says_why_it_is_empty(view, run):
    view.grab()
    assert not view.has_drawn()
    assert view._empty_word() == "Press Run to see who waits for whom"
    begin(run)
    fold(run, actor(1, "t1", "alone"))
    view.grab()
    assert view.has_drawn()
    assert view._empty_word() == "Nobody waits for anybody."
    run.show_program(None)
    assert not view.has_drawn()


def test_that_a_deadlock_is_drawn_in_danger_under_its_word(view, run):
    two_locks(run)
    picture = view.grab().toImage()
    graph = wait_graph_of(run.last_state)
    outline = view.areas(graph)[Node(THING, LOCK_A)]
    assert view.has_drawn() and view.heading(graph) == "deadlock"
    at = picture.pixelColor(int(outline.center().x()), round(outline.top()))
    assert abs(at.hue() - view.theme.colour("danger").hue()) < 8


@pytest.mark.parametrize(("certainty", "word"), [("suspected", "looks like a deadlock"), (None, "waiting in a circle")])
def test_that_a_suspicion_is_not_called_a_deadlock(view, run, certainty, word):
    two_locks(run, certainty)
    assert view.heading(wait_graph_of(run.last_state)) == word


def test_that_a_stuck_wait_names_its_line(view, run):
    two_locks(run)
    graph = wait_graph_of(run.last_state)
    words = {edge.start.number: edge_words(edge, edge in graph.bad) for edge in graph.edges if edge.kind == WAITS_FOR}
    assert words == {
        FIRST: ("waits for, line 24", "line 24"), SECOND: ("waits for, line 34", "line 34"), MAIN: ("waits for",),
    }  # fmt: skip


def test_that_a_click_marks_the_actor_or_the_thing(qtbot, view, run):
    two_locks(run)
    areas = view.areas(wait_graph_of(run.last_state))
    for node in (Node(ACTOR, SECOND), Node(THING, LOCK_A)):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=areas[node].center().toPoint())
        assert (view.marks.kind, view.marks.number) == (node.what, node.number)


def test_that_a_click_on_a_group_marks_the_thing_it_waits_for(qtbot, view, run):
    crowd(run)
    areas = view.areas(wait_graph_of(run.last_state))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=areas[Node(GROUP, 900, "waiters")].center().toPoint())
    assert view.marks.is_thing(900)


def test_that_light_and_dark_differ(view, run):
    two_locks(run)
    colours = []
    for choice in ("light", "dark"):
        view.theme.choose(choice)
        colours.append(view.grab().toImage().pixelColor(395, 5).name())
    assert colours[0] != colours[1]


def test_that_a_thousand_actors_make_a_small_graph(view, run):
    many_actors(run)
    fold_rows(run, [(300, n, Kind.WAIT, 9_999, 3, -1) for n in range(2, 1_000)])
    assert len(wait_graph_of(run.last_state).nodes) == 2
    view.grab()
    assert view.has_drawn()
