"""Lanes: what is drawn, what a click means, and that painting costs pixels and not spans."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from concsim.bridge.rewind import Past
from concsim.model import events
from concsim.model.events import Kind
from concsim.model.folding.history import BLOCKED, FINISHED, MIXED, NEW, RUNNING, STATE_BITS, WAITING, Track
from concsim.model.folding.state import State
from concsim.ui.views.lanes.lane_painter import LanePainter
from concsim.ui.views.lanes.lane_words import legend
from concsim.ui.views.lanes.lanes_view import LanesView
from concsim.ui.views.shared.pixel_runs import Run, TimeScale, pixel_runs
from concsim.ui.views.shared.run_view import Throttle
from concsim.ui.views.shared.time_axis import duration_text, ticks
from concsim.ui.views.shared.time_zoom import moved, zoomed

from .process_fixtures import end, family
from .views_fixtures import (
    BEGAN,
    FIRST,
    LOCK_A,
    LOCK_B,
    MAIN,
    MS,
    SECOND,
    actor,
    begin,
    fold,
    fold_rows,
    many_actors,
    many_spans,
    thing,
    two_locks,
)


@pytest.fixture
def view(put):
    return put(LanesView, 900, 320)


def place_of(view: LanesView, number: int, ms: float) -> QPointF:
    """Where an actor's lane is at a time."""
    rows = view.rows()
    place = view.geometry_of(rows)
    index = [one.number for one in rows].index(number)
    return QPointF(place.left + view.scale_of(place).x(BEGAN + int(ms * MS)), place.y_of(index) + place.row / 2)


def click(qtbot, view: LanesView, where: QPointF) -> None:
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=where.toPoint())


def track(*spans: tuple[int, int]) -> Track:
    made = Track()
    for time, value in spans:
        made.add(time, value)
    return made


# pixels


def test_that_a_span_takes_the_pixels_of_its_time():
    spans = track((0, RUNNING), (300, WAITING), (600, RUNNING))
    assert pixel_runs(spans, TimeScale(0, 1000, 100), 1000) == [
        Run(0, 30, RUNNING), Run(30, 60, WAITING), Run(60, 100, RUNNING),
    ]  # fmt: skip


def test_that_one_short_span_among_long_ones_keeps_its_state_in_one_pixel():
    spans = track((0, RUNNING), (502, WAITING), (504, RUNNING))
    assert pixel_runs(spans, TimeScale(0, 1000, 100), 1000) == [
        Run(0, 50, RUNNING), Run(50, 51, WAITING), Run(51, 100, RUNNING),
    ]  # fmt: skip


def test_that_several_spans_in_a_pixel_are_drawn_as_mixed():
    spans = track((0, RUNNING), (501, WAITING), (503, RUNNING), (505, WAITING), (507, RUNNING))
    assert Run(50, 51, MIXED) in pixel_runs(spans, TimeScale(0, 1000, 100), 1000)


def test_that_the_last_span_ends_where_the_lanes_end():
    assert pixel_runs(track((200, RUNNING)), TimeScale(0, 1000, 100), 500) == [Run(20, 50, RUNNING)]


def test_that_a_track_that_begins_after_what_is_shown_has_no_runs():
    assert pixel_runs(track((2000, RUNNING)), TimeScale(0, 1000, 100), 1000) == []
    assert pixel_runs(Track(), TimeScale(0, 1000, 100), 1000) == []


@pytest.mark.parametrize("steps", [20, 100, 10_000])
def test_that_runs_are_bounded_by_pixels_join_and_cover_everything(steps):
    spans = Track()
    for index in range(100_000):
        spans.add(index * 7 + index % 3, (RUNNING, WAITING)[index % 2] | (index % 5) << STATE_BITS)
    runs = pixel_runs(spans, TimeScale(0, 700_000, 800), 700_000, steps)
    assert 0 < len(runs) <= 800
    assert runs[0].left == 0 and runs[-1].right == 800
    assert all(one.right == two.left for one, two in pairwise(runs))
    assert all(one.left < one.right for one in runs)


class CountedTimes:
    """Times that count how often they are looked at."""

    def __init__(self, times):
        self.times, self.looks = times, 0

    def __len__(self):
        return len(self.times)

    def __getitem__(self, index):
        self.looks += 1
        return self.times[index]


def test_that_a_hundred_thousand_spans_are_not_all_looked_at():
    spans = Track()
    for index in range(100_000):
        spans.add(index * 10, index % 2 + 1)
    spans.times = CountedTimes(spans.times)
    pixel_runs(spans, TimeScale(0, 1_000_000, 800), 1_000_000, steps=100)
    assert spans.times.looks < 5_000


# drawing


def test_that_nothing_is_drawn_before_a_run(view):
    view.grab()
    assert not view.has_drawn()


def test_that_a_run_is_drawn_and_another_one_begins_undrawn(view, run):
    two_locks(run)
    view.grab()
    assert view.has_drawn()
    assert view.painted_spans == 2 + 4 + 4
    run.show_program(None)
    assert not view.has_drawn()


def test_that_few_rectangles_are_painted_for_many_spans(view, run):
    many_spans(run, 100_000, 4)
    view.grab()
    assert 4 <= view.painted_spans <= 4 * view.width()


def open_the_group(view):
    """So many are gathered in one row, which opens to a lane each below it."""
    assert [one.name for one in view.rows()] == ["▸ threads ×1,000"]
    view.groups.open_next()
    assert len(view.rows()) == 1001


def test_that_only_visible_rows_are_painted_for_a_thousand_actors(view, run):
    many_actors(run)
    open_the_group(view)
    view.refresh()
    view.grab()
    assert view.painted_spans < 4 * 30
    assert view.scroll_bar.isVisible()
    assert len(view.geometry_of(view.rows()).visible) < 30


def test_that_the_last_actor_is_reached_by_scrolling(view, run):
    many_actors(run)
    open_the_group(view)
    view.refresh()
    view.scroll_bar.setValue(view.scroll_bar.maximum())
    assert view.geometry_of(view.rows()).visible[-1] == 1000


def test_that_rows_shrink_before_they_scroll(view, run):
    two_locks(run)
    assert view.geometry_of(view.rows()).row == 28
    many_actors(run, 18)
    assert view.geometry_of(view.rows()).row == 15


def test_that_light_and_dark_differ(view, run):
    two_locks(run)
    pictures = []
    for choice in ("light", "dark"):
        view.theme.choose(choice)
        pictures.append(view.grab().toImage())
    assert pictures[0].pixelColor(2, 200) != pictures[1].pixelColor(2, 200)
    assert pictures[1].pixelColor(2, 200) == view.theme.colour("panel")


def test_that_a_stuck_lane_has_an_outline_of_danger_and_a_free_one_has_not(view, run):
    view.theme.choose("light")
    two_locks(run)
    danger = view.theme.colour("danger")
    picture = view.grab().toImage()
    found = {number: _has_colour(picture, place_of(view, number, 700), danger) for number in (MAIN, FIRST, SECOND)}
    assert found == {MAIN: False, FIRST: True, SECOND: True}


def _has_colour(picture, where: QPointF, colour) -> bool:
    return any(picture.pixelColor(int(where.x()), y) == colour for y in range(int(where.y()) - 13, int(where.y()) + 13))


def test_that_a_cursor_is_drawn_at_a_past_moment_only(view, run):
    view.theme.choose("light")
    two_locks(run)
    accent = view.theme.colour("accent")
    below = place_of(view, SECOND, 500) + QPointF(0, 60)
    assert view.grab().toImage().pixelColor(below.toPoint()) != accent
    run.scrubber.moment = BEGAN + 500 * MS
    assert view.grab().toImage().pixelColor(below.toPoint()) == accent


# marks


def test_that_a_click_on_a_running_span_marks_the_actor(qtbot, view, run):
    two_locks(run)
    click(qtbot, view, place_of(view, SECOND, 55))
    assert view.marks.is_actor(SECOND)


def test_that_a_click_on_a_waiting_span_marks_what_is_waited_for(qtbot, view, run):
    two_locks(run)
    click(qtbot, view, place_of(view, FIRST, 500))
    assert view.marks.is_thing(LOCK_B)
    click(qtbot, view, place_of(view, SECOND, 500))
    assert view.marks.is_thing(LOCK_A)


def test_that_a_click_on_a_join_marks_the_joined_actor(qtbot, view, run):
    two_locks(run)
    click(qtbot, view, place_of(view, MAIN, 500))
    assert view.marks.is_actor(FIRST)


def test_that_a_click_below_the_lanes_marks_nothing(qtbot, view, run):
    two_locks(run)
    click(qtbot, view, QPointF(400, 250))
    assert view.marks.kind == ""


def test_that_up_and_down_move_the_mark_and_stop_at_the_ends(qtbot, view, run):
    two_locks(run)
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(view, key)
        seen.append(view.marks.number)
    assert seen == [MAIN, FIRST, SECOND, SECOND, FIRST]


def test_that_the_marked_actor_is_scrolled_into_sight(qtbot, view, run):
    many_actors(run)
    open_the_group(view)
    view.refresh()
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.marks.is_actor(1000)
    assert 1000 in view.geometry_of(view.rows()).visible


# words


def test_that_a_tooltip_names_state_since_and_holder(view, run):
    two_locks(run)
    text = view.describe(place_of(view, FIRST, 500))
    assert text == "thread-a (t1)\nwaiting since 300 ms\nwaits for lock_b, held by thread-b"


def test_that_a_past_span_is_described_as_it_was(view, run):
    two_locks(run)
    assert view.describe(place_of(view, FIRST, 150)) == "thread-a (t1)\nsleeping since 60.0 ms"


def has_cross(view: LanesView, where: QPointF) -> bool:
    """Whether the colour of danger is seen around a place."""
    picture, danger = view.grab().toImage(), view.theme.colour("danger").name()
    around = [(round(where.x()) + x, round(where.y()) + y) for x in range(-8, 9) for y in range(-8, 9)]
    return any(picture.pixelColor(x, y).name() == danger for x, y in around)


def test_that_a_process_that_was_killed_ends_in_a_cross(view, run):
    family(run, 3)
    end(run, 2, 0, at=400)
    fold_rows(run, [(900, MAIN, Kind.LINE, 0, 1, 0)])
    killed = "killed or ended badly"
    assert killed not in dict(legend(run)).values()
    end(run, 3, -9, at=500)
    end(run, 4, 1, at=600)
    assert killed in dict(legend(run)).values()
    for number, ms, is_bad in ((2, 400, False), (3, 500, True), (4, 600, True)):
        there = place_of(view, number, ms)
        assert has_cross(view, there) == is_bad
        assert has_cross(view, QPointF(18, there.y())) == is_bad, "the sign beside the name"
    assert view.describe(place_of(view, 3, 700)).splitlines()[1:] == ["finished since 500 ms", "killed by SIGKILL (-9)"]
    assert view.describe(place_of(view, 4, 700)).splitlines()[1:] == ["finished since 600 ms", "exit 1"]
    assert view.describe(place_of(view, 2, 700)).splitlines()[1:] == ["finished since 400 ms"]
    assert "killed by SIGKILL" in view.describe(QPointF(20, place_of(view, 3, 500).y()))
    assert "running" in view.describe(place_of(view, 3, 300))


def test_that_a_thread_that_an_exception_ended_ends_in_a_cross(view, run):
    two_locks(run, None)
    assert "killed or ended badly" not in dict(legend(run)).values()
    fold(run, events.ErrorRaised(BEGAN + 600 * MS, FIRST, "KeyError", "'no such dish'\nmore of it", 0, ""))
    fold_rows(run, [(600, FIRST, Kind.END, 0, 0, 0), (900, MAIN, Kind.LINE, 0, 1, 0)])
    assert "killed or ended badly" in dict(legend(run)).values()
    there = place_of(view, FIRST, 600)
    assert has_cross(view, there) and has_cross(view, QPointF(18, there.y()))
    assert view.describe(place_of(view, FIRST, 700)).splitlines()[-1] == "ended by KeyError: 'no such dish' …"
    assert view.describe(QPointF(20, there.y())).splitlines()[-1] == "ended by KeyError: 'no such dish' …"
    assert not has_cross(view, QPointF(18, place_of(view, MAIN, 600).y()))


def test_that_a_word_leaves_room_for_the_number_of_the_task_that_begins_there(view, run, monkeypatch):
    two_locks(run, None)
    fold(run, thing(700, "pool", "process pool"))
    fold_rows(run, [(500, FIRST, Kind.TASK, 700, 0, 1), (501, FIRST, Kind.SLEEP, 0, 0, 1), (900, FIRST, Kind.WAKE, 0, 0, 1)])
    began = view.scale_of(view.geometry_of(view.rows())).x(BEGAN + 500 * MS) + view.geometry_of(view.rows()).left
    words = []
    monkeypatch.setattr(LanePainter, "_pill", lambda self, area, text, *_: words.append((text, area.left())))
    view.grab()
    number = view.fontMetrics().horizontalAdvance("1")
    assert [left > began + number for text, left in words if text == "sleep" and left > began] == [True]


def test_that_a_past_wait_is_not_said_to_be_held_by_todays_holder(view, run):
    many_actors(run, 3)
    fold_rows(run, [(300, 1, Kind.ACQUIRE, 9_999, 1, 1)])
    text = view.describe(place_of(view, 2, 40))
    assert text == "worker-2 (t2)\nwaiting since 20.2 ms\nwaits for lock"


@pytest.mark.parametrize(
    ("nanoseconds", "text"),
    [(0, "0.00 µs"), (1_204_000_000, "1.204 s"), (35_200_000, "35.2 ms"), (300_000_000, "300 ms"), (61e9, "61.00 s")],
)
def test_that_durations_have_few_figures(nanoseconds, text):
    assert duration_text(nanoseconds) == text


def test_that_ticks_are_round_times_in_order_and_apart():
    found = ticks(TimeScale(BEGAN, BEGAN + 2_300 * MS, 900), BEGAN, 88)
    assert [one.text for one in found][:3] == ["0 s", "0.5 s", "1.0 s"]
    assert all(two.x - one.x >= 88 for one, two in pairwise(found))


# zoom


def test_that_zooming_keeps_the_time_under_the_mouse():
    whole = TimeScale(0, 1_000_000, 500)
    near = zoomed(whole, 100, 0.5, whole)
    assert near.end - near.begin == 500_000
    assert near.time(100) == pytest.approx(whole.time(100), abs=2_000)


def test_that_neither_zoom_nor_drag_leaves_the_round():
    whole = TimeScale(0, 1_000_000, 500)
    near = zoomed(whole, 400, 0.5, whole)
    assert zoomed(near, 0, 100, whole) == whole
    assert moved(near, 10_000, whole).begin == 0
    assert moved(near, -10_000, whole).end == 1_000_000


def test_that_a_drag_moves_a_zoomed_view_and_marks_nothing(qtbot, view, run):
    two_locks(run)
    view.hand.zoom(0.25)
    before = view.scale_of(view.geometry_of(view.rows())).begin
    start = QPoint(500, 60)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, start + QPoint(60, 0))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert view.scale_of(view.geometry_of(view.rows())).begin < before
    assert view.marks.kind == ""


def test_that_a_double_click_shows_everything(qtbot, view, run):
    two_locks(run)
    view.hand.zoom(0.25)
    place = view.geometry_of(view.rows())
    assert view.scale_of(place) != view.whole()
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(500, 60))
    assert view.scale_of(place) == view.whole()


# how often


def test_that_drawing_keeps_to_its_share_of_the_time():
    throttle = Throttle(0.25)
    assert throttle.is_due()
    throttle.spent(1_000.0)
    assert not throttle.is_due()
    throttle.spent(0.0)
    assert throttle.is_due()


def test_that_a_name_without_room_for_its_id_is_kept_and_the_id_is_not(view, run):
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"))
    fold_rows(run, [(0, MAIN, Kind.BEGIN, 0, 1, 0)])
    written = {}
    for width in (900, 280):
        view.resize(width, 200)
        view.refresh()
        place = view.geometry_of(view.rows())
        row = view.grab().toImage()
        muted = view.theme.colour("muted").name()
        area = [(x, y) for x in range(place.left) for y in range(place.top, place.top + place.row)]
        written[width] = any(row.pixelColor(x, y).name() == muted for x, y in area if x > place.left // 2)
    assert written == {900: True, 280: False}


def test_that_a_live_lane_does_not_claim_a_core_and_a_hub_may_be_blocked(run):
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"))
    assert dict(legend(run))[RUNNING] == "running or ready"
    assert BLOCKED not in dict(legend(run))
    fold(run, events.ActorDeclared(BEGAN, 9, "h1", "hub", "hub"))
    assert BLOCKED in dict(legend(run))


def test_that_what_a_librarys_thread_did_has_no_lane(view, run):
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"))
    fold_rows(run, [(50, MAIN, Kind.BEGIN, 0, 1, 0), (100, 0, Kind.WAIT, LOCK_A, 0, -1), (200, MAIN, Kind.SLEEP, 0, 1, 1)])
    assert [row.number for row in view.rows()] == [MAIN]


def test_that_who_was_not_there_yet_at_the_moment_shown_had_not_finished(view, run):
    two_locks(run, None)
    fold_rows(run, [(900, FIRST, Kind.END, 0, 1, 0)])
    assert [one.state for one in view.rows() if one.number == FIRST] == [FINISHED]
    before = State()
    before.files.update(run.state.files)
    run.scrubber.past = Past(before, None, True)
    row = next(one for one in view.rows() if one.number == FIRST)
    assert (row.state, row.name, row.id) == (NEW, "thread-a", "t1")
