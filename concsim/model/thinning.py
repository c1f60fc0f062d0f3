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

    def overview(self, round_: int, size: int) -> None:
        """A round's overview was written."""
        self._overviews.pop(round_, None)
        self._overviews[round_] = size  # the newest is the last

    def thin(self, limit: int) -> Gone:
        """What goes for a limit in bytes, 0 for none.

        Of the older half the frames go, and every second snapshot if that is not enough. What is kept can be folded on
        from the snapshot that ends the half. The first pack stays: it says how the run began.
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
        snapshots = self._every_second(end.seq) if self._total > limit * 3 // 4 else []
        return Gone([one.first for one in packs], snapshots, overviews, end.time)

    def _end_of_half(self) -> _Snapshot | None:
        """The last snapshot in the older half of the frames."""
        half, total = sum(one.size for one in self._packs) // 2, 0
        for pack in self._packs:
            total += pack.size
            if total > half:
                return next((one for one in reversed(self._snapshots) if one.seq < pack.first), None)
        return None

    def _every_second(self, before: int) -> list[int]:
        gone = [one for one in self._snapshots if one.seq < before][1::2]
        keys = {one.seq for one in gone}
        self._snapshots = [one for one in self._snapshots if one.seq not in keys]
        self._total -= sum(one.size for one in gone)
        return sorted(keys)

    def _old_overviews(self, room: int) -> list[int]:
        """The newest overview is needed to open the recording; those of earlier rounds have so much room."""
        gone = []
        earlier = list(self._overviews)[:-1]
        while sum(self._overviews[one] for one in earlier) > room:
            gone.append(earlier.pop(0))
            del self._overviews[gone[-1]]
        return gone
