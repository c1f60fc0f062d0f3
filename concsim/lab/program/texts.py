"""Short texts of values that travel: sent, yielded, put into a queue. Each text is said once and has a number."""

from __future__ import annotations

from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any, Dict

from concsim.lab.wire import originals
from concsim.lab.wire.journal import Journal
from concsim.model.events import TextSeen

LONGEST = 60
MOST = 4_000
PLAIN = frozenset({int, float, bool, str, bytes, complex, type(None)})
FLAT = frozenset({list, tuple, dict, set, frozenset})
NAMED = frozenset({FunctionType, BuiltinFunctionType, MethodType, ModuleType, type})
"""Types whose instances have a name that can be read without running code of the person's."""
MOST_BITS = 200
"""A longer whole number is not written out: Python refuses very long ones, and takes long for others."""


def short_text(value: Any) -> str:
    """A value as a person would name it. No code of the person's is run: other objects are named by their type."""
    kind = type(value)
    try:
        if kind in PLAIN:
            return _plain_text(value)
        if kind in FLAT:
            inside = (*value, *value.values()) if kind is dict else tuple(value)
            if len(value) > 8 or any(type(one) not in PLAIN or _is_long(one) for one in inside):
                return "%s of %d" % (kind.__name__, len(value))
            return repr(value)[:LONGEST]
        if kind in NAMED:
            return str(value.__name__)[:LONGEST]
    except Exception:  # another thread may change it while it is looked at
        pass
    return "<%s>" % kind.__name__


def _plain_text(value: Any) -> str:
    if isinstance(value, (str, bytes)) and len(value) > LONGEST:
        return repr(value[:LONGEST]) + "…"
    return "int of %d bits" % value.bit_length() if _is_long(value) else repr(value)[:LONGEST]


def _is_long(value: Any) -> bool:
    return type(value) is int and value.bit_length() > MOST_BITS


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
            self._journal.send(TextSeen(originals.monotonic_ns(), found, text))
        return found
