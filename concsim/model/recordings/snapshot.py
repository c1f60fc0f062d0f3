"""A state as JSON text and back, for jumps in a long recording.

Actors, things and variables are lists in the order of their slots. What is read back may have been changed by somebody:
each value is of the type that a new one has there.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from concsim.model import events
from concsim.model.files.json_size import check_holders
from concsim.model.folding.entities import Actor, Frame, Process, Site, Thing, Variable, Watched
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.folding.step_log import Taken
from concsim.model.pieces import Pieces, json_object, whole
from concsim.model.recordings.checked_record import check_fields

_PLAIN = ("time", "started", "count", "uncounted", "counted_until", "round", "parameters", "python")
_STEPPED = ("model", "mover", "alone")
_LARGEST = 1 << 64
MOST_HOLDERS = 1_000_000
"""Three lists and tables an actor."""
_OPEN = {(Watched, "value"), (Watched, "number"), (Process, "status")}
"""Slots that begin as None and may hold more than one type."""


class _Row:
    """How one of a class is written and read."""

    def __init__(self, cls: Any, *leave: str, key: int | str = 0) -> None:
        self.cls, self._key = cls, key
        self.names = [name for name in cls.__slots__ if name not in leave]
        self.values = attrgetter(*self.names)

    def read(self, row: Any) -> Any:
        one = self.cls(self._key)
        for name, value in zip(self.names, row, strict=True):
            setattr(one, name, value if (self.cls, name) in _OPEN and _is_open(name, value) else _like(getattr(one, name), value, name))
        return one


_ACTOR, _THING, _WATCHED, _VARIABLE = _Row(Actor), _Row(Thing), _Row(Watched, key=""), _Row(Variable)
_PROCESS = _Row(Process, "watched")


def _is_open(name: str, value: Any) -> bool:
    return name == "value" or value is None or type(value) in (int, float)


def _like(example: Any, value: Any, name: str) -> Any:
    """A value of the type of the example. Raises ValueError for another."""
    kind = type(example)
    if kind is float and type(value) is int and abs(value) < _LARGEST:
        return float(value)
    if kind is int and type(value) is int and abs(value) < _LARGEST:
        return value
    if kind in (bool, str, float) and type(value) is kind:
        return value
    if kind is dict and type(value) is dict:
        return {int(key): _like(0, one, name) for key, one in value.items()}
    if kind in (list, tuple) and type(value) is list:
        return kind(_like("" if kind is tuple else 0, one, name) for one in value)
    raise ValueError(f"{name} is not of type {kind.__name__}")


def _texts(values: Any) -> dict[int, str]:
    return {int(key): _like("", text, "text") for key, text in values.items()}


def _numbers(values: Any) -> dict[int, int]:
    return {int(key): _like(0, number, "number") for key, number in values.items()}


def _record(cls: Any, values: Any, **parts: Any) -> Any:
    record = cls(**{name: tuple(value) if type(value) is list else value for name, value in values.items()} | parts)
    check_fields(record)
    return record


def to_text(state: State) -> str:
    """The state as text, without its history."""
    return whole(in_pieces(state))


def in_pieces(state: State) -> Pieces[str]:
    """`to_text`, a piece at a time."""
    lists: dict[str, Iterable[Any]] = {
        "actors": map(_ACTOR.values, state.actors.values()),
        "things": map(_THING.values, state.things.values()),
        "watched": map(_WATCHED.values, state.watched.values()),
        "processes": ([_PROCESS.values(one), list(map(_WATCHED.values, one.watched.values()))] for one in state.processes.values()),
        "frames": state.frames.values(),
        "variables": map(_VARIABLE.values, state.variables.values()),
        "sites": state.sites,
    }
    values: dict[str, Any] = {name: getattr(state, name) for name in _PLAIN}
    values |= {name: getattr(state.stepped, name) for name in _STEPPED}
    values["watch_process"], values["watch_names"], values["files"] = state.memory.watch_process, state.watch_names, state.files
    values["asking"] = sorted(state.asking)
    values["remarks"] = [dataclasses.asdict(one) for one in state.remarks]
    values["errors"] = [dataclasses.asdict(one) for one in state.errors]
    values["texts"], values["watch_of"] = state.texts, state.stepped.watch_of
    values["taken"] = state.taken
    values["offer"] = dataclasses.asdict(state.offer) if state.offer else None
    values["deadlock"] = dataclasses.asdict(state.deadlock) if state.deadlock else None
    values["ended"] = dataclasses.asdict(state.ended) if state.ended else None
    return (yield from json_object(lists, values))


def from_text(text: str, history: History | None = None) -> State:
    """The state of `to_text`. Raises one of `DAMAGE` for a text that is none."""
    check_holders(text.encode(), MOST_HOLDERS)
    values = json.loads(text)
    state = State(history)
    for name in _PLAIN:
        setattr(state, name, values[name] if name == "parameters" else _like(getattr(state, name), values[name], name))
    for name in _STEPPED:
        setattr(state.stepped, name, _like(getattr(state.stepped, name), values[name], name))
    check_fields(events.RoundStarted(0, 0, values["parameters"]))
    state.cast.restore(_by_number(map(_ACTOR.read, values["actors"])))
    state.things.update(_by_number(map(_THING.read, values["things"])))
    state.watched.update({one.name: one for one in map(_WATCHED.read, values["watched"])})
    state.watch_names.update(_texts(values["watch_names"]))
    state.files.update(_texts(values["files"]))
    state.asking = {_like(0, one, "asking") for one in values["asking"]}
    state.remarks = [_record(events.Remark, one) for one in values["remarks"]]
    state.errors = [_record(events.ErrorRaised, one) for one in values["errors"]]
    state.ended = _record(events.RoundEnded, values["ended"]) if values["ended"] else None
    _restore_steps(state, values)
    _restore_processes(state, values)
    if values["deadlock"]:
        stuck = tuple(_record(events.Stuck, one) for one in values["deadlock"]["stuck"])
        state.deadlock = _record(events.DeadlockSeen, values["deadlock"], stuck=stuck)
    return state


def _by_number(ones: Iterable[Any]) -> dict[int, Any]:
    return {one.number: one for one in ones}


def _restore_processes(state: State, values: dict[str, Any]) -> None:
    for row, memory in values["processes"]:
        process = _PROCESS.read(row)
        process.watched = {kept.name: kept for kept in map(_WATCHED.read, memory)}
        state.processes[process.number] = process
    for actor, function, place, kept, depth, time in values["frames"]:
        texts = {_like("", name, "name"): _like("", text, "text") for name, text in kept.items()}
        numbers = [_like(0, one, "frame") for one in (actor, place, depth, time)]
        state.frames[numbers[0]] = Frame(numbers[0], _like("", function, "function"), numbers[1], texts, numbers[2], numbers[3])
    state.memory.watch_process.update(_numbers(values["watch_process"]))


def _restore_steps(state: State, values: dict[str, Any]) -> None:
    stepped = state.stepped
    state.sites.extend(Site(*(_like(0, one, "site") for one in row)) for row in values["sites"])
    state.texts.update(_texts(values["texts"]))
    stepped.watch_of.update(_numbers(values["watch_of"]))
    state.variables.update({one.id: one for one in map(_VARIABLE.read, values["variables"])})
    if values["offer"]:
        pending = tuple(_record(events.Pending, one) for one in values["offer"]["pending"])
        stepped.offer = _record(events.ChoiceOffered, values["offer"], pending=pending)
    if values["taken"]:
        example = Taken(0, 0, 0, 0, 0.0, 0)
        stepped.taken = Taken(*map(_like, example, values["taken"], Taken._fields))
