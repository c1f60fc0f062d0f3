"""The state at a past moment, folded from the recording's nearest snapshot."""

from __future__ import annotations

from pathlib import Path

from concsim.model import snapshot
from concsim.model.history import History, RoundSummary
from concsim.model.recording import Recording, fold
from concsim.model.state import State


class Rewinder:
    """Reads one recording for the moments a person scrubs to."""

    def __init__(self, path: Path) -> None:
        self._recording = Recording(path)
        self._round = 0
        self._history: History | None = None

    def state_at(self, moment: int, shown: RoundSummary | None) -> tuple[State, History | None]:
        """The state at *moment*, and the history of the round *shown* (whole) for its lanes if it is over.

        Raises `RecordingError` where the recording is damaged.
        """
        seq, text = self._recording.snapshot_before(moment)
        state = State() if text is None else snapshot.from_text(text)
        for frame in self._recording.frames(seq):
            if not fold(state, frame, moment):
                break
        return state, self._history_of(shown)

    def _history_of(self, shown: RoundSummary | None) -> History | None:
        if shown is None or not shown.ended:
            return None
        if self._round != shown.number or self._history is None:
            self._round, self._history = shown.number, self._recording_of(shown)
        return self._history

    def _recording_of(self, shown: RoundSummary) -> History:
        history = History()
        state = State(history)
        for frame in self._recording.frames_between(shown.began, shown.ended):
            fold(state, frame)
        return history

    def close(self) -> None:
        """Let go of the file."""
        self._recording.close()
