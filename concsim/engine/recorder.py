"""What the engine says about a run, as rows and records of the one log of events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from concsim.engine.instrument.site import Site
from concsim.model.events import FIELDS, LINE_BITS, STEP_NS, Kind, OutputPrinted, Record, SitesSeen, TextSeen, pack_code

LARGEST_NUMBER = float(1 << 53)
KEPT_TEXTS = 50_000
_PLAIN = {Kind.READ: Kind.READ_TEXT, Kind.WRITE: Kind.WRITE_TEXT}


class Sink(Protocol):
    """Where the log goes."""

    def rows(self, flat: list[Any]) -> None:
        """Rows as one flat list: time, actor, code, place, value, and so on."""

    def record(self, record: Record) -> None:
        """A record that belongs after the rows given so far."""


class Recorder:
    """Gathers rows; `flush` hands them on. `on` is False where an execution leaves no recording."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self.on = True
        self._rows: list[Any] = []
        self.extend: Callable[[tuple[Any, ...]], None] = self._rows.extend
        self._texts: dict[str, int] = {}
        self._last_text = 0
        self._sites_said = 0
        self._printed: OutputPrinted | None = None
        self._waiting: list[TextSeen] = []
        self.hush: Callable[[bool], None] = lambda on: None
        """Told before something is handed on, and after it."""

    def row(self, time: int, actor: int, kind: int, target: int = 0, place: int = 0, value: float = 0) -> None:
        """Note a row."""
        if self.on:
            self.extend((time, actor, pack_code(kind, target), place, value))

    def amend(self, time: int, actor: int, value: float) -> None:
        """Add to the value of the row noted last, if it is still there and is that actor's at that time."""
        if self._rows[-FIELDS:][:2] == [time, actor]:
            self._rows[-1] += value

    def text(self, text: str) -> int:
        """The number by which rows refer to *text*; 0 for none."""
        if not text or not self.on:
            return 0
        number = self._texts.get(text)
        if number is None:
            if len(self._texts) >= KEPT_TEXTS:
                self._texts.clear()
            self._last_text += 1
            number = self._texts[text] = self._last_text
            self._waiting.append(TextSeen(0, number, text))
        return number

    def send(self, record: Record) -> None:
        """Hand a record on, after the rows before it."""
        if self._printed is not None:
            self._let_out()
        if self.on:
            self.flush()
            self._hand_on(self._sink.record, record)

    def _hand_on(self, take: Callable[[Any], None], what: Any) -> None:
        """What is handed on runs code of other rooms and of libraries: none of it may be a step, whatever the program has put there."""
        self.hush(True)
        try:
            take(what)
        finally:
            self.hush(False)

    def print_out(self, record: OutputPrinted) -> None:
        """Hand printed text on; pieces that one call prints become one."""
        last = self._printed
        if last is not None and replace(last, text="") == replace(record, text=""):
            self._printed = replace(last, text=last.text + record.text)
            return
        self._let_out()
        self._printed = record

    def _let_out(self) -> None:
        record, self._printed = self._printed, None
        if record is not None:
            self.send(record)

    def declare_sites(self, sites: list[Site]) -> None:
        """Say where the sites are that were not said yet."""
        new, self._sites_said = sites[self._sites_said :], len(sites)
        numbers = [n for one in new for n in (one.file.index, one.line, one.column, one.end_line, one.end_column)]
        if new and self.on:
            self._hand_on(self._sink.record, SitesSeen(0, new[0].number, tuple(numbers)))

    def flush(self) -> None:
        """Hand all rows on."""
        if self._printed is not None:
            self._let_out()
        rows = self._rows
        if not self.on:
            rows.clear()
            self._waiting.clear()
            return
        if rows:
            self._check_numbers(rows)
        for record in self._waiting:
            self._hand_on(self._sink.record, record)
        self._waiting.clear()
        if rows:
            self._hand_on(self._sink.rows, rows)
            rows.clear()

    def _check_numbers(self, rows: list[Any]) -> None:
        """Whole numbers too large for a column become texts."""
        values = rows[4::FIELDS]
        if min(values) >= -LARGEST_NUMBER and max(values) <= LARGEST_NUMBER:
            return
        for index, value in enumerate(values):
            if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
                code = rows[index * FIELDS + 2]
                kind = Kind(code & 63)
                rows[index * FIELDS + 2] = code - kind + _PLAIN.get(kind, kind)
                rows[index * FIELDS + 4] = self.text(shorten(value))

    def reset(self) -> None:
        """Forget the rows of an execution that nobody will see."""
        self._printed = None
        self._rows.clear()
        self._waiting.clear()


def shorten(number: int) -> str:
    """A whole number as text, in the end by its size alone."""
    if number.bit_length() > 300:
        return f"a number of {number.bit_length()} bits"
    return str(number)


__all__ = ["LINE_BITS", "STEP_NS", "Recorder", "Sink", "shorten"]
