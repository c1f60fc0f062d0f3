"""What views draw over time: spans of state for each actor, series of numbers, the rounds' results. Bounded.

A history keeps everything until a budget is reached; then spans shorter than a grain are merged into MIXED ones and
series are thinned to their lows and highs, and the grain doubles. The recording keeps all of it for a closer look.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from concsim.model import events
from concsim.model.folding.crowds import Crowds
from concsim.model.folding.step_log import Taken

NEW, RUNNING, WAITING, SLEEPING, FINISHED, MIXED, READY, BLOCKED = range(8)
STATE_BITS = 4
SPAN_BUDGET = 300_000
SERIES_BUDGET = 8_000
OUTPUT_BUDGET = 1 << 20
ARROW_BUDGET = 20_000


class Arrow(NamedTuple):
    """Somebody handed the thread, or a value, to somebody: `kind` is SWITCH, SEND or YIELD, `text` a text's number."""

    time: int
    kind: int
    source: int
    target: int
    text: int


class Track:
    """Values over time as spans: value *i* holds from time *i* to time *i + 1*."""

    __slots__ = ("times", "values")

    def __init__(self) -> None:
        self.times = array("q")
        self.values = array("Q")

    def add(self, time: int, value: int) -> None:
        """From *time* on the value is *value*."""
        if not self.values or self.values[-1] != value:
            self.times.append(time)
            self.values.append(value)

    def at(self, time: int) -> int:
        """The value at a time, 0 before the first."""
        index = bisect_right(self.times, time) - 1
        return self.values[index] if index >= 0 else 0

    def merge(self, grain: int, mixed: int) -> None:
        """Make runs of spans shorter than *grain* nanoseconds one span of the value *mixed*."""
        times, values = self.times, self.values
        self.times, self.values = array("q"), array("Q")
        for index, value in enumerate(values):
            last = index + 1 == len(values)
            short = not last and times[index + 1] - times[index] < grain
            self.add(times[index], mixed if short else value)


class Series:
    """A number over time, thinned to the low and the high of each neighbourhood when it grows past its budget."""

    __slots__ = ("times", "values")

    def __init__(self) -> None:
        self.times = array("q")
        self.values = array("d")

    def add(self, time: int, value: float) -> None:
        """The number is *value* from *time* on."""
        self.times.append(time)
        self.values.append(value)
        if len(self.times) > SERIES_BUDGET:
            self._thin()

    def _thin(self) -> None:
        times, values = self.times, self.values
        self.times, self.values = array("q"), array("d")
        for start in range(0, len(times), 4):
            part = range(start, min(start + 4, len(times)))
            low, high = min(part, key=values.__getitem__), max(part, key=values.__getitem__)
            for index in sorted({low, high}):
                self.times.append(times[index])
                self.values.append(values[index])

    def last(self, until: int) -> float | None:
        """The value at a time, None before the first."""
        index = bisect_right(self.times, until) - 1
        return self.values[index] if index >= 0 else None


@dataclass
class RoundSummary:
    """One round: when it ran, with which parameters, how it ended and with which watched numbers."""

    number: int
    began: int
    parameters: dict[str, Any]
    ended: int = 0
    outcome: str = ""
    finals: dict[str, float | None] = field(default_factory=dict)


class History:
    """Spans of the present round, series and results of all rounds."""

    def __init__(self) -> None:
        self.lanes: dict[int, Track] = {}
        self.holding: dict[int, Track] = {}
        self.tasks: dict[int, Track] = {}
        self.cores: dict[int, Track] = {}
        """Each process's or thread's core, plus one."""
        self.os_states: dict[int, Track] = {}
        """What the operating system said of each: index in ``OS_STATES``, plus one."""
        self.is_muted = False
        """Whether the numbers that are folded now have been drawn already."""
        self.arrows: deque[Arrow] = deque(maxlen=ARROW_BUDGET)
        self.crowds = Crowds()
        self.rounds: list[RoundSummary] = []
        self.all_series: dict[str, Series] = {}
        self.output: list[events.OutputPrinted] = []
        self.output_size = self.output_dropped = 0
        self.overs: dict[int, Taken] = {}
        """The steps of a stepped run that wrote over what another actor had written."""
        self.grain = 0
        self.room = SPAN_BUDGET

    def _track(self, tracks: dict[int, Track], number: int) -> Track:
        found = tracks.get(number)
        if found is None:
            found = tracks[number] = Track()
        return found

    def enter(self, time: int, actor: int, state: int, target: int) -> None:
        """An actor's state from now on, and what it waits for."""
        self._track(self.lanes, actor).add(time, state | target << STATE_BITS)
        self._spend()

    def hold(self, time: int, actor: int, count: int) -> None:
        """How many locks an actor holds from now on."""
        self._track(self.holding, actor).add(time, count)
        self._spend()

    def task(self, time: int, actor: int, task: int) -> None:
        """The pool task an actor works on from now on, 0 for none."""
        self._track(self.tasks, actor).add(time, task)
        self._spend()

    def core(self, time: int, actor: int, core: int) -> None:
        """The core an actor is on from now on."""
        self._track(self.cores, actor).add(time, core + 1)
        self._spend()

    def os_state(self, time: int, actor: int, state: int) -> None:
        """What the operating system says of an actor from now on."""
        self._track(self.os_states, actor).add(time, state + 1)
        self._spend()

    def _spend(self) -> None:
        self.room -= 1
        if self.room <= 0:
            self._shrink()

    def _shrink(self) -> None:
        began = self.rounds[-1].began if self.rounds else 0
        newest = max((track.times[-1] for track in self.lanes.values() if track.times), default=began)
        self.grain = max(self.grain * 2, (newest - began) // 20_000, 1)
        left = SPAN_BUDGET
        for tracks, mixed in ((self.lanes, MIXED), (self.holding, 1), (self.tasks, 0), (self.cores, 0), (self.os_states, 0)):
            for track in tracks.values():
                track.merge(self.grain, mixed)
                left -= len(track.times)
        self.room = max(left, SPAN_BUDGET // 4)

    def series(self, name: str, time: int, value: float) -> None:
        """A watched global's or queue's number at a time."""
        if self.is_muted:
            return
        found = self.all_series.get(name)
        if found is None:
            found = self.all_series[name] = Series()
        found.add(time, value)

    def printed(self, record: events.OutputPrinted) -> None:
        """Keep printed text, the newest of it when there is more than the budget."""
        self.output.append(record)
        self.output_size += len(record.text)
        while self.output_size > OUTPUT_BUDGET and len(self.output) > 1:
            dropped = self.output.pop(0)
            self.output_size -= len(dropped.text)
            self.output_dropped += len(dropped.text)

    def start_round(self, record: events.RoundStarted) -> None:
        """A new round: its lanes begin empty."""
        self.lanes, self.holding, self.tasks, self.overs = {}, {}, {}, {}
        self.cores, self.os_states = {}, {}
        self.arrows.clear()
        self.crowds = Crowds()
        self.grain, self.room = 0, SPAN_BUDGET
        self.rounds.append(RoundSummary(record.number, record.time, dict(record.parameters)))

    def end_round(self, record: events.RoundEnded, finals: dict[str, float | None]) -> None:
        """The round's result."""
        if self.rounds:
            last = self.rounds[-1]
            last.ended, last.outcome, last.finals = record.time, record.outcome, finals

    def round_at(self, time: int) -> RoundSummary | None:
        """The round that ran at a time."""
        index = bisect_right(self.rounds, time, key=lambda one: one.began) - 1
        return self.rounds[index] if index >= 0 else None
