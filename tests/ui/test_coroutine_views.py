"""Frames of generators: cards, their words, what has changed; and what sequence, frames and hub have in common."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt

from concsim.bridge.run_model import RunModel
from concsim.model import events
from concsim.model.events import Kind
from concsim.model.folding.entities import Frame
from concsim.ui.views.frames.frame_cards import HEAD, LINE, MOST_VALUES, PAD, card_lines
from concsim.ui.views.frames.frame_changes import MOST_FRAMES, MOST_TURNS, FrameChanges
from concsim.ui.views.frames.frames_view import FramesView
from concsim.ui.views.hub.hub_view import HubView
from concsim.ui.views.sequence.sequence_rows import END
from concsim.ui.views.sequence.sequence_view import SequenceView

from .coroutine_fixtures import LISTENER, MAIN, SPEAKER, coroutine, frame, gevent, talk, text, two_generators
from .test_process_views import SIZES, colours, shown
from .views_fixtures import BEGAN, LOCK_A, MS, actor, begin, fold, fold_rows, program_of, thing


def seen(time: int, whose: int = 2, function: str = "work", **values: str) -> Frame:
    """A frame as it was shown."""
    return Frame(whose, function, 0, values, 0, time)


def speaking(run: RunModel) -> None:
    """The speaker has yielded at line 3 and is suspended."""
    two_generators(run)
    fold_rows(run, [(1, MAIN, Kind.SEND, SPEAKER, 9, 0)])
    frame(run, SPEAKER, "speak", 3, 2, word="'aa'", count="1")
    fold_rows(run, [(2, SPEAKER, Kind.YIELD, MAIN, 3, 0)])


def many(run: RunModel, count: int) -> None:
    """Many suspended generators."""
    two_generators(run)
    for number in range(100, 100 + count):
        coroutine(run, number, f"generator-{number}")
        frame(
            run,
            number,
            "work",
            5,
            3,
            own=str(number),
            a_name_that_is_rather_long="'and a value that is longer than a card is wide'",
        )


def card_of(view: FramesView, number: int) -> QRectF:
    """An actor's card."""
    return view.areas()[[one.actor for one in view.frames()].index(number)].translated(0, -view.scrolled)


def value_line(view: FramesView, number: int, index: int) -> QRectF:
    """The left edge of a line of a card's variables."""
    card = card_of(view, number)
    return QRectF(card.left() + PAD - 4, card.top() + 4 + HEAD + 2 * LINE + 4 + index * LINE, 3, LINE - 1)


# what has changed


def test_that_what_a_turn_gave_another_value_or_made_has_changed():
    changes = FrameChanges()
    assert changes.changed(seen(1, a="1", b="2")) == frozenset()
    assert changes.changed(seen(2, a="1", b="3", c="4")) == {"b", "c"}
    assert changes.changed(seen(3, a="1", b="3", c="4")) == frozenset()


def test_that_a_turn_gone_back_to_is_compared_with_the_one_before_it():
    changes = FrameChanges()
    turns = [seen(1, a="1", b="1"), seen(2, a="2", b="1"), seen(3, a="2", b="2")]
    forth = [changes.changed(one) for one in turns]
    assert forth == [frozenset(), {"a"}, {"b"}]
    assert [changes.changed(one) for one in reversed(turns)] == forth[::-1]


def test_that_actors_are_told_apart_and_another_function_is_no_change():
    changes = FrameChanges()
    changes.changed(seen(1, a="1"))
    assert changes.changed(seen(2, whose=3, a="2")) == frozenset()
    assert changes.changed(seen(3, function="other", a="2")) == frozenset()
    changes.changed(seen(4, a="4"))
    changes.clear()
    assert changes.changed(seen(5, a="5")) == frozenset()


def test_that_few_turns_of_few_frames_are_kept():
    changes = FrameChanges()
    for time in range(3 * MOST_TURNS):
        assert changes.changed(seen(time, a=str(time))) == ({"a"} if time else frozenset())
    assert [len(turns) for turns in changes._turns.values()] == [MOST_TURNS]
    for number in range(3 * MOST_FRAMES):
        changes.changed(seen(1, whose=number))
    assert len(changes._turns) == MOST_FRAMES


@pytest.mark.parametrize(
    ("values", "lines"), [(0, 3), (1, 3), (MOST_VALUES, 2 + MOST_VALUES), (MOST_VALUES + 9, 3 + MOST_VALUES)]
)
def test_that_a_card_has_a_line_a_variable_and_one_for_those_left_out(values, lines):
    assert card_lines(values) == lines


def test_that_changed_variables_alone_have_a_bar(qtbot, run):
    speaking(run)
    view = shown(qtbot, FramesView, run)
    accent = view.theme.colour("accent").name()
    assert [accent in colours(view, value_line(view, SPEAKER, index)) for index in (0, 1)] == [False, False]
    frame(run, SPEAKER, "speak", 4, 4, word="'aa'", count="2")
    assert [accent in colours(view, value_line(view, SPEAKER, index)) for index in (0, 1)] == [False, True]
    fold_rows(run, [(5, SPEAKER, Kind.END, 0, 4, 0)])
    assert accent not in colours(view, value_line(view, SPEAKER, 1)), "it is over"


def test_that_the_first_turn_of_another_round_has_changed_nothing(qtbot, run):
    speaking(run)
    view = shown(qtbot, FramesView, run)
    view.grab()
    begin(run, number=2, at=100)
    fold(run, actor(MAIN, "main", "MainThread"))
    coroutine(run, SPEAKER, "speaker", at=100)
    frame(run, SPEAKER, "speak", 3, 102, word="'bb'", count="7")
    assert [changed for _, _, changed in view.words(view.frames()[0]).values] == [False, False]
    frame(run, SPEAKER, "speak", 3, 104, word="'bb'", count="8")
    assert [changed for _, _, changed in view.words(view.frames()[0]).values] == [False, True]


# in words


def test_that_a_card_says_what_its_function_does_and_where(qtbot, run):
    two_generators(run)
    fold(run, thing(LOCK_A, "lock_a"))
    frame(run, SPEAKER, "speak", 3, 1)
    view, told = shown(qtbot, FramesView, run), []
    rows = [
        (2, MAIN, Kind.SEND, SPEAKER, 9, 0), (3, SPEAKER, Kind.WAIT, LOCK_A, 3, -1), (4, SPEAKER, Kind.SLEEP, 0, 3, 1),
        (5, SPEAKER, Kind.WAKE, 0, 3, 1), (6, SPEAKER, Kind.SEND, LISTENER, 3, 0),
        (7, LISTENER, Kind.YIELD, SPEAKER, 2, 0), (8, SPEAKER, Kind.YIELD, MAIN, 3, 0), (9, SPEAKER, Kind.END, 0, 3, 0),
    ]  # fmt: skip
    for row in [None, *rows]:
        fold_rows(run, [row] if row else [])
        told.append(view.words(view.frames()[0]).doing)
    assert told == [
        "not started", "runs line 3", "waits at line 3", "sleeps at line 3", "runs line 3",
        "waits at line 3 for listener", "runs line 3", "suspended at line 3", "finished",
    ]  # fmt: skip


def test_that_a_card_follows_its_generator_between_two_yields(qtbot, run):
    speaking(run)
    frame(run, SPEAKER, "speak", 3, 10)
    view = shown(qtbot, FramesView, run)
    fold_rows(run, [(20, MAIN, Kind.SEND, SPEAKER, 9, 0), (21, SPEAKER, Kind.SLEEP, 0, 5, 1)])
    assert view.words(view.frames()[0]).doing == "sleeps at line 5"


def test_that_an_iterator_stands_at_no_line_between_two_calls(qtbot, run):
    two_generators(run)
    fold(run, events.ActorDeclared(BEGAN, 50, "i50", "shelf", "iterator", MAIN, 0))
    frame(run, 50, "__next__", 3, 1)
    view = shown(qtbot, FramesView, run)
    said = lambda: (view.words(view.frames()[0]).doing, view.words(view.frames()[0]).source)  # noqa: E731
    fold_rows(run, [(2, MAIN, Kind.SEND, 50, 9, 0)])
    assert said()[0] == "runs line 3"
    fold_rows(run, [(3, 50, Kind.YIELD, MAIN, 4, 0)])
    assert said() == ("between two calls", "")
    fold_rows(run, [(4, MAIN, Kind.SEND, 50, 9, 0), (5, 50, Kind.END, 0, 3, 0)])
    assert said() == ("finished", "")


def test_that_values_that_may_have_changed_unseen_are_said_to_be_as_last_recorded(qtbot, run):
    speaking(run)
    frame(run, SPEAKER, "speak", 3, 10)
    view = shown(qtbot, FramesView, run)
    assert "recorded" not in view.words(view.frames()[0]).doing
    fold(run, events.Aggregated(BEGAN + 20 * MS, BEGAN + 30 * MS, 5_000))
    assert view.words(view.frames()[0]).doing == "as last recorded: suspended at line 3"
    frame(run, SPEAKER, "speak", 3, 40)
    assert "recorded" not in view.words(view.frames()[0]).doing
    fold_rows(run, [(41, SPEAKER, Kind.END, 0, 4, 0)])
    fold(run, events.Aggregated(BEGAN + 50 * MS, BEGAN + 60 * MS, 5_000))
    assert view.words(view.frames()[0]).doing == "finished", "what it left is no older than its end"


def test_that_values_of_one_whose_end_was_not_seen_are_as_last_recorded(qtbot, run):
    speaking(run)
    frame(run, SPEAKER, "speak", 3, 10)
    view = shown(qtbot, FramesView, run)
    fold(run, events.Aggregated(BEGAN + 20 * MS, BEGAN + 30 * MS, 5_000), events.RoundEnded(BEGAN + 900 * MS, 1, "finished", 0))
    assert view.words(view.frames()[0]).doing == "as last recorded: finished"


def test_that_a_finished_generator_shows_what_it_returned(qtbot, run):
    speaking(run)
    fold_rows(run, [(5, SPEAKER, Kind.END, 0, 4, text(run, 700, "'over'"))])
    view = shown(qtbot, FramesView, run)
    assert view.words(view.frames()[0]).doing == "finished, returned 'over'"


@pytest.mark.parametrize(
    ("name", "function", "who", "title"),
    [
        ("speaker", "speak", "speaker · i50 · generator", "speak()"), ("i50", "speak", "i50 · generator", "speak()"),
        ("generator", "<genexpr>", "i50 · generator", "<genexpr>"),
    ],
)  # fmt: skip
def test_that_a_card_names_its_function_and_whose_it_is(qtbot, run, name, function, who, title):
    two_generators(run)
    coroutine(run, 50, name)
    frame(run, 50, function, 3, 1)
    view = shown(qtbot, FramesView, run)
    words = view.words(view.frames()[0])
    assert (words.function, words.who) == (title, who)


def test_that_all_of_a_frame_is_told_with_the_text_of_its_line(qtbot, run, tmp_path):
    run.program = program_of(tmp_path, "", "def count():\n    yield 1\n")
    speaking(run)
    fold(run, events.FileSeen(BEGAN, 1, str(run.program.path)))
    frame(run, SPEAKER, "count", 5, 3, **{f"v{n}": str(n) for n in range(MOST_VALUES + 2)})
    view = shown(qtbot, FramesView, run)
    assert view.describe(view.areas()[0].center()).splitlines() == [
        "count()  speaker · i2 · generator", "suspended at line 5", "yield 1",
        *(f"v{n} = {n}" for n in range(MOST_VALUES + 2)),
    ]  # fmt: skip
    words = view.words(view.frames()[0])
    assert len(words.values) == MOST_VALUES and words.hidden == 2


def test_that_no_frames_yet_is_said(qtbot, run):
    view = shown(qtbot, FramesView, run)
    view.grab()
    assert (
        not view.has_drawn() and view._empty_word() == "Frames of generators appear here when they are first suspended"
    )
    two_generators(run)
    view.grab()
    assert view.has_drawn() and view.describe(QPointF(50, 50)) == ""


# what is drawn where


def test_that_cards_stand_in_the_order_of_their_actors_beside_each_other(qtbot, run):
    two_generators(run)
    for number in (LISTENER, SPEAKER, MAIN):
        frame(run, number, "work", 3, number)
    view = shown(qtbot, FramesView, run, (1_100, 300))
    assert [one.actor for one in view.frames()] == [MAIN, SPEAKER, LISTENER]
    areas = view.areas()
    assert [area.top() for area in areas] == [areas[0].top()] * 3 and areas[0].right() < areas[1].left() < areas[
        2
    ].left()


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [1, 3, 40])
def test_that_cards_lie_apart_and_inside_with_room_for_their_lines(qtbot, run, count, size, big):
    many(run, count)
    view = shown(qtbot, FramesView, run, size, big)
    view.grab()
    areas = view.areas()
    assert len(areas) == count and not any(one.intersects(two) for one, two in combinations(areas, 2))
    assert all(area.left() >= 8 and area.right() <= view.rows_right() - 8 for area in areas)
    assert all(area.height() >= view.scaled(HEAD) + 4 * view.scaled(LINE) + 12 for area in areas)
    assert view.scroll_bar.isVisible() == (areas[-1].bottom() + 8 > view.height())
    assert view.scroll_bar.maximum() == max(round(areas[-1].bottom()) + 8 - view.height(), 0)


def test_that_the_card_that_runs_and_the_marked_one_are_framed_and_a_finished_one_is_pale(qtbot, run):
    speaking(run)
    frame(run, LISTENER, "listen", 3, 3)
    view = shown(qtbot, FramesView, run)
    running, accent, pale = (view.theme.colour(name).name() for name in ("running", "accent", "window"))

    def edge(number: int) -> set[str]:
        card = card_of(view, number)
        return colours(view, QRectF(card.left(), card.center().y() - 3, 4, 6))

    def ground(number: int) -> str:
        return view.grab().toImage().pixelColor((card_of(view, number).bottomRight() - QPointF(8, 6)).toPoint()).name()

    assert running not in edge(SPEAKER) | edge(LISTENER) and pale not in (ground(SPEAKER), ground(LISTENER))
    fold_rows(run, [(5, MAIN, Kind.SEND, SPEAKER, 9, 0), (6, LISTENER, Kind.END, 0, 3, 0)])
    view.marks.mark("actor", LISTENER)
    assert running in edge(SPEAKER) and accent in edge(LISTENER)
    assert [ground(number) == pale for number in (SPEAKER, LISTENER)] == [False, True]


def test_that_few_cards_are_painted_of_hundreds(qtbot, run):
    many(run, 300)
    view = shown(qtbot, FramesView, run)
    view.grab()
    assert 2 <= view.painted_cards <= 12
    view.scroll_bar.setValue(view.scroll_bar.maximum())
    view.grab()
    assert 2 <= view.painted_cards <= 12 and view.rect().toRectF().contains(card_of(view, 399))


# marks


def test_that_a_click_marks_the_cards_actor(qtbot, run):
    many(run, 40)
    view = shown(qtbot, FramesView, run)
    view.scroll_bar.setValue(view.scroll_bar.maximum())
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=card_of(view, 138).center().toPoint())
    assert view.marks.is_actor(138)
    view.marks.clear()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPointF(2, 100).toPoint())
    assert view.marks.kind == ""


def test_that_up_and_down_go_through_the_cards_and_scroll_to_them(qtbot, run):
    many(run, 40)
    view = shown(qtbot, FramesView, run)
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(view, key)
        seen.append(view.marks.number)
    assert seen == [100, 101, 100, 100]
    view.marks.clear()
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.marks.is_actor(139) and view.rect().toRectF().contains(card_of(view, 139))


# all of them


@pytest.mark.parametrize(("kind", "story"), [(SequenceView, talk), (FramesView, speaking), (HubView, gevent)])
def test_that_light_and_dark_differ_and_another_program_begins_undrawn(qtbot, run, kind, story):
    story(run)
    view = shown(qtbot, kind, run)
    pictures = {}
    for choice in ("light", "dark"):
        view.theme.choose(choice)
        pictures[choice] = view.grab().toImage()
        assert pictures[choice].pixelColor(2, view.height() - 2) == view.theme.colour("panel")
    assert pictures["light"] != pictures["dark"] and view.has_drawn()
    run.show_program(None)
    assert not view.has_drawn()
    view.grab()
    assert not view.has_drawn(), "there is nothing of it yet"


@pytest.mark.parametrize(("kind", "story"), [(SequenceView, talk), (FramesView, speaking), (HubView, gevent)])
def test_that_a_mark_made_elsewhere_is_drawn(qtbot, run, kind, story):
    story(run)
    view = shown(qtbot, kind, run, (760, 500))
    before = view.grab().toImage()
    view.marks.mark("actor", SPEAKER if kind is not HubView else 10)
    assert view.grab().toImage() != before
    view.marks.clear()
    assert view.grab().toImage() == before


@pytest.mark.parametrize(
    ("scenario", "parameters", "kind"),
    [
        ("coroutines.by_yield", {"PAUSE": 0.05}, SequenceView), ("iterators.send", {}, FramesView),
        ("coroutines.gevent_blocked", {"PAUSE": 0.3}, HubView),
    ],
)  # fmt: skip
def test_that_a_real_run_is_shown(qtbot, built, scenario, parameters, kind):
    stage = built.window.show_scenario(scenario)
    chosen = stage.run_bar.parameters
    chosen.show_program(stage.program, {**chosen.values, **parameters})
    view = next(one for one in stage.views if isinstance(one, kind))
    told = {
        SequenceView: lambda: any(row.kind == END for row in view.diagram().rows) and len(view.diagram().columns) == 3,
        FramesView: lambda: any(view.words(one).doing.startswith("finished") for one in view.frames()),
        HubView: lambda: view.hub() is not None and "BLOCKED by" in view.describe(view.ring().center()),
    }[kind]
    stage.start()
    qtbot.waitUntil(lambda: told() and view.has_drawn(), timeout=30_000)
    stage.stop()
    qtbot.waitUntil(lambda: not stage.run.running, timeout=20_000)
