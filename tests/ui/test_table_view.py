"""The table: who sits at it, which locks lie on it, where, and what a click marks."""

from __future__ import annotations

from itertools import combinations
from math import atan2, pi

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt

from concsim.bridge.run_model import RunModel
from concsim.model import events
from concsim.model.events import Kind, pack_place
from concsim.ui.views.shared.wait_edges import ACTOR, THING, Node
from concsim.ui.views.table.table_seats import MOST, table_of
from concsim.ui.views.table.table_view import TableView
from concsim.ui.views.table.table_words import node_words

from .views_fixtures import (
    BEGAN,
    LOCK_A,
    LOCK_B,
    MAIN,
    MS,
    actor,
    begin,
    fold,
    fold_rows,
    many_actors,
    thing,
    two_locks,
)  # fmt: skip

TALLY = 300


@pytest.fixture
def view(put):
    return put(TableView, 620, 270, scheme="light")


def person(number: int) -> int:
    """The number of an actor at the table."""
    return 10 + number


def fork(number: int) -> int:
    """The number of a lock."""
    return 100 + number


def dine(run: RunModel, count: int = 5, second: bool = True, dead: bool = False) -> None:
    """Philosophers that have one fork each, and, if *second*, all wait for the next."""
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"), *(actor(person(n), f"t{n + 1}", f"philosopher-{n + 1}") for n in range(count)))
    fold(run, *(thing(fork(n), f"forks[{n}]") for n in range(count)), thing(TALLY, "tally"))
    fold_rows(run, [(0, MAIN, Kind.WAIT, person(0), 9, -1)])
    fold_rows(run, [(1 + n, person(n), Kind.ACQUIRE, fork((n - 1) % count), 5, 1) for n in range(count)])
    if second:
        fold_rows(run, [(20 + n, person(n), Kind.WAIT, fork(n), 6, -1) for n in range(count)])
    if dead:
        stuck = tuple(events.Stuck(person(n), fork(n), person((n + 1) % count), pack_place(1, 6)) for n in range(count))
        fold(run, events.DeadlockSeen(BEGAN + 50 * MS, "certain", stuck))


def colours(view, area: QRectF) -> set[str]:
    """The colours in an area."""
    picture, part = view.grab().toImage(), area.toAlignedRect()
    return {picture.pixelColor(x, y).name() for x in range(part.left(), part.right()) for y in range(part.top(), part.bottom())}


# who sits there


def test_that_main_has_no_seat_and_only_a_list_of_locks_lies_between(run):
    dine(run)
    table = table_of(run.last_state)
    assert table.seats == tuple(person(n) for n in range(5))
    assert table.between == tuple(fork(n) for n in range(5))
    assert table.middle == ()


def test_that_another_lock_lies_in_the_middle_while_it_is_in_use(run):
    dine(run, second=False)
    fold_rows(run, [(30, person(1), Kind.ACQUIRE, TALLY, 7, 1)])
    assert table_of(run.last_state).middle == (TALLY,)
    fold_rows(run, [(31, person(1), Kind.RELEASE, TALLY, 7, 0)])
    assert table_of(run.last_state).middle == ()


def test_that_main_sits_down_when_it_takes_a_lock(run):
    dine(run, second=False)
    fold_rows(run, [(40, MAIN, Kind.WAIT, fork(1), 9, -1)])
    assert MAIN in table_of(run.last_state).seats


def test_that_locks_of_any_program_lie_on_the_table(run):
    two_locks(run)
    assert table_of(run.last_state).between == (LOCK_A, LOCK_B)


def test_that_a_thousand_threads_are_counted_and_painted(view, run):
    many_actors(run)
    table = table_of(run.last_state)
    assert len(table.seats) == MOST and table.hidden == 1_000 - MOST
    view.grab()
    assert view.has_drawn()


# where


def angle(areas: dict[int, QRectF], number: int, view) -> float:
    """Clockwise from the top, in turns of the whole ring."""
    places = view.places(table_of(view.model.state))
    centre, at = places.board.center(), areas[number].center()
    wide, high = (max(abs(getattr(one.center() - centre, way)()) for one in areas.values()) for way in ("x", "y"))
    return (atan2((at.x() - centre.x()) / wide, (centre.y() - at.y()) / high) / (2 * pi)) % 1


@pytest.mark.parametrize("count", [3, 5, 9])
def test_that_a_fork_lies_between_two_who_share_it_in_order_round_the_table(view, run, count):
    dine(run, count)
    places = view.places(table_of(run.last_state))
    seats = [angle(places.actors, person(n), view) for n in range(count)]
    forks = [angle(places.locks, fork(n), view) for n in range(count)]
    assert seats == sorted(seats) and forks == sorted(forks)
    assert all(one < between < two for one, between, two in zip(seats, forks, [*seats[1:], 1.0], strict=True))


@pytest.mark.parametrize("count", range(2, 10))
@pytest.mark.parametrize(("size", "big"), [((620, 270), False), ((480, 220), False), ((1000, 700), False), ((620, 260), True)])
def test_that_nothing_overlaps_or_leaves_the_view(view, run, count, size, big):
    dine(run, count, dead=True)
    view.theme.set_big(big)
    view.resize(*size)
    places = view.places(table_of(run.last_state))
    assert not places.collide()
    areas = [*places.actors.values(), *places.locks.values(), places.heading]
    assert not any(one.intersects(two) for one, two in combinations(areas, 2))
    assert all(view.rect().toRectF().contains(area) for area in areas)


# the picture


def test_that_an_empty_table_says_why(view, run):
    view.grab()
    assert not view.has_drawn()
    assert view._empty_word() == "Press Run to see who holds which lock"
    begin(run)
    fold(run, actor(2, "t1", "alone"))
    view.grab()
    assert view.has_drawn()
    assert view._empty_word() == "There is no lock to lie on the table."


def test_that_a_circle_of_all_is_drawn_in_danger_under_its_word(view, run):
    danger = view.theme.colour("danger").name()
    dine(run, second=False)
    assert view.heading() == "" and danger not in colours(view, view.rect().toRectF())
    dine(run, dead=True)
    assert view.heading() == "deadlock"
    places = view.places(table_of(run.last_state))
    for area in (*places.actors.values(), *places.locks.values(), places.heading):
        assert danger in colours(view, area.adjusted(-2, -2, 2, 2))


def test_that_a_circle_without_a_deadlock_seen_is_not_called_one(view, run):
    dine(run)
    assert view.heading() == "waiting in a circle"


def test_that_a_line_leads_from_a_held_lock_to_its_holder(view, run):
    dine(run, second=False)
    places, holding = view.places(table_of(run.last_state)), view.theme.colour("holding").name()
    middle = (places.locks[fork(0)].center() + places.actors[person(1)].center()) / 2
    near = QRectF(middle - QPointF(8, 8), middle + QPointF(8, 8))
    assert holding in colours(view, near)
    fold_rows(run, [(60, person(1), Kind.RELEASE, fork(0), 8, 0)])
    assert holding not in colours(view, near)


def test_that_each_seat_has_the_sign_of_its_state(view, run):
    dine(run)
    fold_rows(run, [(70, person(0), Kind.WAKE, 0, 6, 1), (71, person(2), Kind.SLEEP, 0, 6, 1)])
    places = view.places(table_of(run.last_state))
    for number, name in ((0, "running"), (1, "waiting"), (2, "sleeping")):
        assert view.theme.colour(name).name() in colours(view, places.actors[person(number)])


def test_that_a_click_marks_the_actor_or_the_lock(qtbot, view, run):
    dine(run)
    places = view.places(table_of(run.last_state))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=places.actors[person(3)].center().toPoint())
    assert view.marks.is_actor(person(3))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=places.locks[fork(2)].center().toPoint())
    assert view.marks.is_thing(fork(2))
    assert view.find(QPointF(2, 2)) is None


def test_that_a_marked_lock_is_ringed(view, run):
    dine(run, second=False)
    area, accent = view.places(table_of(run.last_state)).locks[fork(2)].adjusted(-6, -6, 6, 6), view.theme.colour("accent").name()
    assert accent not in colours(view, area)
    view.marks.mark("thing", fork(2))
    assert accent in colours(view, area)


def test_that_a_tooltip_tells_what_is_held_and_wanted(view, run):
    dine(run, 3)
    assert node_words(run.last_state, Node(ACTOR, person(0))) == "philosopher-1, waiting\nholds forks[2]\nwaits for forks[0]"
    assert node_words(run.last_state, Node(THING, fork(2))) == "forks[2], held by philosopher-1"
    assert node_words(run.last_state, Node(THING, TALLY)) == "tally, free"


def test_that_light_and_dark_differ(view, run):
    dine(run)
    light = view.grab().toImage().pixelColor(5, 5)
    view.theme.choose("dark")
    assert view.grab().toImage().pixelColor(5, 5) != light


def test_that_another_program_begins_undrawn(view, run):
    dine(run)
    view.grab()
    run.show_program(None)
    assert not view.has_drawn()


@pytest.mark.parametrize(("id", "first"), [("deadlock.philosophers", "TableView"), ("deadlock.bankers", "BankersView")])
def test_that_a_program_that_asks_for_the_view_gets_it(built, id, first):
    stage = built.window.show_scenario(id)
    assert [type(one).__name__ for one in stage.views] == [first, "LanesView"]
