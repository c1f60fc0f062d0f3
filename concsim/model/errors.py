"""Errors that a front end catches without importing what raises them."""

from __future__ import annotations

from concsim.model.words.phrases import shorten

DAMAGE = (ArithmeticError, LookupError, TypeError, ValueError, AttributeError, AssertionError, RecursionError)
"""What reading on may raise where a file was not written as it stands there."""


class RecordingError(Exception):
    """A recording that cannot be written or opened; the message says what is wrong and where, in a few words."""

    def __init__(self, why: str) -> None:
        super().__init__(shorten(why))
