"""The state at a past moment, folded from the recording's nearest snapshot."""

from __future__ import annotations

from pathlib import Path

from concsim.model import snapshot
from concsim.model.errors import DAMAGE, RecordingError
from concsim.model.history import History, RoundSummary
from concsim.model.recording import Recording, fold
from concsim.model.state import State


class Rewinder:
    """Reads one recording for the moments a person scrubs to."""

    def __init__(self, path: Path) -> None:
        self._recording = Recording(path)
        self._round = 0
        self._whole: State | None = None

    def state_at(self, moment: int, shown: RoundSummary | None) -> tuple[State, State | None]:
        """The state at *moment*, and the end of the round *shown* with its history, for its lanes, if it is over.

        Raises `RecordingError` where the recording is damaged.
        """
        seq, text = self._recording.snapshot_before(moment)
        try:
            state = State() if text is None else snapshot.from_text(text)
        except DAMAGE as error:
            raise RecordingError(f"the snapshot at frame {seq}: {error}") from None
        for frame in self._recording.frames(seq):
            if not fold(state, frame, moment):
                break
        return state, self._whole_round(shown)

    def _whole_round(self, shown: RoundSummary | None) -> State | None:
        if shown is None or not shown.ended:
            return None
        if self._round != shown.number or self._whole is None:
            self._round, self._whole = shown.number, State(History())
            for frame in self._recording.frames_between(shown.began, shown.ended):
                fold(self._whole, frame)
        return self._whole

    def close(self) -> None:
        """Let go of the file."""
        self._recording.close()
