"""The past moment that a person has gone to: looked for in the recording, a piece at a time, and then shown."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from concsim.model.folding.history import RoundSummary
from concsim.model.folding.state import State
from concsim.model.pieces import Pieces

if TYPE_CHECKING:
    from concsim.bridge.rewind import Past, Rewinder


class Scrubber:
    """At the newest moment, to begin with. Of one recording."""

    def __init__(self) -> None:
        self.moment: int | None = None
        """The moment that was asked for, None for the newest."""
        self.past: Past | None = None
        """What was found; while another moment is looked for, the one before."""
        self._seeking: Pieces[Past] | None = None
        self._rewinder: Rewinder | None = None

    @property
    def is_seeking(self) -> bool:
        """Whether the moment is still being looked for."""
        return self._seeking is not None

    @property
    def state(self) -> State | None:
        """The state at the moment, None at the newest."""
        return None if self.past is None else self.past.state

    @property
    def round(self) -> State | None:
        """The end of the round that the moment is in, None if that is the newest."""
        return None if self.past is None else self.past.round

    @property
    def is_exact(self) -> bool:
        """Whether the moment found is the one that was asked for."""
        return self.past is None or self.past.is_exact

    def seek(self, path: Path, moment: int, round: RoundSummary | None) -> None:
        """Look for a moment of the recording at *path*, in a *round* that is over. Raises `RecordingError`."""
        from concsim.bridge.rewind import Rewinder  # a window that is started has nothing to rewind yet

        self.moment = moment
        self._rewinder = self._rewinder or Rewinder(path)
        self._seeking = self._rewinder.seek(moment, round)

    def go_on(self, seconds: float) -> bool:
        """Go on for so long, of the processor's time; whether it has come to an end. Raises `RecordingError`, `MemoryError`."""
        until = time.thread_time() + seconds  # nobody else's time is to make it shorter
        try:
            while self._seeking is not None:
                next(self._seeking)
                if time.thread_time() > until:
                    return False
        except StopIteration as end:
            self._seeking = None
            self.past = end.value
            return True
        return False

    def give_up(self) -> None:
        """Look no further; what was found stays."""
        self._seeking = None

    def forget(self) -> None:
        """Go to the newest moment again."""
        self._seeking = self.moment = self.past = None

    def close(self) -> None:
        """Let go of the recording, until another moment is looked for."""
        self.give_up()
        if self._rewinder is not None:
            self._rewinder.close()
            self._rewinder = None
