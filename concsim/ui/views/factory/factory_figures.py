"""The phone factory in figures: its lines and workers, what they have made, which settings were tried."""

from __future__ import annotations

import math
import statistics
from typing import TYPE_CHECKING, Any, NamedTuple

from concsim.model.folding.entities import Actor, Watched
from concsim.model.folding.history import FINISHED, NEW, RUNNING, SLEEPING, WAITING
from concsim.ui.views.shared.drawn_numbers import can_be_drawn

if TYPE_CHECKING:
    from concsim.model.folding.history import RoundSummary
    from concsim.model.folding.state import State

SETTINGS = ("LINES", "WORKERS", "USE_WAITING")
CROWN = "rate"


class Worker(NamedTuple):
    """A thread; or the greenlets that share one, their hub for its number. *hands* are the greenlets."""

    number: int
    name: str
    state: int
    hands: tuple[Actor, ...] = ()


class Line(NamedTuple):
    """A process and its workers, and how many phones it has made, None if that is not known."""

    number: int
    name: str
    pid: int
    is_over: bool
    workers: tuple[Worker, ...]
    phones: int | None


class Tried(NamedTuple):
    """A setting tried: its parameters, those of the others that differ between settings, and its rounds' rate."""

    parameters: dict[str, Any]
    others: str
    rate: float
    rounds: int
    newest: int
    is_best: bool


def number_of(watched: Watched | None) -> float | None:
    """A watched global's number."""
    return None if watched is None or watched.number is None or not math.isfinite(watched.number) else watched.number


def made_by_line(state: State) -> dict[str, int]:
    """The phones of each line, as far as known."""
    watched = state.watched.get("made_by_line")
    if watched is None or not watched.is_json or not isinstance(watched.value, dict):
        return {}
    return {str(name): count for name, count in watched.value.items() if isinstance(count, int) and can_be_drawn(count)}


def made_so_far(state: State) -> int | None:
    """All phones, as far as known."""
    by_line = made_by_line(state)
    counted = number_of(state.watched.get("made"))
    if counted is None:
        return sum(by_line.values()) if by_line else None
    return max(int(counted), sum(by_line.values()))


def rate_so_far(state: State, began: int, moment: int) -> float | None:
    """Phones a second: what the program says, else what it has made by the time the round has lasted."""
    told = number_of(state.watched.get(CROWN))
    if told:
        return told
    made, ended = made_so_far(state), state.ended
    seconds = ((ended.time if ended is not None else moment) - began) / 1e9
    return None if made is None or seconds <= 0 else made / seconds


def _joint_state(actors: list[Actor]) -> int:
    states = {one.state for one in actors}
    return next(
        (one for one in (RUNNING, SLEEPING, WAITING) if one in states), FINISHED if states == {FINISHED} else NEW
    )


def _workers(actors: list[Actor]) -> tuple[Worker, ...]:
    """The threads; where there are greenlets, those who share a hub together, for nothing tells whose thread it is."""
    by_hub: dict[int, list[Actor]] = {}
    for one in actors:
        if one.kind == "greenlet":
            by_hub.setdefault(one.parent, []).append(one)
    if by_hub:
        found = sorted(by_hub.items())
        return tuple(Worker(hub, "", _joint_state(hands), tuple(hands)) for hub, hands in found)
    return tuple(Worker(one.number, one.name, one.state) for one in actors if one.kind == "thread")


def lines_of(state: State) -> list[Line]:
    """The lines: the program's processes, or the program itself while it alone has workers."""
    inside: dict[int, list[Actor]] = {}
    own = 0
    lines = []
    for number, one in sorted(state.actors.items()):
        if one.kind == "process":
            lines.append(one)
        elif one.kind == "main":
            own = number
        elif number and one.name != "?":
            inside.setdefault(one.process, []).append(one)
    if not lines:
        mine = inside.get(0, []) + (inside.get(own, []) if own else [])
        if not own or not _workers(mine):
            return []
        lines, inside = [state.actors[own]], {own: mine}
    made = made_by_line(state)
    return [_line(state, one, inside.get(one.number, []), made.get(one.name)) for one in lines]


def _line(state: State, one: Actor, workers: list[Actor], phones: int | None) -> Line:
    process = state.processes.get(one.number)
    over = one.state == FINISHED or (process is not None and process.ended)
    return Line(one.number, one.name, process.pid if process is not None else 0, over, _workers(workers), phones)


def tried_settings(rounds: list[RoundSummary], moment: int) -> list[Tried]:
    """The settings of the rounds that had come to their end by a moment, the one used last at the end."""
    by_setting: dict[tuple[tuple[str, str], ...], list[RoundSummary]] = {}
    for one in rounds:
        if one.outcome == "finished" and one.ended <= moment and one.finals.get(CROWN):
            key = tuple(sorted((name, str(value)) for name, value in one.parameters.items()))
            by_setting[key] = [*by_setting.pop(key, []), one]
    differing = _differing(list(by_setting))
    rates = [statistics.median(one.finals[CROWN] or 0.0 for one in found) for found in by_setting.values()]
    best = max(rates, default=0.0)
    return [
        Tried(
            found[-1].parameters,
            _others(key, differing),
            rate,
            len(found),
            found[-1].number,
            len(rates) > 1 and rate == best,
        )
        for (key, found), rate in zip(by_setting.items(), rates, strict=True)
    ]


def _differing(keys: list[tuple[tuple[str, str], ...]]) -> set[str]:
    """The other parameters that are not the same in all settings."""
    pairs = {pair for key in keys for pair in key if pair[0] not in SETTINGS}
    names = [name for name, _ in pairs]
    return {name for name in names if names.count(name) > 1}


def _others(key: tuple[tuple[str, str], ...], differing: set[str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in key if name in differing)


def phones_each(most: int, room: int) -> int:
    """How many phones a shape stands for, so that the most that a line has made fits: 1, 10, 100 …"""
    each = 1
    while room > 0 and -(-most // each) > room:
        each *= 10
    return each
