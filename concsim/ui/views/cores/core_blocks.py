"""Who was on which core when, in pixels. No Qt."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from concsim.model.events import OS_STATES
from concsim.model.folding.history import Track
from concsim.ui.views.shared.pixel_runs import Run, TimeScale, pixel_runs

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel

RUNNING = OS_STATES.index("running") + 1
TURNS = 99
"""Stands for spans too short to be told apart."""
SPAN_BUDGET = 2_400


class Block(NamedTuple):
    """An actor was on a core for these pixels."""

    left: int
    right: int
    actor: int


@dataclass
class CoreLane:
    """What happened on one core: *alone* in order of their left, *turns* where actors took turns quickly."""

    alone: list[Block] = field(default_factory=list)
    turns: list[Block] = field(default_factory=list)


def core_numbers(run: RunModel) -> list[int]:
    """The cores anybody was on; on this machine also those that are there."""
    seen = {value - 1 for track in run.cores.values() for value in set(track.values)}
    if run.session is not None and seen:
        seen |= os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))
    return sorted(one for one in seen if one >= 0)


def core_lanes(run: RunModel, scale: TimeScale, until: int) -> dict[int, CoreLane]:
    """Each core's blocks; the cost is in pixels, however often they changed."""
    states, cores = run.os_states, run.cores
    spans = sum(len(track.times) for track in states.values())
    grain = 1 if spans <= SPAN_BUDGET else min(-(-len(states) * scale.width // SPAN_BUDGET), max(scale.width // 8, 1))
    coarse = TimeScale(scale.begin, scale.end, max(scale.width // grain, 1))
    lanes: dict[int, CoreLane] = {}
    for actor, track in states.items():
        where = cores.get(actor)
        if where is None:
            continue
        for run_, core in _on_cores(track, where, coarse, until):
            lane = lanes.setdefault(core, CoreLane())
            block = Block(run_.left * grain, run_.right * grain, actor)
            (lane.turns if run_.value == TURNS else lane.alone).append(block)
    for lane in lanes.values():
        lane.alone.sort()
    return lanes


def _on_cores(states: Track, cores: Track, scale: TimeScale, until: int) -> Iterator[tuple[Run, int]]:
    """The runs in which it was running, cut where it changed cores."""
    places = [Run(0, scale.width, cores.values[0])] if len(cores.values) == 1 else pixel_runs(cores, scale, until)
    index = 0
    for one in pixel_runs(states, scale, until, merged=TURNS):
        if one.value not in (RUNNING, TURNS):
            continue
        while index + 1 < len(places) and places[index].right <= one.left:
            index += 1
        at = index
        while at < len(places) and places[at].left < one.right:
            place = places[at]
            left, right = max(one.left, place.left), min(one.right, place.right)
            if left < right and place.value:
                yield Run(left, right, one.value), place.value - 1
            at += 1


def covered(blocks: list[Block]) -> list[tuple[int, int]]:
    """The pixels that any of the blocks covers, as stretches."""
    found: list[tuple[int, int]] = []
    for left, right, _ in sorted(blocks):
        if found and left <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    return found
