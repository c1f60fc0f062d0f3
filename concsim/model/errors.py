"""Errors that a front end catches without importing what raises them."""

from __future__ import annotations


class RecordingError(Exception):
    """A recording that cannot be written or opened; the message says what is wrong and where."""
