"""The bank: what is read from watched globals, what is said of it, where it is drawn, and what a click marks."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from concsim.bridge.run_model import RunModel
from concsim.model import events
from concsim.model.events import Kind, pack_place
from concsim.model.folding.entities import Watched
from concsim.ui.views.bankers.bank_clients import client_word
from concsim.ui.views.bankers.bank_grid import beginnings
from concsim.ui.views.bankers.bank_state import bank_of
from concsim.ui.views.bankers.bank_words import order_text, refusal_text, why_word
from concsim.ui.views.bankers.bankers_view import BankersView

from .views_fixtures import (
    BEGAN,
    FIRST,
    LOCK_A,
    MS,
    SECOND,
    actor,
    begin,
    fold,
    fold_rows,
    program_of,
    thing,
    watch,
)

CLAIMS = {"client-1": [1, 2], "client-2": [2, 1]}


@pytest.fixture
def view(put):
    return put(BankersView, 620, 270, scheme="light")


def watched(**values) -> dict[str, Watched]:
    """Watched globals with these values."""
    found = {name: Watched(name) for name in values}
    for name, one in found.items():
        one.value, one.is_json = values[name], True
    return found


def lend(run: RunModel, order=("client-1", "client-2"), refused=None, clients=CLAIMS, held=None) -> None:
    """A bank of two kinds; the first client runs, the second waits."""
    begin(run)
    fold(run, actor(FIRST, "t1", "client-1"), actor(SECOND, "t2", "client-2"), thing(LOCK_A, "bank", "condition"))
    fold_rows(run, [(1, FIRST, Kind.BEGIN, 0, 1, 0), (2, SECOND, Kind.BEGIN, 0, 1, 0), (3, SECOND, Kind.WAIT, LOCK_A, 9, -1)])
    held = held if held is not None else {name: [1, 0] for name in clients}
    values = {
        "kinds": ["gold", "silver"], "available": [0, 2], "claim": clients, "allocation": held, "safe_order": list(order),
        "refused": refused if refused is not None else {"client-2": [[0, 1], "unsafe"]},
    }  # fmt: skip
    for name, value in values.items():
        watch(run, name, value, type(value).__name__, None)


# what the globals tell


def test_that_needs_are_claims_less_loans(run):
    lend(run)
    one, two = bank_of(run.last_state.watched).accounts
    assert (one.claim, one.holds, one.needs, one.why) == ((1, 2), (1, 0), (0, 2), "")
    assert (two.claim, two.holds, two.needs, two.wish, two.why) == ((2, 1), (1, 0), (1, 1), (0, 1), "unsafe")


def test_that_a_client_that_gave_back_holds_and_needs_nothing():
    bank = bank_of(watched(available=[3], claim={"a": [2], "b": [1]}, allocation={"b": [1]}))
    assert [(one.holds, one.needs) for one in bank.accounts] == [((), ()), ((1,), (0,))]
    assert not bank.is_closed and bank.is_lending
    assert bank_of(watched(available=[3], claim={"a": [2]}, allocation={})).is_closed


def test_that_tuples_are_as_good_as_lists():
    told = {"claim": {"a": (2, 1)}, "allocation": {"a": (1, 0)}, "available": (1, 1), "refused": {"a": ((0, 1), "unsafe")}}
    bank = bank_of(watched(**told))
    assert bank.available == (1, 1) and bank.accounts[0].needs == (1, 1)
    assert (bank.accounts[0].wish, bank.accounts[0].why) == ((0, 1), "unsafe")


@pytest.mark.parametrize(
    "values",
    [{}, {"claim": {"a": [1]}}, {"available": 3, "claim": {"a": [1]}}, {"available": [1], "claim": [[1]]}, {"available": [1], "claim": {}}],
)  # fmt: skip
def test_that_globals_of_another_kind_are_no_bank(values):
    assert bank_of(watched(**values)) is None


def test_that_odd_values_of_a_persons_own_program_are_left_out():
    odd = watched(
        available=[1, "x"], claim={"a": "many", "b": [1]}, allocation=7, refused={"b": "no", "c": 1}, safe_order=["z", "b", 4], kinds=None
    )  # fmt: skip
    bank = bank_of(odd)
    assert (bank.available, bank.kinds, bank.order) == ((1,), ("1",), ("b",))
    assert [(one.claim, one.wish, one.why) for one in bank.accounts] == [((), (), ""), ((1,), (), "")]


# words


def test_that_nothing_is_drawn_before_a_run(view, run, tmp_path):
    view.grab()
    assert not view.has_drawn()
    assert view._empty_word() == "Press Run to see what the bank lends"
    run.program = program_of(tmp_path, 'available = ""')
    assert view._empty_word() == "This program watches no claim, allocation and available"


@pytest.mark.parametrize(
    ("order", "held", "said"),
    [
        (("client-2", "client-1"), None, "Safe order: client-2 → client-1"),
        ((), None, "Unsafe: there is no order in which all can finish."),
        ((), {"client-1": [0, 0], "client-2": [0, 0]}, "Nothing has been lent yet."),
        ((), {}, "All clients have given everything back."),
    ],
)
def test_that_the_safe_order_is_told_or_why_there_is_none(view, run, order, held, said):
    lend(run, order, held=held)
    assert order_text(bank_of(run.last_state.watched)) == said


@pytest.mark.parametrize(
    ("why", "word", "sentence"),
    [
        ("unsafe", "unsafe", "client-2 was refused 1 silver: no order would have been left in which all can finish."),
        ("not there", "not there", "client-2 was refused 1 silver: the bank had not got it."),
        ("Sunday", "Sunday", "client-2 was refused 1 silver."),
    ],
)
def test_that_a_refusal_says_why(view, run, why, word, sentence):
    lend(run, refused={"client-2": [[0, 1], why]})
    bank = bank_of(run.last_state.watched)
    assert why_word(bank.accounts[1].why) == word
    assert refusal_text(bank, bank.accounts[1]) == sentence
    assert view.describe(view.grid(bank).line(3).center()) == f"client-2, waiting\n{sentence}"


def test_that_a_stuck_client_is_called_so(view, run):
    lend(run)
    state = run.last_state
    assert [client_word(state, state.actors[one]) for one in (FIRST, SECOND)] == ["running", "waiting"]
    fold(run, events.DeadlockSeen(BEGAN + 9 * MS, "certain", (events.Stuck(SECOND, LOCK_A, 0, pack_place(1, 9)),)))
    assert [client_word(state, state.actors[one]) for one in (FIRST, SECOND)] == ["running", "deadlock"]


# the picture


def pixels(view, area) -> set[str]:
    """The colours in an area."""
    picture, part = view.grab().toImage(), area.toAlignedRect()
    return {picture.pixelColor(x, y).name() for x in range(part.left(), part.right()) for y in range(part.top(), part.bottom())}


def test_that_a_refused_kind_is_framed_in_the_colour_of_waiting(view, run):
    lend(run)
    grid, waiting = view.grid(bank_of(run.last_state.watched)), view.theme.colour("waiting").name()
    gold, silver = grid.cells(2, 3)
    assert waiting in pixels(view, silver)
    assert waiting not in pixels(view, gold)


def test_that_an_unsafe_state_is_told_in_danger(view, run):
    lend(run, ())
    line, danger = view.grid(bank_of(run.last_state.watched)).line(5), view.theme.colour("danger").name()
    assert danger in pixels(view, line)
    lend(run)
    assert danger not in pixels(view, line)


def test_that_each_client_has_the_sign_of_its_state(view, run):
    lend(run)
    grid = view.grid(bank_of(run.last_state.watched))
    names = [grid.line(row).adjusted(0, 0, -grid.right + 30, 0) for row in (2, 3)]
    for area, colour in zip(names, ("running", "waiting"), strict=True):
        assert view.theme.colour(colour).name() in pixels(view, area)


def test_that_a_click_on_a_row_marks_its_thread(qtbot, view, run):
    lend(run)
    row = view.grid(bank_of(run.last_state.watched)).line(3)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=row.center().toPoint())
    assert view.marks.is_actor(SECOND)
    assert view.find(QPointF(300, 2)) is None


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("size", [(620, 270), (480, 285), (1200, 600)])
def test_that_six_clients_and_four_kinds_fit(view, run, size, big):
    claims = {f"client-{n}": [3, 1, 2, 3] for n in range(1, 7)}
    lend(run, clients=claims, refused={"client-2": [[0, 1, 0, 0], "not there"]}, held={name: [1, 0, 1, 0] for name in claims})
    watch(run, "kinds", ["gold", "silver", "tin", "copper"], "list", 4)
    watch(run, "available", [1, 0, 2, 0], "list", 4)
    view.theme.set_big(big)
    view.resize(*size)
    grid = view.grid(bank_of(run.last_state.watched))
    cells = [cell for group in range(3) for row in range(2, 9) for cell in grid.cells(group, row)]
    assert grid.shown == 6 and grid.line(10).bottom() <= view.height()
    assert not any(one.adjusted(1, 1, -1, -1).intersects(two) for one, two in combinations(cells, 2))
    assert grid.group(3) - grid.gap <= grid.right and grid.group(0) >= grid.names
    view.grab()
    assert view.has_drawn()


def test_that_kinds_without_room_lose_their_ends_alike(qapp):
    metrics, kinds = QFontMetricsF(QFont()), ("gold", "silver", "tin")
    wide = metrics.horizontalAdvance("silver") + 1
    assert beginnings(kinds, metrics, wide) == list(kinds)
    assert beginnings(kinds, metrics, max(metrics.horizontalAdvance(one[:2]) for one in kinds)) == ["go", "si", "ti"]
    assert beginnings(kinds, metrics, 0) == ["g", "s", "t"]


def test_that_clients_without_room_are_counted(view, run):
    lend(run, clients={f"client-{n}": [1, 1] for n in range(1, 41)})
    grid = view.grid(bank_of(run.last_state.watched))
    assert 4 < grid.shown < 40 and grid.line(grid.shown + 4).bottom() <= view.height()
    view.grab()


def test_that_light_and_dark_differ(view, run):
    lend(run)
    light = view.grab().toImage().pixelColor(5, 5)
    view.theme.choose("dark")
    assert view.grab().toImage().pixelColor(5, 5) != light


def test_that_another_program_begins_undrawn(view, run):
    lend(run)
    view.grab()
    assert view.has_drawn()
    run.show_program(None)
    assert not view.has_drawn()
