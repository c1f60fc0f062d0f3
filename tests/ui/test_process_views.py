"""The process tree and the three states of the operating system: what is drawn where, in which words, at what cost."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt

from concsim.bridge.run_model import RunModel
from concsim.model import events
from concsim.model.events import Kind
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.marks import Marks
from concsim.ui.text.process_words import end_words, ended_badly, started_words
from concsim.ui.views.states.os_diagram import OS_READY, OS_RUNNING, OS_WAITING
from concsim.ui.views.states.os_shares import Shares, shares_of
from concsim.ui.views.states.os_states_view import OsStatesView
from concsim.ui.views.tree.process_cards import LOW, MIDDLE, TALL, columns_for, differs
from concsim.ui.views.tree.process_rows import MANY, parents_of, rows_of
from concsim.ui.views.tree.process_tree_view import ProcessTreeView

from .process_fixtures import (
    MAIN,
    READY,
    RUNNING,
    STOPPED,
    WAITING,
    busy_machine,
    end,
    family,
    on_core,
    os_rows,
    process,
    see,
)
from .views_fixtures import BEGAN, MS, actor, begin, fold, fold_rows

SIZES = [(760, 280), (480, 220), (300, 176), (1100, 640)]


def shown(qtbot, kind, run, size=(760, 280), big=False):
    theme = Theme(run)
    theme.choose("light")
    theme.set_big(big)
    made = kind(run, Marks(run), theme)
    made.resize(*size)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    return made


def colours(view, area: QRectF) -> set[str]:
    """The colours in an area."""
    picture, part = view.grab().toImage(), area.toAlignedRect()
    return {picture.pixelColor(x, y).name() for x in range(part.left(), part.right()) for y in range(part.top(), part.bottom())}


# the tree's rows


def test_that_children_stand_under_their_parent_in_order(run):
    family(run, 3)
    process(run, 9, "grandchild", parent=3)
    assert [(row.number, row.depth) for row in rows_of(run.last_state, set())] == [(MAIN, 0), (2, 1), (3, 1), (9, 2), (4, 1)]


def test_that_a_parent_is_known_by_its_pid_where_nobody_was_seen_starting_it(run):
    family(run, 1)
    fold(run, events.ActorDeclared(BEGAN, 7, "p6", "replacement", "worker", 0, process=7))
    fold(run, events.ProcessSeen(BEGAN, 7, 1_007, 1_000 + MAIN, "fork"))
    assert parents_of(run.last_state)[7] == MAIN


def test_that_a_process_started_by_a_thread_is_a_child_of_the_threads_process(run):
    family(run, 1)
    fold(run, events.ActorDeclared(BEGAN, 50, "p1.t1", "starter", "thread", 2, process=2))
    process(run, 60, "by-a-thread", parent=50, method="forkserver")
    run.last_state.processes[60].parent_pid = 4_242  # the fork server's
    assert parents_of(run.last_state)[60] == 2


def test_that_many_workers_are_one_row_until_opened(run):
    family(run, MANY + 1, kind="worker")
    (main, group) = rows_of(run.last_state, set())
    assert main.number == MAIN and len(group.members) == MANY + 1 and group.number == 0
    assert len(rows_of(run.last_state, {group.key})) == 2 + MANY + 1


def test_that_a_process_with_children_is_never_gathered(run):
    family(run, MANY + 3, kind="worker")
    process(run, 90, "grandchild", parent=5)
    rows = rows_of(run.last_state, set())
    assert 5 in [row.number for row in rows] and 90 in [row.number for row in rows]
    assert [len(row.members) for row in rows if row.members] == [MANY + 2]


# words


@pytest.mark.parametrize(
    ("status", "silent", "words", "bad"),
    [
        (0, False, "exit 0", False), (3, False, "exit 3", True), (-9, True, "killed by SIGKILL (-9)", True),
        (-15, False, "killed by SIGTERM (-15)", True), (None, True, "died without a word", True),
        (1, True, "died without a word", True), (0, True, "exit 0", False), (None, False, "ended", False), (-200, False, "killed by 200 (-200)", True),
    ],
)  # fmt: skip
def test_that_an_end_is_told_in_words(run, status, silent, words, bad):
    family(run)
    end(run, 2, status, silent)
    assert end_words(run.last_state.processes[2]) == words
    assert ended_badly(run.last_state.processes[2]) == bad


@pytest.mark.parametrize(
    ("kind", "method", "words"),
    [
        ("process", "spawn", "started by spawn"), ("worker", "fork", "pool worker, started by fork"),
        ("manager", "fork", "manager, started by fork"), ("main", "main", "the program itself"),
    ],
)  # fmt: skip
def test_that_a_beginning_is_told_in_words(run, kind, method, words):
    family(run)
    run.last_state.processes[2].method = method
    assert started_words(run.last_state.processes[2], kind) == words


def test_that_a_command_says_what_it_runs(run):
    family(run, 0)
    process(run, 5, "ls", kind="command", method="command")
    run.last_state.processes[5].command = "ls -l /tmp"
    assert started_words(run.last_state.processes[5], "command") == "runs ls -l /tmp"


# the tree drawn


def test_that_an_empty_tree_says_why(qtbot, run):
    view = shown(qtbot, ProcessTreeView, run)
    view.grab()
    assert not view.has_drawn() and view._empty_word() == "Press Run to see which processes there are"
    begin(run)
    fold(run, actor(3, "t1", "alone"))
    view.grab()
    assert view.has_drawn() and view._empty_word() == "Nothing is known of processes here."


@pytest.mark.parametrize(("children", "height"), [(0, TALL), (2, TALL), (4, MIDDLE), (12, LOW)])
def test_that_rows_get_lower_before_they_scroll(qtbot, run, children, height):
    family(run, children)
    view = shown(qtbot, ProcessTreeView, run)
    assert view.row_height(len(view.rows())) == height
    assert view.scroll_bar.isVisible() == (children == 12)


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("children", [0, 2, 12])
def test_that_texts_and_cells_of_the_tree_stay_apart_and_inside(qtbot, run, children, size, big):
    family(run, children)
    process(run, 80, "grandchild", parent=2 if children else MAIN)
    for name in ("one", "two", "three", "four"):
        see(run, 0, name, "{}")
    view = shown(qtbot, ProcessTreeView, run, size, big)
    columns = view.columns(view.rows())
    assert len(columns.names) + columns.hidden == 5
    areas = [QRectF(columns.left_of(index), 0, columns.width, 9) for index in range(len(columns.names))]
    assert not any(one.intersects(two) for one, two in combinations(areas, 2))
    assert all(area.right() <= view.rows_right() - 16 for area in areas)
    assert columns.cells >= 8 + 2 * 24 + 60, "room for a name"
    view.grab()


def test_that_cells_of_one_global_stand_in_one_column(run):
    columns = columns_for(760, 1, ["a", "b"], 1.0)
    assert columns.names == ("a", "b") and columns.left_of(1) - columns.left_of(0) == columns.width + 8


def test_that_what_differs_from_the_parent_is_in_the_accent_and_says_so(qtbot, run):
    family(run, 2)
    see(run, 2, "numbers", "[1, 2, 3]", identity=1)
    see(run, 3, "numbers", "[1, 2, 3, 4]", identity=2)
    view = shown(qtbot, ProcessTreeView, run)
    columns, areas, accent = view.columns(view.rows()), view.areas(view.rows()), view.theme.colour("accent").name()
    cells = [QRectF(columns.cells - 2, area.top(), columns.width, area.height() - 8) for area in areas]
    assert [accent in colours(view, cell) for cell in cells] == [False, False, True]
    assert view.describe(cells[2].center()) == "numbers = [1, 2, 3, 4]\nthe parent, MainThread, sees [1, 2, 3]"


def test_that_a_copy_has_a_dashed_edge_and_says_so(qtbot, run):
    family(run, 2)
    see(run, 2, "numbers", "[1, 2, 3]")
    see(run, 3, "numbers", "[1, 2, 3]", identity=99)
    state = run.last_state
    assert [state.memory_of(number)["numbers"].copied for number in (2, 3)] == [True, False]
    view = shown(qtbot, ProcessTreeView, run)
    columns, areas, picture = view.columns(view.rows()), view.areas(view.rows()), view.grab().toImage()
    edges = []
    for area in areas[1:]:
        left, y = int(columns.cells), int(area.top() + 4)
        edges.append([picture.pixelColor(x, y).name() for x in range(left + 8, left + int(columns.width) - 8)])
    muted = view.theme.colour("muted").name()
    assert muted in edges[0] and len(set(edges[0])) > 1, "dashes"
    assert len(set(edges[1])) == 1, "a line"
    assert view.describe(QPointF(columns.cells + 5, areas[1].center().y())).endswith("copied by the fork, unchanged here since")


def test_that_not_to_know_a_global_is_no_difference(run):
    family(run)
    assert not differs(run.last_state.watched["numbers"], None)


def test_that_a_killed_process_stays_with_a_cross_and_its_signal(qtbot, run):
    family(run, 2)
    view = shown(qtbot, ProcessTreeView, run)
    area, danger = view.areas(view.rows())[1], view.theme.colour("danger").name()
    assert danger not in colours(view, area)
    end(run, 2, -9, silent=True)
    assert [row.number for row in view.rows()] == [MAIN, 2, 3]
    assert danger in colours(view, QRectF(38, area.top(), 16, 24)), "where the state's sign was"
    assert "killed by SIGKILL (-9)" in view.describe(QPointF(60, area.center().y()))


def test_that_a_tooltip_tells_all_of_a_process(qtbot, run):
    family(run, 1)
    see(run, 2, "numbers", "[9]")
    fold_rows(run, [(20, 2, Kind.MEMORY, 0, 0, 3_400_000)])
    view = shown(qtbot, ProcessTreeView, run)
    assert view.describe(QPointF(60, view.areas(view.rows())[1].center().y())).splitlines() == [
        "child-1 (p1)", "running", "pid 1002 · started by fork", "child of MainThread", "3.4 MB of its own", "numbers = [9]",
    ]  # fmt: skip


def test_that_a_click_and_the_keys_mark_processes(qtbot, run):
    family(run, 2)
    view = shown(qtbot, ProcessTreeView, run)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.areas(view.rows())[2].center().toPoint())
    assert view.marks.is_actor(3)
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
        seen.append(view.marks.number)
    assert seen == [2, MAIN, MAIN, 2]


def test_that_gathered_processes_are_counted_and_open_at_a_click_and_by_key(qtbot, run):
    family(run, 200, kind="worker")
    end(run, 5, 0)
    view = shown(qtbot, ProcessTreeView, run)
    group = view.rows()[1]
    assert view.gathered_words(group) == "workers ×200"
    assert [text for _, text in view._counts(group)] == ["199 running", "1 finished"]
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.areas(view.rows())[1].center().toPoint())
    assert len(view.rows()) == 202 and view.scroll_bar.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert len(view.rows()) == 2
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.marks.is_actor(201) and view.scroll_bar.value() == view.scroll_bar.maximum()


# the three states


def machine(run: RunModel) -> None:
    """Two on cores, one ready, one asleep, one stopped."""
    family(run, 5)
    on_core(run, 2, 0, 20, 900)
    os_rows(run, [(1_000, 2, Kind.OS_STATE, RUNNING), (1_000, 3, Kind.OS_STATE, RUNNING), (1_000, 3, Kind.CORE, 1),
                  (1_000, 4, Kind.OS_STATE, READY), (1_000, 5, Kind.OS_STATE, WAITING), (1_000, 6, Kind.OS_STATE, STOPPED)])  # fmt: skip


def test_that_each_is_in_the_region_of_its_state_with_its_core(qtbot, run):
    machine(run)
    view = shown(qtbot, OsStatesView, run, (760, 360))
    there = {state: [(one.name, one.note) for one in view.chips(state)] for state in (OS_READY, OS_RUNNING, OS_WAITING)}
    assert there == {
        OS_READY: [("child-3", "")], OS_RUNNING: [("child-1", "core 0"), ("child-2", "core 1")],
        OS_WAITING: [("child-4", ""), ("child-5", "stopped")],
    }  # fmt: skip
    assert view._count(OS_RUNNING, 2) == "2 on 2 cores"


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [3, 60])
def test_that_chips_lie_apart_in_their_region_and_the_rest_is_counted(qtbot, run, size, big, count):
    family(run, count)
    os_rows(run, [(20, 2 + n, Kind.OS_STATE, (RUNNING, READY, WAITING)[n % 3]) for n in range(count)])
    view = shown(qtbot, OsStatesView, run, size, big)
    diagram = view._diagram(None)
    assert not any(one.intersects(two) for one, two in combinations(diagram.regions.values(), 2))
    for state, region in diagram.regions.items():
        placed = diagram.place(region, view.chips(state))
        assert len(placed.places) + placed.hidden == count // 3
        assert not any(one.intersects(two) for one, two in combinations(placed.places.values(), 2))
        assert all(region.contains(area) for area in placed.places.values())
    assert view.diagram_area().bottom() <= view.room().top() and view.room().bottom() <= view.height()
    view.grab()


def test_that_shares_are_of_the_time_since_it_began_and_make_a_hundred(run):
    family(run, 1)
    os_rows(run, [(1_010, 2, Kind.RAN, 410 * MS), (1_010, 2, Kind.DELAYED, 570 * MS)])
    assert shares_of(run.last_state.actors[2], BEGAN + 1_010 * MS) == Shares(41, 57, 2)
    assert shares_of(run.last_state.actors[2], BEGAN + 500 * MS) == Shares(42, 58, 0), "statistics may be ahead"
    assert shares_of(run.last_state.actors[MAIN], BEGAN + 1_010 * MS) is None


def test_that_shares_are_drawn_in_their_colours_and_told(qtbot, run):
    machine(run)
    os_rows(run, [(1_010, 2, Kind.RAN, 410 * MS), (1_010, 2, Kind.DELAYED, 570 * MS)])
    view = shown(qtbot, OsStatesView, run, (760, 360))
    row = QRectF(180, view.room().top(), 300, 24)
    found = colours(view, row)
    assert view.theme.colour("running").name() in found and view.theme.colour("ready").name() in found
    assert "41 % running, 57 % ready, 2 % waiting" in view.describe(row.center())


def test_that_nothing_known_is_said_calmly(qtbot, run):
    view = shown(qtbot, OsStatesView, run)
    assert view._empty_word() == "Press Run to see which processes run, are ready or wait"
    family(run)
    assert view.actors() == [] and view._empty_word() == "The operating system said nothing of this run's processes."
    view.grab()
    assert view.has_drawn()


def test_that_a_chip_and_a_row_mark_their_process(qtbot, run):
    machine(run)
    view = shown(qtbot, OsStatesView, run, (760, 360))
    diagram = view._diagram(None)
    chip = diagram.place(diagram.regions[OS_READY], view.chips(OS_READY)).places[4]
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=chip.center().toPoint())
    assert view.marks.is_actor(4)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPointF(60, view.room().top() + 36).toPoint())
    assert view.marks.is_actor(3)
    assert view.describe(diagram.regions[OS_READY].bottomLeft() + QPointF(9, -4)).startswith("ready: could go on")


def test_that_an_ended_process_leaves_the_diagram_and_keeps_its_row(qtbot, run):
    machine(run)
    view = shown(qtbot, OsStatesView, run)
    end(run, 2, 0, at=1_100)
    assert 2 not in [one.number for state in (OS_READY, OS_RUNNING, OS_WAITING) for one in view.chips(state)]
    assert 2 in [one.number for one in view.actors()]


def test_that_a_program_that_has_ended_is_on_no_core(qtbot, run):
    machine(run)
    os_rows(run, [(1_000, 1, Kind.OS_STATE, RUNNING)])
    view = shown(qtbot, OsStatesView, run)
    assert 1 in [one.number for one in view.chips(OS_RUNNING)]
    fold_rows(run, [(1_100, 1, Kind.END, 0, 9, 0)])
    view.refresh()
    assert 1 not in [one.number for one in view.chips(OS_RUNNING)]


# both


@pytest.mark.parametrize("kind", [ProcessTreeView, OsStatesView])
def test_that_light_and_dark_differ_and_another_program_begins_undrawn(qtbot, run, kind):
    machine(run)
    view = shown(qtbot, kind, run)
    light = view.grab().toImage().pixelColor(3, 3)
    view.theme.choose("dark")
    assert view.grab().toImage().pixelColor(3, 3) != light
    run.show_program(None)
    assert not view.has_drawn()


@pytest.mark.parametrize("kind", [ProcessTreeView, OsStatesView])
def test_that_two_hundred_processes_are_shown(qtbot, run, kind):
    busy_machine(run, 200, 5)
    view = shown(qtbot, kind, run, (1_000, 500))
    if kind is ProcessTreeView:
        qtbot.keyClick(view, Qt.Key.Key_Right)
        assert len(view.rows()) > 200
    view.grab()
    assert view.has_drawn()


@pytest.mark.parametrize(("id", "kind"), [("processes.own_memory", ProcessTreeView), ("processes.states", OsStatesView)])
def test_that_a_real_run_is_shown(qtbot, built, id, kind):
    stage = built.window.show_scenario(id)
    view = next(one for one in stage.views if isinstance(one, kind))
    stage.start()
    if kind is ProcessTreeView:
        qtbot.waitUntil(lambda: len(view.rows()) >= 2 and view.has_drawn(), timeout=30_000)
        assert view.rows()[1].depth == 1
    else:
        qtbot.waitUntil(lambda: len(view.chips(OS_WAITING)) >= 3, timeout=30_000)
        qtbot.waitUntil(lambda: any(one.note.startswith("core") for one in view.chips(OS_RUNNING)), timeout=30_000)
    stage.stop()
    qtbot.waitUntil(lambda: not stage.run.running, timeout=20_000)
