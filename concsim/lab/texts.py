"""Short texts of values that travel: sent, yielded, put into a queue. Each text is said once and has a number."""

from __future__ import annotations

from typing import Any, Dict

from concsim.lab import raw
from concsim.lab.journal import Journal
from concsim.model.events import TextSeen

LONGEST = 60
MOST = 4_000
PLAIN = frozenset({int, float, bool, str, bytes, complex, type(None)})
FLAT = frozenset({list, tuple, dict, set, frozenset})


def short_text(value: Any) -> str:
    """A value as a person would name it. No code of the person's is run: other objects are named by their type."""
    if type(value) in PLAIN:
        if isinstance(value, (str, bytes)) and len(value) > LONGEST:
            return repr(value[:LONGEST]) + "…"
        return repr(value)[:LONGEST]
    if type(value) in FLAT:
        if len(value) > 8 or any(type(one) not in PLAIN for one in (value.values() if isinstance(value, dict) else value)):
            return "%s of %d" % (type(value).__name__, len(value))
        return repr(value)[:LONGEST]
    name = getattr(value, "__name__", None)
    return name[:LONGEST] if isinstance(name, str) else "<%s>" % type(value).__name__


class Texts:
    """The numbers of texts. Past `MOST` of them further values go unnamed: number 0."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._numbers: Dict[str, int] = {}

    def restart(self) -> None:
        """Begin anew in a forked child, which says its own."""
        self._numbers.clear()

    def number_of(self, value: Any) -> int:
        """The number of a value's text, 0 for None."""
        return 0 if value is None else self.number_of_text(short_text(value))

    def number_of_text(self, text: str) -> int:
        """The number of a text."""
        found = self._numbers.get(text)
        if found is None:
            if len(self._numbers) >= MOST:
                return 0
            found = self._numbers[text] = self._journal.new_number()
            self._journal.send(TextSeen(raw.monotonic_ns(), found, text))
        return found
