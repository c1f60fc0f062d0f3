"""The parts of a state: each kind of row and each record is the matter of one of them."""

from __future__ import annotations

from collections import Counter

from concsim.model.events import RECORDS
from concsim.model.folding.state import HEARD, State
from concsim.model.folding.turn_fold import TurnFold


def test_that_every_record_changes_a_state():
    assert set(HEARD) == set(RECORDS.values())


def test_that_no_kind_of_row_is_the_matter_of_two_parts():
    state = State()
    parts = (state.cast, state.memory, state.objects, state.system, state.stepped, TurnFold(None, state.cast))
    seen = Counter(kind for part in parts for kind in part.answers())
    assert set(seen.values()) == {1}


def test_that_a_new_round_begins_with_nothing_of_the_one_before():
    state = State()
    state.fold_record(RECORDS["ActorDeclared"](1, 7, "t1", "first", "thread"))
    state.fold_record(RECORDS["ObjectDeclared"](1, 8, "watch", "total"))
    assert state.actors[7].name == "first" and "total" in state.watched
    state.fold_record(RECORDS["RoundStarted"](2, 2))
    assert not state.actors and not state.watched and not state.watch_names and state.actor(7).name == "?"
