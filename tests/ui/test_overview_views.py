"""What each costs, and the phone factory: what is drawn where, in which words, at what cost."""

from __future__ import annotations

import copy
from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from concsim.model import events
from concsim.model.events import Kind
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.marks import Marks
from concsim.ui.views.costs.cost_figures import amount, ratio, read_costs, scale_for
from concsim.ui.views.costs.costs_view import CostsView
from concsim.ui.views.factory.factory_figures import lines_of, phones_each, rate_so_far, tried_settings
from concsim.ui.views.factory.factory_table import cells_of, in_a_line, shown_of
from concsim.ui.views.factory.factory_view import FactoryView
from concsim.ui.views.factory.factory_words import counts_words, states_of

from .process_fixtures import process
from .views_fixtures import BEGAN, MAIN, MS, actor, begin, fold, fold_rows, watch

SIZES = [(580, 400), (240, 400), (1100, 640)]

COSTS = {
    "generator": {
        "create": {"median": 1.43e-7, "low": 1.42e-7, "high": 1.46e-7, "repeats": 50},
        "switch": {"median": 3.2e-8, "low": 3.1e-8, "high": 3.3e-8, "repeats": 50},
        "memory": {"median": 249.8, "low": 247.8, "high": 251.9, "repeats": 5},
    },
    "greenlet": {
        "create": {"median": 1.324e-5, "low": 8.08e-6, "high": 1.658e-5, "repeats": 50},
        "switch": {"median": 1.923e-7, "low": 1.91e-7, "high": 2.61e-7, "repeats": 50},
        "memory": {"median": 5545.9, "low": 5537.7, "high": 5554.1, "repeats": 5},
    },
    "process": {
        "create": {"median": 1.799e-3, "low": 1.797e-3, "high": 2.2e-3, "repeats": 50},
        "switch": {"median": 1.07e-5, "low": 1.059e-5, "high": 1.119e-5, "repeats": 50},
        "memory": {"median": 1347584, "low": 1277952, "high": 1429504, "repeats": 5},
    },
    "thread": {
        "create": {"median": 6.42e-5, "low": 5.6e-5, "high": 1.944e-4, "repeats": 50},
        "switch": {"median": 6.05e-6, "low": 5.87e-6, "high": 6.2e-6, "repeats": 50},
        "memory": {"median": 14336.0, "low": 12697.6, "high": 15564.8, "repeats": 5},
    },
}

KINDS = ["process", "thread", "greenlet", "generator"]


def shown(qtbot, kind, run, size=(580, 400), big=False):
    theme = Theme(run)
    theme.choose("light")
    theme.set_big(big)
    made = kind(run, Marks(run), theme)
    made.resize(*size)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    return made


# what each costs


def measured(run, costs=COSTS) -> None:
    """A run that has measured so much."""
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"))
    watch(run, "costs", copy.deepcopy(costs), "dict", len(costs))


def end_round(run, outcome="finished", at=900) -> None:
    fold(run, events.RoundEnded(BEGAN + at * MS, run.last_state.round, outcome, 0))


def test_that_costs_say_what_to_do_before_a_run_and_what_goes_on_in_it(qtbot, run):
    view = shown(qtbot, CostsView, run)
    view.grab()
    assert not view.has_drawn() and view._empty_word() == "Press Run to measure what each costs"
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"))
    assert view._empty_word() == "Measuring …"
    end_round(run)
    assert view._empty_word() == "Nothing was measured in this run"


def test_that_each_measure_has_a_bar_for_each_kind(qtbot, run):
    measured(run)
    view = shown(qtbot, CostsView, run)
    view.grab()
    assert view.has_drawn()
    groups = view.groups()
    assert [group.measure for group in groups] == ["create", "switch", "memory"]
    assert all([row.kind for _, row in group.rows] == KINDS for group in groups)
    made = [(row.value, row.times) for _, row in groups[0].rows]
    assert made == [("1.80 ms", "×12,580"), ("64.2 µs", "×449"), ("13.2 µs", "×93"), ("143 ns", "×1")]
    assert [row.value for _, row in groups[2].rows] == ["1.29 MiB", "14.0 KiB", "5.42 KiB", "250 B"]
    assert view.repeats_word("create") == "median of 50" and view.repeats_word("memory") == "median of 5"


def test_that_what_is_missing_is_said_calmly(qtbot, run):
    part = copy.deepcopy(COSTS)
    del part["thread"], part["greenlet"]
    part["process"]["memory"] = {}
    measured(run, part)
    view = shown(qtbot, CostsView, run)
    assert {row.kind: row.why_not for row in view.rows_of("memory")} == {
        "process": "not told by this system", "thread": "not measured yet", "greenlet": "not measured yet", "generator": "",
    }  # fmt: skip
    end_round(run)
    assert {row.kind: row.why_not for row in view.rows_of("create")} == {
        "process": "", "thread": "not measured", "greenlet": "not installed", "generator": "",
    }  # fmt: skip
    view.grab()


@pytest.mark.parametrize(
    "value",
    [None, [], {"thread": 3}, {"thread": {"create": {"median": "x"}}}, {"thread": {"create": {"median": True}}}],
)
def test_that_foreign_values_are_no_costs(value):
    assert not any(cost for kind in read_costs(value).values() for cost in kind.values())


def test_that_nothing_or_less_has_no_bar_and_no_logarithm(qtbot, run):
    odd = copy.deepcopy(COSTS)
    odd["thread"]["memory"] = {"median": 0.0, "low": -5.0, "high": 9.0, "repeats": 5}
    measured(run, odd)
    view = shown(qtbot, CostsView, run)
    view.grab()
    assert view.rows_of("memory")[1].why_not == "too little to measure"


@pytest.mark.parametrize(
    ("value", "is_memory", "text"),
    [(3.2e-8, False, "32.0 ns"), (6.05e-6, False, "6.05 µs"), (0.9996e-3, False, "1,000 µs"), (2.0, False, "2.00 s"), (512, True, "512 B"), (5 * 1024**2, True, "5.00 MiB")],
)  # fmt: skip
def test_that_amounts_are_in_readable_units(value, is_memory, text):
    assert amount(value, is_memory) == text


def test_that_times_the_cheapest_are_rounded():
    assert [ratio(one, 2.0) for one in (2.0, 3.0, 12_345.0)] == ["×1", "×1.5", "×6,172"]


def test_that_a_scale_is_logarithmic_and_keeps_the_cheapest_in_sight():
    costs = [one for kind in read_costs(COSTS).values() if (one := kind["create"]) is not None]
    scale = scale_for(costs, False)
    shares = [scale.share(one) for one in scale.ticks()]
    steps = {round(after - before, 6) for before, after in pairwise(shares)}
    assert shares[0] == 0 and shares[-1] == 1 and len(steps) == 1
    assert scale.share(min(one.median for one in costs)) > 0.03
    assert scale.share(max(one.high for one in costs)) <= 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("big", [False, True])
def test_that_bars_fit_or_scroll(qtbot, run, size, big):
    measured(run)
    view = shown(qtbot, CostsView, run, size, big)
    rows = [area for group in view.groups() for area, _ in group.rows]
    assert not any(one.intersects(two) for one, two in combinations(rows, 2))
    assert all(area.right() <= view.rows_right() for area in rows)
    assert view.overflows or view.groups()[-1].area.bottom() <= view.room().bottom() + 1
    assert view.overflows == view.scroll_bar.isVisible()


def test_that_all_costs_are_seen_without_scrolling_in_the_window_s_panel(qtbot, run):
    measured(run)
    assert not shown(qtbot, CostsView, run, (580, 400)).overflows


def test_that_a_bar_grows_with_its_cost(qtbot, run):
    measured(run)
    view = shown(qtbot, CostsView, run)
    picture, colour = view.grab().toImage(), [view.bars().colour(kind).name() for kind in KINDS]
    for group in view.groups():
        long = []
        for (area, _), wanted in zip(group.rows, colour, strict=True):
            y = round(area.top() + area.height() * 0.3)
            long.append(sum(picture.pixelColor(x, y).name() == wanted for x in range(40, view.width())))
        assert long == sorted(long, reverse=True) and long[0] > long[-1] > 4


def test_that_a_tooltip_tells_a_cost_in_full(qtbot, run):
    measured(run)
    view = shown(qtbot, CostsView, run)
    area = view.groups()[0].rows[1][0]
    assert view.describe(area.center()) == (
        "thread · To make one and end it\nmedian 64.2 µs, lowest 56.0 µs, highest 194 µs, of 50 measurements\n×449 the cheapest"
    )
    assert view.describe(QPointF(1, 399)) == ""


def test_that_the_keys_scroll_costs(qtbot, run):
    measured(run)
    view = shown(qtbot, CostsView, run, (240, 300))
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.scroll_bar.value() > 0


# the factory


def factory(run, lines=2, workers=3, hands=0, number=1, phones=True) -> None:
    """A factory at work: every third worker computes, the others wait."""
    at = (number - 1) * 1_000
    begin(run, {"LINES": lines, "WORKERS": workers, "USE_WAITING": bool(hands)}, number, at)
    process(run, MAIN, "MainThread", 0, "main", at=at)
    for line in range(lines):
        process(run, 2 + line, f"line-{line + 1}", at=at + 5)
        rows, next_one = [], 1_000 * (line + 1)
        for worker in range(workers):
            thread = next_one + worker
            declare(run, thread, f"worker-{worker + 1}", "thread", 2 + line)
            rows.append((at + 10, thread, Kind.BEGIN, 0, 1, 0))
            if worker % 3 and not hands:
                rows.append((at + 20, thread, Kind.SLEEP, 0, 84, 0.06))
            if hands:
                declare(run, thread + 300, "hub", "hub", 2 + line)
            for hand in range(hands):
                one = thread + 400 + 20 * worker + hand
                declare(run, one, "make_phones", "greenlet", 2 + line, thread + 300)
                rows.append((at + 20, one, Kind.BEGIN, 0, 1, 0))
                if hand:
                    rows.append((at + 21, one, Kind.SLEEP, 0, 84, 0.06))
        fold_rows(run, sorted(rows))
    if phones:
        made = {f"line-{line + 1}": 20 + 3 * line for line in range(lines)}
        watch(run, "made_by_line", made, "dict", lines)
        watch(run, "made", sum(made.values()), "int", sum(made.values()))
        watch(run, "rate", 0.0, "float", 0.0)
    fold_rows(run, [(at + 500, MAIN, Kind.LINE, 0, 50, 0)])


def declare(run, number, name, kind, inside, parent=0) -> None:
    """An actor in a process."""
    fold(
        run,
        events.ActorDeclared(
            BEGAN, number, f"p{inside - 1}.{kind[0]}{number}", name, kind, parent or inside, process=inside
        ),
    )


def rounds(run, count: int, **others: object) -> None:
    """Rounds that are over: with more workers each time, the last but one fastest."""
    for number in range(1, count + 1):
        at = (number - 1) * 1_000
        begin(run, {"LINES": 2, "WORKERS": number, "USE_WAITING": number % 2 == 0, **others}, number, at)
        rate = 20.0 + 10 * number - (45 if number == count else 0)
        watch(run, "rate", rate, "float", rate)
        end_round(run, at=at + 900)


def test_that_the_factory_says_what_to_do_before_a_run(qtbot, run):
    view = shown(qtbot, FactoryView, run)
    view.grab()
    assert not view.has_drawn() and view._empty_word() == "Press Run to start the factory"


def test_that_each_process_is_a_line_with_its_workers_and_phones(run):
    factory(run)
    first, second = lines_of(run.last_state)
    assert (first.name, first.pid, first.phones) == ("line-1", 1002, 20)
    assert (second.name, second.pid, second.phones) == ("line-2", 1003, 23)
    assert [worker.name for worker in second.workers] == ["worker-1", "worker-2", "worker-3"]
    assert counts_words(states_of(first)) == "1 computing, 2 waiting"


def test_that_the_program_itself_is_a_line_while_it_has_no_other(run):
    begin(run)
    process(run, MAIN, "MainThread", 0, "main")
    assert not lines_of(run.last_state)
    declare(run, 7, "worker-1", "thread", MAIN)
    declare(run, 8, "worker-2", "thread", 0)
    (line,) = lines_of(run.last_state)
    assert line.name == "MainThread" and line.pid == 1001 and {one.number for one in line.workers} == {7, 8}


def test_that_greenlets_are_the_hands_of_those_who_share_a_hub(qtbot, run):
    factory(run, 1, 2, hands=4)
    (line,) = lines_of(run.last_state)
    assert [len(worker.hands) for worker in line.workers] == [4, 4]
    assert counts_words(states_of(line)) == "2 computing, 6 waiting"
    view = shown(qtbot, FactoryView, run)
    box = next(iter(boxes_of(view, 0).values()))
    assert view.describe(box.center()) == "a worker of line-1 with 4 phones in hand: 1 computing, 3 waiting"


def test_that_the_rate_is_told_or_reckoned(run):
    factory(run, phones=False)
    state = run.last_state
    assert rate_so_far(state, BEGAN, state.time) is None
    factory(run)
    state = run.last_state
    assert rate_so_far(state, BEGAN, BEGAN + 500 * MS) == pytest.approx(86)
    watch(run, "rate", 41.5, "float", 41.5)
    assert rate_so_far(state, BEGAN, BEGAN + 500 * MS) == 41.5


def test_that_figures_are_those_of_the_moment(qtbot, run):
    factory(run)
    view = shown(qtbot, FactoryView, run)
    assert view.figures() == ("43", "86.0")


def test_that_settings_tried_are_gathered_and_the_best_is_marked(run):
    rounds(run, 4)
    tried = tried_settings(run.history.rounds, run.moment)
    assert [cells_of(one) for one in tried] == [
        ["2", "1", "no", "1", "30.0"], ["2", "2", "yes", "1", "40.0"], ["2", "3", "no", "1", "50.0"], ["2", "4", "yes", "1", "15.0"],
    ]  # fmt: skip
    assert [one.is_best for one in tried] == [False, False, True, False]
    again = tried_settings([*run.history.rounds, run.history.rounds[0]], run.moment)
    assert [(one.parameters["WORKERS"], one.rounds) for one in again] == [(2, 1), (3, 1), (4, 1), (1, 2)]


def test_that_settings_are_those_tried_by_the_moment_shown(run):
    rounds(run, 4)
    assert len(tried_settings(run.history.rounds, BEGAN + 1_950 * MS)) == 2
    run.history.rounds[0].outcome = "stopped"
    assert len(tried_settings(run.history.rounds, BEGAN + 1_950 * MS)) == 1


def test_that_another_parameter_that_differs_is_told(run):
    rounds(run, 2, WAIT=0.06)
    run.history.rounds[1].parameters["WAIT"] = 0.2
    assert [one.others for one in tried_settings(run.history.rounds, run.moment)] == ["WAIT=0.06", "WAIT=0.2"]


def test_that_the_best_is_shown_where_there_is_not_room_for_all(run):
    rounds(run, 6)
    run.history.rounds[1].finals["rate"] = 900.0
    tried = tried_settings(run.history.rounds, run.moment)
    assert [one.parameters["WORKERS"] for one in shown_of(tried, 3)] == [2, 5, 6]


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("height", [136, 180, 223, 400])
def test_that_the_lines_have_room_whatever_was_tried(qtbot, run, height, big):
    rounds(run, 3)
    factory(run, number=4)
    view = shown(qtbot, FactoryView, run, (580, height), big)
    view.grab()
    room, table = view.room(), view._table_area()
    assert room.height() >= view.scaled(51)
    assert room.bottom() <= table.top() and table.bottom() <= view.height()


def test_that_the_best_setting_is_told_in_a_line_where_there_is_no_room_for_a_table(run):
    rounds(run, 4)
    tried = tried_settings(run.history.rounds, run.moment)
    assert in_a_line(tried) == "★ best · per second 50.0 · lines 2 · workers 3 · use waiting no · rounds 1"
    assert in_a_line(tried[:1]) == "per second 30.0 · lines 2 · workers 1 · use waiting no · rounds 1"


def boxes_of(view: FactoryView, index: int):
    return view.places().boxes(view.lines()[index], view.areas()[index])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize(("lines", "workers"), [(1, 1), (2, 3), (2, 64), (8, 16)])
def test_that_workers_stay_apart_and_over_their_belt(qtbot, run, size, big, lines, workers):
    factory(run, lines, workers)
    view = shown(qtbot, FactoryView, run, size, big)
    view.grab()
    for index, area in enumerate(view.areas()):
        boxes = list(boxes_of(view, index).values())
        assert len(boxes) == workers
        assert not any(one.intersects(two) for one, two in combinations(boxes, 2))
        assert all(area.left() < box.left() and box.right() < area.right() for box in boxes)
        if workers <= 16:
            assert all(area.top() <= box.top() and box.bottom() <= area.bottom() for box in boxes)
    assert view.overflows == (view.content_height() > view.room().height())


def test_that_a_phone_s_shape_stands_for_more_when_there_are_many():
    assert [phones_each(most, 24) for most in (0, 24, 25, 240, 241)] == [1, 1, 10, 10, 100]


def test_that_a_click_marks_a_worker_or_a_line(qtbot, run):
    factory(run)
    view = shown(qtbot, FactoryView, run)
    box = boxes_of(view, 1)[2_001]
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert view.marks.is_actor(2_001)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.marks.is_actor(2)
    assert view.describe(box.center()) == "worker-2 of line-2: waiting"
    assert (
        view.describe(QPointF(20, view.areas()[0].center().y()))
        == "line-1 · pid 1002\n1 computing, 2 waiting\n20 phones made"
    )


# with the real programs


@pytest.mark.parametrize(
    ("scenario", "parameters", "kind"),
    [
        ("overview.what_each_costs", {"REPEATS": 3, "SWITCHES": 100}, CostsView),
        ("overview.factory", {"SECONDS": 0.4, "LINES": 2}, FactoryView),
    ],
)
def test_that_the_real_programs_fill_their_views(qtbot, built, scenario, parameters, kind):
    stage = built.window.show_scenario(scenario)
    shown_in = stage.run_bar.parameters
    shown_in.show_program(stage.program, {**shown_in.values, **parameters})
    view = next(one for one in stage.views if isinstance(one, kind))
    stage.start()
    if kind is CostsView:
        qtbot.waitUntil(lambda: len(view.costs()) >= 3 and not stage.run.running, timeout=30_000)
        values = [row.value for row in view.rows_of("create") if row.kind != "greenlet"]
        assert all(values) and view.rows_of("create")[0].times != "×1"
    else:
        qtbot.waitUntil(lambda: bool(view.tried()), timeout=30_000)
        qtbot.waitUntil(lambda: sum(len(line.workers) for line in view.lines()) >= 6, timeout=30_000)
        assert [line.name for line in view.lines()] == ["line-1", "line-2"] and view.tried()[0].rate > 1
    view.grab()
    assert view.has_drawn()
