"""When the state of a run that is recorded is worth keeping: snapshots for jumps, overviews for opening it again.

A snapshot costs time to write and to read, folding from one that is far away costs more. Both are counted in the time
that folding takes, so that a person who jumps to any moment waits for a fraction of a second, and the run hardly at all.
Of a crowd one takes as long as many frames of a window: it is written a piece at a time, and nothing is folded meanwhile.
"""

from __future__ import annotations

import time

from concsim.model.folding.state import State
from concsim.model.pieces import Pieces
from concsim.model.recordings import overview, snapshot
from concsim.model.recordings.recording_writer import RecordingWriter

SNAPSHOT_EVERY = 0.05
"""Seconds of folding."""
SNAPSHOT_BYTES = 1_000_000
SHARE_OF_LIMIT = 16
"""Thinning goes from one snapshot to another: that many are to fit into a recording at least."""
COST = 10
"""So many times what the last one took must have been folded since."""
URGENT_COST = 2
"""The same of an overview for which a recording waits that is to be thinned."""
SNAPSHOT_FRAMES = 64
"""Of a stepped run, in which a person goes back and forth a frame at a time, snapshots are closer."""
ROWS_LIKE_A_FRAME = 64
OVERVIEW_EVERY = 2.0
OVERVIEW_SHARE = 0.1
"""An overview takes the place of the one before: the next is due when a tenth has been added."""
LONG_ROUND = 1.0
ITEM_SECONDS = 5e-6
"""What an actor or an object takes in a snapshot, about: the first must not be dear unawares."""


class Keeper:
    """Told of all that is folded of one session; keeps snapshots and overviews in its recording.

    While it is `busy` the state must stay as it is: `go_on` until it is not.
    """

    def __init__(self, recording: RecordingWriter) -> None:
        self._recording = recording
        self._since = self._frames = 0.0
        self._cost = {"snapshot": 0.0, "overview": 0.0}
        self._packed = 0
        self._round = self._whole = self._since_overview = 0.0
        self._seq = 0
        self._work: dict[str, Pieces[None]] = {}
        """What is being kept, the first of them now."""

    @property
    def busy(self) -> bool:
        """Whether something is being kept and not all of it written yet."""
        return bool(self._work)

    def go_on(self) -> None:
        """Write a piece of what is being kept."""
        kind, work = next(iter(self._work.items()))
        began = time.thread_time()  # whoever else has the processor does not make it dearer
        try:
            next(work)
        except StopIteration:
            del self._work[kind]
        self._cost[kind] += time.thread_time() - began

    def complete(self) -> None:
        """Write all that is being kept."""
        while self._work:
            self.go_on()

    def folded(self, seq: int, state: State, seconds: float, rows: int = 0) -> None:
        """Everything up to frame *seq* is in the state; folding the last of it took *seconds* and had *rows* rows."""
        if not seq:
            return
        self._seq = seq
        self._since += seconds
        self._round += seconds
        self._whole += seconds
        self._since_overview += seconds
        if state.model:
            self._frames += 1 + rows / ROWS_LIKE_A_FRAME
        if self._wants_snapshot(state):
            self._work["snapshot"] = self._snapshot(state)
        if self._wants_overview(state):
            self._keep_overview(state)

    def round_ended(self, state: State) -> None:
        """A round is over, with all that was folded. One that took long has an overview; it may be looked at again."""
        if self._round > LONG_ROUND and not state.model and self._seq:
            self._keep_overview(state)
        self._round = 0.0

    def finish(self, state: State) -> None:
        """Nothing more will be folded."""
        if self._since_overview > SNAPSHOT_EVERY and not state.model and self._seq:
            self._keep_overview(state)

    def _wants_snapshot(self, state: State) -> bool:
        if self._frames > SNAPSHOT_FRAMES:
            return True
        limit = self._recording.limit // SHARE_OF_LIMIT or SNAPSHOT_BYTES
        if self._since <= SNAPSHOT_EVERY and self._recording.packed - self._packed <= min(limit, SNAPSHOT_BYTES):
            return False
        return self._since > COST * (self._cost["snapshot"] or (len(state.actors) + len(state.things)) * ITEM_SECONDS)

    def _snapshot(self, state: State) -> Pieces[None]:
        self._since = self._frames = self._cost["snapshot"] = 0.0
        text = yield from snapshot.in_pieces(state)
        self._recording.keep_snapshot(self._seq, state.time, text)
        self._packed = self._recording.packed

    def _wants_overview(self, state: State) -> bool:
        if state.model:
            return False
        if self._recording.wants_overview:
            return self._since_overview > URGENT_COST * self._cost["overview"]
        return self._since_overview > max(OVERVIEW_EVERY, OVERVIEW_SHARE * self._whole, COST * self._cost["overview"])

    def _keep_overview(self, state: State) -> None:
        self._work.setdefault("overview", self._overview(state))

    def _overview(self, state: State) -> Pieces[None]:
        self._since_overview = self._cost["overview"] = 0.0
        if state.history is not None:
            text = yield from snapshot.in_pieces(state)
            history = yield from overview.in_pieces(state.history)
            self._recording.keep_overview(self._seq, state.time, state.round, text, history)
