"""The hub and its queue: who stands where, a blocked hub told from an idle one, timers, what is marked."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt

from concsim.bridge.run_model import RunModel
from concsim.model import events
from concsim.model.events import Kind
from concsim.ui.views.hub.hub_row_words import HubRowWords
from concsim.ui.views.hub.hub_rows import MOST_ROWS, holder_of, hub_of, hubs_of, rows_of, thread_of
from concsim.ui.views.hub.hub_view import HubView

from .coroutine_fixtures import HUB, MAIN, coroutine, gevent, text
from .test_process_views import SIZES, colours, shown
from .views_fixtures import BEGAN, LOCK_A, MS, actor, begin, fold, fold_rows, program_of, thing

G1, G2, G3 = 10, 11, 12


def rows(run: RunModel) -> list[tuple[int, int]]:
    """The queue: numbers, and in how many milliseconds of the round their timers ring."""
    found = rows_of(run.last_state, run.last_state.actors[HUB])
    return [(row.actor.number, (row.wakes - BEGAN) // MS if row.wakes >= 0 else -1) for row in found]


def asleep(run: RunModel, *seconds: float, at: float = 3) -> None:
    """Greenlets run one after the other and fall asleep for so long; then the hub has nothing to do."""
    for index, pause in enumerate(seconds):
        fold_rows(
            run,
            [
                (at, HUB, Kind.SWITCH, G1 + index, 0, 0),
                (at, G1 + index, Kind.SLEEP, 0, 7, pause),
                (at, G1 + index, Kind.SWITCH, HUB, 7, 0),
            ],
        )
    fold_rows(run, [(at, HUB, Kind.WAIT, 0, 0, -1)])


def until(run: RunModel, ms: float) -> None:
    """Time passes."""
    fold_rows(run, [(ms, MAIN, Kind.LINE, 0, 9, 0)])


def blocked(run: RunModel, at: float = 100) -> None:
    """The first greenlet has the thread and keeps it."""
    fold_rows(run, [(3, HUB, Kind.SWITCH, G1, 0, 0), (4, G1, Kind.LINE, 0, 7, 0), (at, G1, Kind.BLOCKED, HUB, 0, 1)])


def at_row(view: HubView, number: int) -> QRectF:
    """An actor's row."""
    return view.area_of([row.actor.number for row in view.rows()].index(number))


# the queue


def test_that_the_queue_is_running_ready_asleep_waiting_finished(run):
    gevent(run, 6)
    fold(run, thing(LOCK_A, "event", "event"))
    asleep(run, 0.5, 0.2)
    fold_rows(run, [(3, 12, Kind.WAIT, LOCK_A, 8, -1), (3, 13, Kind.END, 0, 9, 0), (4, HUB, Kind.SWITCH, 15, 0, 0)])
    assert [number for number, _ in rows(run)] == [15, 14, 11, 10, MAIN, 12, 13]


def test_that_sleepers_stand_by_when_they_wake_and_a_wait_with_a_limit_among_them(run):
    gevent(run)
    fold(run, thing(LOCK_A, "event", "event"))
    asleep(run, 0.5, 0.2)
    fold_rows(run, [(3, G3, Kind.WAIT, LOCK_A, 8, 0.3)])
    assert rows(run)[:3] == [(G2, 203), (G3, 303), (G1, 503)]
    fold_rows(run, [(5, G3, Kind.WAKE, LOCK_A, 8, 1), (6, G3, Kind.WAIT, LOCK_A, 8, -1)])
    assert rows(run)[-1] == (G3, -1)


def test_that_a_limit_of_an_earlier_wait_is_no_timer_of_who_waits_in_the_hub(run):
    gevent(run)
    asleep(run, 0.5)
    fold_rows(run, [(510, G1, Kind.WAKE, 0, 7, 1), (520, G1, Kind.SWITCH, HUB, 7, 0)])
    assert run.last_state.actors[G1].timeout == 0.5 and (G1, -1) in rows(run)


def test_that_of_each_state_so_many_rows_are_kept_and_the_others_counted(run):
    gevent(run, 3 * MOST_ROWS)
    found = rows_of(run.last_state, run.last_state.actors[HUB])
    assert len(found) == MOST_ROWS + 2, "the ready, how many more there are, and main"
    assert [row.more for row in found if row.more] == [2 * MOST_ROWS]
    assert [row.actor.number for row in found[:3]] == [10, 11, 12]


def two_hubs(run: RunModel) -> None:
    """A hub in main with one greenlet, and one in a thread with another."""
    gevent(run, 1)
    fold(run, actor(5, "t1", "second"))
    coroutine(run, 6, "hub-of-second", "hub", parent=5)
    coroutine(run, 20, "its-greenlet", "greenlet", parent=5)
    coroutine(run, 21, "made-by-a-greenlet", "greenlet", parent=20)


def test_that_a_hub_serves_its_own_threads_greenlets_alone(run):
    two_hubs(run)
    state = run.last_state
    assert {row.actor.number for row in rows_of(state, state.actors[HUB])} == {G1, MAIN}
    assert {row.actor.number for row in rows_of(state, state.actors[6])} == {20, 21, 5}
    assert [thread_of(state, state.actors[number]) for number in (21, 20, G1, 5)] == [5, 5, MAIN, 5]


def test_that_the_hub_shown_is_that_of_the_marked(run):
    two_hubs(run)
    state = run.last_state
    assert [hub_of(state, marked).number for marked in (0, 20, 21, 6, 5, G1, MAIN, 999)] == [
        HUB,
        6,
        6,
        6,
        6,
        HUB,
        HUB,
        HUB,
    ]
    fold_rows(run, [(9, HUB, Kind.END, 0, 0, 0)])
    assert [one.number for one in hubs_of(state)] == [6, HUB], "one that goes on first"


def test_that_a_loop_serves_tasks_and_no_greenlets(run):
    gevent(run, 1)
    coroutine(run, 7, "event loop", "loop")
    coroutine(run, 30, "job", "task")
    state = run.last_state
    assert [row.actor.number for row in rows_of(state, state.actors[7])] == [30, MAIN]
    assert [number for number, _ in rows(run)] == [G1, MAIN]


def test_that_another_processs_greenlets_are_not_its_own(run):
    gevent(run, 1)
    coroutine(run, 40, "elsewhere", "greenlet", process=8)
    assert 40 not in [number for number, _ in rows(run)]


def test_that_who_has_the_thread_is_known(run):
    gevent(run)
    state = run.last_state
    hub = state.actors[HUB]

    def holder() -> int:
        found = holder_of(state, hub, rows_of(state, hub))
        return found.number if found is not None else 0

    assert holder() == 0, "the hub itself"
    fold_rows(run, [(3, HUB, Kind.SWITCH, G2, 0, 0)])
    assert holder() == G2
    fold_rows(run, [(9, G2, Kind.BLOCKED, HUB, 0, 1), (9, G2, Kind.SLEEP, 0, 7, 1)])
    assert holder() == G2, "also where it sleeps with the thread in its hands"
    fold_rows(
        run, [(20, G2, Kind.BLOCKED, HUB, 0, 0), (20, G2, Kind.SWITCH, HUB, 0, 0), (21, HUB, Kind.WAIT, 0, 0, -1)]
    )
    assert holder() == 0


# in words


def test_that_a_blocked_hub_is_told_from_an_idle_one_in_words(qtbot, run):
    gevent(run)
    asleep(run, 0.5, 0.2)
    until(run, 103)
    view = shown(qtbot, HubView, run)
    ring = view.ring().center()
    idle = "hub · h4\nidle: waits for the next timer or event\nthe next timer rings in 0.10\xa0s"
    assert view.describe(ring) == idle
    fold_rows(
        run,
        [
            (210, HUB, Kind.WAKE, 0, 0, 1),
            (210, HUB, Kind.SWITCH, G2, 0, 0),
            (211, G2, Kind.LINE, 0, 7, 0),
            (300, G2, Kind.BLOCKED, HUB, 0, 1 + 90 * MS),
        ],
    )
    until(run, 1_800)
    assert view.describe(ring) == "hub · h4\nBLOCKED by green-11 for 1.59\xa0s\nit keeps the thread at line 7"
    fold_rows(run, [(1_900, G2, Kind.BLOCKED, HUB, 0, 0)])
    assert (
        view.describe(ring)
        == "hub · h4\ngreenlet green-11 has the thread\nthe hub goes on when it gives the thread back"
    )


def test_that_of_a_task_it_is_the_event_loop_that_goes_on_after_it(qtbot, run):
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"))
    coroutine(run, 7, "event loop", "loop")
    coroutine(run, 30, "job", "task")
    fold_rows(run, [(1, MAIN, Kind.SWITCH, 7, 0, 0), (2, 7, Kind.SWITCH, 30, 0, 0)])
    view = shown(qtbot, HubView, run)
    assert view.describe(view.ring().center()) == (
        "event loop · l7\ntask job has the thread\nthe event loop goes on when it gives the thread back"
    )


def test_that_a_timer_has_words_also_where_there_is_little_room(qtbot, run):
    gevent(run)
    asleep(run, 0.5)
    until(run, 103)
    view = shown(qtbot, HubView, run)
    row = next(one for one in view.rows() if one.actor.number == G1)
    words = HubRowWords(run, view.hub()).of(row, 0.5)
    assert (words.short, words.least) == ("until +0.50 s", "+0.50 s")


def test_that_a_hub_at_work_and_one_that_is_over_say_so(qtbot, run):
    gevent(run)
    view = shown(qtbot, HubView, run)
    assert view.describe(view.ring().center()).endswith("runs a callback, or chooses who goes next")
    fold_rows(run, [(9, HUB, Kind.END, 0, 0, 0)])
    assert view.describe(view.ring().center()).endswith("\nfinished")


def test_that_there_is_no_next_timer_without_one(qtbot, run):
    gevent(run)
    fold_rows(run, [(3, HUB, Kind.WAIT, 0, 0, -1)])
    view = shown(qtbot, HubView, run)
    assert view.describe(view.ring().center()) == "hub · h4\nidle: waits for the next timer or event"


def test_that_of_several_hubs_it_is_said_how_to_see_the_others(qtbot, run):
    two_hubs(run)
    view = shown(qtbot, HubView, run)
    assert view.describe(view.ring().center()).startswith("hub · h4 (one of 2; mark an actor to see its own)")
    view.marks.mark("actor", 21)
    assert view.describe(view.ring().center()).startswith("hub-of-second · h6 (one of 2")
    assert [row.actor.number for row in view.rows()] == [5, 20, 21]


def test_that_a_rows_words_say_what_it_waits_for_and_how_long(qtbot, run):
    gevent(run, 5)
    fold(run, thing(LOCK_A, "event", "event"))
    asleep(run, 0.5, 0.2)
    fold_rows(run, [(3, 12, Kind.WAIT, LOCK_A, 8, 0.3), (3, 13, Kind.END, 0, 9, text(run, 600, "'tea'"))])
    until(run, 103)
    view = shown(qtbot, HubView, run)
    told = [view.describe(at_row(view, number).center()) for number in (10, 11, 12, 13, 14, MAIN)]
    assert told == [
        "green-10 g10\nsleeps until +0.50 s\n0.40 s", "green-11 g11\nsleeps until +0.20 s\n0.10 s",
        "green-12 g12\nwaits until +0.30 s at the latest\n0.20 s", "green-13 g13\nfinished, returned 'tea'",
        "green-14 g14\nready: its turn comes", "MainThread main\nwaits at line 9",
    ]  # fmt: skip


def test_that_a_timer_that_rang_unheard_is_said_to_be_late(qtbot, run):
    gevent(run)
    asleep(run, 0.5, 0.2)
    fold_rows(
        run, [(204, HUB, Kind.WAKE, 0, 0, 1), (204, HUB, Kind.SWITCH, G2, 0, 0), (300, G2, Kind.BLOCKED, HUB, 0, 1)]
    )
    view = shown(qtbot, HubView, run)
    danger = view.theme.colour("danger").name()
    assert danger not in colours(view, at_row(view, G1))
    until(run, 903)
    assert view.describe(at_row(view, G1).center()) == "green-10 g10\nwas to wake at +0.50 s\n0.40 s late"
    assert danger in colours(view, at_row(view, G1))


def test_that_who_sleeps_with_the_thread_is_said_to_keep_it(qtbot, run):
    gevent(run)
    fold_rows(run, [(3, HUB, Kind.SWITCH, G1, 0, 0), (4, G1, Kind.BLOCKED, HUB, 0, 1), (4, G1, Kind.SLEEP, 0, 7, 0.5)])
    view = shown(qtbot, HubView, run)
    assert view.describe(at_row(view, G1).center()) == "green-10 g10\nkeeps the thread at line 7"


def test_that_a_task_awaits_and_lines_are_shown_with_their_text(qtbot, run, tmp_path):
    program = program_of(tmp_path, "", "async def job():\n    await rest()\n")
    begin(run)
    run.program = program
    fold(
        run,
        events.FileSeen(BEGAN, 1, str(program.path)),
        actor(MAIN, "main", "MainThread"),
        thing(LOCK_A, "event", "event"),
    )
    coroutine(run, 7, "event loop", "loop")
    coroutine(run, 30, "job", "task")
    coroutine(run, 31, "other", "task")
    fold_rows(run, [(1, 30, Kind.WAIT, LOCK_A, 5, -1), (2, 31, Kind.BEGIN, 0, 4, 0)])
    view = shown(qtbot, HubView, run)
    assert view.describe(at_row(view, 30).center()) == "job k30\nawaits at line 5: await rest()"
    assert view.describe(at_row(view, 31).center()) == "other k31\nruns line 4: async def job():"


def test_that_a_stepped_run_has_no_times(qtbot, run):
    fold(run, events.RoundStarted(BEGAN, 1, model="gil"), actor(MAIN, "main", "MainThread"))
    coroutine(run, HUB, "hub", "hub")
    for number in (G1, G2):
        coroutine(run, number, f"green-{number}", "greenlet")
    asleep(run, 0.5)
    view = shown(qtbot, HubView, run)
    assert view.describe(at_row(view, G1).center()) == "green-10 g10\nasleep for 0.5 s"
    assert view.describe(view.ring().center()) == "hub · h4\nidle: waits for the next timer or event"
    blocked(run)
    assert view.describe(view.ring().center()).splitlines()[1] == "BLOCKED by green-10"


def test_that_an_empty_view_says_why(qtbot, run):
    view = shown(qtbot, HubView, run)
    view.grab()
    assert not view.has_drawn() and view._empty_word() == "Press Run to see what the hub does"
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"))
    view.grab()
    assert view.has_drawn() and view._empty_word() == "There is no hub and no event loop yet."
    assert view.describe(QPointF(50, 50)) == "" and view.mark_at(QPointF(50, 50)) is None


# what is drawn where


def test_that_a_blocked_ring_is_crossed_in_danger_and_an_idle_one_is_not(qtbot, run):
    gevent(run)
    asleep(run, 0.5)
    view = shown(qtbot, HubView, run)
    danger, waiting = view.theme.colour("danger").name(), view.theme.colour("waiting").name()
    ring = view.ring()
    inner = QRectF(ring.center().x() - 10, ring.center().y() - 10, 20, 20)
    edge = QRectF(ring.left() + 8, ring.center().y() - 4, 16, 8)
    assert waiting in colours(view, edge) and danger not in colours(view, ring)
    fold_rows(
        run, [(600, HUB, Kind.WAKE, 0, 0, 1), (600, HUB, Kind.SWITCH, G2, 0, 0), (700, G2, Kind.BLOCKED, HUB, 0, 1)]
    )
    assert danger in colours(view, edge) and danger in colours(view, inner) and waiting not in colours(view, ring)


@pytest.mark.parametrize("keeps", [False, True])
def test_that_an_arrow_leads_from_the_ring_to_who_has_the_thread(qtbot, run, keeps):
    gevent(run)
    view = shown(qtbot, HubView, run)
    colour = view.theme.colour("danger" if keeps else "running").name()
    row = at_row(view, G1)
    between = QRectF(row.left() - 7, row.center().y() - 3, 6, 6)
    assert colour not in colours(view, between), "the hub has it"
    fold_rows(run, [(3, HUB, Kind.SWITCH, G2, 0, 0)])
    if keeps:
        fold_rows(run, [(100, G2, Kind.BLOCKED, HUB, 0, 1)])
    head = between.translated(0, at_row(view, G2).center().y() - row.center().y())
    assert view.rows()[0].actor.number == G2 and colour in colours(view, head)
    assert colour not in colours(view, between.translated(0, at_row(view, G3).center().y() - row.center().y()))


def bar_of(view: HubView, number: int) -> int:
    """How many pixels of a row's timer are filled."""
    area, sleeping = at_row(view, number), view.theme.colour("sleeping").name()
    picture, left = view.grab().toImage(), int(area.left() + 24)  # behind the sign
    return sum(
        picture.pixelColor(x, int(area.center().y()) + 3).name() == sleeping for x in range(left, int(area.right()))
    )


def test_that_timers_are_bars_on_one_scale_that_get_shorter(qtbot, run):
    gevent(run)
    asleep(run, 0.8, 0.4)
    view = shown(qtbot, HubView, run, (1_100, 300))
    whole = bar_of(view, G1)
    assert whole > 100 and bar_of(view, G2) == pytest.approx(whole / 2, abs=2) and bar_of(view, G3) == 0
    until(run, 203)
    assert bar_of(view, G1) == pytest.approx(whole * 0.75, abs=2) and bar_of(view, G2) == pytest.approx(
        whole * 0.25, abs=2
    )


def test_that_the_row_of_who_has_the_thread_and_of_the_marked_are_framed(qtbot, run):
    gevent(run)
    fold_rows(run, [(3, HUB, Kind.SWITCH, G1, 0, 0)])
    view = shown(qtbot, HubView, run)
    running, accent = view.theme.colour("running").name(), view.theme.colour("accent").name()
    view.marks.mark("actor", G3)
    tops = [colours(view, QRectF(at_row(view, n).center().x(), at_row(view, n).top(), 40, 4)) for n in (G1, G2, G3)]
    assert [(running in top, accent in top) for top in tops] == [(True, False), (False, False), (False, True)]


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("greenlets", [1, 40])
def test_that_ring_words_and_rows_lie_apart_and_inside(qtbot, run, greenlets, size, big):
    gevent(run, greenlets)
    asleep(run, 0.5)
    blocked(run)
    view = shown(qtbot, HubView, run, size, big)
    view.grab()
    whole, ring, room = view.rect().toRectF(), view.ring(), view.room()
    assert whole.contains(ring) and whole.contains(room) and not ring.intersects(room)
    areas = [view.area_of(index) for index in range(len(view.rows()))]
    assert not any(one.intersects(two.adjusted(0, 0.1, 0, 0)) for one, two in combinations(areas[:12], 2))
    assert all(area.left() >= room.left() and area.right() <= view.rows_right() - 8 for area in areas)
    assert areas[0].width() >= 150 and room.height() >= view.row_heights(), "a row can be seen"
    assert view.scroll_bar.isVisible() == (len(areas) * view.row_heights() > room.height())
    assert view.painted_rows == min(len(areas), int(room.height() // view.row_heights()) + 2)


def test_that_a_high_place_has_the_hub_beside_and_a_narrow_one_above(qtbot, run):
    gevent(run)
    view = shown(qtbot, HubView, run)
    assert view.room().left() > view.ring().right() and view.room().top() < view.ring().top()
    view.resize(300, 280)
    assert view.room().left() == 0 and view.room().top() > view.ring().bottom()


def test_that_few_rows_are_painted_for_a_thousand_greenlets_and_the_rest_counted(qtbot, run):
    gevent(run, 1_000)
    view = shown(qtbot, HubView, run)
    view.grab()
    assert 5 < view.painted_rows < 15 and len(view.rows()) == MOST_ROWS + 2
    (more,) = [index for index, row in enumerate(view.rows()) if row.more]
    view.scroll_bar.setValue(view.scroll_bar.maximum())
    area, panel = view.area_of(more), {view.theme.colour("panel").name()}
    assert view.room().contains(area.center()) and colours(view, area.adjusted(20, 2, -area.width() / 2, -2)) != panel
    assert view.mark_at(area.center()) is None and view.describe(area.center()) == ""


# marks


def test_that_a_click_marks_the_row_or_the_hub(qtbot, run):
    gevent(run)
    view = shown(qtbot, HubView, run)
    for where, number in ((view.ring().center(), HUB), (at_row(view, G2).center(), G2)):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=where.toPoint())
        assert view.marks.is_actor(number)
    view.marks.clear()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPointF(600, 270).toPoint())
    assert view.marks.kind == "" and view.describe(QPointF(600, 270)) == ""


def test_that_up_and_down_go_through_the_queue_and_stop_at_its_ends(qtbot, run):
    gevent(run)
    view = shown(qtbot, HubView, run)
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(view, key)
        seen.append(view.marks.number)
    assert seen == [G1, G2, G3, MAIN, MAIN, G3]


def test_that_the_marked_row_is_scrolled_into_sight(qtbot, run):
    gevent(run, 60)
    view = shown(qtbot, HubView, run)
    assert view.scroll_bar.isVisible() and not view.room().contains(at_row(view, MAIN).center())
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.marks.is_actor(MAIN) and view.room().contains(at_row(view, MAIN))
    qtbot.keyClick(view, Qt.Key.Key_Up)
    areas = [view.area_of(index) for index in range(len(view.rows()))]
    assert all(one.bottom() == pytest.approx(two.top()) for one, two in pairwise(areas))
    assert view.mark_at(at_row(view, 69).center()) == ("actor", 69)
