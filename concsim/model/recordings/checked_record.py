"""Records of a file: of bounded size, with fields of the types that their classes name.

What views draw they draw without asking, so a name that is a list must not come as far as that.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

from concsim.model.encoding import DamagedFrameError, decode_record, encode_record
from concsim.model.events import OutputPrinted, Record, RoundStarted
from concsim.model.files.json_size import TooManyPartsError, check_bare

LARGEST_BARE = 4 << 20
"""Bytes of JSON beside its texts: a list of a million empty lists takes a hundred times its text."""
LARGEST_NUMBER = 1 << 62
LONGEST_TEXT = 100_000
"""Characters of a message or a name. What was printed has no limit of its own."""
LARGEST_RECORD = 8 << 20
"""Bytes of a record that is no output: every place of a program of fifty thousand lines."""
_KINDS: dict[str, tuple[type, ...]] = {
    "int": (int,), "float": (int, float), "str": (str,), "bool": (bool,), "Dict[str, Any]": (dict,), "Dict[str, int]": (dict,),
    "Dict[str, str]": (dict,), "Optional[int]": (int, type(None)), "Optional[float]": (int, float, type(None)),
}  # fmt: skip
_ITEMS: dict[str, type] = {"Tuple[int, ...]": int, "Tuple[str, ...]": str}


_WHOLE = (OutputPrinted, RoundStarted)
"""What was printed, and the parameters with which it can be run again."""
_ENDS = tuple(encode_record(one)[5:].rpartition(b", ")[2] for one in (OutputPrinted(0, "", ""), RoundStarted(0, 0)))
"""How such records end."""


@cache
def _fields(cls: Any) -> tuple[tuple[str, str], ...]:
    return tuple((one.name, str(one.type)) for one in dataclasses.fields(cls))


def _fits(value: Any, kind: str) -> bool:
    if kind in _KINDS:
        if isinstance(value, bool) and bool not in _KINDS[kind]:
            return False
        return isinstance(value, _KINDS[kind]) and not (isinstance(value, int) and abs(value) > LARGEST_NUMBER)
    if kind in _ITEMS:
        return isinstance(value, tuple) and all(type(one) is _ITEMS[kind] for one in value)
    return True


def check_fields(record: Any) -> None:
    """Raise `DamagedFrameError` where a field is not of the type that the record's class names."""
    for name, kind in _fields(record.__class__):
        value = getattr(record, name)
        if not _fits(value, kind):
            raise DamagedFrameError(f"{type(record).__name__}.{name} is not of type {kind}")
        if kind == "Dict[str, str]" and not all(isinstance(one, str) for one in value.values()):
            raise DamagedFrameError(f"{type(record).__name__}.{name} is not of type {kind}")
        if name == "parameters" and not all(isinstance(one, (bool, int, float, str)) for one in value.values()):
            raise DamagedFrameError("a parameter is neither a number, a text nor true or false")
        if kind.startswith(("Tuple[Stuck", "Tuple[Pending")):
            for one in value:
                check_fields(one)


def shortened(record: Record) -> Record:
    """A record that is to be kept: its texts are of a size that somebody could read, unless each character counts."""
    if isinstance(record, _WHOLE):
        return record
    kind: Any = type(record)
    changes = {name: _short(getattr(record, name)) for name, _ in _fields(kind)}
    return dataclasses.replace(record, **changes)


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return value[:LONGEST_TEXT] + "…"
    if isinstance(value, dict):
        return {_short(name): _short(one) for name, one in value.items()}
    return value


def read_record(payload: bytes) -> Record:
    """The record of a payload from a file. Raises `DamagedFrameError`."""
    if len(payload) > LARGEST_RECORD and not payload.endswith(_ENDS):
        raise DamagedFrameError("it is larger than anything that is written")
    try:
        check_bare(payload, LARGEST_BARE)
    except TooManyPartsError as error:
        raise DamagedFrameError(str(error)) from None
    record = decode_record(payload)
    check_fields(record)
    return record
