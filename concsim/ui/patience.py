"""Waiting for the window in a selftest: at most so long, and not once somebody wants it to end."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtTest import QTest

from concsim.ui.asked_to_end import AskedToEnd

PATIENCE = 20.0


class AskedError(Exception):
    """Somebody wants it to end."""


class Patience:
    """Waits until something is so."""

    def __init__(self, seconds: float = PATIENCE) -> None:
        self._seconds = seconds
        self.ending: AskedToEnd | None = None
        """Who hears signals while it goes on: one that comes while Qt calls Python cannot be raised there."""

    def until(self, condition: Callable[[], bool]) -> bool:
        """Whether it came to be so in time. Raises `AskedError`."""
        end = time.monotonic() + self._seconds
        while not condition():
            if self.ending is not None and self.ending.status:
                raise AskedError
            if time.monotonic() > end:
                return False
            QTest.qWait(10)
        return True
