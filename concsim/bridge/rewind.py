"""The state at a past moment, folded from the recording's nearest snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from concsim.model.errors import DAMAGE, RecordingError
from concsim.model.folding.history import History, RoundSummary
from concsim.model.folding.state import State
from concsim.model.pieces import Pieces, whole
from concsim.model.recordings import overview, snapshot
from concsim.model.recordings.packs import Frame
from concsim.model.recordings.recording import LOOSE, Overview, Recording, contents, fold_part


class Past(NamedTuple):
    """A moment as it was. `round` is the end of its round with its history, if that is over and another goes on.

    `is_exact` is false where the recording was thinned: it is then the last moment before it that was kept.
    """

    state: State
    round: State | None
    is_exact: bool


def restore(kept: Overview) -> State:
    """The state of an overview, with its history. Raises `RecordingError`."""
    try:
        return snapshot.from_text(kept.state, overview.from_bytes(kept.history))
    except DAMAGE as error:
        raise RecordingError(f"the overview at frame {kept.seq}: {error}") from None


def read_snapshot(text: str, history: History | None = None) -> State:
    """The state of a snapshot, with a history to go on with. Raises `RecordingError`."""
    try:
        return snapshot.from_text(text, history)
    except DAMAGE as error:
        raise RecordingError(f"a snapshot in it: {error}") from None


def _fold(state: State, frame: Frame, until: int | None = None) -> Pieces[None]:
    try:
        for content in contents(frame):
            fold_part(state, content, until)
            yield
    except DAMAGE as error:
        raise RecordingError(f"frame {frame.seq}: {error}") from None


class Rewinder:
    """Reads one recording for the moments a person scrubs to."""

    def __init__(self, path: Path) -> None:
        self._recording = Recording(path)
        self._round = 0
        self._whole: State | None = None

    def state_at(self, moment: int, shown: RoundSummary | None) -> Past:
        """The state at *moment*, and that of the round *shown* at its end. Raises `RecordingError` where it is damaged."""
        return whole(self.seek(moment, shown))

    def seek(self, moment: int, shown: RoundSummary | None) -> Pieces[Past]:
        """`state_at`, a piece at a time: what has no snapshot near takes long."""
        seq, text = self._recording.snapshot_before(moment)
        state = State() if text is None else read_snapshot(text)
        yield
        is_exact = True
        for frame in self._recording.frames(seq):
            if frame.seq != seq + 1:
                is_exact = False
                break
            seq = frame.seq
            if frame.time > moment + LOOSE:
                break
            yield from _fold(state, frame, moment)
        return Past(state, (yield from self._whole_round(shown)), is_exact)

    def _whole_round(self, shown: RoundSummary | None) -> Pieces[State | None]:
        if shown is None or not shown.ended:
            return None
        if self._round != shown.number or self._whole is None:
            self._round, self._whole = shown.number, (yield from self._round_of(shown))
        return self._whole

    def _round_of(self, shown: RoundSummary) -> Pieces[State]:
        """A round that took long has an overview; of a short one that was thinned the lanes are there, and empty."""
        kept = self._recording.overview(shown.number)
        if kept is not None:
            state = restore(kept)
            if state.ended is not None:
                return state
        state = State(History())
        if shown.began >= self._recording.thinned_until:
            for frame in self._recording.round_frames(shown.began, shown.ended):
                yield from _fold(state, frame)
            return state
        _, text = self._recording.snapshot_before(shown.ended)
        last = state if text is None else read_snapshot(text, History())
        return last if last.round == shown.number else state

    def close(self) -> None:
        """Let go of the file."""
        self._recording.close()
