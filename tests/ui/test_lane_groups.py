"""Lanes of many actors: what is counted, which groups there are, how they open and close, what their bands show."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt

from concsim.bridge.run_model import RunModel
from concsim.model import events
from concsim.model.events import Kind
from concsim.model.folding.crowds import FEWEST, GRAIN, SAMPLE_BUDGET, STATES, Crowd
from concsim.model.folding.history import BLOCKED, FINISHED, NEW, READY, RUNNING, SLEEPING, WAITING
from concsim.ui.text.actor_words import state_word
from concsim.ui.views.lanes.lane_band import COLUMN, counts_at, states_in_words
from concsim.ui.views.lanes.lane_groups import SINGLE, WIDEST, Group, widest
from concsim.ui.views.lanes.lanes_view import LanesView

from .coroutine_fixtures import LETTERS, MAIN
from .process_fixtures import end, process
from .test_process_views import colours, shown
from .views_fixtures import BEGAN, LOCK_A, MS, actor, begin, fold, fold_rows, many_actors, thing


def tasks(
    run: RunModel, count: int = 100, first: int = 100, process: int = 0, kind: str = "task", at: float = 0
) -> None:
    """Tasks or the like that have not begun."""
    when = BEGAN + int(at * MS)
    fold(
        run,
        *(
            events.ActorDeclared(when, n, f"{LETTERS[kind]}{n}", f"{kind}-{n}", kind, MAIN, process=process)
            for n in range(first, first + count)
        ),
    )


def gathering(run: RunModel, count: int = 100) -> None:
    """main and many tasks: half run at 10 ms, all wait from 50 ms on."""
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"), thing(LOCK_A, "lock"))
    fold_rows(run, [(0, MAIN, Kind.BEGIN, 0, 1, 0)])
    tasks(run, count)
    fold_rows(run, [(10, 100 + n, Kind.BEGIN, 0, 1, 0) for n in range(count // 2)])
    fold_rows(run, [(50, 100 + n, Kind.WAIT, LOCK_A, 1, -1) for n in range(count)])
    fold_rows(run, [(100, MAIN, Kind.LINE, 0, 2, 0)])


def names(view: LanesView) -> list[str]:
    """What the rows are called, the first few of them."""
    return [one.name for one in view.rows()[:6]]


def counted(run: RunModel, kind: str = "task", process: int = 0) -> dict[int, int]:
    """How many of a kind are in which state now."""
    return {state: count for state, count in enumerate(run.crowds[kind, process].now) if count}


def middle(view: LanesView, index: int) -> QPointF:
    """The name of a row."""
    place = view.geometry_of(view.rows())
    return QPointF(30, place.y_of(index) + place.row / 2)


# what is counted


def test_that_a_crowd_knows_how_many_were_in_which_state_when():
    crowd = Crowd()
    for number in range(3):
        crowd.move(number * GRAIN, -1, NEW)
    crowd.move(5 * GRAIN, NEW, RUNNING)
    crowd.move(6 * GRAIN, RUNNING, FINISHED)
    assert [[crowd.at(time * GRAIN)[state] for state in (NEW, RUNNING, FINISHED)] for time in (0, 2, 5, 6, 99)] == [
        [1, 0, 0], [3, 0, 0], [2, 1, 0], [2, 0, 1], [2, 0, 1],
    ]  # fmt: skip
    assert list(crowd.at(-1)) == [0] * STATES


def test_that_within_a_grain_the_last_count_stands():
    crowd = Crowd()
    for number in range(10):
        crowd.move(number, -1, READY)
    assert len(crowd.times) == 1 and crowd.at(0)[READY] == 10
    crowd.move(GRAIN, READY, RUNNING)
    assert crowd.at(GRAIN - 1)[RUNNING] == 0 and crowd.at(GRAIN)[RUNNING] == 1


def test_that_samples_are_bounded_and_still_tell_when():
    crowd = Crowd()
    crowd.move(0, -1, RUNNING)
    count = 3 * SAMPLE_BUDGET
    for step in range(1, count):
        crowd.move(step * GRAIN, -1, RUNNING)
    assert len(crowd.times) <= SAMPLE_BUDGET and len(crowd.counts) == STATES * len(crowd.times)
    assert crowd.now[RUNNING] == count and crowd.grain > GRAIN
    for step in (count // 7, count // 2, count - 1):
        assert crowd.at(step * GRAIN)[RUNNING] == pytest.approx(step + 1, abs=4)


@pytest.mark.parametrize(("count", "crowds"), [(FEWEST, 0), (FEWEST + 1, 1)])
def test_that_nothing_is_counted_nor_gathered_while_there_are_few(qtbot, run, count, crowds):
    many_actors(run, count)
    view = shown(qtbot, LanesView, run)
    assert len(run.crowds) == crowds and len(view.rows()) == (1 if crowds else count)


def test_that_all_are_counted_from_when_there_are_many_on(run):
    gathering(run)
    assert counted(run) == {WAITING: 100}
    assert counts_at([run.crowds["task", 0]], BEGAN + 20 * MS)[:2] == [50, 50]
    fold_rows(run, [(110, 100, Kind.END, 0, 1, 0), (110, 101, Kind.SLEEP, 0, 1, 1)])
    assert counted(run) == {WAITING: 98, SLEEPING: 1, FINISHED: 1}


def test_that_a_better_name_counts_nobody_twice(run):
    gathering(run)
    when = BEGAN + 120 * MS
    fold(run, *(events.ActorDeclared(when, n, f"k{n}", f"named-{n}", "task", MAIN) for n in range(100, 200)))
    assert counted(run) == {WAITING: 100}


def test_that_nobody_is_not_counted(run):
    begin(run)
    fold_rows(run, [(0, 0, Kind.LINE, 0, 1, 0)])  # a sample, taken by none of the program's threads
    fold(run, *(actor(number, f"t{number}", f"worker-{number}") for number in range(1, 101)))
    assert 0 in run.last_state.actors and counted(run, "thread") == {NEW: 100}


def test_that_one_of_whom_more_is_said_later_is_counted_as_what_it_is(run):
    gathering(run)
    fold_rows(run, [(120, 900, Kind.BEGIN, 0, 1, 0)])
    assert counted(run, "thread") == {RUNNING: 1}
    tasks(run, 1, 900, at=121)
    assert counted(run) == {WAITING: 100, RUNNING: 1} and counted(run, "thread") == {}


# the groups


def test_that_many_of_a_kind_are_one_row_and_the_few_keep_theirs(qtbot, run):
    gathering(run)
    tasks(run, SINGLE, 300, kind="greenlet")
    tasks(run, SINGLE + 1, 400, kind="generator")
    view = shown(qtbot, LanesView, run)
    rows = list(view.rows())
    assert rows[0].name == "MainThread" and rows[1].name == "▸ tasks ×100"
    assert [one.number for one in rows[2:-1]] == list(range(300, 300 + SINGLE))
    assert rows[-1].name == f"▸ generators ×{SINGLE + 1}" and len(rows) == 3 + SINGLE


def test_that_each_process_has_its_own_groups_and_they_say_which(qtbot, run):
    gathering(run)
    process(run, 2, "child")
    tasks(run, 1_234, 1_000, process=2)
    view = shown(qtbot, LanesView, run)
    assert names(view) == ["MainThread", "▸ tasks ×100", "child", "▸ tasks ×1,234 · p1"]
    assert [sum(counts_at(view.groups.crowd(row), run.newest)) for row in view.rows() if isinstance(row, Group)] == [
        100,
        1_234,
    ]


def test_that_processes_are_gathered_though_each_lives_in_itself(qtbot, run):
    begin(run)
    process(run, MAIN, "MainThread", 0, "main")
    for number in range(2, 82):
        process(run, number, f"child-{number}")
    end(run, 2, 0)
    view = shown(qtbot, LanesView, run)
    assert names(view) == ["MainThread", "▸ processes ×80"]
    assert view.describe(middle(view, 1)).splitlines()[1] == "79 running, 1 finished"


def test_that_a_group_grows_with_those_that_come(qtbot, run):
    gathering(run)
    view = shown(qtbot, LanesView, run)
    assert names(view)[1] == "▸ tasks ×100"
    tasks(run, 20, 300)
    assert names(view)[1] == "▸ tasks ×120"


def test_that_an_opened_group_has_a_lane_for_each_below_it_and_closes_again(qtbot, run):
    gathering(run)
    view = shown(qtbot, LanesView, run)
    view.groups.toggle(view.rows()[1])
    rows = view.rows()
    assert rows[1].name == "▾ tasks ×100" and [one.number for one in rows[2:]] == list(range(100, 200))
    assert rows.index_of(150) == 52 and rows[52].number == 150
    view.groups.toggle(rows[1])
    assert len(view.rows()) == 2 and view.rows().index_of(150) is None


def test_that_another_run_begins_with_closed_groups_and_another_round_keeps_them(qtbot, run):
    gathering(run)
    view = shown(qtbot, LanesView, run)
    view.groups.open_next()
    assert len(view.rows()) == 102
    fold(run, events.RoundStarted(BEGAN + 200 * MS, 2))
    tasks(run, 80)
    assert names(view)[0] == "▾ tasks ×80" and len(view.rows()) == 81
    run.show_program(None)
    gathering(run)
    assert names(view) == ["MainThread", "▸ tasks ×100"]


def test_that_the_widest_of_the_first_rows_alone_is_looked_for(qtbot, run):
    many_actors(run, 30)
    fold(run, actor(7, "t7", "a-name-longer-than-the-others"))
    view = shown(qtbot, LanesView, run)
    assert widest(view.rows()).number == 7 and len(view.rows()) < WIDEST
    many_actors(run, 1_000)
    view.groups.toggle(view.rows()[0])
    fold(run, actor(900, "t900", "a-name-longer-than-the-others"))
    assert widest(view.rows()).number != 900


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({RUNNING: 3, WAITING: 1_040}, "3 running, 1,040 waiting"), ({}, ""),
        ({NEW: 1, FINISHED: 2, BLOCKED: 3, SLEEPING: 4, READY: 5},
         "3 blocked, 5 ready, 4 sleeping, 1 not started, 2 finished"),
    ],
)  # fmt: skip
def test_that_counts_are_told_in_words(qapp, counts, words):
    assert states_in_words([counts.get(state, 0) for state in range(STATES)], state_word) == words


def test_that_a_group_is_told_as_it_was_at_the_moment_shown(qtbot, run):
    gathering(run)
    view = shown(qtbot, LanesView, run)
    assert view.describe(middle(view, 1)).splitlines() == [
        "▸ tasks ×100",
        "100 waiting",
        "A click opens or closes them.",
    ]
    run.scrubber.moment = BEGAN + 20 * MS
    assert view.describe(middle(view, 1)).splitlines()[1] == "50 running, 50 not started"


# mouse and keys


def test_that_a_click_opens_a_group_and_a_click_closes_it(qtbot, run):
    gathering(run)
    view = shown(qtbot, LanesView, run)
    for rows in (102, 2):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(view, 1).toPoint())
        assert len(view.rows()) == rows and view.scroll_bar.isVisible() == (rows > 2)
    assert view.marks.kind == ""
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(view, 0).toPoint())
    assert view.marks.is_actor(MAIN)


def test_that_right_opens_one_group_after_the_other_and_left_closes_all(qtbot, run):
    gathering(run)
    tasks(run, 50, 300, kind="greenlet")
    view, seen = shown(qtbot, LanesView, run), []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(view, key)
        seen.append([one.name for one in view.rows() if isinstance(one, Group)])
    assert seen == [
        ["▾ tasks ×100", "▸ greenlets ×50"],
        ["▾ tasks ×100", "▾ greenlets ×50"],
        ["▸ tasks ×100", "▸ greenlets ×50"],
    ]


def test_that_right_opens_the_group_that_the_keyboard_is_at(qtbot, run):
    gathering(run)
    tasks(run, 50, 300, kind="greenlet")
    view, seen = shown(qtbot, LanesView, run), []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
        seen.append(view.marks.number)
    assert seen == [MAIN, 0, 0], "a group is no actor"
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert [one.name for one in view.rows() if isinstance(one, Group)] == ["▸ tasks ×100", "▾ greenlets ×50"]
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.marks.is_actor(300)


# what is drawn


def band(view: LanesView, index: int, ms: float) -> list[str]:
    """The colours of a row's band at a time, from the bottom up."""
    place, picture = view.geometry_of(view.rows()), view.grab().toImage()
    x = place.left + int(view.scale_of(place).x(BEGAN + int(ms * MS)))
    return [
        picture.pixelColor(x, y).name() for y in range(place.y_of(index) + place.row - 5, place.y_of(index) + 6, -1)
    ]


def test_that_a_band_shows_how_many_were_in_which_state(qtbot, run):
    gathering(run)
    view = shown(qtbot, LanesView, run)
    running, waiting = view.theme.colour("running").name(), view.theme.colour("waiting").name()
    early, late = band(view, 1, 30), band(view, 1, 80)
    assert early[: len(early) // 2 - 1] == [running] * (len(early) // 2 - 1), "half of it, at the bottom"
    assert running not in early[len(early) // 2 + 1 :] and waiting not in early
    assert set(late) == {waiting}


def test_that_the_finished_leave_a_band_empty(qtbot, run):
    gathering(run)
    fold_rows(run, [(100, number, Kind.END, 0, 1, 0) for number in range(100, 150)])
    fold_rows(run, [(200, MAIN, Kind.LINE, 0, 2, 0)])
    view = shown(qtbot, LanesView, run)
    waiting, panel = view.theme.colour("waiting").name(), view.theme.colour("panel").name()
    late = band(view, 1, 140)
    assert late[0] == waiting and late[-1] == panel
    assert late.count(waiting) == pytest.approx(len(late) / 2, abs=2)


class CountedCrowd(Crowd):
    """A crowd that counts how often it is looked at."""

    looks = 0

    def at(self, time):
        self.looks += 1
        return super().at(time)


def test_that_a_band_costs_pixels_and_not_changes(qtbot, run):
    begin(run)
    fold(run, thing(LOCK_A, "lock"))
    tasks(run, 200)
    crowd = CountedCrowd()
    for step in range(SAMPLE_BUDGET):
        crowd.move(BEGAN + step * GRAIN, -1, step % 2 + 1)
    fold_rows(run, [(SAMPLE_BUDGET * GRAIN / MS, 100, Kind.BEGIN, 0, 1, 0)])
    run.crowds["task", 0] = crowd
    view = shown(qtbot, LanesView, run)
    crowd.looks = 0
    view.grab()
    assert 100 < crowd.looks <= view.width() / COLUMN + 2
    assert view.painted_spans == 1


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("size", [(760, 280), (300, 176), (1_100, 640)])
@pytest.mark.parametrize("opened", [False, True])
def test_that_bands_stay_in_their_rows_in_both_schemes(qtbot, run, opened, size, big):
    gathering(run)
    view = shown(qtbot, LanesView, run, size, big)
    if opened:
        view.groups.open_next()
        view.refresh()
    place, grounds = view.geometry_of(view.rows()), []
    assert view.scroll_bar.isVisible() == opened and (place.visible[-1] < 101 if opened else place.visible == range(2))
    for choice in ("light", "dark"):
        view.theme.choose(choice)
        y, waiting = place.y_of(1), view.theme.colour("waiting").name()
        row = QRectF(place.left, y, place.right - place.left, place.row)
        assert waiting in colours(view, row.adjusted(row.width() * 0.7, 4, -8, -2))
        assert waiting not in colours(view, QRectF(place.left, y, row.width(), 2)) | colours(
            view, QRectF(0, y, place.left, place.row)
        )
        grounds.append(view.grab().toImage().pixelColor(2, view.height() - 2).name())
    assert grounds[0] != grounds[1]
