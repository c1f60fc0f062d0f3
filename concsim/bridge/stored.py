"""A finished recording: what it shows at once, and the rest of it, read as fast as it is folded."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from concsim.bridge.rewind import restore
from concsim.model.checked_record import read_record
from concsim.model.encoding import BATCH, DamagedFrameError, decode_batch
from concsim.model.errors import RecordingError
from concsim.model.recording import Recording
from concsim.model.state import State

if TYPE_CHECKING:
    from concsim.control.session import Fresh

AHEAD = 200


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
            return (0, None) if kept is None else (kept.seq, restore(kept))
        except RecordingError:
            return 0, None  # whatever is in it, the frames tell it again

    def take(self, todo: deque[Fresh]) -> bool:
        """Add some frames to what is to be folded; whether there may be more. Raises `RecordingError` at damage."""
        if len(todo) > AHEAD:
            return True
        for _ in range(AHEAD):
            frame = next(self._frames, None)
            if frame is None:
                return False
            if frame.seq != self._seq + 1 and self.thinned_until:
                raise RecordingError(f"frames {self._seq + 1} to {frame.seq - 1} are not there")
            self._seq = frame.seq
            decode = decode_batch if frame.kind == BATCH else read_record
            try:
                todo.append((frame.seq, decode(frame.payload)))
            except DamagedFrameError as error:
                raise RecordingError(str(error)) from None
        return True

    def close(self) -> None:
        """Let go of the file."""
        self._recording.close()
