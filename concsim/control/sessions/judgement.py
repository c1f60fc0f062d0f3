"""How a round ends: judged by what was heard of it, and by what made it end."""

from __future__ import annotations

import time

from concsim.model import events
from concsim.model.encoding import Batch

SUSPICION_SECONDS = 2.0
"""So long a suspected deadlock must last before it is believed."""
HALTED = {"step_limit": "limit", "stalled": "limit", "schedule_ended": "limit", "cannot_follow": "refused", "bad_scheduler": "refused", "not_controlled": "refused"}
"""Why a stepped run was ended before its end, and the outcome that makes."""


class Judgement:
    """Of one round, which may last *limit* seconds."""

    def __init__(self, limit: float | None) -> None:
        self._limit, self._began = limit, time.monotonic()
        self._failed = self._limit_reached = False
        self._deadlock: events.DeadlockSeen | None = None
        self._deadlock_since = 0.0
        self._halted = ""

    def hear(self, content: Batch | events.Record) -> None:
        """Something was recorded."""
        if isinstance(content, events.ErrorRaised):
            self._failed = True
        elif isinstance(content, events.Remark) and content.code in HALTED:
            self._halted = content.code
        elif isinstance(content, events.DeadlockSeen):
            self._deadlock_since = time.monotonic()  # before the other: other threads ask as well
            self._deadlock = None if content.certainty == "withdrawn" else content

    def damaged(self) -> None:
        """What the lab said could not be understood."""
        self._failed = True

    def is_over_limit(self) -> bool:
        """Whether its time is over."""
        self._limit_reached = self._limit_reached or (self._limit is not None and time.monotonic() - self._began > self._limit)
        return self._limit_reached

    def is_deadlocked(self) -> bool:
        """Whether a deadlock is certain, or has been suspected for long enough."""
        seen = self._deadlock
        return seen is not None and (seen.certainty == "certain" or time.monotonic() - self._deadlock_since > SUSPICION_SECONDS)

    @property
    def has_deadlock(self) -> bool:
        """Whether a deadlock was seen, be it only suspected."""
        return self._deadlock is not None

    def outcome(self, status: int | None, stopped: bool) -> str:
        """finished, failed, deadlock, limit, refused, or stopped."""
        if self._halted:
            return HALTED[self._halted]
        if self.is_deadlocked():
            return "deadlock"
        if self._limit_reached:
            return "limit"
        if stopped:
            return "stopped"
        return "failed" if self._failed or status != 0 else "finished"
