"""What a sequence diagram consists of: a row an arrow, a column an actor, and where each actor had the thread. No Qt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from concsim.model.events import Kind
from concsim.model.folding.entities import Actor
from concsim.model.folding.history import Arrow

MOST_ROWS = 2_000
END = -1
FIRST_KINDS = {"main": 0, "process": 0, "thread": 0, "hub": 1, "loop": 1}


class SequenceRow(NamedTuple):
    """An arrow, or the end of its *source*: `kind` is SWITCH, SEND, YIELD or `END`, `text` a text's number."""

    time: int
    kind: int
    source: int
    target: int
    text: int


@dataclass
class Diagram:
    """A diagram's newest rows; `left_out` says whether there were earlier ones.

    `spans` are the rows between which an actor had the thread, from the arrow to it to the arrow from it. `ends` are
    the rows in which actors ended.
    """

    rows: list[SequenceRow] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    spans: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)
    left_out: bool = False


def diagram_of(arrows: Sequence[Arrow], actors: Mapping[int, Actor], moment: int) -> Diagram:
    """The diagram of what was handed over up to a moment."""
    newest = list(islice((one for one in reversed(arrows) if one.time <= moment), MOST_ROWS + 1))
    left_out = len(newest) > MOST_ROWS
    shown = [SequenceRow(*one) for one in reversed(newest[:MOST_ROWS])]
    taking_part = {one.source for one in shown} | {one.target for one in shown}
    known = [actors[number] for number in taking_part if number in actors]
    known.sort(key=lambda one: (FIRST_KINDS.get(one.kind, 2), one.number))
    made = Diagram(_with_ends(shown, known, moment), [one.number for one in known], left_out=left_out)
    for number in made.columns:
        made.spans[number] = []
    _find_spans(made)
    return made


def _with_ends(rows: list[SequenceRow], actors: list[Actor], moment: int) -> list[SequenceRow]:
    """The rows with one for each end: behind all that the actor still handed over when it ended."""
    last = {row.source: index for index, row in enumerate(rows)}
    found: list[tuple[int, SequenceRow]] = []
    for actor in actors:
        if actor.ended and actor.ended <= moment:
            place = bisect_right(rows, actor.ended, key=lambda row: row.time)
            end = SequenceRow(actor.ended, END, actor.number, 0, actor.result)
            found.append((max(place, last.get(actor.number, -1) + 1), end))
    found.sort(key=lambda one: (one[0], one[1].time))
    merged, at = [], 0
    for place, row in found:
        merged += rows[at:place]
        merged.append(row)
        at = place
    return merged + rows[at:]


def _find_spans(made: Diagram) -> None:
    since: dict[int, int] = {}
    if made.rows and made.rows[0].kind != END:
        since[made.rows[0].source] = -1
    for index, row in enumerate(made.rows):
        begun = since.pop(row.source, None)
        if begun is not None and row.source in made.spans:
            made.spans[row.source].append((begun, index))
        if row.kind == END:
            made.ends[row.source] = index
        elif row.target in made.spans:
            since.setdefault(row.target, index)
    for number, begun in since.items():
        if number in made.spans:
            made.spans[number].append((begun, len(made.rows)))


def is_call(kind: int) -> bool:
    """Whether an arrow of this kind goes there to come back: it is drawn solid."""
    return kind != Kind.YIELD
