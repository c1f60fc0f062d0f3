"""Charts: what is taken from the run, decimation, and the words beside them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt

from concsim.bridge.run_model import RunModel
from concsim.model.events import Kind, ObjectDeclared, RoundEnded
from concsim.model.folding.history import Series
from concsim.model.programs.block import Chart
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.marks import Marks
from concsim.ui.views.charts.chart_view import ChartView
from concsim.ui.views.charts.curves import (
    arrays_of,
    band_between,
    between,
    decimate,
    expected_final,
    medians,
    number_text,
    stepped,
    value_at,
)  # fmt: skip
from concsim.ui.views.charts.curves_plot import curves_in
from concsim.ui.views.costs.cost_figures import read_cost
from concsim.ui.views.factory.factory_figures import made_by_line

from .views_fixtures import (
    BEGAN,
    MS,
    WATCH,
    actor,
    begin,
    fold,
    fold_rows,
    lost_updates,
    many_actors,
    market,
    program_of,
    thing,
    two_locks,
    watch,
)  # fmt: skip

DRIFT = Chart("drift", "total")


@pytest.fixture
def run(qapp, tmp_path):
    made = RunModel()
    made.program = program_of(tmp_path, 'total = "THREADS * ROUNDS", tally = "", market = ""')
    return made


@pytest.fixture
def show(qtbot, run):
    shown = []

    def make(chart: Chart) -> ChartView:
        view = ChartView(run, Marks(), Theme(), chart)
        view.resize(600, 300)
        qtbot.addWidget(view)
        view.show()
        shown.append(view)
        return view

    yield make


# curves


def test_that_decimation_keeps_the_lowest_the_highest_and_both_ends():
    x = np.arange(100_000.0)
    y = np.sin(x / 500)
    y[12_345], y[77_777] = -9.0, 9.0
    thin = decimate((x, y), 800)
    assert len(thin[0]) <= 2 * 800 + 2
    assert thin[1].min() == -9.0 and thin[1].max() == 9.0
    assert thin[0][0] == 0 and thin[0][-1] == 99_999
    assert (np.diff(thin[0]) > 0).all()


def test_that_a_short_series_is_left_as_it_is():
    curve = np.arange(10.0), np.arange(10.0)
    assert decimate(curve, 800) is curve


def test_that_an_array_made_of_a_series_lets_it_grow():
    series = Series()
    series.add(BEGAN, 1.0)
    x, y = arrays_of(series, BEGAN - 1_000_000_000)
    series.add(BEGAN + 1, 2.0)
    assert (list(x), list(y)) == ([1.0], [1.0])


def test_that_steps_keep_each_value_until_the_next():
    x, y = stepped((np.array([1.0, 3.0]), np.array([5.0, 7.0])), 4.0)
    assert list(zip(x, y, strict=True)) == [(1, 5), (3, 5), (3, 7), (4, 7)]


def test_that_the_part_shown_begins_with_the_value_in_force():
    x, _ = between((np.array([0.0, 1.0, 2.0, 3.0]), np.arange(4.0)), 1.5, 2.5)
    assert list(x) == [1.0, 2.0]


def test_that_a_step_curve_has_no_value_before_its_first():
    found = value_at((np.array([1.0]), np.array([5.0])), np.array([0.5, 1.0, 9.0]))
    assert np.isnan(found[0]) and list(found[1:]) == [5.0, 5.0]


def test_that_the_band_begins_where_both_curves_have_begun():
    x, y = band_between((np.array([0.0]), np.array([10.0])), (np.array([2.0, 3.0]), np.array([1.0, 4.0])), 5.0)
    assert x.min() == 2.0 and x.max() == 5.0 and y.min() == 1.0 and y.max() == 10.0


def test_that_medians_are_by_place():
    x, y = medians(np.array([1, 2, 1, 1.0]), np.array([3, 8, 9, 4.0]))
    assert list(x) == [1, 2] and list(y) == [4, 8]


@pytest.mark.parametrize(("value", "text"), [(612_331, "612,331"), (0.51234, "0.512"), (1_234.56, "1,234.6"), (0, "0"), (-2, "-2")])
def test_that_numbers_are_written_with_thousands_separators(value, text):
    assert number_text(value) == text


def test_that_an_expectation_that_cannot_be_computed_is_none():
    assert expected_final("THREADS * ROUNDS", {"THREADS": 2, "ROUNDS": 3}) == 6
    assert expected_final("THREADS * ROUNDS", {"THREADS": 2}) is None
    assert expected_final("'x'", {}) is None
    assert expected_final("", {}) is None


# kinds


def test_that_a_chart_says_nothing_is_there_before_a_run(show):
    view = show(DRIFT)
    assert not view.has_drawn()
    assert view.word.text() == "Press Run to see total"
    assert view.word.isVisible() and not view.area.isVisible()


def test_that_a_chart_of_a_finished_run_says_that_nothing_has_happened_yet_at_its_beginning(show, run, monkeypatch):
    begin(run, {"THREADS": 2, "ROUNDS": 5})
    view = show(DRIFT)
    monkeypatch.setattr(view.plot, "draw", lambda: False)
    monkeypatch.setattr(type(run), "newest", BEGAN + 900 * MS)
    monkeypatch.setattr(type(run), "moment", BEGAN + MS)
    view.refresh()
    assert view.word.text() == "Nothing of it has happened yet at this moment"
    monkeypatch.setattr(type(run), "moment", BEGAN + 900 * MS)
    view.refresh()
    assert view.word.text() == "Nothing of it was seen in this run"


def test_that_a_plain_list_is_not_said_to_have_a_capacity(show, run):
    view = show(Chart("depth", "box", capacity="SIZE"))
    begin(run, {"SIZE": 9})
    assert [word for _, _, word in view.plot.key()] == ["of 9"]
    fold(run, thing(70, "box", "queue", 9))
    assert [word for _, _, word in view.plot.key()] == ["capacity 9"]


def test_that_drift_is_called_lost_when_the_round_has_ended(show, run):
    lost_updates(run)
    view = show(DRIFT)
    final = round(100_000 * (1 - 0.11 - 0.004))
    assert view.has_drawn() and view.area.isVisible()
    assert view.corner.text() == f"lost {100_000 - final:,}"
    assert view.plot.is_bad()


def test_that_drift_is_not_called_lost_while_the_round_goes_on(show, run):
    lost_updates(run, ended=False)
    view = show(DRIFT)
    assert view.corner.text().endswith(" to go")
    assert not view.plot.is_bad()


def test_that_drift_follows_the_expected_so_far_when_it_is_watched(show, run):
    lost_updates(run, ended=False)
    fold(run, ObjectDeclared(BEGAN, 21, "watch", "tally"))
    fold_rows(run, [(10, 1, Kind.VALUE, 21, 1, 0), (885, 1, Kind.VALUE, 21, 1, 90_000)])
    view = show(Chart("drift", "total", over="tally"))
    assert view.corner.text() == f"lost {90_000 - 88_600:,}"
    assert view.plot.limit()[1][-1] == 90_000


def test_that_each_round_has_its_own_expectation(show, run):
    lost_updates(run, rounds=3)
    assert list(show(DRIFT).plot.limit()[1]) == [100_000, 150_000, 200_000]


def test_that_a_drift_without_expectation_shows_the_number(show, run, tmp_path):
    run.program = program_of(tmp_path, 'total = ""')
    lost_updates(run)
    view = show(DRIFT)
    assert view.corner.text() == "88,600" and not len(view.plot.limit()[0])


def test_that_the_corner_shows_the_number_of_the_moment(show, run):
    lost_updates(run)
    view = show(Chart("count", "total"))
    run.scrubber.moment = BEGAN + 445 * MS
    run.changed.emit()
    assert view.corner.text() == "44,300"


@pytest.mark.parametrize("capacity", ["CAPACITY", ""])
def test_that_depth_has_its_capacity_from_a_parameter_or_from_the_queue(show, run, capacity):
    market(run)
    view = show(Chart("depth", "market", capacity=capacity))
    assert list(view.plot.limit()[1]) == [10.0]
    assert view.area.item.getViewBox().viewRange()[1][0] == 0
    assert "capacity 10" in view.key.text()


def test_that_what_is_drawn_is_bounded_by_pixels(show, run):
    lost_updates(run, values=7_000)
    x, y = show(Chart("count", "total")).plot._curve.getData()
    assert len(x) <= 4 * 620
    assert y.max() == 88_600


def test_that_a_sweep_has_a_point_for_each_finished_round(show, run):
    lost_updates(run, rounds=5, ended=False)
    points = show(Chart("sweep", "total", over="THREADS")).plot.points()
    assert [x for x, _ in points] == [2, 3, 4, 1]
    assert points[0][1] == 100_000 - 88_600


def test_that_bars_are_sorted_and_limited(show, run):
    begin(run)
    watch(run, "tally", {f"label {n:02}": n for n in reversed(range(30))}, "dict", 30)
    view = show(Chart("bars", "tally"))
    rows = view.plot.rows()
    assert [row.label for row in rows[:2]] == ["label 00", "label 01"]
    assert len(rows) + view.plot.hidden == 30 and len(rows) <= 24
    assert view.corner.text() == f"… and {view.plot.hidden} more"


def test_that_bars_have_their_room_again_when_the_window_has(qtbot, show, run):
    begin(run)
    watch(run, "tally", {f"label {n}": n for n in range(5)}, "dict", 5)
    view = show(Chart("bars", "tally"))
    view.resize(600, 120)
    qtbot.waitUntil(lambda: view.corner.text().endswith("more"))
    view.resize(600, 300)
    qtbot.waitUntil(lambda: not view.corner.text())
    assert len(view.plot._bars._rows) == 5


@pytest.mark.parametrize("beyond", [10**400, -(10**400), float("inf"), float("nan"), 1e308], ids=lambda one: str(one)[:5])
def test_that_numbers_that_no_chart_can_place_are_left_out(show, run, beyond):
    begin(run)
    watch(run, "tally", {"a": beyond, "b": 2}, "dict", 2)
    assert [row.label for row in show(Chart("bars", "tally")).plot.rows()] == ["b"]
    watch(run, "tally", {"a": [[beyond, 1], [1, beyond]], "b": [[1, 2]]}, "dict", 2)
    assert show(Chart("curves", "tally", over="tasks")).plot.draw()
    assert list(curves_in({"a": [[beyond, 1], [1, beyond]], "b": [[1, 2]]})) == ["b"]
    cost = {"median": beyond, "low": 1, "high": 2, "repeats": 3}
    assert read_cost(cost) is None and read_cost({**cost, "median": 1}) == (1, 1, 2, 3)
    watch(run, "made_by_line", {"line-1": beyond, "line-2": 4}, "dict", 2)
    assert made_by_line(run.state) == {"line-2": 4}


def test_that_bars_of_something_that_is_no_dict_say_so(show, run):
    begin(run)
    watch(run, "tally", [1, 2], "list", 2)
    view = show(Chart("bars", "tally"))
    assert not view.has_drawn() and view.word.isVisible()


def test_that_waiting_counts_the_wait_that_goes_on(show, run):
    two_locks(run)
    rows = {row.label: row.value for row in show(Chart("waiting")).plot.rows()}
    assert rows == pytest.approx({"MainThread": 0.755, "thread-a": 0.5, "thread-b": 0.47})


def test_that_waiting_shows_the_longest_by_actor_when_there_are_many(show, run):
    many_actors(run, 200)
    fold_rows(run, [(200, 150, Kind.WAIT, 9_999, 1, -1), (900, 1, Kind.LINE, 0, 1, 0)])
    plot = show(Chart("waiting")).plot
    rows = plot.rows()
    assert "worker-150" in [row.label for row in rows]
    numbers = [int(row.label.split("-")[1]) for row in rows]
    assert numbers == sorted(numbers) and len(rows) + plot.hidden == 200


# the view


def test_that_a_double_click_follows_the_run_again(qtbot, show, run):
    lost_updates(run)
    view = show(DRIFT)
    whole = view.area.item.getViewBox().viewRange()
    view.area.item.getViewBox().setRange(xRange=(0.2, 0.3), padding=0)
    view.area._on_moved()
    view.refresh()
    assert view.area.item.getViewBox().viewRange()[0] == pytest.approx([0.2, 0.3])
    qtbot.mouseDClick(view.area.viewport(), Qt.MouseButton.LeftButton)
    assert view.area.item.getViewBox().viewRange() == whole


def test_that_a_cursor_is_shown_at_a_past_moment_only(show, run):
    lost_updates(run)
    view = show(DRIFT)
    assert not view.plot._cursor.isVisible()
    run.scrubber.moment = BEGAN + 300 * MS
    run.changed.emit()
    assert view.plot._cursor.isVisible() and view.plot._cursor.value() == pytest.approx(0.3)


def test_that_a_hidden_chart_draws_nothing(show, run):
    view = show(DRIFT)
    view.hide()
    lost_updates(run)
    run.changed.emit()
    assert not view.has_drawn()
    view.show()
    assert view.has_drawn()


def test_that_another_program_begins_undrawn(show, run):
    lost_updates(run)
    view = show(DRIFT)
    assert view.has_drawn()
    run.show_program(None)
    assert not view.has_drawn()


def test_that_light_and_dark_differ(show, run):
    lost_updates(run)
    view = show(DRIFT)
    colours = []
    for choice in ("light", "dark"):
        view.theme.choose(choice)
        colours.append(view.grab().toImage().pixelColor(500, 40).name())
    assert colours[0] != colours[1]


def test_that_a_later_value_is_drawn_when_the_run_has_changed(show, run):
    begin(run, {"THREADS": 1, "ROUNDS": 10})
    fold(run, actor(1, "t1", "worker"), ObjectDeclared(BEGAN, WATCH, "watch", "total"))
    view = show(DRIFT)
    assert not view.has_drawn()
    fold_rows(run, [(1, 1, Kind.VALUE, WATCH, 1, 4)])
    run.changed.emit()
    assert view.corner.text() == "6 to go" and run.last_state.watched["total"].number == 4


@pytest.mark.parametrize("final", [10, 8])
def test_that_one_round_is_shaded_only_once_it_has_ended_with_something_missing(show, run, final):
    begin(run, {"THREADS": 1, "ROUNDS": 10})
    fold(run, actor(1, "t1", "worker"), ObjectDeclared(BEGAN, WATCH, "watch", "total"))
    fold_rows(run, [(1, 1, Kind.VALUE, WATCH, 1, final)])
    view = show(DRIFT)
    assert not view.plot._band.isVisible()
    fold(run, RoundEnded(BEGAN + 9 * MS, 1, "finished"))
    view.refresh()
    assert view.plot._band.isVisible() == (final != 10)


def test_that_nothing_is_said_between_the_rounds_of_a_run(show, run, monkeypatch):
    view = show(DRIFT)
    assert view.word.text().startswith("Press Run")
    monkeypatch.setattr(type(run), "running", True)
    view.refresh()
    assert view.word.text() == ""


def test_curves_draw_each_list_of_points_and_leave_out_what_is_none():
    found = curves_in({"list": [[1, 10], [2, 20.5]], "iterator": [[1, 3]], "wrong": "text", "odd": [[1], ["a", 2], [3, True]], "none": []})

    assert list(found) == ["list", "iterator"]
    assert [list(axis) for axis in found["list"]] == [[1, 2], [10, 20.5]]
    assert curves_in(None) == {} and curves_in([1, 2]) == {}


def test_that_a_key_too_long_for_the_heading_stands_below_it_where_there_is_room(show, run):
    begin(run)
    watch(run, "tally", {"as processes": [[1, 0.25], [2, 0.26]], "as threads": [[1, 0.25], [2, 0.5]]}, "dict", 2)
    view = show(Chart("curves", "tally", over="tasks"))
    places = {}
    for size in ((600, 300), (300, 200), (200, 200)):
        view.resize(*size)
        view.refresh()
        shown = view.key.geometry()
        places[size] = "" if not view.key.text() else "below" if shown.top() >= view.heading.geometry().bottom() else "beside"
        assert shown.right() <= view._head.width() and (not view.key.text() or view.key.sizeHint().width() <= shown.width())
    assert places == {(600, 300): "beside", (300, 200): "below", (200, 200): ""}
