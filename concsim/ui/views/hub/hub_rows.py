"""A hub or an event loop and those it serves, as a queue: who runs, who is ready, who wakes when. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest
from typing import NamedTuple

from concsim.model.folding.entities import Actor
from concsim.model.folding.history import BLOCKED, FINISHED, NEW, READY, RUNNING, SLEEPING, WAITING
from concsim.model.folding.state import State

HUBS = ("hub", "loop")
SERVED = {"hub": "greenlet", "loop": "task"}
COROUTINES = ("greenlet", "task", "generator", "iterator")
MOST_ROWS = 200
ORDER = {RUNNING: 0, BLOCKED: 0, READY: 1, NEW: 2, SLEEPING: 3, WAITING: 4, FINISHED: 5}
NEVER = 1 << 62


class HubRow(NamedTuple):
    """One that a hub serves; `wakes` is the time of its timer, -1 for none. With `more` it stands for so many others."""

    actor: Actor
    wakes: int = -1
    more: int = 0


def hubs_of(state: State) -> list[Actor]:
    """The hubs and loops there are, those that go on first."""
    return sorted((one for one in state.actors.values() if one.kind in HUBS), key=lambda one: (one.state == FINISHED, one.number))


def thread_of(state: State, actor: Actor) -> int:
    """The thread that an actor lives in: the nearest ancestor that is no coroutine."""
    for _ in range(64):
        if actor.kind not in (*COROUTINES, *HUBS) or actor.parent not in state.actors:
            break
        actor = state.actors[actor.parent]
    return actor.number


def hub_of(state: State, marked: int) -> Actor | None:
    """The hub to show: the marked one, that of a marked greenlet or task, else the first."""
    hubs = hubs_of(state)
    actor = state.actors.get(marked)
    if actor is not None and len(hubs) > 1:
        thread = thread_of(state, actor)
        near = [one for one in hubs if one is actor or thread_of(state, one) == thread]
        if near:
            return near[0]
    return hubs[0] if hubs else None


def wakes_at(state: State, actor: Actor) -> int:
    """When an actor's timer rings, -1 without one."""
    timed = actor.state == SLEEPING or (actor.state == WAITING and actor.waits_for in state.things)
    return actor.since + round(actor.timeout * 1e9) if timed and actor.timeout >= 0 else -1


def members_of(state: State, hub: Actor) -> Iterable[Actor]:
    """Those that a hub serves, and the thread it lives in."""
    kind, thread = SERVED[hub.kind], thread_of(state, hub)
    alone = sum(one.kind == hub.kind and one.process == hub.process for one in hubs_of(state)) < 2
    for one in state.actors.values():
        inside = one.kind == kind and one.process == hub.process and (alone or thread_of(state, one) == thread)
        if inside or one.number == thread:
            yield one


def _place(row: HubRow) -> tuple[int, int, int]:
    state = SLEEPING if row.wakes >= 0 else row.actor.state
    return ORDER.get(state, 4), row.wakes if row.wakes >= 0 else NEVER, row.actor.number


def rows_of(state: State, hub: Actor) -> list[HubRow]:
    """The queue: running, ready, asleep by when they wake, waiting, finished; of each at most `MOST_ROWS`."""
    groups: dict[int, list[HubRow]] = {}
    for one in members_of(state, hub):
        row = HubRow(one, wakes_at(state, one))
        groups.setdefault(_place(row)[0], []).append(row)
    made = []
    for _, rows in sorted(groups.items()):
        kept = nsmallest(MOST_ROWS, rows, key=_place) if len(rows) > MOST_ROWS else sorted(rows, key=_place)
        made += kept
        if len(rows) > len(kept):
            made.append(HubRow(kept[-1].actor, more=len(rows) - len(kept)))
    return made


def holder_of(state: State, hub: Actor, rows: list[HubRow]) -> Actor | None:
    """Who has the thread, None for the hub itself or nobody."""
    if hub.state == BLOCKED:
        return state.actors.get(hub.blocked_by)
    if hub.state != READY:
        return None
    return next((row.actor for row in rows if row.actor.state == RUNNING and not row.more), None)
