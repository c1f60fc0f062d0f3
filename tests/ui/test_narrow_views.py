"""What views do with little room and with large type."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from concsim.bridge.run_model import RunModel
from concsim.model import events
from concsim.model.events import Kind
from concsim.model.programs.block import Chart
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.marks import Marks
from concsim.ui.views.charts.bar_plots import short_labels
from concsim.ui.views.charts.chart_area import NumberAxis
from concsim.ui.views.charts.chart_view import ChartView
from concsim.ui.views.charts.sweep_plot import SweepPlot
from concsim.ui.views.graph.wait_graph_view import WaitGraphView
from concsim.ui.views.lanes.lane_sheet import lane_fonts
from concsim.ui.views.lanes.lanes_view import LanesView
from concsim.ui.views.memory.memory_view import MemoryView
from concsim.ui.views.shared.wait_edges import GROUP
from tests.ui.views_fixtures import (
    BEGAN,
    FIRST,
    LOCK_A,
    MAIN,
    MS,
    actor,
    begin,
    fold,
    fold_rows,
    lost_updates,
    program_of,
    thing,
    two_locks,
    watch,
)  # fmt: skip


@pytest.fixture
def big(run) -> Theme:
    theme = Theme(run)
    theme.set_big(True)
    return theme


def shown(qtbot, view, width: int, height: int):
    qtbot.addWidget(view)
    view.resize(width, height)
    view.show()
    QApplication.processEvents()
    return view


def test_words_in_lanes_need_room_for_their_type(qtbot, run, big):
    two_locks(run)
    view = shown(qtbot, LanesView(run, Marks(run), big), 600, 160)
    place = view.geometry_of(view.rows())
    words = QFontMetricsF(lane_fonts(view, place.row)[1]).height()
    assert place.roomy == (place.row >= words + 8)
    low = shown(qtbot, LanesView(run, Marks(run), big), 600, 140)
    assert low.geometry_of(low.rows()).row == 22, "enough for ordinary type"
    assert not low.geometry_of(low.rows()).roomy


@pytest.mark.parametrize("large", [False, True])
def test_the_memory_shows_its_threads_at_its_least_height(qtbot, run, large):
    theme = Theme(run)
    theme.set_big(large)
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread", ("number",)), actor(FIRST, "t1", "adder", ("number",)))
    watch(run, "number", 1, "int", 1)
    view = MemoryView(run, Marks(run), theme)
    shown(qtbot, view, 500, view.minimumHeight())
    chips, hidden = view.chips()
    assert len(chips) == 2 and hidden == 0
    assert max(area.bottom() for area in chips.values()) <= view.height() - 8
    assert min(area.top() for area in chips.values()) > max(area.bottom() for area in view.boxes().values()) + 8


def chart(qtbot, tmp_path, run, theme, width: int) -> ChartView:
    lost_updates(run)
    run.program = program_of(tmp_path, 'total = "THREADS * ROUNDS"')
    return shown(qtbot, ChartView(run, Marks(run), theme, Chart("drift", "total")), width, 160)


@pytest.mark.parametrize(("width", "place"), [(200, ""), (240, ""), (300, ""), (420, "below"), (800, "beside")])
def test_a_charts_heading_never_overlaps_and_its_key_is_whole_or_absent(qtbot, tmp_path, run, big, width, place):
    view = chart(qtbot, tmp_path, run, big, width)
    view.corner.setText(view._corner_text)
    view.refresh()
    shown = [one for one in (view.heading, view.key, view.corner) if one.text()]
    areas = [QRect(one.pos(), QSize(one.sizeHint().width(), one.height())) for one in shown]
    assert not any(one.intersects(other) for one, other in combinations(areas, 2))
    assert all(view._head.rect().adjusted(0, 0, 4, 0).contains(one) for one in areas)
    assert view.key.text() == (view._key_text if place else "")
    assert place or "actual" in view.heading.toolTip()
    assert not place or (view.key.y() > 0) == (place == "below")


@pytest.mark.parametrize("span", [(0, 1.5), (0, 1_600_000), (0, 0.0004), (3, 64)])
@pytest.mark.parametrize("side", ["bottom", "left"])
def test_numbers_at_an_axis_never_touch(qapp, span, side):
    font = QFont()
    font.setPointSizeF(13)
    metrics = QFontMetricsF(font)
    axis = NumberAxis(side)
    axis.unit = " s"
    axis.setStyle(tickFont=font)
    for size in (60, 120, 300, 900):
        ((step, _),) = axis.tickSpacing(*span, size)
        ticks = [index * step for index in range(int(span[0] // step), int(span[1] // step) + 1)]
        pixels = step / (span[1] - span[0]) * size
        texts = axis.tickStrings(ticks, 1.0, step)
        needed = metrics.height() if side == "left" else max(metrics.horizontalAdvance(text) for text in texts)
        assert len(ticks) <= 2 or pixels > needed
        assert len(ticks) <= 12


def test_shortened_labels_stay_apart(qapp):
    metrics = QFontMetricsF(QFont())
    names = ["producer-1-of-the-market", "producer-2-of-the-market", "a"]
    cut = short_labels([f"{name}-{end}" for name in names for end in "xy"], metrics, metrics.horizontalAdvance("producer-1-o"))
    assert len({*short_labels(["producer-1", "producer-2"], metrics, metrics.horizontalAdvance("…er-1") + 3)}) == 2
    assert all(metrics.horizontalAdvance(one) <= metrics.horizontalAdvance("producer-1-o") for one in cut)


def semaphore(run: RunModel, guests: int = 9) -> None:
    """Three seats, and nine more guests than seats."""
    begin(run)
    fold(run, thing(LOCK_A, "seats", "semaphore", 3))
    numbers = range(20, 23 + guests)
    fold(run, *(actor(number, f"t{number}", f"guest-{number}") for number in numbers))
    rows = [(1, number, Kind.BEGIN, 0, 1, 0) for number in numbers]
    rows += [(2, number, Kind.ACQUIRE, LOCK_A, 3, 1) for number in numbers[:3]]
    fold_rows(run, rows + [(3, number, Kind.WAIT, LOCK_A, 3, -1) for number in numbers[3:]])


@pytest.mark.parametrize("large", [False, True])
def test_a_short_wait_graph_keeps_readable_type(qtbot, run, large):
    theme = Theme(run)
    theme.set_big(large)
    semaphore(run)
    view = shown(qtbot, WaitGraphView(run, Marks(run), theme), 300, 160)
    graph = view.graph()
    assert any(node.what == GROUP for node in graph.nodes)
    name, _ = view.fitting.fonts(view.fitting.fit(graph).shrunk)
    assert name.pointSizeF() >= 8
    for area in view.areas(graph).values():
        assert view.rect().toRectF().contains(area)


def test_a_tall_wait_graph_shows_each_thread(qtbot, run):
    semaphore(run)
    view = shown(qtbot, WaitGraphView(run, Marks(run), Theme(run)), 700, 700)
    assert not any(node.what == GROUP for node in view.graph().nodes)


def test_a_round_cut_short_is_no_point_of_the_sweep(qtbot, tmp_path, run):
    lost_updates(run, rounds=2, ended=False)
    fold(run, events.RoundEnded(BEGAN + 1_900 * MS, 2, "stopped", -9))
    run.program = program_of(tmp_path, 'total = "THREADS * ROUNDS"')
    view = shown(qtbot, ChartView(run, Marks(run), Theme(run), Chart("sweep", "total", "THREADS")), 600, 200)
    assert isinstance(view.plot, SweepPlot)
    assert [round_.outcome for round_ in run.history.rounds] == ["finished", "stopped"]
    assert len(view.plot.points()) == 1
