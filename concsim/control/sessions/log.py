"""The one log of a session: what is added to it is recorded, and handed to the one who follows."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from concsim.model import events
from concsim.model.encoding import RECORD, Batch, encode_record
from concsim.model.errors import RecordingError
from concsim.model.recordings.checked_record import shortened
from concsim.model.recordings.recording_writer import RecordingWriter

FLUSH_PERIOD = 0.1
MAX_PENDING = 16 << 20
"""Bytes that the reader may be behind before those who write are kept waiting."""
KEPT_OUTPUT = 16 << 20
"""Characters of what the program prints that are recorded; the rest is passed on alone."""

Fresh = tuple[int, "Batch | events.Record"]
"""A place in the recording and what was added there."""


class Log:
    """Written to from any thread; `take_fresh` is for one reader. *megabytes* are the recording's limit, 0 for none."""

    def __init__(self, recording: RecordingWriter, megabytes: int, counts_steps: bool) -> None:
        self.recording = recording
        recording.limit = megabytes * 1_000_000
        self.on_output: Callable[[str, str], None] | None = None
        """Hears what the program prints, of which stream."""
        self._megabytes, self._counts_steps = megabytes, counts_steps
        self._said: set[str] = set()
        self._turn = threading.Condition()
        self._fresh: deque[Fresh] = deque()
        self._pending = self._kept_output = self._last_time = 0
        self._waits = self._is_recorded = True
        self._flushed = 0.0

    def now(self) -> int:
        """The time on the recording's clock, which counts steps where steps are taken."""
        return self._last_time if self._counts_steps else time.monotonic_ns()

    # the writers' side

    def add(self, record: events.Record) -> None:
        """Record something that control itself has to say."""
        record = shortened(record)
        self.add_frame(RECORD, encode_record(record)[5:], record)

    def remark(self, code: str, **values: object) -> None:
        """Say something in words that every front end knows."""
        self.add(events.Remark(self.now(), code, values))

    def add_frame(self, kind: int, payload: bytes, content: Batch | events.Record) -> None:
        """Record a frame and hand it to the reader."""
        first, last = (content.times[0], content.times[-1]) if isinstance(content, Batch) else (content.time, content.time)
        with self._turn:  # the reader has them in the order of the log
            self._last_time = max(self._last_time, last)
            seq = self.recording.append(first, kind, payload) if self._is_recorded else 0
            self._fresh.append((seq, content))
            self._pending += len(payload)
        self.flush()

    def wait_for_reader(self) -> None:
        """Wait while the reader is far behind."""
        with self._turn:
            while self._pending > MAX_PENDING and self._waits:
                self._turn.wait(0.1)

    def let_go(self) -> None:
        """From now on nobody waits for the reader."""
        with self._turn:
            self._waits = False
            self._turn.notify_all()

    def keep_output(self, record: events.OutputPrinted) -> bool:
        """Pass printed text on; whether it is to be kept in the recording as well."""
        if self.on_output is not None:
            self.on_output(record.stream, record.text)
        before = self._kept_output
        self._kept_output += len(record.text)
        if before <= KEPT_OUTPUT < self._kept_output:
            self.add(events.Remark(record.time, "output_cut", {"kept": KEPT_OUTPUT >> 20}))
        return self._kept_output <= KEPT_OUTPUT

    def flush(self, force: bool = False) -> None:
        """Write what was recorded, now and then; a disk that is full ends the recording, not the run."""
        now = time.monotonic()
        if not self._is_recorded or (not force and now - self._flushed < FLUSH_PERIOD):
            return
        self._flushed = now
        try:
            self.recording.flush()
        except RecordingError as error:
            self._is_recorded = False
            self.remark("disk_full", why=str(error))
            return
        if self.recording.thinned_until:
            self._remark_once("thinned", most=self._megabytes)
        if self.recording.is_too_rich:
            self._remark_once("too_rich")

    def _remark_once(self, code: str, **values: object) -> None:
        if code not in self._said:
            self._said.add(code)
            self.remark(code, **values)

    # the reader's side

    def take_fresh(self) -> list[Fresh]:
        """What was added since the last call."""
        with self._turn:
            fresh = list(self._fresh)
            self._fresh.clear()
            self._pending = 0
            self._turn.notify_all()
        return fresh
