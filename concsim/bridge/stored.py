"""A finished recording: what it shows at once, and the rest of it, read as fast as it is folded."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from concsim.bridge.rewind import read_snapshot, restore
from concsim.model.errors import RecordingError
from concsim.model.folding.state import State
from concsim.model.recordings.recording import Recording, contents

if TYPE_CHECKING:
    from concsim.control.sessions.session import Fresh

AHEAD, BYTES = 200, 1 << 18
"""So many frames are read ahead of what is folded, and so much at once."""


class Stored:
    """Raises `RecordingError` where the file is none."""

    def __init__(self, path: Path) -> None:
        self._recording = Recording(path)
        self.span = self._recording.span()
        self.thinned_until = self._recording.thinned_until
        self._seq, self.overview = self._open_overview()
        """The state with the history at the newest overview, None without one that can be read."""
        self._frames = self._recording.frames(self._seq)

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

    def take(self, todo: deque[Fresh]) -> bool:
        """Add some frames to what is to be folded; whether there may be more. Raises `RecordingError` at damage."""
        taken = 0
        while len(todo) <= AHEAD and taken < BYTES:
            frame = next(self._frames, None)
            if frame is None:
                return False
            if frame.seq != self._seq + 1 and self.thinned_until:
                raise RecordingError(f"frames {self._seq + 1} to {frame.seq - 1} are not there")
            self._seq = frame.seq
            todo.extend((frame.seq, content) for content in contents(frame))
            taken += len(frame.payload)
        return True

    def close(self) -> None:
        """Let go of the file."""
        self._recording.close()
