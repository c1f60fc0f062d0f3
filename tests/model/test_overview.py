"""A history and a state as a recording keeps them: they come back as they were, and nothing in them is trusted."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from concsim.model.encoding import Batch
from concsim.model.errors import DAMAGE
from concsim.model.events import (
    ActorDeclared,
    ErrorRaised,
    Kind,
    ObjectDeclared,
    OutputPrinted,
    Remark,
    RoundEnded,
    RoundStarted,
    WatchSeen,
    pack_code,
)
from concsim.model.folding.history import History, Track
from concsim.model.folding.state import State
from concsim.model.kinds import MOST_CORES, OS_STATES
from concsim.model.recordings import overview, snapshot


def busy(actors: int = 80) -> State:
    """The state, with its history, after a round in which much was seen: actors enough for a crowd among them."""
    state = State(History())
    state.fold_record(RoundStarted(1, 1, {"N": 3, "way": "slow"}))
    for number in range(2, actors + 2):
        state.fold_record(ActorDeclared(2, number, f"t{number}", "worker", "thread", parent=number - 1 if number > 2 else 0))
    state.fold_record(ObjectDeclared(3, 1_000, "lock", "lock"))
    state.fold_record(ObjectDeclared(3, 1_001, "watch", "total"))
    state.fold_record(WatchSeen(4, "total", "3", 3, True, 5, "int"))
    rows = [
        (time, 2 + time % actors, pack_code(kind, 1_001 if kind is Kind.VALUE else 1_000), 5, 1.5)
        for time, kind in enumerate([Kind.BEGIN, Kind.WAIT, Kind.ACQUIRE, Kind.RELEASE, Kind.VALUE] * 40, 5)
    ]
    state.fold_batch(Batch(*zip(*rows, strict=True)))
    state.fold_record(OutputPrinted(300, "stdout", "hello é \ud800"))
    state.fold_record(ErrorRaised(300, 2, "ValueError", "bad", 5))
    state.fold_record(Remark(301, "output_cut", {"kept": 3}))
    state.fold_record(RoundEnded(302, 1, "finished", 0))
    return state


def parts(history: History) -> dict[str, Any]:
    """What is in a history, comparable."""
    values = dict(vars(history))
    for name in ("lanes", "holding", "tasks", "cores", "os_states", "all_series"):
        values[name] = {key: (list(one.times), list(one.values)) for key, one in values[name].items()}
    values["crowds"] = {key: vars(one) for key, one in history.crowds.by_key.items()}, history.crowds.key_of
    return values


def test_that_a_history_comes_back_as_it_was() -> None:
    history = busy().history
    assert history is not None and history.lanes and history.all_series and history.crowds.by_key and history.rounds
    assert parts(overview.from_bytes(overview.to_bytes(history))) == parts(history)


def test_that_folding_goes_on_from_what_came_back() -> None:
    first, state = busy(), busy()
    assert state.history is not None
    again = snapshot.from_text(snapshot.to_text(state), overview.from_bytes(overview.to_bytes(state.history)))
    for one in (first, again):
        one.fold_record(RoundStarted(400, 2, {"N": 4}))
        one.fold_record(ActorDeclared(401, 2, "t1", "worker", "thread"))
        one.fold_batch(Batch([402], [2], [pack_code(Kind.BEGIN, 0)], [7], [0.0]))
    assert snapshot.to_text(again) == snapshot.to_text(first)
    assert again.history is not None and first.history is not None
    assert parts(again.history) == parts(first.history)


def test_that_a_state_comes_back_as_it_was() -> None:
    text = snapshot.to_text(busy())
    assert snapshot.to_text(snapshot.from_text(text)) == text


def set_actor(slot: str, value: Any) -> Callable[[dict[str, Any]], None]:
    names = snapshot._ACTOR.names

    def change(values: dict[str, Any]) -> None:
        values["actors"][0][names.index(slot)] = value

    return change


@pytest.mark.parametrize("change", [
    set_actor("name", ["a", "list"]), set_actor("number", "2"), set_actor("daemon", 1), set_actor("holds", {"a": 1}), set_actor("holds", {"1": "x"}),
    set_actor("reaches", [1]), set_actor("state", 1e999), set_actor("place", 10**40), set_actor("waited", None),
    lambda values: values["actors"][0].pop(), lambda values: values.pop("things"), lambda values: values.update(parameters={"N": [1]}),
    lambda values: values.update(time="now"), lambda values: values["remarks"].append({"time": 1, "code": 5, "values": {}}),
    lambda values: values.update(ended=[1]), lambda values: values["files"].update(x="y"), lambda values: values["errors"].append(5),
])  # fmt: skip
def test_that_a_state_of_other_types_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    values = json.loads(snapshot.to_text(busy()))
    change(values)
    with pytest.raises(DAMAGE):
        snapshot.from_text(json.dumps(values))


def test_that_in_a_state_nobody_is_its_own_ancestor() -> None:
    values = json.loads(snapshot.to_text(busy(3)))
    parent, number = (snapshot._ACTOR.names.index(name) for name in ("parent", "number"))
    for row in values["actors"]:
        row[parent] = {2: 4, 3: 2, 4: 3}.get(row[number], 0)
    state = snapshot.from_text(json.dumps(values))
    for one in state.actors.values():
        seen = set()
        while one.parent and one.number not in seen:
            seen.add(one.number)
            one = state.actors[one.parent]
        assert not one.parent


def head_of(data: bytes) -> tuple[dict[str, Any], bytes]:
    size = int.from_bytes(data[:4], "little")
    return json.loads(data[4 : 4 + size]), data[4 + size :]


def with_head(head: Any, rest: bytes) -> bytes:
    text = json.dumps(head).encode()
    return len(text).to_bytes(4, "little") + text + rest


@pytest.mark.parametrize("change", [
    lambda head: head["lanes"][0].__setitem__(1, 10**9), lambda head: head["lanes"][0].__setitem__(1, -1),
    lambda head: head["lanes"][0].__setitem__(0, "x"), lambda head: head["series"][0].__setitem__(0, 5),
    lambda head: head["rounds"][0].update(began="x"), lambda head: head["rounds"][0].update(parameters={"N": [1]}),
    lambda head: head["rounds"][0].update(ended=None), lambda head: head["output"][0].__setitem__(2, 5), lambda head: head.pop("arrows"),
    lambda head: head.update(room=1e9), lambda head: head["crowd_of"].append([5, "nobody", 3]), lambda head: head["arrows"].append([1, 2, 3, 4, "x"]),
    lambda head: head["arrows"].append([1, 2]), lambda head: head["crowds"][0].__setitem__(2, [1]),
])  # fmt: skip
def test_that_a_history_of_other_types_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    history = busy().history
    assert history is not None
    head, rest = head_of(overview.to_bytes(history))
    assert overview.from_bytes(with_head(head, rest))
    change(head)
    with pytest.raises(DAMAGE):
        overview.from_bytes(with_head(head, rest))


def test_that_times_that_run_backwards_and_states_that_there_are_not_are_refused() -> None:
    history = busy().history
    assert history is not None
    track = next(one for one in history.lanes.values() if len(one.times) > 1)
    track.times[1] = track.times[0] - 1
    with pytest.raises(ValueError, match="backwards"):
        overview.from_bytes(overview.to_bytes(history))
    track.times[1], track.values[0] = track.times[0], 15
    with pytest.raises(ValueError, match="state"):
        overview.from_bytes(overview.to_bytes(history))


def test_that_a_head_or_a_state_of_a_million_lists_is_refused_before_it_is_read() -> None:
    head = b'{"lanes": [' + b"[], " * 2_000_000 + b"[]]}"
    with pytest.raises(ValueError, match="lists and tables"):
        overview.from_bytes(len(head).to_bytes(4, "little") + head)
    with pytest.raises(ValueError, match="lists and tables"):
        snapshot.from_text(head.decode())


@pytest.mark.parametrize(("name", "value"), [("cores", MOST_CORES + 1), ("os_states", len(OS_STATES) + 1)])
def test_that_a_core_or_a_state_that_there_cannot_be_is_refused(name: str, value: int) -> None:
    history = busy().history
    assert history is not None
    getattr(history, name)[5] = track = Track()
    track.add(1, value - 1)
    assert overview.from_bytes(overview.to_bytes(history))
    track.values[0] = value
    with pytest.raises(ValueError, match=name):
        overview.from_bytes(overview.to_bytes(history))
    kind = Kind.CORE if name == "cores" else Kind.OS_STATE
    with pytest.raises(ValueError, match="no"):
        State().fold_batch(Batch([1], [5], [pack_code(kind, 0)], [0], [float(value - 1)]))
