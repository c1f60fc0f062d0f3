"""Cores, pools and queues: what is drawn where, in which words, at what cost."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from concsim.bridge.run_model import RunModel
from concsim.model import events
from concsim.model.events import Kind
from concsim.model.folding.history import Track
from concsim.ui.painting.actor_colours import DARK, LIGHT, ActorColours
from concsim.ui.painting.lettering import Lettering
from concsim.ui.painting.theme import Theme
from concsim.ui.views.cores.core_blocks import Block, core_lanes, core_numbers, covered
from concsim.ui.views.cores.cores_view import CoresView
from concsim.ui.views.flow.flow_view import FlowView
from concsim.ui.views.flow.queue_items import flows_of, items_in, waiters_of
from concsim.ui.views.pool.pool_tasks import done_by, tasks_done
from concsim.ui.views.pool.pool_view import PoolView
from concsim.ui.views.shared.pixel_runs import TimeScale

from .process_fixtures import MAIN, READY, RUNNING, busy_machine, end, family, on_core, os_rows, pool, process, queue
from .test_process_views import SIZES, colours, shown
from .views_fixtures import BEGAN, MS, actor, begin, fold, fold_rows

# cores


def two_cores(run: RunModel) -> None:
    """One process on core 0 and then on core 1; another on core 1 and then on core 0."""
    family(run, 2)
    on_core(run, 2, 0, 100, 400)
    on_core(run, 3, 1, 100, 400)
    on_core(run, 2, 1, 600, 800)
    on_core(run, 3, 0, 600, 900)
    os_rows(run, [(1_000, 2, Kind.OS_STATE, READY)])


def test_that_blocks_are_cut_where_a_process_stopped_running_or_changed_cores(run):
    two_cores(run)
    scale = TimeScale(BEGAN, BEGAN + 1_000 * MS, 1_000)
    lanes = core_lanes(run, scale, BEGAN + 1_000 * MS)
    assert lanes[0].alone == [Block(100, 400, 2), Block(600, 900, 3)]
    assert lanes[1].alone == [Block(100, 400, 3), Block(600, 800, 2)]
    assert lanes[0].turns == lanes[1].turns == []


def test_that_a_change_of_core_while_running_cuts_the_block(run):
    family(run, 1)
    os_rows(run, [(100, 2, Kind.CORE, 0), (100, 2, Kind.OS_STATE, RUNNING), (500, 2, Kind.CORE, 1), (900, 2, Kind.OS_STATE, READY)])
    lanes = core_lanes(run, TimeScale(BEGAN, BEGAN + 1_000 * MS, 100), BEGAN + 1_000 * MS)
    assert lanes[0].alone == [Block(10, 50, 2)] and lanes[1].alone == [Block(50, 90, 2)]


def test_that_what_cannot_be_told_apart_is_said_to_be_by_turns(run):
    busy_machine(run, 4, 1_000)
    scale = TimeScale(run.round_began, run.newest, 200)
    lanes = core_lanes(run, scale, run.newest)
    assert sum(right - left for left, right in covered(lanes[0].turns)) > 150
    near = TimeScale(BEGAN + 100 * MS, BEGAN + 110 * MS, 200)
    assert not core_lanes(run, near, run.newest)[0].turns and core_lanes(run, near, run.newest)[0].alone


def test_that_blocks_are_bounded_by_pixels(run):
    busy_machine(run, 100, 100)
    lanes = core_lanes(run, TimeScale(run.round_began, run.newest, 1_000), run.newest)
    assert sum(len(one.alone) + len(one.turns) for one in lanes.values()) < 5_000
    assert sum(len(track.times) for track in run.os_states.values()) >= 20_000


@pytest.mark.parametrize(
    ("blocks", "stretches"),
    [([], []), ([Block(0, 4, 1), Block(2, 6, 2)], [(0, 6)]), ([Block(5, 9, 1), Block(0, 4, 2)], [(0, 4), (5, 9)])],
)
def test_that_overlapping_turns_are_one_stretch(blocks, stretches):
    assert covered(blocks) == stretches


def test_that_cores_are_named_by_what_was_seen(run):
    assert core_numbers(run) == []
    two_cores(run)
    assert core_numbers(run) == [0, 1]


def test_that_a_block_has_its_actors_colour_and_id(qtbot, run):
    two_cores(run)
    view = shown(qtbot, CoresView, run, (900, 240))
    looks, scale, row = ActorColours(view.theme, view.actors()), view.scale_now(), view.row_area(0)
    at = [QRectF(row.left() + scale.x(BEGAN + begin * MS) + 2, row.top() + 4, 60, row.height() - 8) for begin in (150, 650)]
    found = [colours(view, area) for area in at]
    assert looks.colour(2).name() in found[0] and looks.colour(3).name() not in found[0]
    assert looks.colour(3).name() in found[1] and looks.colour(2).name() not in found[1]
    middle = QRectF(row.left() + scale.x(BEGAN + 250 * MS) - 12, row.center().y() - 6, 24, 12)
    assert len(colours(view, middle)) > 3, "its id"
    assert len(colours(view, middle.translated(-40, 0))) == 1


def test_that_a_mark_makes_the_others_pale(qtbot, run):
    two_cores(run)
    view = shown(qtbot, CoresView, run, (900, 240))
    looks, scale, row = ActorColours(view.theme, view.actors()), view.scale_now(), view.row_area(0)
    area = QRectF(row.left() + scale.x(BEGAN + 650 * MS), row.top() + 4, 20, row.height() - 8)
    assert looks.colour(3).name() in colours(view, area)
    where = QPointF(row.left() + scale.x(BEGAN + 150 * MS), row.center().y())
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=where.toPoint())
    assert view.marks.is_actor(2)
    assert looks.colour(3).name() not in colours(view, area)


def test_that_a_block_is_told_in_words(qtbot, run):
    two_cores(run)
    view = shown(qtbot, CoresView, run, (900, 240))
    row = view.row_area(1)
    where = QPointF(row.left() + view.scale_now().x(BEGAN + 700 * MS), row.center().y())
    assert view.describe(where).splitlines()[:2] == ["core 1", "child-1 (p1)"]
    assert view.describe(QPointF(row.left() + 1, row.center().y())) == ""


def test_that_twenty_actors_have_looks_of_their_own(run):
    theme = Theme(run)
    theme.choose("light")
    looks = ActorColours(theme, list(range(18)))
    assert len({(looks.colour(number).name(), looks.pattern(number)) for number in range(18)}) == 18
    assert len(LIGHT) == len(DARK)
    assert looks.ground(3).alphaF() < 1 and looks.colour(3).alphaF() == 1, "a ground leaves the colour as it is"


def test_that_zooming_and_the_keys_show_a_part_and_all(qtbot, run):
    two_cores(run)
    view = shown(qtbot, CoresView, run, (900, 240))
    whole = view.scale_now()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.scale_now().end - view.scale_now().begin < whole.end - whole.begin
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.scale_now() == whole
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.marks.is_actor(2)


def test_that_idle_words_are_calm(qtbot, run):
    views = [shown(qtbot, kind, run) for kind in (CoresView, PoolView, FlowView)]
    assert [view._empty_word() for view in views] == [
        "Press Run to see who is on which core", "Press Run to see the pool at work", "Press Run to see what goes through the queues",
    ]  # fmt: skip
    family(run)
    assert [view._empty_word() for view in views] == [
        "The operating system said nothing of the cores.", "This program has made no pool so far.",
        "This program has made no queue or pipe so far.",
    ]  # fmt: skip
    for view in views:
        view.grab()
        assert view.has_drawn()


# pools


def test_that_tasks_done_are_counted_without_the_one_at_work():
    track = Track()
    for time, value in ((10, 1), (20, 0), (30, 2), (40, 0), (50, 3)):
        track.add(time, value)
    assert [tasks_done(track, time, at_work) for time, at_work in ((5, False), (15, True), (25, False), (35, True), (60, True))] == [0, 0, 1, 1, 2]
    assert tasks_done(None, 9, False) == 0


def test_that_waiting_tasks_are_blocks_with_their_number(qtbot, run):
    pool(run, waiting=4)
    view = shown(qtbot, PoolView, run)
    area = view._pool_area(0)
    assert view.pools()[0].depth == 4
    assert view.describe(area.center()) == "pool\n4 waiting"
    picture, y = view.grab().toImage(), int(area.center().y())
    edge = view.theme.colour("edge").name()
    uprights = sum(picture.pixelColor(x, y).name() == edge for x in range(view.names_width(), view.names_width() + 80))
    assert uprights == 8, "two sides each"


def test_that_what_nobody_took_was_dropped_when_the_program_has_ended(qtbot, run):
    pool(run, waiting=3)
    view = shown(qtbot, PoolView, run)
    said = lambda: view.describe(view._pool_area(0).center()).splitlines()[1]  # noqa: E731
    assert said() == "3 waiting"
    fold(run, events.RoundEnded(BEGAN + 900 * MS, 1, "finished", 0))
    assert said() == "3 dropped"


def test_that_an_idle_worker_stands_at_no_line(run):
    pool(run, workers=2, tasks=4)
    worker = run.state.actors[2]
    assert worker.task and worker.place
    fold_rows(run, [(600, 2, Kind.TASK_DONE, 900, 0, worker.task), (601, 2, Kind.WAIT, 900, 0, -1)])
    assert (worker.task, worker.place) == (0, 0)


def test_that_no_more_blocks_are_drawn_than_there_is_room(qtbot, run):
    pool(run, waiting=100_000)
    view = shown(qtbot, PoolView, run, (480, 220))
    picture, y = view.grab().toImage(), int(view._pool_area(0).center().y())
    edge = view.theme.colour("edge").name()
    blocks = [x for x in range(view.names_width(), view.width()) if picture.pixelColor(x, y).name() == edge]
    words = QFontMetricsF(view.type_of(bold=True)).horizontalAdvance("100000 waiting")
    assert len(blocks) > 16 and blocks[-1] < view.width() - words, "the number has its place behind them"
    assert "100000 waiting" in view.describe(view._pool_area(0).center())


def test_that_each_worker_has_a_lane_its_tasks_and_their_count(qtbot, run):
    pool(run, workers=3, tasks=9)
    view = shown(qtbot, PoolView, run)
    assert [one.name for one in view.workers()] == [f"ForkPoolWorker-{n}" for n in (1, 2, 3)]
    assert [done_by(run, one) for one in view.workers()] == [2, 2, 2]
    runs = view.task_runs(view.workers()[0], view.scale_now())
    assert [one.value for one in runs if one.value] == [1, 4, 7]
    accent, row = view.theme.colour("accent").name(), view.row_area(0)
    now = QRectF(row.left() + view.scale_now().x(BEGAN + 211 * MS) + 1, row.top() + 3, 1, 6)
    done = QRectF(row.left() + view.scale_now().x(BEGAN + 20 * MS), row.top() + 6, 4, 6)
    assert accent in colours(view, now) and accent not in colours(view, done)


def test_that_a_killed_worker_has_a_cross_and_its_replacement_a_lane(qtbot, run):
    pool(run)
    fold_rows(run, [(300, MAIN, Kind.LINE, 0, 9, 0)])
    view = shown(qtbot, PoolView, run)
    danger = view.theme.colour("danger").name()
    assert danger not in colours(view, view.row_area(0))
    end(run, 2, -9, silent=True, at=250)
    process(run, 30, "ForkPoolWorker-4", kind="worker", at=260)
    fold_rows(run, [(600, MAIN, Kind.LINE, 0, 9, 0)])
    assert [one.number for one in view.workers()] == [2, 3, 4, 30]
    row = view.row_area(0)
    x = row.left() + view.scale_now().x(BEGAN + 250 * MS)
    assert danger in colours(view, QRectF(x + 1, row.center().y() - 5, 6, 10)), "the right half of the cross"
    assert "killed by SIGKILL (-9)" in view.describe(QPointF(row.left() + 3, row.center().y()))


def test_that_the_threads_of_a_thread_pool_have_lanes_and_main_has_none(qtbot, run):
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"), actor(2, "t1", "pool_0"), actor(3, "t2", "other"))
    fold(run, events.ObjectDeclared(BEGAN, 70, "pool", "executor", capacity=1))
    fold_rows(run, [(0, MAIN, Kind.SUBMIT, 70, 1, 1)] * 3)
    fold_rows(run, [(1, 2, Kind.BEGIN, 0, 1, 0), (1, 3, Kind.BEGIN, 0, 1, 0), (2, 2, Kind.TASK, 70, 1, 1)])
    view = shown(qtbot, PoolView, run)
    assert [one.number for one in view.workers()] == [2]
    assert view.describe(view._pool_area(0).center()) == "executor\n2 waiting"


def test_that_a_click_on_a_pool_or_a_lane_marks_it(qtbot, run):
    pool(run)
    view = shown(qtbot, PoolView, run)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view._pool_area(0).center().toPoint())
    assert view.marks.is_thing(900)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.row_area(1).center().toPoint())
    assert view.marks.is_actor(3)


def test_that_a_task_is_told_in_words(qtbot, run):
    pool(run)
    view = shown(qtbot, PoolView, run)
    row = view.row_area(0)
    text = view.describe(QPointF(row.left() + view.scale_now().x(BEGAN + 130 * MS), row.center().y()))
    assert text.splitlines() == ["ForkPoolWorker-1 · pid 1002", "running", "2 done", "task 4 since 110 ms"]


@pytest.mark.parametrize(("width", "end"), [(900, "pid 123457"), (440, "pid 123457"), (240, "p1")])
def test_that_a_worker_s_lane_has_its_pid_and_the_name_gives_way(qtbot, run, monkeypatch, width, end):
    pool(run)
    run.last_state.processes[2].pid = 123_457
    view = shown(qtbot, PoolView, run, (width, 300))
    written, write = {}, Lettering.write

    def keep(self, area, text, font="plain", *others, **more):
        written[text] = self.type.shortened(font, text, area.width(), True)
        return write(self, area, text, font, *others, **more)

    monkeypatch.setattr(Lettering, "write", keep)
    view.grab()
    assert written[end] == end
    assert ("p1" in written) == (end == "p1")


# flow


def test_that_items_are_those_still_inside_oldest_first(run):
    queue(run, ["'a'", "'b'", "'c'"], taken=1)
    thing = run.last_state.things[800]
    assert items_in(run.last_state, thing) == ["'b'", "'c'"]
    thing.depth = 0
    assert items_in(run.last_state, thing) == []


def test_that_an_item_taken_out_of_turn_is_the_one_that_is_gone(run):
    queue(run, ["'a'", "'b'", "'c'"])
    fold(run, events.TextSeen(BEGAN, 77_777, "'b'"))
    fold_rows(run, [(60, 3, Kind.GET, 800, 8, 2), (60, 3, Kind.ITEM, 800, 0, -77_777)])
    assert items_in(run.last_state, run.last_state.things[800]) == ["'a'", "'c'"]


def test_that_like_items_are_taken_one_by_one(run):
    queue(run, ["1", "1", "1"], taken=2)
    assert items_in(run.last_state, run.last_state.things[800]) == ["1"]


def test_that_who_waits_is_at_the_end_that_holds_him_up(run):
    queue(run, ["1", "2"], capacity=2)
    fold_rows(run, [(90, 2, Kind.WAIT, 800, 5, -1)])
    state = run.last_state
    assert [one.number for one in waiters_of(state, state.things[800]).to_put] == [2]
    state.things[800].depth = 0
    assert [one.number for one in waiters_of(state, state.things[800]).to_take] == [2]
    state.things[800].depth = 1
    who = waiters_of(state, state.things[800])
    assert [one.number for one in who.either] == [2] and not who.to_put and not who.to_take


def test_that_a_pipes_unused_way_back_is_left_out(run):
    family(run)
    fold(run, *(events.ObjectDeclared(BEGAN, number, "pipe", name, place=7) for number, name in ((801, "(a, b)"), (802, "(a, b) #2"))))
    state = run.last_state
    assert [one.number for one in flows_of(state)] == [801], "before either is used"
    fold_rows(run, [(9, 2, Kind.PUT, 802, 5, -1)])
    assert [one.number for one in flows_of(state)] == [802]
    fold_rows(run, [(9, 2, Kind.PUT, 801, 5, -1)])
    assert [one.number for one in flows_of(state)] == [801, 802]


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("capacity", "items"), [(4, 2), (12, 12), (0, 6), (0, 0), (500, 40)])
def test_that_slots_lie_apart_between_the_two_ends(qtbot, run, size, big, capacity, items):
    queue(run, [f"'{n}'" for n in range(items)], capacity=capacity)
    view = shown(qtbot, FlowView, run, size, big)
    thing, (entry, middle, leaving) = view.flows()[0], view.parts_of(view.area_of(0))
    slots = view.slots(thing, middle)
    wanted = capacity or items + 1
    assert len(slots) == (wanted if middle.width() / wanted >= 6 else 0)
    assert all(middle.adjusted(-1, 0, 1, 0).contains(one) for one in slots)
    assert all(two.right() < one.left() + 0.01 for one, two in pairwise(slots)), "the exit first"
    if slots and capacity:
        assert (slots[0].right() + slots[-1].left()) / 2 == pytest.approx(middle.center().x(), abs=1)
    assert not any(one.intersects(two) for one, two in combinations((entry, middle, leaving), 2))
    view.grab()


def test_that_a_full_queue_says_so_and_who_waits(qtbot, run):
    queue(run, ["1", "2"], capacity=2)
    view = shown(qtbot, FlowView, run)
    danger, head = view.theme.colour("danger").name(), view.area_of(0).adjusted(0, 0, 0, -80)
    assert danger in colours(view, head)
    assert view.describe(view.area_of(0).topLeft() + QPointF(9, 9)).splitlines() == ["box-800 · queue", "2 of 2, full", "2 put in, 0 taken out"]
    fold_rows(run, [(90, 2, Kind.WAIT, 800, 5, -1)])
    line = QRectF(view.area_of(0).left() + 8, view.area_of(0).bottom() - 20, 12, 18)
    assert view.theme.colour("waiting").name() in colours(view, line)
    assert view.describe(view.area_of(0).topLeft() + QPointF(9, 9)).splitlines()[-1] == "waits: child-1"
    fold_rows(run, [(95, 3, Kind.GET, 800, 5, 1)])
    assert danger not in colours(view, head)


def test_that_filled_slots_have_the_accent_and_their_text_as_a_tooltip(qtbot, run):
    queue(run, ["'first'", "'second'"], capacity=4)
    view = shown(qtbot, FlowView, run)
    slots = view.slots(view.flows()[0], view.parts_of(view.area_of(0))[1])
    accent = view.theme.colour("accent").name()
    assert [accent in colours(view, slot) for slot in slots] == [True, True, False, False]
    assert view.describe(slots[0].center()) == "'first'" and view.describe(slots[1].center()) == "'second'"


def test_that_queues_stand_below_each_other_and_scroll(qtbot, run):
    for number in range(9):
        queue(run, ["1"], number=100_000 * (number + 1))
    view = shown(qtbot, FlowView, run)
    assert view.scroll_bar.isVisible()
    for _ in range(9):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.marks.is_thing(900_000) and view.area_of(8).bottom() <= view.height()
    areas = [view.area_of(index) for index in range(9)]
    assert all(one.bottom() < two.top() for one, two in pairwise(areas))


# all of them


@pytest.mark.parametrize("kind", [CoresView, PoolView, FlowView])
@pytest.mark.parametrize("size", SIZES)
def test_that_rows_stay_inside_in_both_schemes_and_large_type(qtbot, run, kind, size):
    pool(run)
    queue(run, ["1"])
    on_core(run, 2, 0, 300, 400)
    view = shown(qtbot, kind, run, size, big=True)
    pictures = []
    for choice in ("light", "dark"):
        view.theme.choose(choice)
        pictures.append(view.grab().toImage().pixelColor(2, view.height() - 3).name())
    assert pictures[0] != pictures[1] and view.has_drawn()
    assert view.room().top() >= 0 and view.room().bottom() <= view.height()
    run.show_program(None)
    assert not view.has_drawn()


SPINNERS = """# /// concsim
# views = ["cores"]
# ///
import multiprocessing
import time


def spin(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    for child in [context.Process(target=spin, args=(1.5,)) for _ in range(2)]:
        child.start()
"""


@pytest.mark.parametrize(("id", "kind"), [("pools.reuse", PoolView), ("queues.writer_reader", FlowView), ("", CoresView)])
def test_that_a_real_run_is_shown(qtbot, built, tmp_path, id, kind):
    script = tmp_path / "spinners.py"
    script.write_text(SPINNERS)
    if not id:
        built.window.show_script(script)
    stage = built.window.show_scenario(id) if id else built.window.script_page.stage
    view = next(one for one in stage.views if isinstance(one, kind))
    seen = {
        PoolView: lambda: any(one.task for one in view.workers()),
        FlowView: lambda: any(items_in(view.model.state, one) for one in view.flows()),
        CoresView: lambda: len(view.actors()) >= 3 and any(one.alone for one in core_lanes(view.model, view.scale_now(), view.until()).values()),
    }[kind]
    stage.start()
    qtbot.waitUntil(lambda: view.has_drawn() and seen(), timeout=30_000)
    stage.stop()
    qtbot.waitUntil(lambda: not stage.run.running, timeout=20_000)
