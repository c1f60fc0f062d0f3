"""A finished recording: what it shows at once, and the rest of it, read as fast as it is folded."""

from __future__ import annotations

from pathlib import Path

from concsim.bridge.rewind import read_snapshot, restore
from concsim.control.sessions.log import Fresh
from concsim.model.errors import RecordingError
from concsim.model.folding.state import State
from concsim.model.recordings.recording import Recording, contents

FRAMES, BYTES = 200, 1 << 18
"""So many frames are read at once at most, and about so much."""


class Stored:
    """Raises `RecordingError` where the file is none."""

    def __init__(self, path: Path) -> None:
        self._recording = Recording(path)
        self.span = self._recording.span()
        self.thinned_until = self._recording.thinned_until
        self._seq, self.overview = self._open_overview()
        """The state with the history at the newest overview, None without one that can be read."""
        self._frames = self._recording.frames(self._seq)
        self.is_read = False
        """Whether there is no more to take."""

    def _open_overview(self) -> tuple[int, State | None]:
        try:
            kept = self._recording.overview()
            return (0, None) if kept is None else self._joined(kept.seq, restore(kept))
        except RecordingError:
            return 0, None  # whatever is in it, the frames tell it again

    def _joined(self, seq: int, state: State) -> tuple[int, State]:
        """The overview, if there is what came after it; else the state from where on there is, with the overview's history."""
        after = next(self._recording.frames(seq), None)
        if not self.thinned_until or after is None or after.seq == seq + 1:
            return seq, state
        later, text = self._recording.snapshot_before(self.thinned_until)
        if text is None or later < seq:
            return seq, state
        return later, read_snapshot(text, state.history)

    def take_fresh(self) -> list[Fresh]:
        """What comes next in it. Raises `RecordingError` at damage; then, as at its end, `is_read` is true."""
        try:
            return self._read_some()
        except (RecordingError, MemoryError):
            self.is_read = True
            raise

    def _read_some(self) -> list[Fresh]:
        fresh: list[Fresh] = []
        taken = 0
        while len(fresh) <= FRAMES and taken < BYTES and not self.is_read:
            frame = next(self._frames, None)
            if frame is None:
                self.is_read = True
                break
            if frame.seq != self._seq + 1 and self.thinned_until:
                raise RecordingError(f"frames {self._seq + 1} to {frame.seq - 1} are not there")
            self._seq = frame.seq
            fresh.extend((frame.seq, content) for content in contents(frame))
            taken += len(frame.payload)
        return fresh

    def close(self) -> None:
        """Let go of the file."""
        self.is_read = True
        self._recording.close()
