"""The run that is on the screen: its state at the moment shown, its history, and the commands to it.

One frame timer takes what the session has added, folds it within a share of the frame, and emits `changed` once. Views
read `state`, `history` and `moment` when told, and keep no copy. Scrubbing back shows the recorded state; the newest
events go on being folded behind it.
"""

from __future__ import annotations

import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from concsim.bridge.held import Held
from concsim.bridge.pace import Pace, share
from concsim.bridge.shown import Shown
from concsim.model.encoding import Batch, join
from concsim.model.errors import DAMAGE, RecordingError
from concsim.model.events import ChoiceOffered, DeadlockSeen, InputWanted, Remark, RoundEnded
from concsim.model.folding import quick_fold
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.folding.step_log import StepLog
from concsim.model.pieces import Pieces
from concsim.model.programs.program import Program
from concsim.model.recordings.keeper import Keeper

if TYPE_CHECKING:
    from concsim.bridge.rewind import Past, Rewinder
    from concsim.bridge.stored import Stored
    from concsim.control.sessions.session import Fresh, Session

FRAME_MS = 16
FOLD_SECONDS = 0.008
JOINED_ROWS = 4_096
MOST_FRAMES = 128
SEEK_SECONDS = 0.25
"""A moment is at hand within that, or is looked for while the window goes on."""
NO_MEMORY = "there is no memory for what is in it"


class RunModel(Shown, QObject):
    """The run on the screen. Lives in the window's thread."""

    changed = Signal()
    """The state or the moment shown has changed; at most once a frame."""
    reset = Signal()
    """Another run, or none, is on the screen."""
    round_ended = Signal(object)
    deadlock_seen = Signal(object)
    choice_offered = Signal(object)
    input_wanted = Signal(bool)
    remarked = Signal(object)
    running_changed = Signal(bool)
    differed = Signal(int)
    """A stepped run that was repeated took another way at this step."""
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.program: Program | None = None
        self.stepping = False
        """Whether the person means to step: what is empty then says how that begins."""
        self.session: Session | None = None
        self.recording_path: Path | None = None
        self._rewinder: Rewinder | None = None
        self._pace, self._unshown = Pace(share()), False
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.setObjectName("frame timer")
        self._timer.timeout.connect(self._on_frame)
        self._clear()

    def _clear(self) -> None:
        self._history = History()
        self._steps = StepLog()
        self._newest = State(self._history)
        self._held: Held | None = None
        self._keeper: Keeper | None = None
        self._past: State | None = None
        self._seeking: Pieces[Past] | None = None
        self.is_exact = True
        self._past_round: State | None = None
        self._moment: int | None = None
        self._todo: deque[Fresh] = deque()
        self._span = (0, 0)
        self._stored_thinned = 0
        self._was_running = False
        self.behind = 0
        self.folds = 0
        """How many records and batches have been folded: while it stands still, nothing has happened."""

    # commands

    def show_program(self, program: Program | None) -> None:
        """Put a program on the stage with nothing run yet."""
        self.close_run()
        self.program = program
        self._clear()
        self.reset.emit()
        self.changed.emit()

    def start(self, session: Session, path: Path, after: int | None = None) -> None:
        """Show a session from its first event; or, if it repeats the first *after* steps, from there on.

        Until it has caught up, what was shown before stays on the screen.
        """
        held = None if after is None else Held(self, after)
        self.close_run()
        self._clear()
        self._held = held
        self.program, self.session, self.recording_path = session.program, session, path
        self._keeper = Keeper(session.recording)
        session.start()
        self._was_running = True
        self._timer.start()
        if held is None:
            self.reset.emit()
        self.running_changed.emit(True)

    def show_recording(self, program: Program, path: Path) -> None:
        """Show a finished recording; it is folded frame by frame. Raises `RecordingError`."""
        from concsim.bridge.stored import Stored

        stored = Stored(path)
        self.close_run()
        self._clear()
        self.program, self.session, self.recording_path = program, None, path
        self._stored = self._read = stored
        self._span, self._stored_thinned = stored.span, stored.thinned_until
        if stored.overview is not None and stored.overview.history is not None:
            self._newest, self._history = stored.overview, stored.overview.history
        self._timer.start()
        self.reset.emit()
        if self._newest.ended is not None:
            self.round_ended.emit(self._newest.ended)

    def stop(self) -> None:
        """End the run; what it did stays on the screen."""
        if self.session is not None:
            self.session.stop()

    def close_run(self) -> None:
        """End the run, without waiting for its end, and let go of its recording's readers."""
        if self.session is not None:
            self.session.stop()
        self._seeking = None
        if self._rewinder is not None:
            self._rewinder.close()
            self._rewinder = None
        if self._read is not None:
            self._read.close()
            self._read = self._stored = None
        if self._was_running:
            self._was_running = False
            self.running_changed.emit(False)
        self.session = None
        self._timer.stop()

    _stored: Stored | None = None
    """A recording of which there is more to read."""
    _read: Stored | None = None

    # rewinding

    def show_moment(self, moment: int) -> None:
        """Show a past moment."""
        if self.recording_path is None:
            return
        from concsim.bridge.rewind import Rewinder

        self.flush()  # what was done a moment ago is to be seen as well
        self._moment = max(self.began, min(moment, self.newest))
        try:
            self._rewinder = self._rewinder or Rewinder(self.recording_path)
            shown = None if self.is_stepped else self.history.round_at(self._moment)
            newest = shown is not None and self.history.rounds and shown is self.history.rounds[-1]
            self._seeking = self._rewinder.seek(self._moment, None if newest else shown)
        except RecordingError as error:
            self._give_up(str(error))
        self._seek(SEEK_SECONDS)
        if self._seeking is not None:
            self._timer.start()

    def show_newest(self) -> None:
        """Follow the run again."""
        self._seeking = None
        self._moment = self._past = self._past_round = None
        self.is_exact = True
        self.changed.emit()

    @property
    def is_seeking(self) -> bool:
        """Whether the moment that was asked for is still being looked for: what is shown is what was before."""
        return self._seeking is not None

    def _seek(self, seconds: float) -> None:
        """Go on for so long, in seconds of the processor, for nobody else's are to make it shorter."""
        until = time.thread_time() + seconds
        try:
            while self._seeking is not None:
                next(self._seeking)
                if time.thread_time() > until:
                    return
        except StopIteration as end:
            self._seeking = None
            self._past, self._past_round, self.is_exact = end.value
            self.changed.emit()
        except (RecordingError, MemoryError) as error:
            self._give_up(str(error) or NO_MEMORY)

    def _give_up(self, why: str) -> None:
        self.show_newest()
        self.failed.emit(why)

    # the frame

    def flush(self) -> None:
        """Put all that was recorded into the file."""
        if self.session is not None:
            self.session.flush(force=True)

    @Slot()
    def _on_frame(self) -> None:
        self._seek(FOLD_SECONDS)
        changed = self._take()
        deadline = time.perf_counter() + FOLD_SECONDS
        try:
            while time.perf_counter() < deadline:
                if self._keeping:
                    self._keeping.go_on()
                elif self._todo:
                    self._fold(*self._next())
                    changed = True
                else:
                    break
        except (*DAMAGE, MemoryError) as error:
            if self.session is not None:
                raise
            self._stored = None  # a damaged recording: what was read of it stays on the screen
            self._todo.clear()
            self.failed.emit(str(error) or NO_MEMORY)
        self.behind = len(self._todo)
        self._notice_end()
        self._let_go_of_held()
        following = self.running and self.is_live and not self.is_stepped
        self._unshown |= changed or following
        if self._unshown and (not following or self._pace.is_due()):
            self._unshown = False
            self._pace.showing()
            self.changed.emit()

    def _next(self) -> Fresh:
        """What is folded next: a record, or batches that follow each other as one."""
        seq, content = self._todo.popleft()
        if not isinstance(content, Batch):
            return seq, content
        parts, rows = [content], len(content.times)
        while self._todo and rows < JOINED_ROWS:
            after = self._todo[0][1]
            if not isinstance(after, Batch) or after.times[0] - parts[0].times[0] > quick_fold.LONGEST:
                break
            seq, _ = self._todo.popleft()
            parts.append(after)
            rows += len(after.times)
        return seq, join(parts)

    def _take(self) -> bool:
        if self._stored is not None:
            return self._take_stored()
        if self.session is not None and len(self._todo) < MOST_FRAMES:
            fresh = self.session.take_fresh()
            self._todo.extend(fresh)
            return bool(fresh)
        return False

    def _take_stored(self) -> bool:
        try:
            more = self._stored is not None and self._stored.take(self._todo)
        except (RecordingError, MemoryError) as error:
            more = False
            self.failed.emit(str(error) or NO_MEMORY)
        if not more:
            self._stored = None
        return True

    def _fold(self, seq: int, content: Any) -> None:
        began, rows = time.perf_counter(), 0
        self.folds += 1
        if isinstance(content, Batch):
            rows = len(content.times)
            self._newest.fold_batch(content)
            if self._newest.model:
                self._steps.add(content)
        else:
            self._newest.fold_record(content)
            self._announce(content)
        if self._keeper is not None:
            self._keeper.folded(seq, self._newest, time.perf_counter() - began, rows)
            if isinstance(content, RoundEnded):
                self._keeper.round_ended(self._newest)

    @property
    def _keeping(self) -> Keeper | None:
        """What writes down the state just now: nothing may be folded meanwhile."""
        return self._keeper if self._keeper is not None and self._keeper.busy else None

    def _let_go_of_held(self) -> None:
        """Show the run that was repeated up to a step, once it is there or has ended."""
        held, offer = self._held, self._newest.offer
        if held is None or (self.running and (offer is None or offer.step < held.until)) or (not self.running and self._todo):
            return
        self._held = None
        differs = held.steps.first_difference(self._steps, min(held.until, len(self._steps)))
        self.reset.emit()
        if differs:
            self.differed.emit(differs)
        if offer is not None:
            self.choice_offered.emit(offer)
        self.changed.emit()

    def _announce(self, record: Any) -> None:
        if self._held is not None:
            return
        if isinstance(record, ChoiceOffered):
            self.choice_offered.emit(record)
        elif isinstance(record, RoundEnded):
            self.round_ended.emit(record)
        elif isinstance(record, DeadlockSeen):
            self.deadlock_seen.emit(record)
        elif isinstance(record, InputWanted):
            self.input_wanted.emit(bool(self._newest.asking))
        elif isinstance(record, Remark):
            self.remarked.emit(record)

    def _notice_end(self) -> None:
        if self._was_running and not self.running and not self._todo:
            self._todo.extend(self.session.take_fresh() if self.session is not None else ())
            if self._keeper is not None and not self._todo:
                self._keeper.finish(self._newest)
            if not self._todo and not self._keeping:
                self._was_running = False
                self.running_changed.emit(False)
        if not self._was_running and self._stored is None and not self._todo and self._seeking is None:
            self._timer.stop()
            self.changed.emit()
