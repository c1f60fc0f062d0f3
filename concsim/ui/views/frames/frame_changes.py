"""Which local variables differ from the turn before: remembered from what was shown. Bounded. No Qt."""

from __future__ import annotations

from concsim.model.folding.entities import Frame

MOST_FRAMES, MOST_TURNS = 1_000, 32


class FrameChanges:
    """Keeps the newest turns of each actor's frame that were shown."""

    def __init__(self) -> None:
        self._turns: dict[int, dict[int, Frame]] = {}

    def clear(self) -> None:
        """Another run."""
        self._turns.clear()

    def changed(self, frame: Frame, began: int = 0) -> frozenset[str]:
        """The variables that this turn gave another value than the last one before it that was shown.

        Turns before the round *began* are of another generator that had the same number.
        """
        turns = self._turns.setdefault(frame.actor, {})
        turns[frame.time] = frame
        if len(turns) > MOST_TURNS:
            del turns[min(turns)]
        if len(self._turns) > MOST_FRAMES:
            del self._turns[next(iter(self._turns))]
        before = max((time for time in turns if began <= time < frame.time), default=None)
        if before is None or turns[before].function != frame.function:
            return frozenset()
        old = turns[before].values
        return frozenset(name for name, value in frame.values.items() if old.get(name) != value)
