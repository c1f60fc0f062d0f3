"""What a recording lets go of when it has reached its limit: of the older half, all but snapshots."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple


class _Pack(NamedTuple):
    first: int
    size: int


class _Snapshot(NamedTuple):
    seq: int
    time: int
    size: int


class Gone(NamedTuple):
    """The keys of the rows that go. Of what is older than *until* only some moments are kept; 0 where nothing goes."""

    packs: list[int] = []
    snapshots: list[int] = []
    overviews: list[int] = []
    until: int = 0


class Sizes:
    """Bytes of all that is in a recording, and what of it goes."""

    def __init__(self) -> None:
        self._packs: list[_Pack] = []
        self._snapshots: list[_Snapshot] = []
        self._overviews: dict[int, int] = {}
        self._told = 0
        """Up to this frame the newest overview tells what there was."""
        self._total = 0

    def pack(self, first: int, size: int) -> int:
        """A pack was written, or written again; by how much it has grown."""
        before = 0
        if self._packs and self._packs[-1].first == first:
            before = self._packs.pop().size
        self._packs.append(_Pack(first, size))
        self._total += size - before
        return size - before

    def snapshot(self, seq: int, time: int, size: int) -> None:
        """A snapshot was written."""
        self._snapshots.append(_Snapshot(seq, time, size))
        self._total += size

    def overview(self, round_: int, seq: int, size: int) -> None:
        """A round's overview was written: the state after frame *seq*, and how it came to that."""
        self._total += size - self._overviews.pop(round_, 0)
        self._overviews[round_] = size  # the newest is the last
        self._told = max(self._told, seq)

    def lacks_overview(self, limit: int) -> bool:
        """Whether something is soon to go, which it does not before an overview tells of it."""
        return bool(limit) and self._total > limit * 3 // 4 and self._half() > self._told

    def thin(self, limit: int) -> Gone:
        """What goes for a limit in bytes, 0 for none.

        Of the older half the frames go, and of its snapshots as many as take more than a quarter of the limit. What is kept
        can be folded on from the snapshot that ends the half. The first pack stays: it says how the run began.
        """
        if not limit:
            return Gone()
        overviews = self._old_overviews(limit // 4)
        end = self._end_of_half() if self._total > limit else None
        if end is None:
            return Gone(overviews=overviews)
        packs = [one for one, after in pairwise(self._packs[1:]) if after.first <= end.seq + 1]
        self._packs[1 : 1 + len(packs)] = []
        self._total -= sum(one.size for one in packs)
        return Gone([one.first for one in packs], self._superfluous(end.seq, limit // 4), overviews, end.time)

    def _end_of_half(self) -> _Snapshot | None:
        """The last snapshot in the older half of the frames of which the newest overview tells."""
        last = min(self._half(), self._told)
        return next((one for one in reversed(self._snapshots) if one.seq <= last), None)

    def _half(self) -> int:
        """The last frame of the older half."""
        half, total = sum(one.size for one in self._packs) // 2, 0
        for pack in self._packs:
            total += pack.size
            if total > half:
                return pack.first - 1
        return 0

    def _superfluous(self, before: int, room: int) -> list[int]:
        """Snapshots that go until the rest fit: always the one whose neighbours are nearest, so that all of the run is told of."""
        gone: set[int] = set()
        kept = [one for one in self._snapshots if one.seq < before]
        size = sum(one.size for one in kept)
        while size > room and len(kept) > 2:
            index = min(range(1, len(kept) - 1), key=lambda at: kept[at + 1].time - kept[at - 1].time)
            size -= kept[index].size
            self._total -= kept[index].size
            gone.add(kept.pop(index).seq)
        self._snapshots = [one for one in self._snapshots if one.seq not in gone]
        return sorted(gone)

    def _old_overviews(self, room: int) -> list[int]:
        """The newest overview is needed to open the recording; those of earlier rounds have so much room."""
        gone = []
        earlier = list(self._overviews)[:-1]
        while sum(self._overviews[one] for one in earlier) > room:
            gone.append(earlier.pop(0))
            self._total -= self._overviews.pop(gone[-1])
        return gone
