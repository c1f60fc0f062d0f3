"""One round: what a lab says is recorded, and how it ended is judged."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from concsim.control.lab_process import LabError, LabProcess
from concsim.model import events
from concsim.model.encoding import BATCH, DamagedFrameError, decode_batch, decode_record

if TYPE_CHECKING:
    from concsim.control.session import Session

SUSPICION_SECONDS = 2.0
HALTED = {"step_limit": "limit", "stalled": "limit", "schedule_ended": "limit", "cannot_follow": "refused", "not_controlled": "refused"}
"""Why a stepped run was ended before its end, and the outcome that makes."""


class Round:
    """Listens to one lab and knows how the round ends."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._setting = session.setting
        self._began = time.monotonic()
        self._failed = False
        self._deadlock: events.DeadlockSeen | None = None
        self._deadlock_since = 0.0
        self._limit_reached = False
        self._damage = self._halted = ""
        self.ended_itself = False

    def read_until_end(self, lab: LabProcess) -> None:
        while not lab.ended:
            try:
                lab.read(self, 0.05)
            except LabError as error:
                self._damaged(lab, str(error))
                return
            self._end_if_due(lab)
            self._session.flush()

    def _damaged(self, lab: LabProcess, why: str) -> None:
        self._damage = why
        lab.status = None
        self._session.add(events.Remark(self._session.now(), "lab_spoke_wrongly", {"why": why}))

    def _end_if_due(self, lab: LabProcess) -> None:
        if self.ended_itself:
            return
        limit, now = self._setting.limit, time.monotonic()
        if limit is not None and now - self._began > limit:
            self._limit_reached = True
        if not (self._limit_reached or (self._setting.end_on_deadlock and self._setting.step is None and self._is_deadlocked(now))):
            return
        self.ended_itself = True
        lab.stop()

    def _is_deadlocked(self, now: float) -> bool:
        seen = self._deadlock
        return seen is not None and (seen.certainty == "certain" or now - self._deadlock_since > SUSPICION_SECONDS)

    def on_frame(self, kind: int, payload: bytes) -> None:
        try:
            content = decode_batch(payload) if kind == BATCH else decode_record(payload)
        except DamagedFrameError as error:
            raise LabError(str(error)) from None
        if isinstance(content, events.OutputPrinted) and not self._session.keep_output(content):
            return
        if isinstance(content, events.ErrorRaised):
            self._failed = True
        elif isinstance(content, events.Remark) and content.code in HALTED:
            self._halted = content.code
        elif isinstance(content, events.DeadlockSeen):
            self._deadlock = None if content.certainty == "withdrawn" else content
            self._deadlock_since = time.monotonic()
        self._session.add_frame(kind, payload, content)

    def on_text(self, stream: str, text: str) -> None:
        record = events.OutputPrinted(self._session.now(), stream, text)
        if self._session.keep_output(record):
            self._session.add(record)

    def outcome(self, status: int | None, stopped: bool) -> str:
        """finished, failed, deadlock, limit, or stopped."""
        if self._halted:
            return HALTED[self._halted]
        if self._limit_reached:
            return "deadlock" if self._is_deadlocked(time.monotonic()) else "limit"
        if self._is_deadlocked(time.monotonic()):
            return "deadlock"
        if stopped:
            return "stopped"
        return "failed" if self._damage or self._failed or status != 0 else "finished"
