"""The run that is on the screen: its state at the moment shown, its history, and the commands to it.

One frame timer takes what the session has added, folds it within a share of the frame, and emits `changed` once. Views
read `state`, `history` and `moment` when told, and keep no copy. Scrubbing back shows the recorded state; the newest
events go on being folded behind it.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from concsim.bridge.held import Held
from concsim.bridge.pace import Pace, share
from concsim.bridge.scrubber import Scrubber
from concsim.bridge.shown import Shown
from concsim.control.sessions.follower import Folding, Follower
from concsim.model.errors import DAMAGE, RecordingError
from concsim.model.events import ChoiceOffered, DeadlockSeen, InputWanted, Remark, RoundEnded
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.programs.program import Program

if TYPE_CHECKING:
    from concsim.control.sessions.session import Session

FRAME_MS = 16
FOLD_SECONDS = 0.008
MOST_FRAMES = 128
"""So many frames behind, no more are taken: the run waits for the window, and a recording is not read ahead."""
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
        Shown.__init__(self)
        QObject.__init__(self, parent)
        self.stepping = False
        """Whether the person means to step: what is empty then says how that begins."""
        self._pace, self._unshown = Pace(share()), False
        self._was_running = False
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.setObjectName("frame timer")
        self._timer.timeout.connect(self.frame)

    # commands

    def show_program(self, program: Program | None) -> None:
        """Put a program on the stage with nothing run yet."""
        self._take_away()
        self.program = program
        self.reset.emit()
        self.changed.emit()

    def start(self, session: Session, path: Path, after: int | None = None) -> None:
        """Show a session from its first event; or, if it repeats the first *after* steps, from there on.

        Until it has caught up, what was shown before stays on the screen.
        """
        held = None if after is None else Held(self.state, self.last_state, self.history, self.steps, after)
        self._take_away()
        self._held = held
        self.program, self.session, self.recording_path = session.program, session, path
        history, folding = History(), Folding()
        self._begin(history, folding, session.follow(State(history), folding, self._announce))
        session.start()
        self._was_running = True
        self._timer.start()
        if held is None:
            self.reset.emit()
        self.running_changed.emit(True)

    def show_recording(self, program: Program, path: Path) -> None:
        """Show a finished recording; it is folded frame by frame. Raises `RecordingError`."""
        from concsim.bridge.stored import Stored  # not needed before somebody opens one

        stored = Stored(path)
        self._take_away()
        self.program, self.recording_path, self._stored = program, path, stored
        state, folding = stored.overview, Folding()
        if state is None or state.history is None:
            state = State(History())
        assert state.history is not None
        self._begin(state.history, folding, Follower(state, folding, heard=self._announce))
        self._timer.start()
        self.reset.emit()
        if state.ended is not None:
            self.round_ended.emit(state.ended)

    def _take_away(self) -> None:
        """End the run that is shown, and show none."""
        self.close_run()
        self.recording_path = self._stored = self._held = None
        self.scrubber = Scrubber()
        self._begin(History(), Folding())

    def stop(self) -> None:
        """End the run; what it did stays on the screen."""
        if self.session is not None:
            self.session.stop()

    def close_run(self) -> None:
        """End the run, without waiting for its end, and let go of its recording's readers."""
        self.stop()
        self.scrubber.close()
        if self._stored is not None:
            self._stored.close()
        if self._was_running:
            self._was_running = False
            self.running_changed.emit(False)
        self.session = None
        self._timer.stop()

    # rewinding

    def show_moment(self, moment: int) -> None:
        """Show a past moment."""
        if self.recording_path is None:
            return
        self.flush()  # what was done a moment ago is to be seen as well
        moment = max(self.began, min(moment, self.newest))
        rounds = self.history.rounds
        shown = None if self.is_stepped else self.history.round_at(moment)
        newest = shown is not None and rounds and shown is rounds[-1]
        try:
            self.scrubber.seek(self.recording_path, moment, None if newest else shown)
        except RecordingError as error:
            self._give_up(str(error))
        self._seek(SEEK_SECONDS)
        if self.is_seeking:
            self._timer.start()

    def show_newest(self) -> None:
        """Follow the run again."""
        self.scrubber.forget()
        self.changed.emit()

    def _seek(self, seconds: float) -> None:
        try:
            if self.scrubber.go_on(seconds):
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
            self.session.log.flush(force=True)

    @property
    def is_at_rest(self) -> bool:
        """Whether all that there is has been folded and shown, and nothing more will come."""
        return not self._timer.isActive()

    @Slot()
    def frame(self) -> None:
        """Take, fold and show what a frame has time for."""
        self._seek(FOLD_SECONDS)
        changed = self._take()
        changed = self._fold() or changed
        self._notice_end()
        self._let_go_of_held()
        self._show(changed)

    def _take(self) -> bool:
        """Take what was added; whether there was any, or may be more in a recording that was opened."""
        if self.follower.behind >= MOST_FRAMES:
            return False
        if self._stored is None:
            fresh = self.session.log.take_fresh() if self.session is not None else []
            self.follower.add(fresh)
            return bool(fresh)
        if self._stored.is_read:
            return False
        try:
            self.follower.add(self._stored.take_fresh())
        except (RecordingError, MemoryError) as error:
            self.failed.emit(str(error) or NO_MEMORY)
        return True

    def _fold(self) -> bool:
        """Fold as much as a frame has time for; whether anything was."""
        before, until = self.follower.folds, time.perf_counter() + FOLD_SECONDS
        try:
            while not self.follower.is_level and time.perf_counter() < until:
                self.follower.go_on()
        except (*DAMAGE, MemoryError) as error:
            if self._stored is None:
                raise
            self._stored.close()  # what was read of it stays on the screen
            self.follower.drop()
            self.failed.emit(str(error) or NO_MEMORY)
        return self.follower.folds > before

    def _show(self, changed: bool) -> None:
        following = self.running and self.is_live and not self.is_stepped
        self._unshown |= changed or following
        if self._unshown and (not following or self._pace.is_due()):
            self._unshown = False
            self._pace.showing()
            self.changed.emit()

    def _let_go_of_held(self) -> None:
        """Show the run that was repeated up to a step, once it is there or has ended."""
        held, now = self._held, self._newest
        if held is None or not (held.is_caught_up(now) if self.running else not self.follower.behind):
            return
        self._held = None
        differs = held.steps.first_difference(self.steps, min(held.until, len(self.steps)))
        self.reset.emit()
        if differs:
            self.differed.emit(differs)
        if now.offer is not None:
            self.choice_offered.emit(now.offer)
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
        follower = self.follower
        if self._was_running and not self.running and not follower.behind:
            follower.add(self.session.log.take_fresh() if self.session is not None else ())
            if not follower.behind:
                follower.finish()
            if follower.is_level:
                self._was_running = False
                self.running_changed.emit(False)
        is_read = self._stored is None or self._stored.is_read
        if not self._was_running and is_read and follower.is_level and not self.is_seeking:
            self._timer.stop()
            self.changed.emit()
