"""The sequence diagram: which arrows, columns and ends there are, what is drawn where, what is followed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication

from concsim.bridge.run_model import RunModel
from concsim.model import events
from concsim.model.encoding import Batch
from concsim.model.events import STEP_NS, Kind, pack_code
from concsim.model.folding.entities import Actor
from concsim.model.folding.history import ARROW_BUDGET, Arrow
from concsim.ui.views.sequence.sequence_rows import END, MOST_ROWS, diagram_of
from concsim.ui.views.sequence.sequence_view import SequenceView

from .coroutine_fixtures import LISTENER, MAIN, SPEAKER, coroutine, ping_pong, talk, text, two_generators
from .test_process_views import SIZES, colours, shown
from .views_fixtures import BEGAN, MS, actor, begin, fold, fold_rows

SEND, YIELD, SWITCH = Kind.SEND, Kind.YIELD, Kind.SWITCH


def people(*kinds: str) -> dict[int, Actor]:
    """Actors of these kinds, numbered from 1."""
    return {number: Actor(number, f"a{number}", f"a{number}", kind) for number, kind in enumerate(kinds, 1)}


def arrows(*parts: tuple[int, int, int, int]) -> list[Arrow]:
    """Arrows of (time, kind, source, target)."""
    return [Arrow(time, kind, source, target, 0) for time, kind, source, target in parts]


def wheel(view, turns: int, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    """Turn the wheel over a view; up for a positive number."""
    where = QPointF(200, 100)
    event = QWheelEvent(
        where,
        where,
        QPoint(),
        QPoint(0, 120 * turns),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def crossed(view, row: int, left: int, right: int) -> list[str]:
    """The colours along the middle of an arrow, between the life lines of two columns."""
    places, picture = view.places(), view.grab().toImage()
    ends = sorted((places.x(left), places.x(right)))
    return [picture.pixelColor(x, int(places.y(row))).name() for x in range(int(ends[0]) + 16, int(ends[1]) - 16)]


# what there is


def test_that_main_and_the_hub_stand_first_and_who_takes_no_part_nowhere():
    actors = people("greenlet", "greenlet", "greenlet", "hub", "main")
    made = diagram_of(arrows((1, SWITCH, 5, 4), (2, SWITCH, 4, 2), (3, SWITCH, 2, 4), (4, SWITCH, 4, 1)), actors, 9)
    assert made.columns == [5, 4, 1, 2]


def test_that_an_actor_has_the_thread_from_the_arrow_to_it_until_the_arrow_from_it():
    made = diagram_of(
        arrows((1, SEND, 1, 2), (2, SEND, 2, 3), (3, YIELD, 3, 2), (4, YIELD, 2, 1)),
        people("main", "generator", "generator"),
        9,
    )
    assert made.spans == {1: [(-1, 0), (3, 4)], 2: [(0, 1), (2, 3)], 3: [(1, 2)]}


def test_that_an_end_is_a_row_behind_all_that_was_still_handed_over():
    actors = people("main", "generator")
    actors[2].ended, actors[2].result = 2, 77
    made = diagram_of(arrows((1, SEND, 1, 2), (3, YIELD, 2, 1), (4, SEND, 1, 1)), actors, 9)
    assert [(row.kind, row.source, row.text) for row in made.rows][2] == (END, 2, 77)
    assert len(made.rows) == 4 and made.ends == {2: 2}


def test_that_an_end_stands_at_its_time_among_the_others_arrows():
    actors = people("main", "generator", "generator")
    actors[2].ended = 4
    made = diagram_of(arrows((1, SEND, 1, 2), (3, YIELD, 2, 1), (5, SEND, 1, 3)), actors, 9)
    assert [row.time for row in made.rows] == [1, 3, 4, 5] and made.ends == {2: 2}


def test_that_nothing_after_the_moment_shown_is_there():
    actors = people("main", "generator", "generator")
    actors[2].ended = 7
    made = diagram_of(arrows((1, SEND, 1, 2), (3, YIELD, 2, 1), (5, SEND, 1, 3)), actors, 4)
    assert [row.time for row in made.rows] == [1, 3] and made.columns == [1, 2] and not made.ends


@pytest.mark.parametrize(("count", "left_out"), [(MOST_ROWS, False), (MOST_ROWS + 1, True), (3 * MOST_ROWS, True)])
def test_that_thousands_of_arrows_are_bounded_and_the_newest_kept(count, left_out):
    made = diagram_of(
        arrows(*((time, SEND, 1 + time % 2, 2 - time % 2) for time in range(count))), people("main", "generator"), count
    )
    assert len(made.rows) == MOST_ROWS and made.left_out == left_out
    assert made.rows[-1].time == count - 1 and made.rows[0].time == count - MOST_ROWS


def test_that_no_more_arrows_are_kept_than_the_budget(run):
    ping_pong(run, ARROW_BUDGET + 100)
    assert len(run.arrows) == ARROW_BUDGET
    assert run.arrows[-1].time == BEGAN + (ARROW_BUDGET + 100) * MS


# in words


def test_that_arrows_say_what_is_carried_across_and_ends_what_is_returned(qtbot, run):
    talk(run)
    view = shown(qtbot, SequenceView, run)
    assert [view.words.label(row) for row in view.diagram().rows] == [
        "next", "'aa'", "'aa'", "", "next", "'over'", "returned 'over'", "next",
    ]  # fmt: skip


def test_that_an_end_without_a_value_and_a_switch_say_no_more(qtbot, run):
    two_generators(run)
    fold_rows(
        run, [(1, MAIN, SWITCH, SPEAKER, 1, 0), (2, SPEAKER, Kind.END, 0, 1, 0), (2, SPEAKER, SWITCH, MAIN, 1, 0)]
    )
    view = shown(qtbot, SequenceView, run)
    assert [view.words.label(row) for row in view.diagram().rows] == ["", "", "ended"]


@pytest.mark.parametrize(
    ("index", "words"),
    [
        (0, "100 ms\nMainThread asked speaker for its next value"), (1, "200 ms\nspeaker gave 'aa' to MainThread"),
        (2, "300 ms\nMainThread sent 'aa' to listener, which goes on"),
        (5, "600 ms\nlistener gave 'over' to MainThread"),
        (6, "600 ms\nlistener ended and returned 'over'"),
    ],
)  # fmt: skip
def test_that_a_row_is_told_in_words(qtbot, run, index, words):
    talk(run)
    view = shown(qtbot, SequenceView, run, (760, 500))
    assert view.describe(QPointF(200, view.places().top(index) + 4)) == words


def test_that_a_generator_that_is_over_is_said_to_be_and_a_switch_is_told(qtbot, run):
    two_generators(run)
    rows = [(1, MAIN, SEND, SPEAKER, 1, 0), (2, SPEAKER, Kind.END, 0, 1, 0), (2, SPEAKER, YIELD, MAIN, 1, 0)]
    fold_rows(run, [*rows, (3, MAIN, SWITCH, LISTENER, 1, 0), (4, LISTENER, SWITCH, MAIN, 1, text(run, 509, "'ball'"))])
    view = shown(qtbot, SequenceView, run, (760, 400))
    told = [view.describe(QPointF(200, view.places().top(index) + 4)).splitlines()[1] for index in range(5)]
    assert told == [
        "MainThread asked speaker for its next value", "speaker was over, and MainThread went on", "speaker ended",
        "MainThread handed the thread to listener", "listener handed 'ball' and the thread to MainThread",
    ]  # fmt: skip


def test_that_an_earlier_turn_of_a_finished_generator_is_told_as_it_was(qtbot, run):
    talk(run)
    view = shown(qtbot, SequenceView, run, (760, 500))
    told = view.describe(QPointF(200, view.places().top(3) + 4))
    assert told == "400 ms\nlistener gave the thread back to MainThread"


def test_that_heads_tell_who_stands_there_and_the_rest_nothing(qtbot, run):
    talk(run)
    view = shown(qtbot, SequenceView, run, (760, 500))
    heads = [view.describe(QPointF(view.places().x(column), 20)) for column in range(3)]
    assert heads == ["MainThread (main)\nwaiting", "speaker (i2)\nrunning", "listener (i3)\nfinished"]
    assert view.describe(QPointF(20, 20)) == view.describe(QPointF(300, view.height() - 4)) == ""


def test_that_a_stepped_run_counts_steps_and_a_live_one_seconds(qtbot, run):
    talk(run)
    view = shown(qtbot, SequenceView, run)
    assert view.words.time(view.diagram().rows[0]) == "0.100 s"
    fold(run, events.RoundStarted(0, 2, model="gil"), actor(MAIN, "main", "MainThread"))
    coroutine(run, SPEAKER, "speaker")
    run.last_state.fold_batch(Batch([7 * STEP_NS], [MAIN], [pack_code(SEND, SPEAKER)], [0], [0.0]))
    (row,) = view.diagram().rows
    assert view.words.time(row) == "step 7"
    assert view.describe(QPointF(200, view.places().top(0) + 4)).startswith("step 7\n")


def test_that_the_legend_has_what_is_drawn_and_no_more(qtbot, run):
    two_generators(run)
    fold_rows(run, [(1, MAIN, SWITCH, SPEAKER, 1, 0)])
    view = shown(qtbot, SequenceView, run)
    assert [word for _, word in view.words.legend(view.diagram())] == ["switches to, or resumes", "has the thread"]
    talk(run)
    assert [word for _, word in view.words.legend(view.diagram())] == ["switches to, or resumes", "gives back", "has the thread", "ended"]
    ping_pong(run, MOST_ROWS + 2)
    assert view.words.legend(view.diagram())[-1][1] == "earlier ones are left out"


def test_that_an_empty_diagram_says_why(qtbot, run):
    view = shown(qtbot, SequenceView, run)
    view.grab()
    assert not view.has_drawn() and view._empty_word() == "Press Run to see who hands the thread to whom"
    run.stepping = True
    assert view._empty_word() == "Press Start, then choose who goes next"
    two_generators(run)
    view.grab()
    assert view.has_drawn() and view._empty_word() == "Nobody has handed the thread to anybody yet."


# what is drawn where


def test_that_a_call_is_solid_and_a_yield_is_dashed(qtbot, run):
    talk(run)
    view = shown(qtbot, SequenceView, run, (760, 500))
    text_colour, panel = view.theme.colour("text").name(), view.theme.colour("panel").name()
    call, back = crossed(view, 0, 0, 1), crossed(view, 1, 0, 1)
    assert set(call) == {text_colour}
    assert text_colour in back and panel in back


def test_that_an_arrows_head_is_at_who_goes_on(qtbot, run):
    talk(run)
    view = shown(qtbot, SequenceView, run, (760, 500))
    places, panel = view.places(), view.theme.colour("panel").name()
    picture = view.grab().toImage()
    for row, tip, tail in ((0, places.x(1), places.x(0)), (1, places.x(0), places.x(1))):
        way, y = (1 if tip > tail else -1), int(places.y(row)) - 3
        assert picture.pixelColor(int(tip - way * 10), y).name() != panel
        assert picture.pixelColor(int(tail + way * 10), y).name() == panel


def test_that_the_newest_arrow_alone_is_in_the_accent(qtbot, run):
    talk(run)
    view = shown(qtbot, SequenceView, run, (760, 500))
    accent = view.theme.colour("accent").name()
    assert [accent in crossed(view, row, 0, 1) for row in (0, 7)] == [False, True]
    fold_rows(run, [(800, SPEAKER, YIELD, MAIN, 4, 0)])
    assert [accent in crossed(view, row, 0, 1) for row in (7, 8)] == [False, True]


def test_that_the_head_and_the_arrows_of_a_marked_actor_are_in_the_accent(qtbot, run):
    talk(run)
    view = shown(qtbot, SequenceView, run, (760, 500))
    accent = view.theme.colour("accent").name()
    view.marks.mark("actor", LISTENER)
    assert [accent in crossed(view, row, 0, 1) for row in (0, 2)] == [False, True]
    heads = QRectF(0, view.room().top() - view.places().head, 20, view.places().head - 4)
    assert [accent in colours(view, heads.translated(view.places().x(column) - 10, 0)) for column in range(3)] == [
        False, False, True,
    ]  # fmt: skip


def test_that_a_bar_shows_who_had_the_thread_when(qtbot, run):
    talk(run)
    view = shown(qtbot, SequenceView, run, (760, 500))
    places, panel, picture = view.places(), view.theme.colour("panel").name(), view.grab().toImage()

    def has_bar(column: int, row: int) -> bool:
        """Beside the life line, in the middle between two arrows."""
        y = int((places.y(row) + places.y(row + 1)) / 2)
        return picture.pixelColor(int(places.x(column)) - 3, y).name() != panel

    assert [[has_bar(column, row) for row in range(6)] for column in range(3)] == [
        [False, True, False, True, False, True], [True, False, False, False, False, False],
        [False, False, True, False, True, False],
    ]  # fmt: skip


def test_that_who_has_the_thread_now_has_it_in_the_full_colour(qtbot, run):
    talk(run)
    view = shown(qtbot, SequenceView, run, (760, 500))
    running, places = view.theme.colour("running").name(), view.places()
    below = QRectF(0, places.y(7) + 3, 3, 5)
    assert [running in colours(view, below.translated(places.x(column) - 4, 0)) for column in range(3)] == [
        False,
        True,
        False,
    ]


def test_that_a_life_line_stops_with_a_cross_at_its_actors_end(qtbot, run):
    talk(run)
    view = shown(qtbot, SequenceView, run, (760, 500))
    places, muted, edge = view.places(), view.theme.colour("muted").name(), view.theme.colour("edge").name()
    end = QPointF(places.x(2), places.y(6))
    assert muted in colours(view, QRectF(end.x() - 5, end.y() - 5, 10, 10))
    assert edge in colours(view, QRectF(end.x() - 1, places.top(0), 3, 20)), "before its first turn"
    below = QRectF(end.x() - 1, end.y() + 8, 3, places.room.bottom() - end.y() - 8)
    assert edge not in colours(view, below)
    assert edge in colours(view, below.translated(places.x(0) - places.x(2), 0)), "main goes on"


def test_that_what_the_last_columns_actor_returned_ends_before_the_edge(qtbot, run):
    two_generators(run)
    result = text(run, 510, "W" * 60)
    rows = [(1, MAIN, SEND, SPEAKER, 1, 0), (2, SPEAKER, Kind.END, 0, 1, result), (2, SPEAKER, YIELD, MAIN, 1, 0)]
    fold_rows(run, rows)
    view = shown(qtbot, SequenceView, run, (420, 280))
    places, panel = view.places(), view.theme.colour("panel").name()
    label = QRectF(places.x(1) + 12, places.y(2) - 7, view.rows_right() - places.x(1) - 12, 14)
    assert len(colours(view, label)) > 1
    assert colours(view, label.adjusted(label.width() - 3, 0, 0, 0)) == {panel}


def test_that_a_time_is_said_once_for_all_that_happened_at_it(qtbot, run):
    talk(run)
    view = shown(qtbot, SequenceView, run, (760, 500))
    places, panel = view.places(), {view.theme.colour("panel").name()}
    said = [colours(view, QRectF(2, places.y(row) - 8, places.room.left() - 6, 16)) != panel for row in range(8)]
    assert said == [True] * 6 + [False, True]


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("columns", [2, 3, 30])
def test_that_heads_rows_and_bars_lie_apart_and_inside(qtbot, run, columns, size, big):
    two_generators(run)
    for number in range(20, 18 + columns):
        coroutine(run, number, f"a-generator-with-a-long-name-{number}")
    others = [SPEAKER, *range(20, 18 + columns)]
    for turn in range(40):
        other = others[turn % len(others)]
        fold_rows(run, [(turn, MAIN, SEND, other, 1, 0), (turn, other, YIELD, MAIN, 1, 0)])
    view = shown(qtbot, SequenceView, run, size, big)
    view.grab()
    places, room = view.places(), view.room()
    assert view.rect().toRectF().contains(room) and room.top() - places.head >= 8
    width = min(places.column - 8, view.scaled(200))
    assert all(two - one >= width + 7 for one, two in pairwise(places.x(index) for index in range(columns)))
    wide = view.across.isVisible()
    assert wide == (places.x(columns - 1) + width / 2 > view.rows_right())
    assert wide if columns == 30 else not wide or (big and size[0] == 300)
    below = view.height() - (view.scaled(24) if view._has_legend() else 0)
    assert (view.across.geometry().bottom() if wide else room.bottom()) <= below
    assert view.across.y() >= round(room.bottom()) or not wide
    seen = places.rows(len(view.diagram().rows))
    assert room.contains(QPointF(room.left(), places.y(79))) and seen.stop == 80, "the newest row is there"
    assert len(seen) == view.painted_rows <= room.height() // places.row + 1


# following and scrolling


def test_that_the_newest_row_is_followed(qtbot, run):
    ping_pong(run, 40)
    view = shown(qtbot, SequenceView, run)
    first = view.scroll_bar.value()
    ping_pong(run, 40, since=40)
    view.refresh()
    assert view.scroll_bar.value() == view.scroll_bar.maximum() > first > 0


def by_key(qtbot, view):
    qtbot.keyClick(view, Qt.Key.Key_Up)


def by_wheel(qtbot, view):
    wheel(view, 1)


def by_bar(qtbot, view):
    view.scroll_bar.triggerAction(QAbstractSlider.SliderAction.SliderPageStepSub)


@pytest.mark.parametrize("scroll", [by_key, by_wheel, by_bar])
def test_that_scrolling_up_stops_following_and_the_end_follows_again(qtbot, run, scroll):
    ping_pong(run, 40)
    view = shown(qtbot, SequenceView, run)
    newest = view.scroll_bar.value()
    scroll(qtbot, view)
    stays = view.scroll_bar.value()
    assert stays < newest
    ping_pong(run, 40, since=40)
    view.refresh()
    assert view.scroll_bar.value() == stays
    qtbot.keyClick(view, Qt.Key.Key_End)
    ping_pong(run, 40, since=80)
    view.refresh()
    assert view.scroll_bar.value() == view.scroll_bar.maximum()


def test_that_keys_scroll_by_rows_and_pages_to_both_ends(qtbot, run):
    ping_pong(run, 200)
    view = shown(qtbot, SequenceView, run)
    bar, seen = view.scroll_bar, []
    for key in (
        Qt.Key.Key_Home,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_Up,
        Qt.Key.Key_End,
    ):
        qtbot.keyClick(view, key)
        seen.append(bar.value())
    row, page = view.row_heights(), round(view.room().height())
    assert seen == [0, row, row + page, row, 0, bar.maximum()]


def test_that_another_run_is_followed_again(qtbot, run):
    ping_pong(run, 40)
    view = shown(qtbot, SequenceView, run)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    run.show_program(None)
    ping_pong(run, 40)
    view.refresh()
    assert view.scroll_bar.value() == view.scroll_bar.maximum() > 0


def test_that_few_rows_are_painted_for_thousands(qtbot, run):
    ping_pong(run, 5_000)
    view = shown(qtbot, SequenceView, run)
    view.grab()
    assert 5 <= view.painted_rows <= view.room().height() // view.row_heights() + 1
    assert view.scroll_bar.maximum() == MOST_ROWS * view.row_heights() - view.room().height()


def crowded(run: RunModel) -> None:
    """main and thirty generators, each of which has had a turn."""
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"))
    for number in range(2, 32):
        coroutine(run, number, f"generator-{number}")
        fold_rows(run, [(number, MAIN, SEND, number, 1, 0), (number, number, YIELD, MAIN, 1, 0)])


def test_that_a_column_too_many_is_reached_sideways(qtbot, run):
    crowded(run)
    view = shown(qtbot, SequenceView, run)
    assert view.across.isVisible() and view.across.value() == 0
    wheel(view, -2, Qt.KeyboardModifier.ShiftModifier)
    assert view.across.value() == 2 * view.across.singleStep() and view.scroll_bar.value() == view.scroll_bar.maximum()
    view.across.setValue(view.across.maximum())
    assert view.places().columns(31)[-1] == 30 and view.places().columns(31)[0] > 10


# marks


def test_that_a_click_marks_the_actor_of_the_column(qtbot, run):
    talk(run)
    view = shown(qtbot, SequenceView, run, (760, 500))
    places = view.places()
    for column, number in enumerate((MAIN, SPEAKER, LISTENER)):
        for y in (places.room.top() - 20, places.y(1)):
            view.marks.clear()
            qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPointF(places.x(column), y).toPoint())
            assert view.marks.is_actor(number)


def test_that_a_click_beside_the_columns_marks_nothing(qtbot, run):
    talk(run)
    view = shown(qtbot, SequenceView, run, (760, 500))
    for where in (QPoint(10, 100), QPoint(300, view.height() - 5), QPoint(300, 3)):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=where)
        assert view.marks.kind == ""


def test_that_left_and_right_move_the_mark_and_stop_at_the_ends(qtbot, run):
    talk(run)
    view = shown(qtbot, SequenceView, run)
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(view, key)
        seen.append(view.marks.number)
    assert seen == [MAIN, SPEAKER, LISTENER, LISTENER, SPEAKER]


def test_that_the_marked_column_is_scrolled_into_sight(qtbot, run):
    crowded(run)
    view = shown(qtbot, SequenceView, run)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.marks.is_actor(31)
    assert view.room().left() <= view.places().x(30) <= view.rows_right()
    for _ in range(30):
        qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.marks.is_actor(MAIN) and view.across.value() == 0
