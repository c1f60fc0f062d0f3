"""The state of a run at one moment, computed from its events. Views draw it and keep no copy."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any

from concsim.model import events
from concsim.model.encoding import Batch
from concsim.model.events import FIRST_SITE, KIND_BITS, KIND_MASK, Kind
from concsim.model.folding import quick_fold
from concsim.model.folding.actor_fold import ActorFold, Answer
from concsim.model.folding.entities import Actor
from concsim.model.folding.history import RUNNING, WAITING, History
from concsim.model.folding.memory_fold import MemoryFold
from concsim.model.folding.process_fold import ProcessFold
from concsim.model.folding.step_fold import StepFold
from concsim.model.folding.step_log import Taken
from concsim.model.folding.thing_fold import ThingFold
from concsim.model.folding.turn_fold import TurnFold
from concsim.model.programs.verdict import LIVELOCK

MOST_SAID = 1_000
"""Remarks that are kept: nobody reads more."""


class State:
    """Everything known at `time`. Fold batches and records into it in the order of the recording.

    It has a part for each subject, new for each round: `cast`, `memory`, `objects`, `system`, `stepped`.
    """

    def __init__(self, history: History | None = None) -> None:
        self.history = history
        self.time = self.started = 0
        self.count = self.uncounted = 0
        self.counted_until = 0
        """Until when rows were counted only; what was seen before may have changed unseen."""
        self.round = 0
        self.remarks: list[events.Remark] = []
        self._clear({}, "")

    def _clear(self, parameters: dict[str, Any], python: str) -> None:
        """Begin a round."""
        self.parameters, self.python = parameters, python
        self.files: dict[int, str] = {}
        self.texts: dict[int, str] = {}
        self.errors: list[events.ErrorRaised] = []
        self.deadlock: events.DeadlockSeen | None = None
        self.asking: set[int] = set()
        self.ended: events.RoundEnded | None = None
        self._make_parts()
        self._show_parts()

    def _make_parts(self) -> None:
        history, texts = self.history, self.texts
        self.cast = cast = ActorFold(history)
        self.memory = MemoryFold(history, cast)
        self.objects = ThingFold(history, cast, texts)
        self.system = ProcessFold(history, cast, self.memory)
        self.stepped = StepFold(history, cast, self.memory, texts)
        self._quick = quick_fold.QuickFold(history, cast, self.objects, self.memory)
        self._answers: list[Answer] = [_nothing] * (1 << KIND_BITS)
        for part in (cast, self.memory, self.objects, self.system, self.stepped, TurnFold(history, cast)):
            for kind, answer in part.answers().items():
                self._answers[kind] = answer

    def _show_parts(self) -> None:
        """What the parts own, at hand for those who read."""
        self.actors, self.actor = self.cast.actors, self.cast.actor
        self.things, self.thing = self.objects.things, self.objects.thing
        self.watched, self.watch_names = self.memory.watched, self.memory.watch_names
        self.processes, self.process, self.memory_of = self.memory.processes, self.memory.process, self.memory.memory_of
        self.frames = self.system.frames
        self.sites, self.site, self.variables = self.stepped.sites, self.stepped.site, self.stepped.variables
        self.text_of, self.value_text = self.stepped.text_of, self.stepped.value_text

    @property
    def model(self) -> str:
        """The interpreter model of a stepped run, "" for a live one."""
        return self.stepped.model

    @property
    def taken(self) -> Taken | None:
        """The step taken last."""
        return self.stepped.taken

    @property
    def step(self) -> int:
        """How many steps were taken."""
        return 0 if self.taken is None else self.taken.step

    @property
    def offer(self) -> events.ChoiceOffered | None:
        """Who can be chosen next, and for what."""
        return self.stepped.offer

    @property
    def spins(self) -> bool:
        """Whether somebody among the stuck looks again and again at what nobody will change: a livelock."""
        return any(one.code == LIVELOCK for one in self.remarks)

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
            chosen = self._quick.choose(batch)
            self.fold_rows(batch, chosen, quick_fold.DRAWN)
            self.count += size - len(chosen)
        return True

    def fold_rows(self, batch: Batch, indexes: Sequence[int], drawn: frozenset[Kind] = frozenset()) -> None:
        """Fold some rows of a batch, one by one; the series of the kinds *drawn* have their values already."""
        answers, actors = self._answers, self.actors
        mutes = self.history if drawn else None
        times, numbers, codes, places, values = batch.times, batch.actors, batch.codes, batch.places, batch.values
        for index in indexes:
            code = codes[index]
            actor = actors.get(numbers[index]) or self.actor(numbers[index])
            place = places[index]
            if place >= FIRST_SITE:
                self.stepped.at_site(actor, place - FIRST_SITE)
            elif place:
                actor.place = place
            if mutes is not None:
                mutes.is_muted = code & KIND_MASK in drawn
            answers[code & KIND_MASK](times[index], actor, code >> KIND_BITS, values[index])
        if mutes is not None:
            mutes.is_muted = False
        self.count += len(indexes)
        if indexes:
            self.time = max(self.time, times[indexes[-1]])

    # records

    def fold_record(self, record: events.Record) -> None:
        """Fold one record."""
        self.time = max(self.time, record.time)
        HEARD[type(record)](self, record)

    def _start_round(self, record: events.RoundStarted) -> None:
        self.round = record.number
        self.started = self.started or record.time
        self._clear(dict(record.parameters), record.python)
        self.stepped.model = record.model
        if self.history is not None:
            self.history.start_round(record)

    def _end_round(self, record: events.RoundEnded) -> None:
        self.ended = record
        if record.outcome in ("finished", "failed"):
            self.cast.finish(record.time)
        if self.history is not None:
            self.history.end_round(record, {name: one.number for name, one in self.watched.items()})

    def _declare_object(self, record: events.ObjectDeclared) -> None:
        if record.kind == "variable":
            self.stepped.declare_variable(record)
        elif record.kind != "watch":
            self.objects.declare(record)
        elif self.memory.declare(record):
            self.stepped.link_watch(record.number, record.name)

    def _see_file(self, record: events.FileSeen) -> None:
        self.files[record.index] = record.path

    def _see_error(self, record: events.ErrorRaised) -> None:
        self.errors.append(record)

    def _see_deadlock(self, record: events.DeadlockSeen) -> None:
        self.deadlock = None if record.certainty == "withdrawn" else record

    def _ask(self, record: events.InputWanted) -> None:
        (self.asking.add if record.wanted else self.asking.discard)(record.actor)
        if record.actor:
            self.cast.enter(record.time, self.actor(record.actor), WAITING if record.wanted else RUNNING)

    def _count(self, record: events.Aggregated) -> None:
        self.uncounted += record.count
        self.counted_until = max(self.counted_until, record.until)

    def _sample(self, record: events.Sampled) -> None:
        self.thing(record.target).sampled |= record.on

    def _hear_remark(self, record: events.Remark) -> None:
        if len(self.remarks) < MOST_SAID:
            self.remarks.append(record)

    def _hear_output(self, record: events.OutputPrinted) -> None:
        if self.history is not None:
            self.history.printed(record)


def _nothing(time: int, actor: Actor, target: int, value: float) -> None:
    """What a row of no kind does."""


HEARD: dict[type, Callable[[State, Any], None]] = {
    events.RoundStarted: State._start_round,
    events.RoundEnded: State._end_round,
    events.ActorDeclared: lambda state, record: state.cast.declare(record),
    events.ObjectDeclared: State._declare_object,
    events.FileSeen: State._see_file,
    events.WatchSeen: lambda state, record: state.memory.see(record),
    events.ErrorRaised: State._see_error,
    events.DeadlockSeen: State._see_deadlock,
    events.InputWanted: State._ask,
    events.Aggregated: State._count,
    events.Sampled: State._sample,
    events.Remark: State._hear_remark,
    events.OutputPrinted: State._hear_output,
    events.ProcessSeen: lambda state, record: state.system.see(record),
    events.ProcessEnded: lambda state, record: state.system.end(record),
    events.FrameSeen: lambda state, record: state.system.see_frame(record),
    events.SitesSeen: lambda state, record: state.stepped.see_sites(record),
    events.TextSeen: lambda state, record: state.stepped.see_text(record),
    events.ChoiceOffered: lambda state, record: state.stepped.see_offer(record),
    events.Explored: lambda state, record: state.stepped.see_explored(record),
}
"""What a record of each class changes."""
