"""Events of several processes, put into one order by the one clock.

What a process says arrives in the order of its own clock, and some milliseconds late. So the frames of all processes
are held back for a moment and given out in the order of their times; batches that overlap are merged row by row. What
comes later than that is given out when it comes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from concsim.model.encoding import BATCH, RECORD, Batch, encode_columns
from concsim.model.events import Record

HELD = 150_000_000
"""How long frames are held back at first, in nanoseconds: longer than a process that does nothing rests between two looks."""
LONGEST_HELD = 1_000_000_000
"""On a machine so busy that frames come later, they are held back for longer, but never longer than this."""


class Piece(NamedTuple):
    """A frame: its payload as it travelled, and what it holds."""

    kind: int
    payload: bytes
    content: Batch | Record


def _time_of(piece: Piece) -> int:
    return piece.content.times[0] if isinstance(piece.content, Batch) else piece.content.time


class Merger:
    """Holds pieces back while more than one process speaks."""

    def __init__(self) -> None:
        self._sources: dict[int, list[Piece]] = {}
        self._given = 0
        self.held = HELD

    def add(self, source: int, piece: Piece) -> None:
        """A frame of one process, which sends them in the order of its times."""
        found = self._sources.get(source)
        if found is None:
            found = self._sources[source] = []
        found.append(piece)
        late = self._given - _time_of(piece)
        if late > 0:
            self.held = min(max(self.held, HELD + 2 * late), LONGEST_HELD)

    def take(self, until: int | None = None) -> list[Piece]:
        """All that happened up to a time, in order; everything for None."""
        due: list[Piece] = []
        busy = 0
        self._given = max(self._given, until or 0)
        for pieces in self._sources.values():
            if pieces:
                busy += 1
                due += _take_due(pieces, until)
        if busy < 2:
            return due
        return list(_merge(due))


def _take_due(pieces: list[Piece], until: int | None) -> list[Piece]:
    if until is None:
        due, pieces[:] = list(pieces), []
        return due
    count = 0
    for piece in pieces:
        last = piece.content.times[-1] if isinstance(piece.content, Batch) else piece.content.time
        if last > until:
            break
        count += 1
    due = pieces[:count]
    del pieces[:count]
    if pieces and isinstance(pieces[0].content, Batch) and pieces[0].content.times[0] <= until:
        before, after = _cut(pieces[0].content, until)
        due.append(before)
        pieces[0] = after
    return due


def _cut(batch: Batch, until: int) -> tuple[Piece, Piece]:
    at = bisect_right(batch.times, until)
    before, after = ([column[part] for column in batch] for part in (slice(at), slice(at, None)))
    return _piece_of(Batch(*before)), _piece_of(Batch(*after))  # type: ignore[arg-type]


def _piece_of(batch: Batch) -> Piece:
    return Piece(BATCH, encode_columns(batch), batch)


def _merge(pieces: list[Piece]) -> Iterator[Piece]:
    """Pieces in the order of their times. Records stay whole; between two of them rows are one batch."""
    pieces.sort(key=_time_of)
    open_: list[Piece] = []
    for piece in pieces:
        if piece.kind == RECORD:
            yield from _up_to(open_, _time_of(piece))
            yield piece
        else:
            open_.append(piece)
    yield from _up_to(open_, None)


def _up_to(open_: list[Piece], until: int | None) -> Iterator[Piece]:
    """The rows of *open_* up to a time as one batch; what is later stays there."""
    due: list[Piece] = []
    later: list[Piece] = []
    for piece in open_:
        assert isinstance(piece.content, Batch)
        if until is None or piece.content.times[-1] <= until:
            due.append(piece)
        elif piece.content.times[0] > until:
            later.append(piece)
        else:
            before, after = _cut(piece.content, until)
            due.append(before)
            later.append(after)
    open_[:] = later
    if len(due) == 1:
        yield due[0]
    elif due:
        yield _piece_of(_sorted([piece.content for piece in due if isinstance(piece.content, Batch)]))


def _sorted(batches: list[Batch]) -> Batch:
    columns = [array(kind) for kind in "qIIId"]
    for batch in batches:
        for column, part in zip(columns, batch, strict=True):
            column.extend(part)  # type: ignore[arg-type]
    times = columns[0]
    order = sorted(range(len(times)), key=times.__getitem__)
    return Batch(*(array(column.typecode, [column[index] for index in order]) for column in columns))
