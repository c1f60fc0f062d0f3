"""Memory: the watched globals, who reaches them, and what a click marks."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, Qt

from concsim.bridge.run_model import RunModel
from concsim.model.events import Kind
from concsim.model.folding.entities import Watched
from concsim.model.programs.program import make_program
from concsim.ui.text.watched_words import lines_of, value_text
from concsim.ui.views.memory.memory_boxes import LINE, LOW_BOX
from concsim.ui.views.memory.memory_view import MemoryView

from .views_fixtures import FIRST, MAIN, SECOND, actor, begin, fold, fold_rows, program_of, watch


@pytest.fixture
def view(put):
    return put(MemoryView, 900, 320)


def shared(run: RunModel, extra: int = 0) -> None:
    """Two globals, two threads that reach the first and one that reaches none."""
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"), actor(FIRST, "t1", "worker-1", ("fruits",)))
    fold(run, actor(SECOND, "t2", "worker-2", ("fruits", "length")))
    fold(run, *(actor(100 + n, f"t{n + 3}", f"worker-{n + 3}", ("fruits",)) for n in range(extra)))
    fold_rows(run, [(1, FIRST, Kind.BEGIN, 0, 1, 0), (2, SECOND, Kind.BEGIN, 0, 1, 0), (9, FIRST, Kind.END, 0, 1, 0)])
    watch(run, "fruits", ["apple", "banana"], "list", 2)
    watch(run, "length", 1_234, "int", 1_234)


def test_that_nothing_is_drawn_before_a_run(view):
    view.grab()
    assert not view.has_drawn()
    assert view._empty_word() == "Press Run to see what the threads share"


def test_that_a_program_of_generators_is_not_said_to_have_threads(view, run, tmp_path):
    run.program = make_program('# /// concsim\n# watch = { a = "" }\n# ///\na = (x for x in "ab")\n', tmp_path / "a.py")
    assert view._empty_word() == "Press Run to see what the program's variables hold"


def test_that_a_program_that_watches_nothing_says_so(view, run, tmp_path):
    run.program = program_of(tmp_path, "")
    assert view._empty_word() == "This program names no variables to watch"


def test_that_globals_are_boxes_and_only_actors_that_reach_one_are_chips(view, run):
    shared(run)
    view.grab()
    assert view.has_drawn()
    assert list(view.boxes()) == ["fruits", "length"]
    assert list(view.chips()[0]) == [FIRST, SECOND]


@pytest.mark.parametrize("size", [(900, 320), (400, 260), (260, 220)])
def test_that_boxes_and_chips_never_overlap(view, run, size):
    shared(run, extra=60)
    view.resize(*size)
    chips, hidden = view.chips()
    assert hidden + len(chips) == 62 and chips
    areas = [*view.boxes().values(), *chips.values()]
    assert not any(one.intersects(two) for one, two in combinations(areas, 2))


def test_that_a_click_on_a_chip_marks_its_actor(qtbot, view, run):
    shared(run)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.chips()[0][SECOND].center().toPoint())
    assert view.marks.is_actor(SECOND)


def test_that_a_changed_value_is_outlined_for_one_painting(view, run):
    view.theme.choose("light")
    shared(run)
    edge = view.boxes()["fruits"]
    at = QPointF(edge.center().x(), edge.top()).toPoint()
    before = view.grab().toImage().pixelColor(at)
    watch(run, "fruits", ["apple"], "list", 1)
    changed = view.grab().toImage().pixelColor(at)
    after = view.grab().toImage().pixelColor(at)
    assert changed != before and after == before


@pytest.mark.parametrize(
    ("kind", "number", "text", "shown"),
    [
        ("int", 1_234_567, "1", "1,234,567"), ("float", 0.5, "0.25", "0.5"), ("list", 3, "[1, 2, 3]", "[1, 2, 3]"),
        ("bool", 1, "True", "True"), ("int", None, "7", "7"),
    ],
)  # fmt: skip
def test_that_a_number_is_the_newest_and_a_container_its_text(kind, number, text, shown):
    watched = Watched("x", number, text)
    watched.type = kind
    assert value_text(watched) == shown


def test_that_a_tooltip_tells_the_whole_value_and_the_reach(view, run):
    shared(run)
    assert view.describe(view.boxes()["fruits"].center()) == "fruits = ['apple', 'banana']"
    assert view.describe(view.chips()[0][SECOND].center()) == "worker-2 can reach fruits, length"
    assert view.describe(QPointF(1, 1)) == ""


def test_that_light_and_dark_differ(view, run):
    shared(run)
    colours = []
    for choice in ("light", "dark"):
        view.theme.choose(choice)
        colours.append(view.grab().toImage().pixelColor(450, 300).name())
    assert colours[0] != colours[1]


def test_that_another_program_begins_undrawn(view, run):
    shared(run)
    view.grab()
    run.show_program(None)
    assert not view.has_drawn() and not run.last_state.watched


def test_that_a_dict_has_a_line_for_each_item_where_there_is_room(view, run):
    begin(run)
    watch(run, "loops", {"a number": "TypeError", "a text": 4, "a list": 3, "a dict": 2}, "dict", 4)
    watch(run, "asked", 4, "int", 4)
    view.resize(600, 400)
    boxes = view.boxes()
    assert boxes["loops"].height() > 4 * LINE and boxes["loops"].bottom() < 400
    view.resize(600, 170)
    assert view.boxes()["loops"].height() < 3 * LINE + LOW_BOX


def test_that_only_a_dict_of_several_items_is_listed():
    made = []
    for value in ({"a": 1, "b": None}, {"a": 1}, [1, 2], 5):
        one = Watched("x", None, str(value))
        one.value, one.is_json = value, True
        made.append(lines_of(one))
    assert made == [["a: 1", "b: None"], [], [], []]
