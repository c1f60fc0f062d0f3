"""Errors that a front end catches without importing what raises them."""

from __future__ import annotations

from concsim.model.phrases import shorten


class RecordingError(Exception):
    """A recording that cannot be written or opened; the message says what is wrong and where, in a few words."""

    def __init__(self, why: str) -> None:
        super().__init__(shorten(why))
