"""The journal: every probe notes its rows here.

One flat list for all threads. Appending to a list is atomic, so the order of the list is an order in which things
happened, and nothing needs merging afterwards. Whoever notes a row when the journal is due sends it for everybody, in
line; a thread that never notes again holds nobody's rows back.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional

from concsim.lab.wire import originals
from concsim.lab.wire.channel import Channel
from concsim.lab.wire.numbers import Numbers
from concsim.model.encoding import encode_batch
from concsim.model.events import FIELDS, MAIN_NUMBERS, Record, pack_code

BATCH_ROWS = 4096
BATCH_SPAN = 10_000_000
BUSY_ROWS = 512
PATIENCE = 0.2
"""Seconds that another thread, which is sending, is waited for."""
NANOSECONDS = 1_000_000_000


class Journal:
    """Rows and records of one lab, on their way to its channel."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.rows: List[Any] = []
        self.actors: Dict[int, int] = {}
        self.on = True
        self.on_busy: Optional[Callable[[List[Any], int], None]] = None
        self.due = 0
        """When whoever notes a row next sends them all."""
        self._turn = originals.allocate_lock()
        self.numbers = Numbers(1, MAIN_NUMBERS - 1, lambda: 0)
        self.note: Callable[..., None] = self._make_note()

    def new_number(self) -> int:
        """The next number for an actor or object."""
        return self.numbers.draw()

    def me(self) -> int:
        """The number of the calling thread's actor, 0 if it is not the program's."""
        return self.actors.get(originals.get_ident(), 0)

    def _make_note(self) -> Callable[..., None]:
        extend = self.rows.extend
        now_of, ident_of, actor_of = originals.monotonic_ns, originals.get_ident, self.actors.get

        def note(code: int, place: int = 0, value: float = 0) -> None:
            now = now_of()
            extend((now, actor_of(ident_of(), 0), code, place, value))
            if now >= self.due:
                self.flush()

        return note

    def note_of(self, actor: int, kind: int, target: int = 0, place: int = 0, value: float = 0) -> None:
        """Note a row about another actor than the caller."""
        self.rows.extend((originals.monotonic_ns(), actor, pack_code(kind, target), place, value))

    def send(self, record: Record) -> None:
        """Send a record after the rows that came before it."""
        if self.on:
            self.flush()
            self.channel.send_record(record)

    def flush(self) -> None:
        """Send the rows that stand there now; leaves them to another thread that is doing it."""
        if not self.on:
            del self.rows[:]
            return
        if self._turn.acquire(False):
            self._send_rows()
            self.channel.flush()

    def send_out(self) -> None:
        """Send the rows that stand there now before this returns: what the program does next may be this process's end.

        Another thread that is sending is waited for, unless this one is a signal's handler that has broken into it.
        """
        if not self.on:
            del self.rows[:]
        elif self._turn.acquire(True, PATIENCE):
            self._send_rows()
            self.channel.flush(PATIENCE)

    def _send_rows(self) -> None:
        """Send the rows that stand there now, and give the turn back."""
        try:
            rows = self.rows
            left = len(rows)  # what others note meanwhile is theirs: whoever sends would never come back
            while left > 0:
                size = min(left // FIELDS, BATCH_ROWS) * FIELDS
                left -= size
                part = rows[:size]
                del rows[:size]
                self._watch_busy(part)
                self.channel.send_batch(encode_batch(part))
            self.due = originals.monotonic_ns() + BATCH_SPAN
        finally:
            self._turn.release()

    def _watch_busy(self, part: List[Any]) -> None:
        if self.on_busy is not None and len(part) >= BUSY_ROWS * FIELDS:
            self.on_busy(part, part[-FIELDS] - part[0])

    def restart(self, channel: Channel, numbers: Numbers) -> None:
        """Begin anew in a child, on its own channel."""
        self._turn = originals.allocate_lock()
        del self.rows[:]
        self.actors.clear()
        self.channel, self.numbers = channel, numbers
        self.on = True

    def silence(self) -> None:
        """Stop for good: this process is not observed, and its parent's channel is its parent's alone."""
        self.on = False
        del self.rows[:]
        self.channel.abandon()
