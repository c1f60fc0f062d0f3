"""Follows a log: what is added to it is folded into the newest state, and the state kept in the recording now and then."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Protocol

from concsim.control.sessions.log import Fresh
from concsim.model.encoding import Batch, join
from concsim.model.events import Record, RoundEnded
from concsim.model.folding import quick_fold
from concsim.model.folding.state import State
from concsim.model.folding.step_log import StepLog
from concsim.model.recordings.keeper import Keeper

JOINED_ROWS = 4_096
"""Batches that follow each other closely are folded as one of about so many rows."""


class Folder(Protocol):
    """Who folds what a log brings."""

    def fold(self, state: State, content: Batch | Record) -> None:
        """Fold one frame."""


class Folding:
    """Folds, and keeps the steps of a stepped run."""

    def __init__(self) -> None:
        self.steps = StepLog()

    def fold(self, state: State, content: Batch | Record) -> None:
        """Fold one frame."""
        if not isinstance(content, Batch):
            state.fold_record(content)
            return
        state.fold_batch(content)
        if state.model:
            self.steps.add(content)


class Follower:
    """Has the newest state of one run. Whoever shows the run says when there is time for more; in one thread.

    *heard* is called with each record once it is folded; *keeper* writes the state down.
    """

    def __init__(self, state: State, folder: Folder, keeper: Keeper | None = None, heard: Callable[[Record], None] | None = None) -> None:
        self.state = state
        self.folds = 0
        """How many times something was folded: while it stands still, nothing has happened."""
        self._folder, self._keeper, self._heard = folder, keeper, heard
        self._todo: deque[Fresh] = deque()

    def add(self, fresh: Iterable[Fresh]) -> None:
        """There is more."""
        self._todo.extend(fresh)

    def drop(self) -> None:
        """What has not been folded is not to be: it is damaged."""
        self._todo.clear()

    @property
    def behind(self) -> int:
        """How many frames are not folded yet."""
        return len(self._todo)

    @property
    def is_level(self) -> bool:
        """Whether all that came is folded, and what was to be kept is written."""
        return not self._todo and not self._is_keeping

    @property
    def _is_keeping(self) -> bool:
        """Whether the state is being written down just now: nothing may be folded meanwhile."""
        return self._keeper is not None and self._keeper.busy

    def go_on(self) -> None:
        """Fold what comes next, or write a piece of what is being kept. Raises what damage raises."""
        if self._keeper is not None and self._keeper.busy:
            self._keeper.go_on()
        else:
            self._fold(*self._next())

    def complete(self) -> None:
        """Go on until it is level."""
        while not self.is_level:
            self.go_on()

    def finish(self) -> None:
        """Nothing more will come."""
        if self._keeper is not None:
            self._keeper.finish(self.state)

    def _next(self) -> Fresh:
        """What is folded next: a record, or batches that follow each other as one."""
        seq, content = self._todo.popleft()
        if not isinstance(content, Batch):
            return seq, content
        batches, rows = [content], len(content.times)
        while self._todo and rows < JOINED_ROWS:
            after = self._todo[0][1]
            if not isinstance(after, Batch) or after.times[0] - batches[0].times[0] > quick_fold.LONGEST:
                break
            seq, _ = self._todo.popleft()
            batches.append(after)
            rows += len(after.times)
        return seq, join(batches)

    def _fold(self, seq: int, content: Batch | Record) -> None:
        began = time.perf_counter()
        self.folds += 1
        self._folder.fold(self.state, content)
        if self._heard is not None and not isinstance(content, Batch):
            self._heard(content)
        if self._keeper is not None:
            rows = len(content.times) if isinstance(content, Batch) else 0
            self._keeper.folded(seq, self.state, time.perf_counter() - began, rows)
            if isinstance(content, RoundEnded):
                self._keeper.round_ended(self.state)
