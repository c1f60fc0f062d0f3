"""The state of a run at one moment, computed from its events. Views draw it and keep no copy."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from concsim.model import events
from concsim.model.encoding import Batch
from concsim.model.events import ALONE, KIND_BITS, LINE_BITS, SITE_FILE, Kind
from concsim.model.folding import quick_fold
from concsim.model.folding.ancestry import closes_circle, without_circles
from concsim.model.folding.crowds import FEWEST
from concsim.model.folding.history import FINISHED, NEW, READY, RUNNING, SLEEPING, WAITING, History
from concsim.model.folding.parts import Actor, Thing, Watched
from concsim.model.folding.process_fold import Peopled
from concsim.model.folding.step_fold import Stepped
from concsim.model.folding.thing_fold import Furnished

MOST_SAID = 1_000
"""Remarks that are kept: nobody reads more."""
FIRST_SITE = SITE_FILE << LINE_BITS


class State(Stepped, Peopled, Furnished):
    """Everything known at `time`. Fold batches and records into it in the order of the recording."""

    def __init__(self, history: History | None = None) -> None:
        self.history = history
        self._drawing = True
        self.time = self.started = 0
        self.count = self.uncounted = 0
        self.counted_until = 0
        """Until when rows were counted only; what was seen before may have changed unseen."""
        self.round = 0
        self.remarks: list[events.Remark] = []
        self._clear({}, "")

    def _clear(self, parameters: dict[str, Any], python: str) -> None:
        self.parameters, self.python = parameters, python
        self.clear_steps()
        self.clear_processes()
        self._is_crowded = False
        self._climbs = False
        """Whether somebody was started by one with a higher number."""
        self.actors: dict[int, Actor] = {}
        self.things: dict[int, Thing] = {}
        self.watched: dict[str, Watched] = {}
        self.watch_names: dict[int, str] = {}
        self.files: dict[int, str] = {}
        self.errors: list[events.ErrorRaised] = []
        self.deadlock: events.DeadlockSeen | None = None
        self.asking: set[int] = set()
        self.ended: events.RoundEnded | None = None

    def actor(self, number: int) -> Actor:
        """The actor of that number, made up if its declaration is not here (yet)."""
        found = self.actors.get(number)
        if found is None:
            found = self.actors[number] = Actor(number)
        return found

    def thing(self, number: int) -> Thing:
        """The object of that number, made up if its declaration is not here (yet)."""
        found = self.things.get(number)
        if found is None:
            found = self.things[number] = Thing(number)
        return found

    def name_of(self, number: int) -> str:
        """The name of an actor or object, "?" for neither."""
        one = self.actors.get(number) or self.things.get(number) or self.variables.get(number)
        return one.name if one else "?"

    def waiters(self, number: int) -> list[Actor]:
        """The actors that wait for the object or actor *number*."""
        return [one for one in self.actors.values() if one.state == WAITING and one.waits_for == number]

    # rows

    def fold_batch(self, batch: Batch, until: int | None = None) -> bool:
        """Fold a batch, or its rows up to the time *until*; says whether all of it was."""
        size = len(batch.times)
        if until is not None and size and batch.times[-1] > until:
            self.fold_rows(batch, range(bisect_right(batch.times, until)))
            return False
        if self.model or size < quick_fold.FEWEST or batch.times[-1] - batch.times[0] > quick_fold.LONGEST * 2:
            self.fold_rows(batch, range(size))
        else:
            quick_fold.fold_quickly(self, batch)
        return True

    def fold_rows(self, batch: Batch, indexes: Sequence[int], drawn: frozenset[Kind] = frozenset()) -> None:
        """Fold some rows of a batch, one by one; the series of the kinds *drawn* have their values already."""
        mask = (1 << KIND_BITS) - 1
        answers, actors = self._ANSWERS, self.actors
        times, numbers, codes, places, values = batch.times, batch.actors, batch.codes, batch.places, batch.values
        for index in indexes:
            code = codes[index]
            actor = actors.get(numbers[index]) or self.actor(numbers[index])
            place = places[index]
            if place >= FIRST_SITE:
                self.at_site(actor, place - FIRST_SITE)
            elif place:
                actor.place = place
            self._drawing = code & mask not in drawn
            answers[code & mask](self, times[index], actor, code >> KIND_BITS, values[index])
        self._drawing = True
        self.count += len(indexes)
        if indexes:
            self.time = max(self.time, times[indexes[-1]])

    def _enter(self, time: int, actor: Actor, state: int, target: int = 0) -> None:
        if actor.state == WAITING and time > actor.since:
            actor.waited += time - actor.since
        if self._is_crowded and self.history is not None and actor.number:
            self.history.crowds.move(actor.number, (actor.kind, actor.process), time, actor.state, state)
        actor.state, actor.waits_for, actor.since = state, target, time
        if self.history is not None:
            self.history.enter(time, actor.number, state, target)

    def _begin(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.began = time
        self._enter(time, actor, RUNNING)

    def _end(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.ended = time
        actor.result = int(value)
        self._enter(time, actor, FINISHED)

    def _start(self, time: int, actor: Actor, target: int, value: float) -> None:
        self._set_parent(self.actor(target), actor.number)

    def _set_parent(self, actor: Actor, parent: int) -> None:
        """Who has made it. What would make an actor its own ancestor is left out: whoever walks up would never arrive.

        As long as all have been made by those with lower numbers there can be no circle, and a chain of many is cheap.
        """
        climbs = parent >= actor.number
        if (climbs or self._climbs) and closes_circle(actor.number, parent, self._parent_of):
            return
        self._climbs |= climbs
        actor.parent = parent

    def _parent_of(self, number: int) -> int:
        found = self.actors.get(number)
        return found.parent if found is not None else 0

    def restore_parents(self, parents: Mapping[int, int]) -> None:
        """Who has made whom, all at once."""
        for number, parent in without_circles(parents).items():
            self.actors[number].parent = parent
            self._climbs |= parent >= number

    def _wait(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.timeout = value
        self._enter(time, actor, WAITING, target)

    def _sleep(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.timeout = value
        self._enter(time, actor, SLEEPING)

    def _ready(self, time: int, actor: Actor, target: int, value: float) -> None:
        if target == ALONE:
            self.alone = actor.number
        else:
            self._enter(time, actor, READY)

    def _wake(self, time: int, actor: Actor, target: int, value: float) -> None:
        self._enter(time, actor, RUNNING)

    def _nothing(self, time: int, actor: Actor, target: int, value: float) -> None:
        pass

    _ANSWERS = [_nothing] * (1 << KIND_BITS)
    for _kind, _answer in {
        Kind.BEGIN: _begin, Kind.END: _end, Kind.START: _start, Kind.WAIT: _wait, Kind.WAKE: _wake,
        Kind.SLEEP: _sleep, Kind.READY: _ready, **Furnished.THING_ANSWERS, **Stepped.STEP_ANSWERS,
        **Peopled.PROCESS_ANSWERS,
    }.items():  # fmt: skip
        _ANSWERS[_kind] = _answer
    del _kind, _answer

    # records

    def fold_record(self, record: events.Record) -> None:
        """Fold one record."""
        self.time = max(self.time, record.time)
        match record:
            case events.RoundStarted():
                self.round = record.number
                self.started = self.started or record.time
                self._clear(dict(record.parameters), record.python)
                self.model = record.model
                if self.history is not None:
                    self.history.start_round(record)
            case events.RoundEnded():
                self._round_ended(record)
            case events.ActorDeclared():
                self._declare_actor(record)
            case events.ObjectDeclared():
                self._declare_thing(record)
            case events.FileSeen():
                self.files[record.index] = record.path
            case events.WatchSeen():
                self._see_watch(record)
            case events.ErrorRaised():
                self.errors.append(record)
            case events.DeadlockSeen():
                self.deadlock = None if record.certainty == "withdrawn" else record
            case events.InputWanted():
                self._ask(record)
            case events.Aggregated():
                self.uncounted += record.count
                self.counted_until = max(self.counted_until, record.until)
            case events.Sampled():
                self.thing(record.target).sampled |= record.on
            case events.Remark():
                if len(self.remarks) < MOST_SAID:
                    self.remarks.append(record)
            case events.OutputPrinted():
                if self.history is not None:
                    self.history.printed(record)
            case _:
                if not self.fold_process_record(record):
                    self.fold_step_record(record)

    def _ask(self, record: events.InputWanted) -> None:
        (self.asking.add if record.wanted else self.asking.discard)(record.actor)
        if record.actor:
            self._enter(record.time, self.actor(record.actor), WAITING if record.wanted else RUNNING)

    def _round_ended(self, record: events.RoundEnded) -> None:
        self.ended = record
        for actor in self.actors.values():
            if actor.state not in (NEW, FINISHED) and record.outcome in ("finished", "failed"):
                self._enter(record.time, actor, FINISHED)
        if self.history is not None:
            self.history.end_round(record, {name: one.number for name, one in self.watched.items()})

    def _declare_actor(self, record: events.ActorDeclared) -> None:
        actor = self.actor(record.number)
        actor.id, actor.name, actor.kind = record.id, record.name, record.kind
        actor.daemon, actor.reaches = record.daemon, record.reaches
        self._set_parent(actor, record.parent)
        actor.process = record.process
        if not self._is_crowded and len(self.actors) > FEWEST:
            self._count_crowds(record.time)
        elif self._is_crowded and self.history is not None:
            self.history.crowds.move(actor.number, (actor.kind, actor.process), record.time, actor.state, actor.state)

    def _count_crowds(self, time: int) -> None:
        self._is_crowded = True
        if self.history is not None:
            for one in self.actors.values():
                if one.number:
                    self.history.crowds.move(one.number, (one.kind, one.process), time, one.state, one.state)

    def _declare_thing(self, record: events.ObjectDeclared) -> None:
        if record.kind == "watch":
            self.watch_names[record.number] = record.name
            if record.process:
                self.watch_process[record.number] = record.process
                return
            self.watched.setdefault(record.name, Watched(record.name))
            self.link_watch(record.number, record.name)
            return
        if record.kind == "variable":
            self.declare_variable(record)
            return
        thing = self.thing(record.number)
        thing.kind, thing.name, thing.capacity = record.kind, record.name, record.capacity
        thing.place, thing.lock = record.place, record.lock
        if record.kind == "semaphore":
            thing.depth = record.capacity

    def _see_watch(self, record: events.WatchSeen) -> None:
        watched = self.see_watch_of(record)
        watched.text, watched.value, watched.is_json = record.text, record.value, record.is_json
        watched.identity, watched.type = record.identity, record.type
