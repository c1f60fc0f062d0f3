"""What a run tells of pools: their workers, and which tasks each has done. No Qt."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from concsim.model.folding.entities import Actor, Thing
from concsim.model.folding.history import Track
from concsim.ui.views.shared.pixel_runs import Run, TimeScale, pixel_runs
from concsim.ui.views.shared.round_times import lanes_end

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.model.folding.state import State

POOL_KINDS = ("pool", "process pool")
STEPS = 1_200
MANY_TASKS = 1 << 62
"""Stands for tasks too short to be told apart."""


def pools_of(state: State) -> list[Thing]:
    """The pools, by number."""
    return [one for _, one in sorted(state.things.items()) if one.kind in POOL_KINDS]


def workers_of(run: RunModel) -> list[Actor]:
    """The workers of the round: processes that are made for it, and threads that have had a task."""
    tasks, there = run.tasks, run.state.actors
    return [
        there.get(number, one)
        for number, one in sorted(run.known_actors.items())
        if one.kind == "worker" or number in tasks
    ]


def tasks_done(track: Track | None, moment: int, at_work: bool) -> int:
    """How many tasks a worker has finished: the track has a span for each, and one for each pause behind it."""
    if track is None:
        return 0
    begun = (bisect_right(track.times, moment) + 1) // 2
    return begun - 1 if at_work and begun else begun


def done_by(run: RunModel, worker: Actor) -> int:
    """How many tasks a worker has finished at the moment shown."""
    return tasks_done(run.tasks.get(worker.number), run.moment, bool(worker.task))


def end_of(run: RunModel, worker: Actor) -> int:
    """When a worker ends, or its lane does."""
    known = run.known_actors.get(worker.number, worker)
    return known.ended or worker.ended or lanes_end(run)


def task_runs(run: RunModel, worker: Actor, scale: TimeScale, lanes: int) -> list[Run]:
    """A worker's tasks in pixels, as finely as so many lanes that are seen at once allow."""
    track = run.tasks.get(worker.number)
    if track is None:
        return []
    return pixel_runs(track, scale, end_of(run, worker), max(8, STEPS // max(1, lanes)), merged=MANY_TASKS)
