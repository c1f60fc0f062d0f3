"""A state as JSON text and back, for jumps in a long recording."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from concsim.model import events
from concsim.model.history import History
from concsim.model.parts import Actor, Frame, Process, Site, Taken, Thing, Variable, Watched
from concsim.model.state import State

_PLAIN = ("time", "started", "count", "uncounted", "counted_until", "round", "parameters", "python")


def _slots(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


def _fill(one: Any, values: dict[str, Any]) -> Any:
    for name, value in values.items():
        if isinstance(value, dict) and name in ("holds", "owners", "seen"):
            value = {int(key): count for key, count in value.items()}
        setattr(one, name, tuple(value) if name == "reaches" else value)
    return one


def to_text(state: State) -> str:
    """The state as text, without its history."""
    values: dict[str, Any] = {name: getattr(state, name) for name in _PLAIN}
    values["actors"] = [_slots(one) for one in state.actors.values()]
    values["things"] = [_slots(one) for one in state.things.values()]
    values["watched"] = [_slots(one) for one in state.watched.values()]
    values["processes"] = [_slots(one) | {"watched": [_slots(kept) for kept in one.watched.values()]} for one in state.processes.values()]
    values["frames"], values["watch_process"] = list(state.frames.values()), state.watch_process
    values["watch_names"], values["files"] = state.watch_names, state.files
    values["asking"] = sorted(state.asking)
    values["remarks"] = [dataclasses.asdict(one) for one in state.remarks]
    values["errors"] = [dataclasses.asdict(one) for one in state.errors]
    values["model"], values["mover"], values["sites"] = state.model, state.mover, state.sites
    values["alone"] = state.alone
    values["texts"], values["watch_of"] = state.texts, state._watch_of
    values["variables"] = [_slots(one) for one in state.variables.values()]
    values["taken"] = state.taken
    values["offer"] = dataclasses.asdict(state.offer) if state.offer else None
    values["deadlock"] = dataclasses.asdict(state.deadlock) if state.deadlock else None
    values["ended"] = dataclasses.asdict(state.ended) if state.ended else None
    return json.dumps(values)


def from_text(text: str, history: History | None = None) -> State:
    """The state of `to_text`. Raises ValueError, KeyError or TypeError for a text that is none."""
    values = json.loads(text)
    state = State(history)
    for name in _PLAIN:
        setattr(state, name, values[name])
    state.actors = {one["number"]: _fill(Actor(one["number"]), one) for one in values["actors"]}
    state.things = {one["number"]: _fill(Thing(one["number"]), one) for one in values["things"]}
    state.watched = {one["name"]: _fill(Watched(one["name"]), one) for one in values["watched"]}
    state.watch_names = {int(key): name for key, name in values["watch_names"].items()}
    state.files = {int(key): path for key, path in values["files"].items()}
    state.asking = set(values["asking"])
    state.remarks = [events.Remark(**one) for one in values["remarks"]]
    state.errors = [events.ErrorRaised(**one) for one in values["errors"]]
    state.ended = events.RoundEnded(**values["ended"]) if values["ended"] else None
    _restore_steps(state, values)
    _restore_processes(state, values)
    if values["deadlock"]:
        stuck = tuple(events.Stuck(**one) for one in values["deadlock"].pop("stuck"))
        state.deadlock = events.DeadlockSeen(stuck=stuck, **values["deadlock"])
    return state


def _restore_processes(state: State, values: dict[str, Any]) -> None:
    for one in values["processes"]:
        memory = {kept["name"]: _fill(Watched(kept["name"]), kept) for kept in one.pop("watched")}
        state.processes[one["number"]] = _fill(Process(one["number"]), one)
        state.processes[one["number"]].watched = memory
    state.frames = {one[0]: Frame(*one) for one in values["frames"]}
    state.watch_process = {int(key): number for key, number in values["watch_process"].items()}


def _restore_steps(state: State, values: dict[str, Any]) -> None:
    state.model, state.mover, state.alone = values["model"], values["mover"], values["alone"]
    state.sites = [Site(*one) for one in values["sites"]]
    state.texts = {int(key): text for key, text in values["texts"].items()}
    state._watch_of = {int(key): number for key, number in values["watch_of"].items()}
    state.variables = {one["id"]: _fill(Variable(one["id"]), one) for one in values["variables"]}
    if values["offer"]:
        pending = tuple(events.Pending(**one) for one in values["offer"].pop("pending"))
        state.offer = events.ChoiceOffered(pending=pending, **values["offer"])
    state.taken = Taken(*values["taken"]) if values["taken"] else None
