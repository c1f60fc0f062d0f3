"""A finished recording, read as fast as it is folded."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from concsim.model.checked_record import read_record
from concsim.model.encoding import BATCH, DamagedFrameError, decode_batch
from concsim.model.errors import RecordingError
from concsim.model.recording import Recording

if TYPE_CHECKING:
    from concsim.control.session import Fresh

AHEAD = 200


class Stored:
    """Raises `RecordingError` where the file is none."""

    def __init__(self, path: Path) -> None:
        self._recording = Recording(path)
        self._frames = self._recording.frames()

    def take(self, todo: deque[Fresh]) -> bool:
        """Add some frames to what is to be folded; whether there may be more. Raises `RecordingError` at damage."""
        if len(todo) > AHEAD:
            return True
        for _ in range(AHEAD):
            frame = next(self._frames, None)
            if frame is None:
                return False
            decode = decode_batch if frame.kind == BATCH else read_record
            try:
                todo.append((frame.seq, decode(frame.payload)))
            except DamagedFrameError as error:
                raise RecordingError(str(error)) from None
        return True

    def close(self) -> None:
        """Let go of the file."""
        self._recording.close()
