"""How much memory a JSON text would take, told before it is read: a list of empty lists takes a hundred times its text.

Nothing here takes more than a few times the text itself, whatever stands in it.
"""

from __future__ import annotations

MOST_TEXTS = 500_000
"""Texts in it, names included: each takes fifty bytes beside its own."""
_ESCAPED = b"\\\\", b'\\"'


class TooManyPartsError(ValueError):
    """A JSON text that would take far more memory than its own size."""


def outside_texts(data: bytes) -> bytes:
    """What stands outside the texts of a JSON text: brackets, commas, numbers. Raises `TooManyPartsError`."""
    for pair in _ESCAPED:  # in this order: of a run of backslashes each pair is one, from its left end
        data = data.replace(pair, b"")
    if data.count(b'"') > 2 * MOST_TEXTS:
        raise TooManyPartsError(f"it has more than {MOST_TEXTS:,} texts")
    return b"".join(data.split(b'"')[::2])


def check_bare(data: bytes, most: int) -> None:
    """Raise `TooManyPartsError` where more than so many bytes stand outside the texts."""
    if len(data) > most and len(outside_texts(data)) > most:
        raise TooManyPartsError("it has too many parts")


def check_holders(data: bytes, most: int) -> None:
    """Raise `TooManyPartsError` where there are more lists and tables than that."""
    bare = outside_texts(data)
    if bare.count(b"[") + bare.count(b"{") > most:
        raise TooManyPartsError(f"it has more than {most:,} lists and tables")
